//! Permission groups and resource groups.

use std::sync::Arc;

use serde::Serialize;

use super::{
    Context,
    envelope::{self, Answer},
    not_found,
    policy_view::Meta,
};
use crate::{ResourceGroupPages, state::PermissionGroup};

/// When Cloudflare's own groups were made, as live answers show it.
const MADE: &str = "2023-05-11T10:00:00.000000Z";

/// A permission group in its own listing.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    id: &'a str,
    name: &'a str,
    status: &'static str,
    meta: Meta<'a>,
    created_on: &'static str,
    modified_on: &'static str,
}

impl<'a> Listed<'a> {
    fn of(group: &'a PermissionGroup) -> Self {
        let meta = Meta::in_list(group);
        Self {
            id: &group.id,
            name: &group.name,
            status: "V",
            meta,
            created_on: MADE,
            modified_on: MADE,
        }
    }
}

impl Context<'_> {
    pub(super) fn permission_groups(&self) -> Answer {
        let wanted = |group: &&Arc<PermissionGroup>| {
            self.params.accepts("id", &group.id)
                && self.params.accepts("name", &group.name)
                && self.params.accepts("label", &group.label)
        };
        let groups = self.state.permission_groups.iter().filter(wanted);
        self.page(&groups.map(|group| Listed::of(group)).collect::<Vec<_>>())
    }

    pub(super) fn permission_group(&self) -> Answer {
        let id = self.route.object();
        match self.state.permission_groups.iter().find(|group| group.id == id) {
            Some(group) => envelope::ok(Listed::of(group)),
            None => not_found("Permission group"),
        }
    }

    pub(super) fn resource_groups(&self) -> Answer {
        let groups = self.state.resource_groups.iter().filter(|group| {
            self.params.accepts("id", &group.id)
                && self
                    .params
                    .accepts("name", group.name.as_deref().unwrap_or_default())
        });
        let groups: Vec<_> = groups.collect();
        match self.options.resource_groups {
            ResourceGroupPages::Single => envelope::ok(groups),
            ResourceGroupPages::Paged => self.page(&groups),
        }
    }

    pub(super) fn resource_group(&self) -> Answer {
        let id = self.route.object();
        match self.state.resource_groups.iter().find(|group| group.id == id) {
            Some(group) => envelope::ok(group),
            None => not_found("Resource group"),
        }
    }
}
