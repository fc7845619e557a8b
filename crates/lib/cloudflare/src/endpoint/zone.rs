//! Zones.

use crate::endpoint::{Endpoint, Paged, Path};
use crate::types::Zone;
use crate::{AccountId, Permission};

/// The zones of an account, as far as the credential may see them: without the permission the list is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zones {
    /// The account.
    pub account: AccountId,
}

impl Endpoint for Zones {
    type Output = Vec<Zone>;
    const WHAT: &'static str = "the zones";

    fn path(&self) -> Path {
        Path::of(&["zones"])
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("account.id", self.account.to_string())]
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::ZoneRead)
    }
}

impl Paged for Zones {
    type Item = Zone;
    const PER_PAGE: u32 = 50;

    fn id(item: &Zone) -> &str {
        item.id.as_str()
    }
}
