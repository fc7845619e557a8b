//! Finding members, and the changes that tests make while a client is reading.

use super::{Member, MemberStatus, State};

impl State {
    /// The member with this id.
    pub fn member(&self, id: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }

    /// The member with this id, to be changed.
    pub fn member_mut(&mut self, id: &str) -> Option<&mut Member> {
        self.members.iter_mut().find(|member| member.id == id)
    }

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
