//! Changes of members: inviting, replacing what they hold, removing.

use http::Method;
use serde_json::{Map, Value, json};

use crate::endpoint::{Act, Change, Endpoint, Path};
use crate::types::{Member, Policy};
use crate::{AccountId, MemberId, Permission, RoleId};

/// What a member is given, in one of the two forms that Cloudflare takes. Never both: it would ignore the roles.
#[derive(Debug, Clone, PartialEq)]
pub enum MemberAccess {
    /// Roles of the older kind, each on the whole account. All policies of the member are replaced by these.
    Roles(Vec<RoleId>),
    /// Policies. Those that are not named are gone afterwards.
    Policies(Vec<Policy>),
}

impl MemberAccess {
    /// As a field of a request; a new member's roles are texts, an existing one's are objects.
    fn field(&self, role: fn(&RoleId) -> Value) -> (&'static str, Value) {
        match self {
            Self::Roles(ids) => ("roles", ids.iter().map(role).collect()),
            Self::Policies(policies) => ("policies", policies.iter().map(Policy::request).collect()),
        }
    }
}

/// Invites a person. `POST /accounts/{account_id}/members`. The answer leaves out the roles.
#[derive(Debug, Clone, PartialEq)]
pub struct InviteMember {
    /// The account.
    pub account: AccountId,
    /// The person's address, at most 90 characters.
    pub email: String,
    /// What waits for the person.
    pub access: MemberAccess,
}

impl Endpoint for InviteMember {
    type Output = Member;
    const ACT: Act = Act::Change;
    const WHAT: &'static str = "the members";

    fn method(&self) -> Method {
        Method::POST
    }

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "members"])
    }

    fn body(&self) -> Option<Value> {
        let (field, access) = self.access.field(|id| id.as_str().into());
        Some(json!({ "email": self.email, field: access, "status": "pending" }))
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsEdit)
    }
}

impl Change for InviteMember {}

/// Replaces all that a member holds directly. `PUT /accounts/{account_id}/members/{member_id}`.
///
/// Roles take away every scoped policy, and policies every policy that is not named: read the member first.
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateMember {
    /// The account.
    pub account: AccountId,
    /// The membership.
    pub member: MemberId,
    /// What the member holds afterwards.
    pub access: MemberAccess,
}

impl Endpoint for UpdateMember {
    type Output = Member;
    const ACT: Act = Act::Change;
    const WHAT: &'static str = "the member";

    fn method(&self) -> Method {
        Method::PUT
    }

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "members", self.member.as_str()])
    }

    fn body(&self) -> Option<Value> {
        let (field, access) = self.access.field(|id| json!({ "id": id.as_str() }));
        Some(Map::from_iter([(field.to_owned(), access)]).into())
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsEdit)
    }
}

impl Change for UpdateMember {}

/// Removes a member, or cancels an invitation. `DELETE /accounts/{account_id}/members/{member_id}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoveMember {
    /// The account.
    pub account: AccountId,
    /// The membership.
    pub member: MemberId,
}

impl Endpoint for RemoveMember {
    type Output = Value;
    const ACT: Act = Act::Change;
    const WHAT: &'static str = "the member";

    fn method(&self) -> Method {
        Method::DELETE
    }

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "members", self.member.as_str()])
    }

    fn without_result() -> Option<Value> {
        Some(Value::Null)
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsEdit)
    }
}

impl Change for RemoveMember {}
