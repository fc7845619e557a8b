//! Zero Trust (Access).

use crate::endpoint::{Endpoint, Paged, Path};
use crate::types::{AccessGroup, AccessOrganization, IdentityProvider};
use crate::{AccountId, Permission};

/// The Zero Trust organization of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetAccessOrganization {
    /// The account.
    pub account: AccountId,
}

impl Endpoint for GetAccessOrganization {
    type Output = AccessOrganization;
    const WHAT: &'static str = "the Zero Trust organization";

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "access", "organizations"])
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccessOrganizationsRead)
    }
}

/// The Access groups of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessGroups {
    /// The account.
    pub account: AccountId,
}

impl Endpoint for AccessGroups {
    type Output = Vec<AccessGroup>;
    const WHAT: &'static str = "the Access groups";

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "access", "groups"])
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccessOrganizationsRead)
    }
}

impl Paged for AccessGroups {
    type Item = AccessGroup;
    const PER_PAGE: u32 = 1000;

    fn id(item: &AccessGroup) -> &str {
        item.id.as_str()
    }
}

/// The identity providers of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessIdentityProviders {
    /// The account.
    pub account: AccountId,
}

impl Endpoint for AccessIdentityProviders {
    type Output = Vec<IdentityProvider>;
    const WHAT: &'static str = "the identity providers";

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "access", "identity_providers"])
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccessOrganizationsRead)
    }
}

impl Paged for AccessIdentityProviders {
    type Item = IdentityProvider;
    const PER_PAGE: u32 = 1000;

    fn id(item: &IdentityProvider) -> &str {
        item.id.as_str()
    }
}
