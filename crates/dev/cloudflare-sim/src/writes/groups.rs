//! User groups themselves: made, changed, deleted.

use serde::Deserialize;
use serde_json::json;

use super::{Done, Refused, Write, request::PolicyRequest};
use crate::{
    answers::{envelope, groups::GroupView},
    spec::timestamp,
    state::{Policy, UserGroup},
};

/// The body of `POST` and `PUT` of a user group.
#[derive(Debug, Deserialize)]
struct GroupRequest {
    name: Option<String>,
    policies: Option<Vec<PolicyRequest>>,
}

impl Write<'_> {
    /// `POST …/user_groups`.
    pub(super) fn create_group(&mut self) -> Result<Done, Refused> {
        let request: GroupRequest = self.request()?;
        let name = valid_name(request.name)?.ok_or_else(no_name)?;
        let policies = self.policies(request.policies.unwrap_or_default(), &[])?;
        self.adopt(&policies);
        let now = timestamp(self.now);
        let group = UserGroup {
            id: self.state.chance.id(),
            name,
            created_on: now.clone(),
            modified_on: now,
            policies,
            members: Vec::new(),
            managed_by_scim: false,
        };
        let done = done(&group);
        self.state.user_groups.push(group);
        Ok(done)
    }

    /// `PUT …/user_groups/{g}`: what is sent replaces, what is not sent stays. SCIM locks the name only.
    pub(super) fn update_group(&mut self) -> Result<Done, Refused> {
        let id = self.route.object();
        let group = self.group(id)?;
        let (locked, held) = (
            group.managed_by_scim.then(|| group.name.clone()),
            group.policies.clone(),
        );
        let request: GroupRequest = self.request()?;
        let name = valid_name(request.name)?;
        if locked.is_some_and(|locked| name.as_ref().is_some_and(|name| *name != locked)) {
            return Err(Refused::managed_by_scim("User group"));
        }
        let policies = request.policies.map(|policies| self.policies(policies, &held));
        let policies: Option<Vec<Policy>> = policies.transpose()?;
        self.adopt(policies.as_deref().unwrap_or_default());
        let modified_on = timestamp(self.now);
        let group = self.group_mut(id)?;
        group.name = name.unwrap_or_else(|| group.name.clone());
        group.policies = policies.unwrap_or(held);
        group.modified_on = modified_on;
        Ok(done(group))
    }

    /// `DELETE …/user_groups/{g}`: membership goes with it.
    pub(super) fn delete_group(&mut self) -> Result<Done, Refused> {
        let id = self.route.object();
        if self.group(id)?.managed_by_scim {
            return Err(Refused::managed_by_scim("User group"));
        }
        self.state.user_groups.retain(|group| group.id != id);
        Ok(Done {
            answer: envelope::ok(json!({ "id": id })),
            resource: id.to_owned(),
        })
    }

    pub(super) fn group(&self, id: &str) -> Result<&UserGroup, Refused> {
        let mut groups = self.state.user_groups.iter();
        groups.find(|group| group.id == id).ok_or_else(unknown)
    }

    pub(super) fn group_mut(&mut self, id: &str) -> Result<&mut UserGroup, Refused> {
        let mut groups = self.state.user_groups.iter_mut();
        groups.find(|group| group.id == id).ok_or_else(unknown)
    }
}

fn unknown() -> Refused {
    Refused::not_found("User group")
}

fn no_name() -> Refused {
    Refused::invalid("name is missing or empty")
}

fn valid_name(name: Option<String>) -> Result<Option<String>, Refused> {
    match name {
        Some(name) if name.is_empty() => Err(no_name()),
        name => Ok(name),
    }
}

fn done(group: &UserGroup) -> Done {
    Done {
        answer: envelope::ok(GroupView::of(group)),
        resource: group.id.clone(),
    }
}
