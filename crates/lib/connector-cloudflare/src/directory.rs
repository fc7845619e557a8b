//! What the lists of an account say: its roles and its scopes, by id, with the names of things.

use std::collections::HashMap;
use std::sync::Arc;

use cloudflare::types::{Policy, ResourceGroup, Role};
use connector::Record;
use model::Resource;

use crate::map::{role, scope};
use crate::names::Names;

/// Roles and scopes that are there already, and names for what is not.
#[derive(Clone, Debug)]
pub(crate) struct Directory {
    roles: HashMap<String, Arc<Resource>>,
    scopes: HashMap<String, Arc<Resource>>,
    names: Names,
}

impl Directory {
    /// A directory without roles and scopes.
    pub(crate) fn new(names: Names) -> Self {
        Self {
            roles: HashMap::new(),
            scopes: HashMap::new(),
            names,
        }
    }

    /// With these roles, but for those that were only found with a member: an interrupted run has them, one that
    /// is not interrupted has not, and both must come to the same.
    pub(crate) fn with_roles(mut self, roles: impl IntoIterator<Item = Arc<Resource>>) -> Self {
        self.roles = by_object(roles.into_iter().filter(|role| !role::is_unlisted(role)));
        self
    }

    /// With these scopes.
    pub(crate) fn with_scopes(mut self, scopes: impl IntoIterator<Item = Arc<Resource>>) -> Self {
        self.scopes = by_object(scopes);
        self
    }

    /// The names of things.
    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    /// The names of things, to add to them.
    pub(crate) fn names_mut(&mut self) -> &mut Names {
        &mut self.names
    }

    /// Whether a list has the role.
    pub(crate) fn knows_role(&self, role: &Role) -> bool {
        self.roles.contains_key(role.id.as_str())
    }

    /// Whether these policies hold in places that no list has and that only the names of zones can name.
    pub(crate) fn lacks_zones<'a>(&self, policies: impl Iterator<Item = &'a Policy>) -> bool {
        let mut places = policies.flat_map(|policy| &policy.resource_groups);
        self.names.zones.is_none()
            && places.any(|place| !self.knows_scope(place) && scope::needs_zone_names(place))
    }

    fn knows_scope(&self, group: &ResourceGroup) -> bool {
        self.scopes.contains_key(scope::id(group).object.as_str())
    }

    /// The role as a resource, and its records when no list had it.
    pub(crate) fn role(&self, held: &Role) -> (Arc<Resource>, Option<[Record; 2]>) {
        if let Some(role) = self.roles.get(held.id.as_str()) {
            return (Arc::clone(role), None);
        }
        let resource = Arc::new(role::unlisted(held));
        let records = [
            Record::Resource(Resource::clone(&resource)),
            Record::Entitlement(role::entitlement(&resource)),
        ];
        (resource, Some(records))
    }

    /// The scope as a resource, and its record when no list had it.
    pub(crate) fn scope(&self, group: &ResourceGroup) -> (Arc<Resource>, Option<Record>) {
        if let Some(scope) = self.scopes.get(scope::id(group).object.as_str()) {
            return (Arc::clone(scope), None);
        }
        let resource = Arc::new(scope::resource(group, &self.names));
        let record = Record::Resource(Resource::clone(&resource));
        (resource, Some(record))
    }
}

fn by_object(resources: impl IntoIterator<Item = Arc<Resource>>) -> HashMap<String, Arc<Resource>> {
    resources
        .into_iter()
        .map(|resource| (resource.id.object.to_string(), resource))
        .collect()
}
