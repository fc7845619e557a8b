//! The catalogue of token permissions: another one than that of the roles.

use super::stable_id;
use crate::state::{PermissionGroup, TokenPermissionGroup};

const BILLING: &str = "account_and_billing";
const ZONES: &str = "dns_and_zones";
const ZERO_TRUST: &str = "cloudflare_one_and_zero_trust";

/// Name, known id (or nothing), scope, category.
const PERMISSIONS: &[(&str, &str, &str, &str)] = &[
    ("Account Settings Read", "", PermissionGroup::ACCOUNT, BILLING),
    ("Account Settings Write", "", PermissionGroup::ACCOUNT, BILLING),
    ("SCIM Provisioning", "", PermissionGroup::ACCOUNT, BILLING),
    (
        "Account API Tokens Read",
        "eb56a6953c034b9d97dd838155666f06",
        PermissionGroup::ACCOUNT,
        BILLING,
    ),
    (
        "Account API Tokens Write",
        "5bc3f8b21c554832afc660159ab75fa4",
        PermissionGroup::ACCOUNT,
        BILLING,
    ),
    ("Billing Read", "", PermissionGroup::ACCOUNT, BILLING),
    (
        "Workers Scripts Write",
        "",
        PermissionGroup::ACCOUNT,
        "developer_platform",
    ),
    (
        "Workers R2 Storage Write",
        "",
        PermissionGroup::ACCOUNT,
        "developer_platform",
    ),
    ("Logs Read", "", PermissionGroup::ACCOUNT, "analytics_and_logs"),
    (
        "Access: Organizations, Identity Providers, and Groups Read",
        "",
        PermissionGroup::ACCOUNT,
        ZERO_TRUST,
    ),
    (
        "Access: Organizations, Identity Providers, and Groups Write",
        "bfe0d8686a584fa680f4c53b5eb0de6d",
        PermissionGroup::ACCOUNT,
        ZERO_TRUST,
    ),
    (
        "Zone Read",
        "c8fed203ed3043cba015a93ad1616f1f",
        PermissionGroup::ZONE,
        ZONES,
    ),
    (
        "DNS Read",
        "82e64a83756745bbbb1c9c2701bf816b",
        PermissionGroup::ZONE,
        ZONES,
    ),
    ("DNS Write", "", PermissionGroup::ZONE, ZONES),
    ("Cache Purge", "", PermissionGroup::ZONE, "cache_and_performance"),
    (
        "Memberships Write",
        "9201bc6f42d440968aaab0c6f17ebb1d",
        "com.cloudflare.api.user",
        BILLING,
    ),
    (
        "User Details Write",
        "55a5e17cc99e4a3fa1f3432d262f2e55",
        "com.cloudflare.api.user",
        BILLING,
    ),
];

/// The catalogue of token permissions.
pub(crate) fn token_permissions() -> Vec<TokenPermissionGroup> {
    PERMISSIONS
        .iter()
        .map(|(name, id, scope, category)| group(name, id, scope, category))
        .collect()
}

fn group(name: &str, id: &str, scope: &str, category: &str) -> TokenPermissionGroup {
    let id = if id.is_empty() {
        stable_id(&format!("token permission {name}"))
    } else {
        id.to_owned()
    };
    TokenPermissionGroup {
        id,
        name: name.to_owned(),
        scopes: vec![scope.to_owned()],
        category: category.to_owned(),
        is_selectable: true,
    }
}
