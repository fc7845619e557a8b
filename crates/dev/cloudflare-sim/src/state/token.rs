//! API tokens as the account lists them, and the catalogue of token permissions.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// State of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TokenStatus {
    /// In force.
    Active,
    /// Switched off, can be switched on again.
    Disabled,
    /// Past its `expires_on`; listed only with `include_expired`.
    Expired,
}

/// A token as listings show it: never with its secret.
#[derive(Debug, Clone, Serialize)]
pub struct Token {
    /// 32 hex characters.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Active, disabled or expired.
    pub status: TokenStatus,
    /// RFC 3339.
    pub issued_on: String,
    /// RFC 3339; moves when the secret is rolled.
    pub modified_on: String,
    /// RFC 3339; absent when never used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_on: Option<String>,
    /// RFC 3339; absent when unlimited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<String>,
    /// RFC 3339; absent when unlimited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<String>,
    /// What it may do.
    pub policies: Vec<TokenPolicy>,
    /// `request_ip` rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Value>,
    /// Who made it; may have left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator_email_at_creation: Option<String>,
    /// Which secret is in force: 1 until the token is rolled. No answer tells it.
    #[serde(skip)]
    pub secret_generation: u32,
}

/// One policy of a token.
#[derive(Debug, Clone, Serialize)]
pub struct TokenPolicy {
    /// 32 hex characters.
    pub id: String,
    /// Allow or deny.
    pub effect: super::Effect,
    /// From the token catalogue, not from the IAM one.
    pub permission_groups: Vec<TokenPermission>,
    /// Resource key to `"*"`, or to a nested map.
    pub resources: Value,
    /// Fields that somebody sent and the schema does not have; they come back as they were.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A token permission as a policy names it.
#[derive(Debug, Clone, Serialize)]
pub struct TokenPermission {
    /// 32 hex characters.
    pub id: String,
    /// For example `Zone Read`.
    pub name: String,
}

/// An entry of the catalogue of token permissions.
#[derive(Debug, Clone, Serialize)]
pub struct TokenPermissionGroup {
    /// 32 hex characters.
    pub id: String,
    /// For example `Zone Read`.
    pub name: String,
    /// For example `com.cloudflare.api.account.zone`.
    pub scopes: Vec<String>,
    /// Product area.
    pub category: String,
    /// Whether the dashboard offers it.
    pub is_selectable: bool,
}
