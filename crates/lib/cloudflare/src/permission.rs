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
    /// The tokens of the user behind a token, itself among them.
    UserApiTokensRead,
}

/// How far a permission goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Looking only.
    Read,
    /// Changing, which includes looking.
    Edit,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "Read",
            Self::Edit => "Edit",
        })
    }
}

impl Permission {
    /// The name in the dashboard.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccountSettingsRead => "Account Settings: Read",
            Self::AccountSettingsEdit => "Account Settings: Edit",
            Self::AccountApiTokensEdit => "Account API Tokens: Edit",
            Self::AccountApiTokensRead => "Account API Tokens: Read",
            Self::AccessOrganizationsRead => "Access: Organizations, Identity Providers, and Groups: Read",
            Self::ZoneRead => "Zone: Read",
            Self::UserDetailsRead => "User Details: Read",
            Self::MembershipsRead => "Memberships: Read",
            Self::UserApiTokensRead => "API Tokens: Read",
        }
    }

    /// How far it goes.
    pub const fn level(self) -> Level {
        match self {
            Self::AccountSettingsEdit | Self::AccountApiTokensEdit => Level::Edit,
            Self::AccountSettingsRead
            | Self::AccountApiTokensRead
            | Self::AccessOrganizationsRead
            | Self::ZoneRead
            | Self::UserDetailsRead
            | Self::MembershipsRead
            | Self::UserApiTokensRead => Level::Read,
        }
    }

    /// What it is about, as the dashboard names it: its name without its level.
    pub fn subject(self) -> &'static str {
        let name = self.name();
        name.rsplit_once(": ").map_or(name, |(subject, _)| subject)
    }

    /// The permission groups of which a token needs one, as the API names them.
    pub const fn granted_by(self) -> &'static [&'static str] {
        match self {
            Self::AccountSettingsRead => &[
                "Account Settings Read",
                "Account Settings Write",
                "SCIM Provisioning",
            ],
            Self::AccountSettingsEdit => &["Account Settings Write", "SCIM Provisioning"],
            Self::AccountApiTokensRead => &["Account API Tokens Read", "Account API Tokens Write"],
            Self::AccountApiTokensEdit => &["Account API Tokens Write"],
            Self::AccessOrganizationsRead => &[
                "Access: Organizations, Identity Providers, and Groups Read",
                "Access: Organizations, Identity Providers, and Groups Write",
            ],
            Self::ZoneRead => &["Zone Read", "Zone Write"],
            Self::UserDetailsRead => &["User Details Read", "User Details Write"],
            Self::MembershipsRead => &["Memberships Read", "Memberships Write"],
            Self::UserApiTokensRead => &["API Tokens Read", "API Tokens Write"],
        }
    }

    /// The name by which a link to the dashboard's form for a new token asks for it, without its level. `None` where
    /// Cloudflare's table of such names does not have it.
    pub const fn template_key(self) -> Option<&'static str> {
        match self {
            Self::AccountSettingsRead | Self::AccountSettingsEdit => Some("account_settings"),
            Self::AccountApiTokensRead | Self::AccountApiTokensEdit => Some("account_api_tokens"),
            Self::ZoneRead => Some("zone"),
            Self::AccessOrganizationsRead
            | Self::UserDetailsRead
            | Self::MembershipsRead
            | Self::UserApiTokensRead => None,
        }
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
