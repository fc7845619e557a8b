//! Samples, and the directory of the account that they show.

use std::path::Path;
use std::sync::Arc;

use cloudflare::AccountId;
use cloudflare::types::{PermissionGroup, ResourceGroup, Role, Zone};
use serde::de::DeserializeOwned;

use super::{role, scope};
use crate::directory::Directory;
use crate::names::{self, Names};

mod render;
pub(crate) use render::render;

/// The account of the samples.
pub(crate) const ACCOUNT: &str = "bd4a016a06b15839978fe790cd939c3e";

/// The `result` of a sample.
pub(crate) fn sample<T: DeserializeOwned>(name: &str) -> T {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../fixtures/cloudflare");
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    let mut answer: serde_json::Value = serde_json::from_str(&text).unwrap();
    serde_json::from_value(answer["result"].take()).unwrap()
}

/// Names as they are when everything may be read.
pub(crate) fn names() -> Names {
    let zones: Vec<Zone> = sample("zones-page.json");
    let groups: Vec<PermissionGroup> = sample("iam-permission-groups-list.json");
    Names {
        permission_groups: Arc::new(names::catalogue(groups)),
        zones: Some(Arc::new(names::of_zones(zones))),
        ..Names::new(AccountId::new(ACCOUNT))
    }
}

/// What the feeds before the members find.
pub(crate) fn directory() -> Directory {
    let names = names();
    let groups: Vec<ResourceGroup> = sample("iam-resource-groups-list.json");
    let scopes: Vec<_> = groups
        .iter()
        .map(|group| Arc::new(scope::resource(group, &names)))
        .collect();
    let roles = ["roles-page-1-of-2.json", "roles-page-2-of-2.json"].map(sample::<Vec<Role>>);
    let roles = role::with_super_administrator(roles.concat());
    let roles = roles.iter().map(|listed| Arc::new(role::resource(listed)));
    Directory::new(names).with_roles(roles).with_scopes(scopes)
}

/// An account of which nothing is known but its id.
pub(crate) fn blank() -> Directory {
    Directory::new(Names::new(AccountId::new(ACCOUNT)))
}
