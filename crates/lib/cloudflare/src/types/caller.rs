//! The user behind the credential, and the accounts that user belongs to.

use serde::Deserialize;

use crate::decode::{filled_text, null_as_default};
use crate::ids::{MembershipId, UserId};
use crate::open_enum::open_enum;
use crate::types::Account;

/// The user behind the credential. `GET /user`; account-owned tokens have none.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CallerUser {
    /// The user's id.
    pub id: UserId,
    /// The user's address.
    #[serde(default)]
    pub email: String,
    /// First name.
    #[serde(default, deserialize_with = "filled_text")]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default, deserialize_with = "filled_text")]
    pub last_name: Option<String>,
    /// Whether Cloudflare has suspended the user.
    #[serde(default, deserialize_with = "null_as_default")]
    pub suspended: bool,
}

open_enum! {
    /// Where the caller's own membership stands.
    MembershipStatus {
        /// The caller has access.
        Accepted = "accepted",
        /// The caller is invited.
        Pending = "pending",
        /// The caller declined.
        Rejected = "rejected",
    }
}

/// One of the caller's own memberships. `GET /memberships`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Membership {
    /// The membership's id.
    pub id: MembershipId,
    /// The account it is about.
    pub account: Account,
    /// Whether the caller accepted it.
    pub status: MembershipStatus,
    /// Names of the roles held, not ids.
    #[serde(default, deserialize_with = "null_as_default")]
    pub roles: Vec<String>,
    /// Whether the member may use the API at all. `None` when the account does not say.
    #[serde(default)]
    pub api_access_enabled: Option<bool>,
}
