//! Which permissions a call needs (section 1.2), and where the refusal points for documentation.

use super::Endpoint;

const SETTINGS: &[&str] = &[
    "Account Settings Read",
    "Account Settings Write",
    "SCIM Provisioning",
];
const ANY_ACCOUNT: &[&str] = &[
    "Account Settings Read",
    "Account Settings Write",
    "SCIM Provisioning",
    "Account Firewall Access Rules Read",
    "Account Firewall Access Rules Write",
    "Billing Read",
    "Billing Write",
    "DNS Firewall Read",
    "DNS Firewall Write",
    "Load Balancing: Monitors and Pools Read",
    "Load Balancing: Monitors and Pools Write",
    "Trust and Safety Read",
    "Trust and Safety Write",
    "Workers Scripts Read",
    "Workers Scripts Write",
];
const ACCESS: &[&str] = &[
    "Access: Organizations, Identity Providers, and Groups Read",
    "Access: Organizations, Identity Providers, and Groups Write",
];

impl Endpoint {
    /// The permissions of which one suffices for a call; none for calls that every credential may make.
    pub fn permissions(self, method: &str) -> &'static [&'static str] {
        if method == "GET" {
            self.reading_permissions()
        } else {
            self.writing_permissions()
        }
    }

    fn writing_permissions(self) -> &'static [&'static str] {
        match self {
            Self::AccountToken | Self::AccountTokenValue => &["Account API Tokens Write"],
            _ => &["Account Settings Write", "SCIM Provisioning"],
        }
    }

    fn reading_permissions(self) -> &'static [&'static str] {
        match self {
            Self::Accounts | Self::AuditLog => &["Account Settings Read", "Account Settings Write"],
            Self::Account | Self::PermissionGroups | Self::PermissionGroup => ANY_ACCOUNT,
            Self::Members
            | Self::Member
            | Self::Roles
            | Self::Role
            | Self::ResourceGroups
            | Self::ResourceGroup
            | Self::UserGroups
            | Self::UserGroup
            | Self::UserGroupMembers
            | Self::UserGroupMember => SETTINGS,
            Self::AccountTokens
            | Self::AccountToken
            | Self::AccountTokenValue
            | Self::AccountTokenPermissionGroups => &["Account API Tokens Read", "Account API Tokens Write"],
            Self::AccessOrganization | Self::AccessGroups | Self::AccessIdentityProviders => ACCESS,
            Self::User => &["User Details Read", "User Details Write"],
            Self::UserTokens | Self::UserToken => &["API Tokens Read", "API Tokens Write"],
            Self::Memberships => &["Memberships Read", "Memberships Write"],
            Self::Zones => &["Zone Read", "Zone Write"],
            Self::AccountTokenVerify | Self::UserTokenVerify => &[],
        }
    }

    /// Whether a person must be Super Administrator, whatever the token may do; code and text of the refusal
    /// are unconfirmed.
    pub(crate) fn is_for_super_administrators(self, method: &str) -> bool {
        method != "GET" && matches!(self, Self::Members | Self::Member)
    }

    /// Listings that a missing permission empties instead of refusing them.
    pub(crate) fn empties_without_permission(self) -> bool {
        matches!(self, Self::Accounts | Self::Zones)
    }

    /// Whether only a person may call it, so that account-owned tokens are refused.
    pub(crate) fn is_for_users(self) -> bool {
        matches!(
            self,
            Self::Accounts
                | Self::User
                | Self::UserTokenVerify
                | Self::UserTokens
                | Self::UserToken
                | Self::Memberships
        )
    }

    /// The page about reading.
    pub(super) fn reading_page(self) -> &'static str {
        match self {
            Self::Members => "accounts/subresources/members/methods/list/",
            Self::Member => "accounts/subresources/members/methods/get/",
            Self::Roles => "accounts/subresources/roles/methods/list/",
            Self::Role => "accounts/subresources/roles/methods/get/",
            Self::PermissionGroups => "iam/subresources/permission_groups/methods/list/",
            Self::PermissionGroup => "iam/subresources/permission_groups/methods/get/",
            Self::ResourceGroups => "iam/subresources/resource_groups/methods/list/",
            Self::ResourceGroup => "iam/subresources/resource_groups/methods/get/",
            Self::UserGroups => "iam/subresources/user_groups/methods/list/",
            Self::UserGroup => "iam/subresources/user_groups/methods/get/",
            Self::UserGroupMembers => "iam/subresources/user_groups/subresources/members/methods/list/",
            Self::UserGroupMember => "iam/subresources/user_groups/subresources/members/methods/get/",
            Self::AccountTokens => "accounts/subresources/tokens/methods/list/",
            Self::AccountToken => "accounts/subresources/tokens/methods/get/",
            Self::AccountTokenValue => "accounts/subresources/tokens/subresources/value/methods/update/",
            Self::AccountTokenVerify => "accounts/subresources/tokens/methods/verify/",
            Self::AccountTokenPermissionGroups => {
                "accounts/subresources/tokens/subresources/permission_groups/methods/list/"
            }
            Self::AuditLog => "accounts/subresources/logs/subresources/audit/methods/list/",
            Self::AccessOrganization => "zero_trust/subresources/organizations/methods/list/",
            Self::AccessGroups => "zero_trust/subresources/access/subresources/groups/methods/list/",
            Self::AccessIdentityProviders => "zero_trust/subresources/identity_providers/methods/list/",
            Self::Accounts => "accounts/methods/list/",
            Self::Account => "accounts/methods/get/",
            Self::User => "user/methods/get/",
            Self::UserTokenVerify => "user/subresources/tokens/methods/verify/",
            Self::UserTokens => "user/subresources/tokens/methods/list/",
            Self::UserToken => "user/subresources/tokens/methods/get/",
            Self::Memberships => "memberships/methods/list/",
            Self::Zones => "zones/methods/list/",
        }
    }
}
