//! Rules between settings, as the original has them.

use crate::input::Values;
use crate::problem::Problem;

/// Settings that mean nothing without each other.
const ALL_OR_NONE: &[&[&str]] = &[
    &["grant-entitlement", "grant-principal"],
    &["client-id", "client-secret"],
    &["create-ticket", "ticket-template-path"],
    &["bulk-create-ticket", "bulk-ticket-template-path"],
    &["get-ticket", "ticket-id"],
    &["diff-syncs", "base-sync-id", "applied-sync-id"],
    &[
        "compact-syncs",
        "compact-file-paths",
        "compact-sync-ids",
        "compact-output-path",
    ],
];

/// Settings that each ask for another task.
const AT_MOST_ONE: &[&[&str]] = &[
    &[
        "grant-entitlement",
        "revoke-grant",
        "create-account-login",
        "delete-resource",
        "rotate-credentials",
        "event-feed",
        "create-ticket",
        "get-ticket",
        "list-ticket-schemas",
        "bulk-create-ticket",
    ],
    &[
        "grant-entitlement",
        "revoke-grant",
        "create-account-email",
        "delete-resource-type",
        "rotate-credentials-type",
        "event-feed",
        "diff-syncs",
        "compact-syncs",
        "list-ticket-schemas",
    ],
];

/// Settings that need another one: the original documents these but does not hold to all of them.
const NEEDS: &[(&str, &str)] = &[
    ("grant-principal-type", "grant-principal"),
    ("delete-resource-type", "delete-resource"),
    ("rotate-credentials-type", "rotate-credentials"),
    ("external-resource-entitlement-id-filter", "external-resource-c1z"),
    ("external-resource-traits", "external-resource-c1z"),
];

/// What the settings break.
pub(crate) fn broken(values: &Values) -> Vec<Problem> {
    let incomplete = ALL_OR_NONE.iter().filter_map(|group| incomplete(group, values));
    let crowded = AT_MOST_ONE.iter().find_map(|group| crowded(group, values));
    incomplete.chain(crowded).chain(alone(values)).collect()
}

fn incomplete(group: &[&str], values: &Values) -> Option<Problem> {
    let (set, missing): (Vec<&str>, Vec<&str>) = group.iter().partition(|name| values.is_set(name));
    let first = set.first().filter(|_| !missing.is_empty())?;
    let text = format!(
        "if any flags in the group [{}] are set they must all be set; missing [{}]",
        group.join(" "),
        missing.join(" ")
    );
    Some(Problem::new(text).given_by(values.origin(first)))
}

fn crowded(group: &[&str], values: &Values) -> Option<Problem> {
    let mut set: Vec<&str> = group.iter().copied().filter(|name| values.is_set(name)).collect();
    set.sort_unstable();
    if set.len() < 2 {
        return None;
    }
    let text = format!(
        "if any flags in the group [{}] are set none of the others can be; [{}] were all set",
        group.join(" "),
        set.join(" ")
    );
    let origins: Vec<String> = set.iter().map(|name| values.origin(name).to_string()).collect();
    Some(Problem::new(text).hint(format!("give one of: {}", origins.join(", "))))
}

fn alone(values: &Values) -> impl Iterator<Item = Problem> {
    let needs = NEEDS
        .iter()
        .filter(|(name, other)| values.is_set(name) && !values.is_set(other));
    needs.map(|(name, other)| {
        Problem::new(format!("{name} needs {other}"))
            .given_by(values.origin(name))
            .hint(format!("add --{other}"))
    })
}
