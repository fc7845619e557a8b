//! Audit log entries: invitations, changes and removals of members.

use chrono::{Duration, SecondsFormat};
use serde_json::json;

use super::{Ground, chance::Chance};
use crate::state::{AuditEntry, Member};

/// Description, action type, method.
const KINDS: [(&str, &str, &str); 3] = [
    ("Add Member", "create", "POST"),
    ("Update Member", "update", "PUT"),
    ("Remove Member", "delete", "DELETE"),
];

/// Entries, newest first, some hours apart.
pub(super) fn entries(ground: &Ground<'_>, chance: &mut Chance, members: &[Member]) -> Vec<AuditEntry> {
    let actor = members.first();
    (0..ground.spec.audit_entries)
        .filter_map(|number| {
            Some(entry(
                ground,
                chance,
                actor?,
                chance_member(members, number)?,
                number,
            ))
        })
        .collect()
}

fn chance_member(members: &[Member], number: usize) -> Option<&Member> {
    members.iter().cycle().nth(number)
}

fn entry(
    ground: &Ground<'_>,
    chance: &mut Chance,
    actor: &Member,
    member: &Member,
    number: usize,
) -> AuditEntry {
    let (description, kind, method) = KINDS.get(number % KINDS.len()).copied().unwrap_or_default();
    let hours = i64::try_from(number).unwrap_or_default() * 7 + 1;
    let time = ground.spec.now - Duration::hours(hours);
    let uri = match method {
        "POST" => format!("/accounts/{}/members", ground.account),
        _ => format!("/accounts/{}/members/{}", ground.account, member.id),
    };
    let body = json!({
        "id": chance.id(),
        "account": { "id": ground.account, "name": "Example Group Holding" },
        "action": {
            "description": description,
            "result": "success",
            "time": time.to_rfc3339_opts(SecondsFormat::Secs, true),
            "type": kind,
        },
        "actor": {
            "id": actor.person.user_id,
            "context": "dash",
            "email": actor.person.email,
            "ip_address": "198.51.100.7",
            "type": "user",
        },
        "raw": {
            "cf_ray_id": chance.id().chars().take(16).collect::<String>(),
            "method": method,
            "status_code": 200,
            "uri": uri,
            "user_agent": "Mozilla/5.0",
        },
        "resource": {
            "id": member.id,
            "product": "members",
            "request": {},
            "response": {},
            "scope": "accounts",
            "type": "member",
        },
    });
    AuditEntry { time, body }
}
