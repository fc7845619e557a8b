//! Permission groups, resource groups and user groups.

use crate::endpoint::{Endpoint, Paged, Path};
use crate::types::{PermissionGroup, ResourceGroup, UserGroup, UserGroupMember};
use crate::{AccountId, MemberId, Permission, UserGroupId};

/// The catalogue of permission groups that members and user groups may be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionGroups {
    /// The account.
    pub account: AccountId,
}

impl Endpoint for PermissionGroups {
    type Output = Vec<PermissionGroup>;
    const WHAT: &'static str = "the permission groups";

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "iam", "permission_groups"])
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsRead)
    }
}

impl Paged for PermissionGroups {
    type Item = PermissionGroup;
    const PER_PAGE: u32 = 50;

    fn id(item: &PermissionGroup) -> &str {
        item.id.as_str()
    }
}

/// The resource groups of an account. One answer holds them all; older versions of the service gave pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceGroups {
    /// The account.
    pub account: AccountId,
}

impl Endpoint for ResourceGroups {
    type Output = Vec<ResourceGroup>;
    const WHAT: &'static str = "the resource groups";

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "iam", "resource_groups"])
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsRead)
    }
}

impl Paged for ResourceGroups {
    type Item = ResourceGroup;
    const PER_PAGE: u32 = 50;

    fn id(item: &ResourceGroup) -> &str {
        item.id.as_str()
    }
}

/// The user groups of an account, with their policies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserGroups {
    /// The account.
    pub account: AccountId,
}

impl Endpoint for UserGroups {
    type Output = Vec<UserGroup>;
    const WHAT: &'static str = "the user groups";

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "iam", "user_groups"])
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsRead)
    }
}

impl Paged for UserGroups {
    type Item = UserGroup;
    const PER_PAGE: u32 = 500;

    fn id(item: &UserGroup) -> &str {
        item.id.as_str()
    }
}

/// The members of one user group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserGroupMembers {
    /// The account.
    pub account: AccountId,
    /// The group.
    pub group: UserGroupId,
}

impl Endpoint for UserGroupMembers {
    type Output = Vec<UserGroupMember>;
    const WHAT: &'static str = "the members of user groups";

    fn path(&self) -> Path {
        group_members(&self.account, &self.group)
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsRead)
    }
}

impl Paged for UserGroupMembers {
    type Item = UserGroupMember;
    const PER_PAGE: u32 = 500;

    fn id(item: &UserGroupMember) -> &str {
        item.id.as_str()
    }
}

/// The permission groups of one name, as many as there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionGroupsNamed {
    /// The account.
    pub account: AccountId,
    /// The whole name, such as `DNS`.
    pub name: String,
}

impl Endpoint for PermissionGroupsNamed {
    type Output = Vec<PermissionGroup>;
    const WHAT: &'static str = "the permission groups";

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "iam", "permission_groups"])
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("name", self.name.clone())]
    }

    fn without_result() -> Option<Self::Output> {
        Some(Vec::new())
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsRead)
    }
}

/// The resource groups of one name, as many as there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceGroupsNamed {
    /// The account.
    pub account: AccountId,
    /// The whole name, such as `com.cloudflare.api.account.<account_id>` for the one over the whole account.
    pub name: String,
}

impl Endpoint for ResourceGroupsNamed {
    type Output = Vec<ResourceGroup>;
    const WHAT: &'static str = "the resource groups";

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "iam", "resource_groups"])
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("name", self.name.clone())]
    }

    fn without_result() -> Option<Self::Output> {
        Some(Vec::new())
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsRead)
    }
}

/// One user group, with its policies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetUserGroup {
    /// The account.
    pub account: AccountId,
    /// The group.
    pub group: UserGroupId,
}

impl Endpoint for GetUserGroup {
    type Output = UserGroup;
    const WHAT: &'static str = "the user group";

    fn path(&self) -> Path {
        Path::of(&[
            "accounts",
            self.account.as_str(),
            "iam",
            "user_groups",
            self.group.as_str(),
        ])
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsRead)
    }
}

/// One member of a user group; not found when the member is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetUserGroupMember {
    /// The account.
    pub account: AccountId,
    /// The group.
    pub group: UserGroupId,
    /// The membership of the account.
    pub member: MemberId,
}

impl Endpoint for GetUserGroupMember {
    type Output = UserGroupMember;
    const WHAT: &'static str = "the member of the user group";

    fn path(&self) -> Path {
        group_member(&self.account, &self.group, &self.member)
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsRead)
    }
}

/// Where the members of a user group are.
pub(super) fn group_members(account: &AccountId, group: &UserGroupId) -> Path {
    Path::of(&[
        "accounts",
        account.as_str(),
        "iam",
        "user_groups",
        group.as_str(),
        "members",
    ])
}

/// Where a member of a user group is.
pub(super) fn group_member(account: &AccountId, group: &UserGroupId, member: &MemberId) -> Path {
    Path::of(&[
        "accounts",
        account.as_str(),
        "iam",
        "user_groups",
        group.as_str(),
        "members",
        member.as_str(),
    ])
}
