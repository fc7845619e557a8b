//! User groups: members who share policies.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::decode::{filled_text, null_as_default};
use crate::ids::{MemberId, UserGroupId};
use crate::types::{MemberStatus, Policy};

/// A user group. `GET /accounts/{account_id}/iam/user_groups`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct UserGroup {
    /// The group's id.
    pub id: UserGroupId,
    /// The group's name.
    #[serde(default)]
    pub name: String,
    /// When the group was made.
    #[serde(default)]
    pub created_on: Option<DateTime<Utc>>,
    /// When the group was last changed.
    #[serde(default)]
    pub modified_on: Option<DateTime<Utc>>,
    /// What every member of the group is given.
    #[serde(default, deserialize_with = "null_as_default")]
    pub policies: Vec<Policy>,
}

/// A member of a user group. `GET /accounts/{account_id}/iam/user_groups/{user_group_id}/members`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct UserGroupMember {
    /// The membership, not the user.
    pub id: MemberId,
    /// The person's address.
    #[serde(default, deserialize_with = "filled_text")]
    pub email: Option<String>,
    /// Where the membership stands.
    #[serde(default)]
    pub status: Option<MemberStatus>,
    /// When the member joined the group; only where one member is asked for.
    #[serde(default)]
    pub created_at: Option<DateTime<Utc>>,
}
