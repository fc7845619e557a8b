//! The user behind the credential. Account-owned tokens have none and are refused.

use crate::Permission;
use crate::endpoint::{Endpoint, Paged, Path};
use crate::types::{CallerUser, Membership};

/// The user behind the credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetUser;

impl Endpoint for GetUser {
    type Output = CallerUser;
    const WHAT: &'static str = "the user behind the credential";

    fn path(&self) -> Path {
        Path::of(&["user"])
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::UserDetailsRead)
    }
}

/// The accounts the user behind the credential belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memberships;

impl Endpoint for Memberships {
    type Output = Vec<Membership>;
    const WHAT: &'static str = "the user's memberships";

    fn path(&self) -> Path {
        Path::of(&["memberships"])
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::MembershipsRead)
    }
}

impl Paged for Memberships {
    type Item = Membership;
    const PER_PAGE: u32 = 50;

    fn id(item: &Membership) -> &str {
        item.id.as_str()
    }
}
