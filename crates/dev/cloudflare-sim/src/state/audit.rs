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

/// A write, as the log tells it.
#[derive(Debug)]
pub(crate) struct Event<'a> {
    /// Id of the entry, 32 hex characters.
    pub(crate) id: &'a str,
    pub(crate) time: DateTime<Utc>,
    pub(crate) description: &'a str,
    pub(crate) actor: Value,
    pub(crate) method: &'a str,
    /// Path below the base URL.
    pub(crate) uri: &'a str,
    /// The hex part of the answer's `CF-Ray`.
    pub(crate) ray: &'a str,
    pub(crate) subject: Subject<'a>,
}

/// What a write was about.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) id: &'a str,
    pub(crate) product: &'a str,
    pub(crate) kind: &'a str,
    /// The body of the request.
    pub(crate) request: Value,
}

impl AuditEntry {
    /// The entry that Cloudflare writes for something done to a member in the dashboard.
    pub fn of_member(account: &Account, event: &MemberEvent<'_>) -> Self {
        let method = match event.description {
            "Add Member" => "POST",
            "Remove Member" => "DELETE",
            _ => "PUT",
        };
        let list = format!("/accounts/{}/members", account.id);
        let uri = if method == "POST" {
            list
        } else {
            format!("{list}/{}", event.member_id)
        };
        let event = Event {
            id: event.id,
            time: event.time,
            description: event.description,
            actor: json!({
                "id": event.actor.user_id,
                "context": "dash",
                "email": event.actor.email,
                "ip_address": "198.51.100.7",
                "type": "user",
            }),
            method,
            uri: &uri,
            ray: event.id.get(..16).unwrap_or_default(),
            subject: Subject {
                id: event.member_id,
                product: "members",
                kind: "member",
                request: event
                    .address
                    .map_or_else(|| json!({}), |email| json!({ "email": email })),
            },
        };
        Self::of(account, event)
    }

    /// The entry of a write.
    pub(crate) fn of(account: &Account, event: Event<'_>) -> Self {
        let kind = match event.method {
            "POST" => "create",
            "DELETE" => "delete",
            _ => "update",
        };
        let subject = event.subject;
        let body = json!({
            "id": event.id,
            "account": { "id": account.id, "name": account.name },
            "action": {
                "description": event.description,
                "result": "success",
                "time": event.time.to_rfc3339_opts(SecondsFormat::Secs, true),
                "type": kind,
            },
            "actor": event.actor,
            "raw": {
                "cf_ray_id": event.ray,
                "method": event.method,
                "status_code": 200,
                "uri": event.uri,
                "user_agent": "Mozilla/5.0",
            },
            "resource": {
                "id": subject.id,
                "product": subject.product,
                "request": subject.request,
                "response": {},
                "scope": "accounts",
                "type": subject.kind,
            },
        });
        Self {
            time: event.time,
            body,
        }
    }
}
