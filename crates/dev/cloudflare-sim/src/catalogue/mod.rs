//! Cloudflare's own roles, permission groups and token permissions, with ids that are the same in every
//! account where they are known, and stable invented ones where they are not.

mod tokens;

pub(crate) use tokens::token_permissions;

use std::{collections::BTreeMap, sync::Arc};

use crate::state::{PermissionGroup, Permissions, Role};

/// Tab-separated: name, description, legacy role id, permission group id, label, category, areas read,
/// areas edited. `-` where nothing is known.
const ACCOUNT_ROLES: &str = include_str!("account-roles.tsv");
/// The same columns; domain roles have no legacy id.
const DOMAIN_ROLES: &str = include_str!("domain-roles.tsv");

/// The first `count` account-wide roles, Super Administrator first; beyond Cloudflare's own, invented ones.
pub(crate) fn account_roles(count: usize) -> Vec<Arc<PermissionGroup>> {
    let known = rows(ACCOUNT_ROLES).map(|row| row.group(PermissionGroup::ACCOUNT));
    let invented = (1..).map(|number| invented(&format!("Product {number} Admin"), true));
    known.chain(invented).take(count).map(Arc::new).collect()
}

/// Cloudflare's own account-wide roles.
pub(crate) fn known_roles() -> Vec<Arc<PermissionGroup>> {
    rows(ACCOUNT_ROLES)
        .map(|row| Arc::new(row.group(PermissionGroup::ACCOUNT)))
        .collect()
}

/// The domain roles: permission groups that act on zones.
pub(crate) fn domain_roles() -> Vec<Arc<PermissionGroup>> {
    rows(DOMAIN_ROLES)
        .map(|row| Arc::new(row.group(PermissionGroup::ZONE)))
        .collect()
}

/// The role that edits single Workers.
pub(crate) fn worker_editor() -> Arc<PermissionGroup> {
    Arc::new(PermissionGroup {
        id: "3b722a60c5d290a8d56c524fe4e286a6".to_owned(),
        name: "Editor".to_owned(),
        description: "Edits and deploys the Workers in scope.".to_owned(),
        label: "worker_editor".to_owned(),
        scopes: PermissionGroup::WORKER.to_owned(),
        category: "developer_platform".to_owned(),
        role: None,
    })
}

/// Groups named like token permissions, as live lists contain them; no role stands behind them.
pub(crate) fn token_like(number: usize) -> Arc<PermissionGroup> {
    Arc::new(invented(&format!("Product {number} Write"), false))
}

/// An id for something whose id is not known: 32 hex characters, the same for the same text (FNV-1a).
pub(crate) fn stable_id(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, |hash, byte| {
            (hash ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b)
        });
    format!("{hash:032x}")
}

fn invented(name: &str, with_role: bool) -> PermissionGroup {
    let description = format!("{name} in the whole account.");
    let role = Role {
        id: stable_id(&format!("role {name}")),
        name: name.to_owned(),
        description: description.clone(),
        permissions: Permissions::new(),
    };
    PermissionGroup {
        id: stable_id(&format!("permission group {name}")),
        name: name.to_owned(),
        description,
        label: name.to_lowercase().replace(' ', "_"),
        scopes: PermissionGroup::ACCOUNT.to_owned(),
        category: "other".to_owned(),
        role: with_role.then(|| Arc::new(role)),
    }
}

/// A line of the tables.
struct Row<'a> {
    name: &'a str,
    description: &'a str,
    role_id: &'a str,
    group_id: &'a str,
    label: &'a str,
    category: &'a str,
    reads: &'a str,
    edits: &'a str,
}

fn rows(table: &'static str) -> impl Iterator<Item = Row<'static>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        Row {
            name: next(),
            description: next(),
            role_id: next(),
            group_id: next(),
            label: next(),
            category: next(),
            reads: next(),
            edits: next(),
        }
    })
}

impl Row<'_> {
    fn group(&self, scopes: &str) -> PermissionGroup {
        let account_wide = scopes == PermissionGroup::ACCOUNT;
        PermissionGroup {
            id: known_or(self.group_id, || {
                stable_id(&format!("permission group {}", self.name))
            }),
            name: self.name.to_owned(),
            description: self.description.to_owned(),
            label: self.label.to_owned(),
            scopes: scopes.to_owned(),
            category: self.category.to_owned(),
            role: account_wide.then(|| Arc::new(self.role())),
        }
    }

    fn role(&self) -> Role {
        Role {
            id: known_or(self.role_id, || stable_id(&format!("role {}", self.name))),
            name: self.name.to_owned(),
            description: self.description.to_owned(),
            permissions: self.permissions(),
        }
    }

    /// Live answers use the flags `read` and `edit`; only granted areas are listed.
    fn permissions(&self) -> Permissions {
        let edits = |area: &str| self.edits.split(',').any(|edited| edited == area);
        let flags = |area| BTreeMap::from([("read".to_owned(), true), ("edit".to_owned(), edits(area))]);
        let areas = self.reads.split(',').filter(|area| !matches!(*area, "-" | ""));
        areas.map(|area| (area.to_owned(), flags(area))).collect()
    }
}

fn known_or(column: &str, otherwise: impl FnOnce() -> String) -> String {
    if column == "-" {
        otherwise()
    } else {
        column.to_owned()
    }
}
