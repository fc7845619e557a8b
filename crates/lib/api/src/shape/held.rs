//! A sync that is held for a person.

use chrono::{DateTime, Utc};
use governance::access;
use schemars::JsonSchema;
use serde::Serialize;

use super::access::Name;

/// A sync that lost a suspicious share of what was there.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Held {
    /// The id of the file that it handed over.
    file: String,
    /// Since when it is held.
    since: DateTime<Utc>,
    /// Why.
    why: String,
    /// What would be different; nothing when that is not kept any more: then let it read again.
    difference: Option<Difference>,
}

/// What would be different.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Difference {
    /// By type.
    types: Vec<TypeChange>,
    /// The resources, with some of their names.
    resources: Changes<Name>,
    /// How many grants there were.
    grants_before: u64,
    /// The grants, with some of their names.
    grants: Changes<GrantName>,
}

/// What would be different in a type.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TypeChange {
    /// The type, such as `user`.
    #[serde(rename = "type")]
    kind: String,
    /// Its name.
    name: String,
    /// How many there were.
    before: u64,
    /// How many are new.
    added: u64,
    /// How many are gone.
    removed: u64,
    /// How many are not as they were.
    altered: u64,
}

/// Three ways to be different.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}Changes")]
pub(crate) struct Changes<T> {
    /// What is new.
    added: Changed<T>,
    /// What is gone.
    removed: Changed<T>,
    /// What is not as it was.
    altered: Changed<T>,
}

/// How many, and some of them.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}Changed")]
pub(crate) struct Changed<T> {
    /// How many.
    count: u64,
    /// The first of them.
    samples: Vec<T>,
}

/// What a grant is called.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct GrantName {
    /// The id of what is held.
    entitlement: String,
    /// Its name.
    entitlement_name: String,
    /// Who holds it.
    holder: Name,
}

impl Held {
    pub(crate) fn of(held: &governance::Held, difference: Option<access::Difference>) -> Self {
        Self {
            file: held.upload.to_string(),
            since: held.since,
            why: held.why.clone(),
            difference: difference.map(Difference::from),
        }
    }
}

impl From<access::Difference> for Difference {
    fn from(difference: access::Difference) -> Self {
        let change = |change: access::TypeChange| TypeChange {
            kind: change.of.id.to_string(),
            name: change.of.name,
            before: change.before,
            added: change.added,
            removed: change.removed,
            altered: change.altered,
        };
        Self {
            types: difference.types.into_iter().map(change).collect(),
            resources: changes(difference.resources, |name| (&name).into()),
            grants_before: difference.grants_before,
            grants: changes(difference.grants, |grant| GrantName {
                entitlement: grant.entitlement.to_string(),
                entitlement_name: grant.entitlement_name,
                holder: (&grant.principal).into(),
            }),
        }
    }
}

fn changes<A, B>(of: access::Changes<A>, told: impl Fn(A) -> B) -> Changes<B> {
    let changed = |changed: access::Changed<A>| Changed {
        count: changed.count,
        samples: changed.samples.into_iter().map(&told).collect(),
    };
    Changes {
        added: changed(of.added),
        removed: changed(of.removed),
        altered: changed(of.altered),
    }
}
