//! What happened to the members of the demo: the only place that tells how old an invitation is.

use chrono::{DateTime, Duration, Utc};

use super::{Row, address, id, members::member_id, rows};
use crate::state::{Account, AuditEntry, Member, MemberEvent};

/// Days ago, description, who, whom.
const EVENTS: &str = include_str!("events.tsv");

/// Audit log entries, newest first.
pub(super) fn entries(now: DateTime<Utc>, account: &Account, members: &[Member]) -> Vec<AuditEntry> {
    rows(EVENTS)
        .filter_map(|row| entry(now, account, members, &row))
        .collect()
}

fn entry(now: DateTime<Utc>, account: &Account, members: &[Member], row: &Row<'_>) -> Option<AuditEntry> {
    let (description, whom) = (row.text(1), row.text(3));
    let actor = address(row.text(2));
    let invited = address(whom);
    let event = MemberEvent {
        id: &id(&format!("event {description} {whom}")),
        time: now - Duration::days(row.number(0)?) - Duration::hours(2),
        description,
        actor: &members.iter().find(|member| member.person.email == actor)?.person,
        member_id: &member_id(whom),
        address: (description == "Add Member").then_some(invited.as_str()),
    };
    Some(AuditEntry::of_member(account, &event))
}
