//! Audit log entries, version 2.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::{Account, Person};

/// One entry: when it happened, and what is served for it.
#[derive(Debug, Clone)]
pub struct AuditEntry {
    /// `action.time`, for the `since` and `before` filters.
    pub time: DateTime<Utc>,
    /// The entry as served.
    pub body: Value,
}

/// Something that was done to a member in the dashboard.
#[derive(Debug, Clone, Copy)]
pub struct MemberEvent<'a> {
    /// Id of the entry, 32 hex characters.
    pub id: &'a str,
    /// When.
    pub time: DateTime<Utc>,
    /// `Add Member`, `Update Member` or `Remove Member`.
    pub description: &'a str,
    /// Who did it.
    pub actor: &'a Person,
    /// To which member.
    pub member_id: &'a str,
    /// At which address, where the request named one.
    pub address: Option<&'a str>,
}

impl AuditEntry {
    /// The entry that Cloudflare writes for an event.
    pub fn of_member(account: &Account, event: &MemberEvent<'_>) -> Self {
        let (kind, method) = match event.description {
            "Add Member" => ("create", "POST"),
            "Remove Member" => ("delete", "DELETE"),
            _ => ("update", "PUT"),
        };
        let list = format!("/accounts/{}/members", account.id);
        let uri = if method == "POST" {
            list
        } else {
            format!("{list}/{}", event.member_id)
        };
        let body = json!({
            "id": event.id,
            "account": { "id": account.id, "name": account.name },
            "action": {
                "description": event.description,
                "result": "success",
                "time": event.time.to_rfc3339_opts(SecondsFormat::Secs, true),
                "type": kind,
            },
            "actor": {
                "id": event.actor.user_id,
                "context": "dash",
                "email": event.actor.email,
                "ip_address": "198.51.100.7",
                "type": "user",
            },
            "raw": {
                "cf_ray_id": event.id.chars().take(16).collect::<String>(),
                "method": method,
                "status_code": 200,
                "uri": uri,
                "user_agent": "Mozilla/5.0",
            },
            "resource": {
                "id": event.member_id,
                "product": "members",
                "request": event.address.map_or_else(|| json!({}), |email| json!({ "email": email })),
                "response": {},
                "scope": "accounts",
                "type": "member",
            },
        });
        Self {
            time: event.time,
            body,
        }
    }
}
