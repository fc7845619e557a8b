//! People who use the console, and keys of their programs.

use chrono::{DateTime, Utc};
use governance::{OperatorSource, OperatorStatus};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{KeyScope, Role};
use crate::page::{Cursor, Limit};

/// Somebody who uses the console.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Operator {
    /// Their id.
    pub(crate) id: String,
    /// Their name.
    name: String,
    /// By which they are found; no two have the same.
    email: String,
    /// What they are here.
    roles: Vec<Role>,
    /// Whether they may come in.
    pub(crate) status: Status,
    /// Where they come from.
    source: Source,
    /// Since when they are known.
    created_at: DateTime<Utc>,
}

/// Whether somebody may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "OperatorStatus")]
pub(crate) enum Status {
    /// They were added and have not been here yet.
    Invited,
    /// They may.
    Active,
    /// They may not any more.
    Deactivated,
}

/// Where somebody comes from.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "OperatorSource")]
pub(crate) enum Source {
    /// Somebody added them here.
    Local,
    /// Somebody added them here, to come in by single sign-on.
    Invited,
    /// Single sign-on.
    OpenId,
    /// A directory.
    Directory,
}

/// Whoever owns something.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Owner {
    /// Their id.
    id: String,
    /// Their name.
    name: String,
    /// Their address.
    email: String,
}

/// Whoever calls: the key, and for whom it acts.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Me {
    /// The key.
    key: Key,
    /// For whom it acts.
    operator: Operator,
}

/// A key.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Key {
    /// Its id.
    id: String,
    /// What its owner calls it.
    name: String,
    /// How far it reaches: it may what its owner may and this allows.
    scope: KeyScope,
    /// Its last four characters.
    last_four: String,
    /// Since when there is one.
    created_at: DateTime<Utc>,
    /// From when on it is worth nothing.
    expires_at: DateTime<Utc>,
}

/// Which users.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperatorQuery {
    /// Those with this in their name or address.
    pub(crate) search: Option<String>,
    /// Those who may come in, or not.
    pub(crate) status: Option<Status>,
    /// How many a page has.
    pub(crate) limit: Option<Limit>,
    /// Where the page begins.
    pub(crate) cursor: Option<Cursor>,
}

/// Somebody who is to be added. They are sent a link to choose a password, good for three days.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewOperator {
    /// Their name.
    pub(crate) name: String,
    /// Their address.
    pub(crate) email: String,
    /// What they are to be: at least one role.
    pub(crate) roles: Vec<Role>,
}

/// What is to be different about somebody.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperatorChange {
    /// What they are to be: at least one role. It holds from their next request on.
    pub(crate) roles: Vec<Role>,
}

impl From<&governance::Operator> for Operator {
    fn from(one: &governance::Operator) -> Self {
        Self {
            id: one.id.to_string(),
            name: one.name.clone(),
            email: one.email.to_string(),
            roles: one.roles.iter().map(Role::from).collect(),
            status: match one.status {
                OperatorStatus::Invited => Status::Invited,
                OperatorStatus::Active => Status::Active,
                OperatorStatus::Deactivated { .. } => Status::Deactivated,
            },
            source: match one.source {
                OperatorSource::Local => Source::Local,
                OperatorSource::Invited => Source::Invited,
                OperatorSource::OpenId { .. } => Source::OpenId,
                OperatorSource::Directory { .. } => Source::Directory,
            },
            created_at: one.created_at,
        }
    }
}

impl From<&governance::Operator> for Owner {
    fn from(one: &governance::Operator) -> Self {
        Self {
            id: one.id.to_string(),
            name: one.name.clone(),
            email: one.email.to_string(),
        }
    }
}

impl From<&governance::KeyHolder> for Me {
    fn from(holder: &governance::KeyHolder) -> Self {
        let key = &holder.key;
        Self {
            key: Key {
                id: key.id.to_string(),
                name: key.name.clone(),
                scope: key.scope.into(),
                last_four: key.last_four.clone(),
                created_at: key.created_at,
                expires_at: key.expires_at,
            },
            operator: (&holder.operator).into(),
        }
    }
}
