//! From the words of the tables to policies.

use std::sync::Arc;

use super::{id, places::Places};
use crate::state::{Effect, PermissionGroup, Policy};

/// What the words stand for.
pub(super) struct Policies<'a> {
    pub(super) groups: &'a [Arc<PermissionGroup>],
    pub(super) places: &'a Places,
}

impl Policies<'_> {
    /// `role; role @ place; !role @ place`. What stands for nothing gives a policy without groups, which a
    /// test looks for.
    pub(super) fn parse(&self, owner: &str, text: &str) -> Vec<Policy> {
        text.split("; ").map(|words| self.policy(owner, words)).collect()
    }

    fn policy(&self, owner: &str, words: &str) -> Policy {
        let (role, place) = words.split_once(" @ ").unwrap_or((words, ""));
        let (access, role) = match role.strip_prefix('!') {
            Some(role) => (Effect::Deny, role),
            None => (Effect::Allow, role),
        };
        let named = self.groups.iter().filter(|group| group.name == role);
        Policy::new(
            id(&format!("policy {owner} {words}")),
            access,
            named.cloned().collect(),
            self.places.find(place).into_iter().cloned().collect(),
        )
    }
}
