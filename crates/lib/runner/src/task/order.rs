//! The order in which settings decide what is done.

use crate::input::Values;

/// What the settings ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Nothing in particular.
    Sync,
    /// Whatever a control plane asks for.
    Service,
    /// Something that is there, by the setting of this name.
    Change(&'static str, Kind),
    /// Something that is not there yet, in words.
    Later(&'static str),
}

/// What is there besides a sync.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Grant,
    Revoke,
    CreateAccount,
    InvokeAction,
    ListActions,
    InvokeResourceAction,
    ListResourceActions,
    Delete,
    Rotate,
}

use Kind::{
    CreateAccount, Delete, Grant, InvokeAction, InvokeResourceAction, ListActions, ListResourceActions,
    Revoke, Rotate,
};

/// The setting that makes a service of the run, whatever else is given.
const SERVICE: &str = "client-id";

/// The setting that adds principals of another source.
const EXTERNAL: &str = "external-resource-c1z";

/// Each other setting that asks for a task. The first that is given decides, as in the original.
const ORDER: &[(&str, Result<Kind, &str>)] = &[
    ("grant-entitlement", Ok(Grant)),
    ("revoke-grant", Ok(Revoke)),
    ("event-feed", Err("event feeds (event-feed)")),
    ("create-account-profile", Ok(CreateAccount)),
    ("create-account-login", Ok(CreateAccount)),
    ("create-account-email", Ok(CreateAccount)),
    ("invoke-action", Ok(InvokeAction)),
    ("list-action-schemas", Ok(ListActions)),
    ("invoke-resource-action", Ok(InvokeResourceAction)),
    ("list-resource-actions", Ok(ListResourceActions)),
    ("delete-resource", Ok(Delete)),
    ("rotate-credentials", Ok(Rotate)),
    ("create-ticket", Err("tickets (create-ticket)")),
    ("bulk-create-ticket", Err("tickets (bulk-create-ticket)")),
    ("list-ticket-schemas", Err("tickets (list-ticket-schemas)")),
    ("get-ticket", Err("tickets (get-ticket)")),
    ("diff-syncs", Err("differences inside a file (diff-syncs)")),
    ("compact-syncs", Err("merging files (compact-syncs)")),
    (
        EXTERNAL,
        Err("principals of another source (external-resource-c1z)"),
    ),
];

/// What the settings ask for.
pub(crate) fn asked(values: &Values) -> Asked {
    if values.is_set(SERVICE) {
        return Asked::Service;
    }
    let first = ORDER
        .iter()
        .find(|(name, _)| values.is_set(name) && !(*name == "event-feed" && off(values)));
    match first {
        None => Asked::Sync,
        Some((name, Ok(kind))) => Asked::Change(name, *kind),
        Some((_, Err(what))) => Asked::Later(what),
    }
}

/// What is asked for and not there yet, in words.
pub(crate) fn not_yet(values: &Values) -> Option<&'static str> {
    match asked(values) {
        Asked::Later(what) => Some(what),
        // It would be read with every sync.
        Asked::Service => ORDER
            .iter()
            .find(|(name, _)| *name == EXTERNAL && values.is_set(name))
            .and_then(|(_, what)| what.err()),
        Asked::Sync | Asked::Change(..) => None,
    }
}

/// `event-feed` is a text in the original, and means nothing unless it says true.
fn off(values: &Values) -> bool {
    values.text("event-feed") != "true"
}
