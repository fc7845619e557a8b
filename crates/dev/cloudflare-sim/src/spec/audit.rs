//! Audit log entries: invitations, changes and removals of members.

use chrono::Duration;

use super::Ground;
use crate::{
    chance::Chance,
    state::{AuditEntry, Member, MemberEvent},
};

const DESCRIPTIONS: [&str; 3] = ["Add Member", "Update Member", "Remove Member"];

/// Entries, newest first, some hours apart.
pub(super) fn entries(ground: &Ground<'_>, chance: &mut Chance, members: &[Member]) -> Vec<AuditEntry> {
    let happenings = members
        .iter()
        .cycle()
        .zip(DESCRIPTIONS.iter().cycle())
        .zip((1..).step_by(7));
    let happenings = happenings.take(ground.spec.audit_entries);
    happenings
        .filter_map(|((member, description), hours)| {
            let event = MemberEvent {
                id: &chance.id(),
                time: ground.spec.now - Duration::hours(hours),
                description,
                actor: &members.first()?.person,
                member_id: &member.id,
                address: (*description == "Add Member").then_some(&member.person.email),
            };
            Some(AuditEntry::of_member(ground.account, &event))
        })
        .collect()
}
