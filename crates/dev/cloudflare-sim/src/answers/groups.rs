//! User groups and their members.

use serde::Serialize;

use super::{
    Context,
    envelope::{self, Answer},
    not_found,
};
use crate::state::{GroupMembership, Member, Policy, UserGroup};

/// A user group as answers show it: policies embedded, members not.
#[derive(Debug, Serialize)]
pub(crate) struct GroupView<'a> {
    id: &'a str,
    name: &'a str,
    created_on: &'a str,
    modified_on: &'a str,
    policies: &'a [Policy],
}

impl<'a> GroupView<'a> {
    pub(crate) fn of(group: &'a UserGroup) -> Self {
        Self {
            id: &group.id,
            name: &group.name,
            created_on: &group.created_on,
            modified_on: &group.modified_on,
            policies: &group.policies,
        }
    }
}

/// A member in a group's listing.
#[derive(Debug, Serialize)]
pub(crate) struct GroupMemberView<'a> {
    id: &'a str,
    email: &'a str,
    status: &'static str,
}

impl<'a> GroupMemberView<'a> {
    pub(crate) fn of(member: &'a Member) -> Self {
        Self {
            id: &member.id,
            email: &member.person.email,
            status: member.status_name(),
        }
    }
}

/// One member of a group, asked for alone.
#[derive(Debug, Serialize)]
struct GroupMemberDetail<'a> {
    #[serde(flatten)]
    member: GroupMemberView<'a>,
    created_at: &'a str,
    user: GroupUser<'a>,
}

#[derive(Debug, Serialize)]
struct GroupUser<'a> {
    id: Option<&'a str>,
    email: &'a str,
    first_name: Option<&'a str>,
    last_name: Option<&'a str>,
}

impl<'a> GroupMemberDetail<'a> {
    fn of(member: &'a Member, membership: &'a GroupMembership) -> Self {
        let person = &member.person;
        let user = GroupUser {
            id: (!member.is_pending()).then_some(&person.user_id),
            email: &person.email,
            first_name: person.first_name.as_deref(),
            last_name: person.last_name.as_deref(),
        };
        Self {
            member: GroupMemberView::of(member),
            created_at: &membership.created_at,
            user,
        }
    }
}

impl Context<'_> {
    pub(super) fn user_groups(&self) -> Answer {
        let wanted = |group: &&UserGroup| {
            self.params.accepts("id", &group.id)
                && self.params.accepts("name", &group.name)
                && self.params.accepts_part("fuzzyName", &group.name)
        };
        let mut groups: Vec<_> = self
            .state
            .user_groups
            .iter()
            .filter(wanted)
            .map(GroupView::of)
            .collect();
        if self.params.is_descending() {
            groups.reverse();
        }
        self.page(&groups)
    }

    pub(super) fn user_group(&self) -> Answer {
        self.with_group(|group| envelope::ok(GroupView::of(group)))
    }

    pub(super) fn user_group_members(&self) -> Answer {
        self.with_group(|group| {
            let positions = self.store.positions(self.state);
            let found = group
                .members
                .iter()
                .filter_map(|entry| positions.get(&entry.member_id));
            let members = found.filter_map(|index| self.state.members.get(*index));
            let wanted = members.filter(|m| self.params.accepts_part("fuzzyEmail", &m.person.email));
            let mut members: Vec<_> = wanted.map(GroupMemberView::of).collect();
            if self.params.is_descending() {
                members.reverse();
            }
            self.page(&members)
        })
    }

    pub(super) fn user_group_member(&self) -> Answer {
        let id = self.route.child();
        self.with_group(|group| {
            let membership = group.members.iter().find(|membership| membership.member_id == id);
            let member = self.state.members.iter().find(|member| member.id == id);
            match (member, membership) {
                (Some(member), Some(membership)) => envelope::ok(GroupMemberDetail::of(member, membership)),
                _ => not_found("Member"),
            }
        })
    }

    fn with_group(&self, answer: impl FnOnce(&UserGroup) -> Answer) -> Answer {
        let id = self.route.object();
        let group = self.state.user_groups.iter().find(|group| group.id == id);
        group.map_or_else(|| not_found("User group"), answer)
    }
}
