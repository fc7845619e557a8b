//! The calls that are served: one row each for path, methods, page limits, permissions and documentation.

mod limits;
mod method;
mod permission;
mod route;

pub(crate) use route::{Route, route};

/// A path that the simulator serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is named by its path in `Endpoint::path`")]
pub enum Endpoint {
    Accounts,
    Account,
    Members,
    Member,
    Roles,
    Role,
    PermissionGroups,
    PermissionGroup,
    ResourceGroups,
    ResourceGroup,
    UserGroups,
    UserGroup,
    UserGroupMembers,
    UserGroupMember,
    AccountTokenVerify,
    AccountTokenPermissionGroups,
    AccountTokens,
    AccountToken,
    AccountTokenValue,
    AuditLog,
    AccessOrganization,
    AccessGroups,
    AccessIdentityProviders,
    User,
    UserTokenVerify,
    UserTokens,
    UserToken,
    Memberships,
    Zones,
}

impl Endpoint {
    /// All of them; a fixed path stands before one with an id in the same place.
    pub const ALL: [Self; 29] = [
        Self::Accounts,
        Self::Account,
        Self::Members,
        Self::Member,
        Self::Roles,
        Self::Role,
        Self::PermissionGroups,
        Self::PermissionGroup,
        Self::ResourceGroups,
        Self::ResourceGroup,
        Self::UserGroups,
        Self::UserGroup,
        Self::UserGroupMembers,
        Self::UserGroupMember,
        Self::AccountTokenVerify,
        Self::AccountTokenPermissionGroups,
        Self::AccountTokens,
        Self::AccountToken,
        Self::AccountTokenValue,
        Self::AuditLog,
        Self::AccessOrganization,
        Self::AccessGroups,
        Self::AccessIdentityProviders,
        Self::User,
        Self::UserTokenVerify,
        Self::UserTokens,
        Self::UserToken,
        Self::Memberships,
        Self::Zones,
    ];

    /// The path below the base URL, ids in braces.
    pub fn path(self) -> &'static str {
        match self {
            Self::Accounts => "/accounts",
            Self::Account => "/accounts/{account_id}",
            Self::Members => "/accounts/{account_id}/members",
            Self::Member => "/accounts/{account_id}/members/{member_id}",
            Self::Roles => "/accounts/{account_id}/roles",
            Self::Role => "/accounts/{account_id}/roles/{role_id}",
            Self::PermissionGroups => "/accounts/{account_id}/iam/permission_groups",
            Self::PermissionGroup => "/accounts/{account_id}/iam/permission_groups/{permission_group_id}",
            Self::ResourceGroups => "/accounts/{account_id}/iam/resource_groups",
            Self::ResourceGroup => "/accounts/{account_id}/iam/resource_groups/{resource_group_id}",
            Self::UserGroups => "/accounts/{account_id}/iam/user_groups",
            Self::UserGroup => "/accounts/{account_id}/iam/user_groups/{user_group_id}",
            Self::UserGroupMembers => "/accounts/{account_id}/iam/user_groups/{user_group_id}/members",
            Self::UserGroupMember => {
                "/accounts/{account_id}/iam/user_groups/{user_group_id}/members/{member_id}"
            }
            Self::AccountTokenVerify => "/accounts/{account_id}/tokens/verify",
            Self::AccountTokenPermissionGroups => "/accounts/{account_id}/tokens/permission_groups",
            Self::AccountTokens => "/accounts/{account_id}/tokens",
            Self::AccountToken => "/accounts/{account_id}/tokens/{token_id}",
            Self::AccountTokenValue => "/accounts/{account_id}/tokens/{token_id}/value",
            Self::AuditLog => "/accounts/{account_id}/logs/audit",
            Self::AccessOrganization => "/accounts/{account_id}/access/organizations",
            Self::AccessGroups => "/accounts/{account_id}/access/groups",
            Self::AccessIdentityProviders => "/accounts/{account_id}/access/identity_providers",
            Self::User => "/user",
            Self::UserTokenVerify => "/user/tokens/verify",
            Self::UserTokens => "/user/tokens",
            Self::UserToken => "/user/tokens/{token_id}",
            Self::Memberships => "/memberships",
            Self::Zones => "/zones",
        }
    }
}
