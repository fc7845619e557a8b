//! Who is in a user group.

use axum::http::StatusCode;

use super::{Done, Refused, Write, request::Reference};
use crate::{
    EmptyGroups, PendingInGroups,
    answers::{envelope, groups::GroupMemberView},
    spec::timestamp,
    state::{GroupMembership, Member},
};

impl<'a> Write<'a> {
    /// `POST …/members`: adds; who is there already stays.
    pub(super) fn add_group_members(&mut self) -> Result<Done, Refused> {
        let id = self.open_group()?;
        let wanted = self.candidates()?;
        let now = timestamp(self.now);
        let members = &mut self.group_mut(id)?.members;
        for member in &wanted {
            if members.iter().all(|entry| entry.member_id != *member) {
                members.push(joined(member, &now));
            }
        }
        Ok(self.group_members(id, &wanted))
    }

    /// `PUT …/members`: replaces the whole membership.
    pub(super) fn replace_group_members(&mut self) -> Result<Done, Refused> {
        let id = self.open_group()?;
        let wanted = self.candidates()?;
        let now = timestamp(self.now);
        let members = &mut self.group_mut(id)?.members;
        let entry = |member: &String| {
            let known = members.iter().find(|entry| entry.member_id == *member);
            known.cloned().unwrap_or_else(|| joined(member, &now))
        };
        *members = wanted.iter().map(entry).collect();
        Ok(self.group_members(id, &wanted))
    }

    /// `DELETE …/members/{m}`.
    pub(super) fn remove_group_member(&mut self) -> Result<Done, Refused> {
        let (id, member) = (self.open_group()?, self.route.child());
        let members = &mut self.group_mut(id)?.members;
        let mut entries = members.iter();
        let index = entries
            .position(|entry| entry.member_id == member)
            .ok_or_else(unknown)?;
        members.remove(index);
        let removed = self.state.member(member).ok_or_else(unknown)?;
        Ok(Done {
            answer: envelope::ok(GroupMemberView::of(removed)),
            resource: id.to_owned(),
        })
    }

    /// The group of the path, if its membership is decided here.
    fn open_group(&self) -> Result<&'a str, Refused> {
        let id = self.route.object();
        if self.group(id)?.managed_by_scim {
            return Err(Refused::managed_by_scim("User group"));
        }
        Ok(id)
    }

    /// The member ids that were sent, each once; all of them can be in groups.
    fn candidates(&self) -> Result<Vec<String>, Refused> {
        let mut ids: Vec<String> = Vec::new();
        for Reference { id } in self.request::<Vec<Reference>>()? {
            self.check_candidate(self.state.member(&id).ok_or_else(unknown)?)?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    /// The text for pending members is invented, the other one is known in part.
    fn check_candidate(&self, member: &Member) -> Result<(), Refused> {
        if member.is_pending() && self.options.pending_in_groups == PendingInGroups::Refuse {
            return Err(Refused::invalid("pending members cannot be in user groups"));
        }
        if member.lacks_domain_roles {
            let text = "members do not have DSR enabled";
            return Err(Refused::new(StatusCode::BAD_REQUEST, 1000, text));
        }
        Ok(())
    }

    fn group_members(&self, group: &str, ids: &[String]) -> Done {
        let members = ids.iter().filter_map(|id| self.state.member(id));
        let members: Vec<_> = members.map(GroupMemberView::of).collect();
        let null = members.is_empty() && self.options.empty_groups == EmptyGroups::Null;
        Done {
            answer: envelope::ok((!null).then_some(members)),
            resource: group.to_owned(),
        }
    }
}

fn unknown() -> Refused {
    Refused::not_found("Member")
}

fn joined(member_id: &str, now: &str) -> GroupMembership {
    GroupMembership {
        member_id: member_id.to_owned(),
        created_at: now.to_owned(),
    }
}
