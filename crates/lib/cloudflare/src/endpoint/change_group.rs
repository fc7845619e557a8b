//! Changes of who is in a user group.

use http::Method;
use serde_json::{Value, json};

use crate::endpoint::{Act, Change, Endpoint, Path, iam};
use crate::types::UserGroupMember;
use crate::{AccountId, MemberId, Permission, UserGroupId};

/// Puts a member into a user group. `POST /accounts/{account_id}/iam/user_groups/{user_group_id}/members`.
///
/// Others stay in it; whoever is in it already stays too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddUserGroupMember {
    /// The account.
    pub account: AccountId,
    /// The group.
    pub group: UserGroupId,
    /// The membership of the account.
    pub member: MemberId,
}

impl Endpoint for AddUserGroupMember {
    type Output = Vec<UserGroupMember>;
    const ACT: Act = Act::Change;
    const WHAT: &'static str = "the members of the user group";

    fn method(&self) -> Method {
        Method::POST
    }

    fn path(&self) -> Path {
        iam::group_members(&self.account, &self.group)
    }

    fn body(&self) -> Option<Value> {
        Some(json!([{ "id": self.member.as_str() }]))
    }

    fn without_result() -> Option<Self::Output> {
        Some(Vec::new())
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsEdit)
    }
}

impl Change for AddUserGroupMember {}

/// Takes a member out of a user group.
/// `DELETE /accounts/{account_id}/iam/user_groups/{user_group_id}/members/{member_id}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoveUserGroupMember {
    /// The account.
    pub account: AccountId,
    /// The group.
    pub group: UserGroupId,
    /// The membership of the account.
    pub member: MemberId,
}

impl Endpoint for RemoveUserGroupMember {
    type Output = Value;
    const ACT: Act = Act::Change;
    const WHAT: &'static str = "the members of the user group";

    fn method(&self) -> Method {
        Method::DELETE
    }

    fn path(&self) -> Path {
        iam::group_member(&self.account, &self.group, &self.member)
    }

    fn without_result() -> Option<Value> {
        Some(Value::Null)
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsEdit)
    }
}

impl Change for RemoveUserGroupMember {}
