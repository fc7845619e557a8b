//! The audit log, version 2.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use crate::decode::null_as_default;
use crate::ids::AuditLogId;

/// An entry of the audit log. `GET /accounts/{account_id}/logs/audit`. Reads and refused calls are not logged.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct AuditLogEntry {
    /// The entry's id.
    pub id: AuditLogId,
    /// What was done.
    pub action: AuditAction,
    /// Who did it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub actor: AuditActor,
    /// The call that did it. To recognise an event go by its method and path.
    #[serde(default, rename = "raw", deserialize_with = "null_as_default")]
    pub request: AuditRequest,
    /// What it was done to.
    #[serde(default, deserialize_with = "null_as_default")]
    pub resource: AuditResource,
    /// The zone it was done in.
    #[serde(default)]
    pub zone: Option<AuditZone>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AuditAction {
    /// In Cloudflare's words, such as `Add Member`.
    #[serde(default)]
    pub description: Option<String>,
    /// `success` or `failure`.
    #[serde(default)]
    pub result: Option<String>,
    /// When.
    pub time: DateTime<Utc>,
    /// `create`, `delete`, `view` or `update`.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
}

/// Who did it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AuditActor {
    /// The actor's id; for users the user id.
    pub id: Option<String>,
    /// The actor's address.
    pub email: Option<String>,
    /// Where the call came from.
    pub ip_address: Option<String>,
    /// The way in: `dash`, `api_token`, `api_key`, and so on.
    pub context: Option<String>,
    /// `user`, `account`, `system`, and so on.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The token used, if one was.
    pub token_id: Option<String>,
    /// The name of the token used, if one was.
    pub token_name: Option<String>,
}

/// The call that did it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AuditRequest {
    /// The hex part of the `CF-Ray` header of the answer.
    pub cf_ray_id: Option<String>,
    /// The HTTP method.
    pub method: Option<String>,
    /// The HTTP status of the answer.
    pub status_code: Option<u16>,
    /// The path.
    pub uri: Option<String>,
    /// The program that called.
    pub user_agent: Option<String>,
}

/// What it was done to. The answer that was given is left out: it may hold a fresh secret.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct AuditResource {
    /// The id of the thing.
    pub id: Option<String>,
    /// The product, such as `members`.
    pub product: Option<String>,
    /// The kind of thing within the product.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// `accounts`, `user`, `zones` or `memberships`; other JSON may occur.
    pub scope: Option<Value>,
    /// The body that was sent.
    pub request: Option<Value>,
}

/// The zone it was done in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AuditZone {
    /// The zone's id.
    pub id: Option<String>,
    /// The zone's name.
    pub name: Option<String>,
}
