//! Permissions as the dashboard names them.

use std::fmt;

/// A permission that a token needs for a call, named as the dashboard names it when a token is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Members, roles, permission groups, resource groups, user groups, the audit log.
    AccountSettingsRead,
    /// Changes of members and of who is in user groups.
    AccountSettingsEdit,
    /// Account-owned tokens.
    AccountApiTokensRead,
    /// Changes of account-owned tokens.
    AccountApiTokensEdit,
    /// The Zero Trust organization, its groups and identity providers.
    AccessOrganizationsRead,
    /// Names of zones.
    ZoneRead,
    /// The user behind a token.
    UserDetailsRead,
    /// The accounts the user behind a token belongs to.
    MembershipsRead,
}

impl Permission {
    /// The name in the dashboard.
    pub fn name(self) -> &'static str {
        match self {
            Self::AccountSettingsRead => "Account Settings: Read",
            Self::AccountSettingsEdit => "Account Settings: Edit",
            Self::AccountApiTokensEdit => "Account API Tokens: Edit",
            Self::AccountApiTokensRead => "Account API Tokens: Read",
            Self::AccessOrganizationsRead => "Access: Organizations, Identity Providers, and Groups: Read",
            Self::ZoneRead => "Zone: Read",
            Self::UserDetailsRead => "User Details: Read",
            Self::MembershipsRead => "Memberships: Read",
        }
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
