//! Accounts.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::ids::AccountId;

/// An account. `GET /accounts/{account_id}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Account {
    /// The account's id.
    pub id: AccountId,
    /// The account's name, at most 100 characters.
    #[serde(default)]
    pub name: String,
    /// `standard` or `enterprise`.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    /// When the account was made.
    #[serde(default)]
    pub created_on: Option<DateTime<Utc>>,
    /// Settings that concern access.
    #[serde(default, deserialize_with = "crate::decode::null_as_default")]
    pub settings: AccountSettings,
    /// The organization above the account. Its Super Administrators have full access to this account without
    /// being members of it: no list shows them.
    #[serde(default)]
    pub managed_by: Option<ManagedBy>,
}

/// Settings of an account that concern access.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct AccountSettings {
    /// Whether members must have two-factor authentication on. `None` when the answer does not say.
    #[serde(default)]
    pub enforce_twofactor: Option<bool>,
}

/// The organization an account belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ManagedBy {
    /// The organization's id.
    #[serde(default)]
    pub parent_org_id: Option<String>,
    /// The organization's name.
    #[serde(default)]
    pub parent_org_name: Option<String>,
}
