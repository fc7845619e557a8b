//! The Zero Trust side. Its objects are free-form rules, so they are kept as JSON.

use serde_json::Value;

/// Access: one organization, its groups and identity providers.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// `GET /access/organizations`: one object.
    pub organization: Value,
    /// `GET /access/groups`.
    pub groups: Vec<Value>,
    /// `GET /access/identity_providers`.
    pub identity_providers: Vec<Value>,
}
