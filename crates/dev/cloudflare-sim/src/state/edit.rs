//! Changes that tests make while a client is reading.

use super::{Member, MemberStatus, State};

impl State {
    /// Takes the member at `index` of the listing order out of the account and of its user groups.
    pub fn remove_member(&mut self, index: usize) -> Option<Member> {
        if index >= self.members.len() {
            return None;
        }
        let member = self.members.remove(index);
        for group in &mut self.user_groups {
            group
                .members
                .retain(|membership| membership.member_id != member.id);
        }
        Some(member)
    }

    /// Puts a member at `index` of the listing order, or at the end.
    pub fn insert_member(&mut self, index: usize, member: Member) {
        let index = index.min(self.members.len());
        self.members.insert(index, member);
    }

    /// The pending member at `index` of the listing order accepts the invitation.
    pub fn accept_member(&mut self, index: usize) {
        if let Some(member) = self.members.get_mut(index) {
            member.status = MemberStatus::Accepted;
        }
    }
}
