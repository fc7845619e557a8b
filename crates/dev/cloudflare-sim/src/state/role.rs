//! Roles (the deprecated catalogue) and permission groups (today's).

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

/// The legacy id of Super Administrator, the same in every account.
pub const SUPER_ADMINISTRATOR: &str = "33666b9c79b9a5273fc7344ff42f953d";

/// `permissions` of a role: area to flag to value (`dns` to `read` to `true`).
pub type Permissions = BTreeMap<String, BTreeMap<String, bool>>;

/// An account-wide role as `GET /roles` shows it.
#[derive(Debug, Clone, Serialize)]
pub struct Role {
    /// Legacy role id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// Empty for many newer roles.
    pub permissions: Permissions,
}

impl Role {
    /// Whether this is Super Administrator.
    pub fn is_super_administrator(&self) -> bool {
        self.id == SUPER_ADMINISTRATOR
    }
}

/// A permission group as `iam/permission_groups` shows it.
#[derive(Debug, Clone)]
pub struct PermissionGroup {
    /// 32 hex characters, not the legacy role id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// Stable short name.
    pub label: String,
    /// What it may be combined with, for example `com.cloudflare.api.account.zone`.
    pub scopes: String,
    /// Product area.
    pub category: String,
    /// The legacy role that a policy of this group appears as.
    pub role: Option<Arc<Role>>,
}

impl PermissionGroup {
    /// Scope of groups that act on the whole account.
    pub const ACCOUNT: &'static str = "com.cloudflare.api.account";
    /// Scope of groups that act on zones.
    pub const ZONE: &'static str = "com.cloudflare.api.account.zone";
    /// Scope of groups that act on single Workers.
    pub const WORKER: &'static str = "com.cloudflare.api.account.worker";

    /// Whether it is the one behind Super Administrator.
    pub fn is_super_administrator(&self) -> bool {
        self.role
            .as_ref()
            .is_some_and(|role| role.is_super_administrator())
    }

    /// Whether a member can have it. Account-wide groups without a role are named like token permissions: they
    /// are listed, but not given.
    pub(crate) fn is_assignable(&self) -> bool {
        self.role.is_some() || self.scopes != Self::ACCOUNT
    }

    /// Whether it acts on zones.
    pub fn is_for_zones(&self) -> bool {
        self.scopes == Self::ZONE
    }
}
