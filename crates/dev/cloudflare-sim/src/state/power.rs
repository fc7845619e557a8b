//! Who is a Super Administrator.

use super::{Policy, State};

impl State {
    /// Ids of the accepted members who are Super Administrators, directly or through a user group.
    pub fn super_administrators(&self) -> Vec<&str> {
        let accepted = self.members.iter().filter(|member| !member.is_pending());
        let administrators = accepted.filter(|member| {
            member.policies.iter().any(Policy::gives_super_administrator)
                || self.is_super_administrator_by_group(&member.id)
        });
        administrators.map(|member| member.id.as_str()).collect()
    }

    /// Whether a user group makes this member a Super Administrator.
    pub(crate) fn is_super_administrator_by_group(&self, member_id: &str) -> bool {
        let mut groups = self.user_groups.iter();
        groups.any(|group| {
            group.policies.iter().any(Policy::gives_super_administrator)
                && group.members.iter().any(|entry| entry.member_id == member_id)
        })
    }
}
