//! Which task the settings ask for.

use crate::input::Values;

/// What is not there yet, in the order in which the original decides between tasks.
const LATER: &[(&str, &str)] = &[
    ("client-id", "running as a service (client-id)"),
    ("grant-entitlement", "granting an entitlement (grant-entitlement)"),
    ("revoke-grant", "revoking a grant (revoke-grant)"),
    ("event-feed", "event feeds (event-feed)"),
    (
        "create-account-profile",
        "creating an account (create-account-profile)",
    ),
    (
        "create-account-login",
        "creating an account (create-account-login)",
    ),
    ("invoke-action", "actions (invoke-action)"),
    ("list-action-schemas", "actions (list-action-schemas)"),
    (
        "invoke-resource-action",
        "actions on resources (invoke-resource-action)",
    ),
    (
        "list-resource-actions",
        "actions on resources (list-resource-actions)",
    ),
    ("delete-resource", "deleting a resource (delete-resource)"),
    ("rotate-credentials", "rotating credentials (rotate-credentials)"),
    ("create-ticket", "tickets (create-ticket)"),
    ("bulk-create-ticket", "tickets (bulk-create-ticket)"),
    ("list-ticket-schemas", "tickets (list-ticket-schemas)"),
    ("get-ticket", "tickets (get-ticket)"),
    ("diff-syncs", "differences inside a file (diff-syncs)"),
    ("compact-syncs", "merging files (compact-syncs)"),
    (
        "external-resource-c1z",
        "principals of another source (external-resource-c1z)",
    ),
];

/// The task that is asked for and not there yet; `None` means a sync.
pub(crate) fn unavailable(values: &Values) -> Option<&'static str> {
    let asked = LATER
        .iter()
        .find(|(name, _)| values.is_set(name) && !(*name == "event-feed" && off(values)));
    asked.map(|(_, what)| *what)
}

/// `event-feed` is a text in the original, and means nothing unless it says true.
fn off(values: &Values) -> bool {
    values.text("event-feed") != "true"
}
