//! Finding members, and the changes that tests make while a client is reading.

use std::sync::Arc;

use super::{Member, MemberStatus, ResourceGroup, State};

impl State {
    /// The member with this id.
    pub fn member(&self, id: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }

    /// The member with this id, to be changed.
    pub fn member_mut(&mut self, id: &str) -> Option<&mut Member> {
        self.members.iter_mut().find(|member| member.id == id)
    }

    /// Every mention of a resource group: in the account's list, then in policies.
    pub(crate) fn places_mut(&mut self) -> impl Iterator<Item = &mut Arc<ResourceGroup>> {
        let members = self.members.iter_mut().map(|member| &mut member.policies);
        let groups = self.user_groups.iter_mut().map(|group| &mut group.policies);
        let policies = members.chain(groups).flatten();
        let mentions = policies.flat_map(|policy| &mut policy.resource_groups);
        self.resource_groups.iter_mut().chain(mentions)
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
