//! Members: who may do something in an account, and the roles they hold.

use serde::Deserialize;

use crate::decode::{filled_text, null_as_default};
use crate::ids::{MemberId, RoleId, UserId};
use crate::open_enum::open_enum;
use crate::types::Policy;

open_enum! {
    /// Where a membership stands.
    MemberStatus {
        /// The person has access.
        Accepted = "accepted",
        /// Invited: roles wait, there is no access yet.
        Pending = "pending",
        /// The invitation was declined.
        Rejected = "rejected",
    }
}

/// A membership. `GET /accounts/{account_id}/members`.
///
/// There is no date in it: neither of the invitation, nor of joining, nor of a last use.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "Wire")]
pub struct Member {
    /// The membership's id. Group members refer to it.
    pub id: MemberId,
    /// The person's address, from wherever the answer has it. Empty when it has none.
    pub email: String,
    /// The person behind the membership.
    pub user: User,
    /// Whether the invitation was accepted.
    pub status: MemberStatus,
    /// The older view of what the member may do. Derived entries carry permission group ids: never write these
    /// back.
    pub roles: Vec<Role>,
    /// What the member was given directly. Empty in old answers, which have roles only.
    pub policies: Vec<Policy>,
}

/// The person behind a membership.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct User {
    /// The user's id. `None` while an invitation is pending, which Cloudflare writes as null, as 32 zeros, or by
    /// leaving it out.
    #[serde(default, deserialize_with = "known_user")]
    pub id: Option<UserId>,
    /// The user's address.
    #[serde(default, deserialize_with = "filled_text")]
    pub email: Option<String>,
    /// First name. `None` when never filled in.
    #[serde(default, deserialize_with = "filled_text")]
    pub first_name: Option<String>,
    /// Last name. `None` when never filled in.
    #[serde(default, deserialize_with = "filled_text")]
    pub last_name: Option<String>,
    /// Whether two-factor authentication of the dashboard is on. Says nothing about sign-in through an identity
    /// provider. `None` when the answer does not say.
    #[serde(default)]
    pub two_factor_authentication_enabled: Option<bool>,
}

/// A role of the older kind. `GET /accounts/{account_id}/roles`, and inside members.
///
/// Its map of permission flags is left out: many newer roles have an empty one, so it measures nothing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Role {
    /// The role's id; the same in every account for Cloudflare's own roles.
    pub id: RoleId,
    /// The role's name.
    #[serde(default)]
    pub name: String,
    /// What the role is for, in Cloudflare's words.
    #[serde(default, deserialize_with = "filled_text")]
    pub description: Option<String>,
}

/// A member as it is sent.
#[derive(Deserialize)]
struct Wire {
    id: MemberId,
    #[serde(default, deserialize_with = "filled_text")]
    email: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    user: User,
    status: MemberStatus,
    #[serde(default, deserialize_with = "null_as_default")]
    roles: Vec<Role>,
    #[serde(default, deserialize_with = "null_as_default")]
    policies: Vec<Policy>,
}

impl From<Wire> for Member {
    fn from(wire: Wire) -> Self {
        Self {
            id: wire.id,
            email: wire.user.email.clone().or(wire.email).unwrap_or_default(),
            user: wire.user,
            status: wire.status,
            roles: wire.roles,
            policies: wire.policies,
        }
    }
}

/// No id, an empty one and one of zeros all mean that there is no user yet.
fn known_user<'de, D>(deserializer: D) -> Result<Option<UserId>, D::Error>
where
    D: serde::Deserializer<'de>,
{
    let text = Option::<String>::deserialize(deserializer)?;
    Ok(text
        .filter(|text| text.bytes().any(|byte| byte != b'0'))
        .map(UserId::new))
}

#[cfg(test)]
mod tests;
