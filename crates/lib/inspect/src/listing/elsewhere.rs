//! Who has what a role gives without having the role: by a permission of its name on the whole account.

use std::collections::{HashMap, HashSet};

use c1z::GrantFilter;
use model::{Annotation, Entitlement, EntitlementId, Resource, ResourceId};
use proto::connector_v2 as wire;

use super::words::name;
use crate::error::InspectError;
use crate::look::Ink;
use crate::rights::{Right, RightKind, display_name, spoken};
use crate::screen::Screen;
use crate::source::{Source, key};
use crate::text::count;

/// Permissions on the whole account, by name.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    permissions: HashMap<String, Vec<EntitlementId>>,
}

impl Elsewhere {
    pub(super) fn new(source: &Source<'_>) -> Result<Self, InspectError> {
        let mut permissions: HashMap<String, Vec<EntitlementId>> = HashMap::new();
        for entitlement in source.all_entitlements(None) {
            let Ok(entitlement) = Entitlement::try_from(entitlement?) else {
                continue;
            };
            let right = Right::of(&entitlement);
            if right.kind == RightKind::Role && !is_role(&entitlement.resource) {
                permissions.entry(right.what).or_default().push(right.id);
            }
        }
        Ok(Self { permissions })
    }

    /// The permissions that give the same as the resource, if that is a role.
    fn same_as(&self, resource: &wire::Resource) -> &[EntitlementId] {
        let role = Resource::try_from(resource.clone()).ok().filter(is_role);
        let same = role.and_then(|role| self.permissions.get(spoken(display_name(&role))));
        same.map(Vec::as_slice).unwrap_or_default()
    }

    /// How many hold the role, and how many more have the same otherwise: `3 + 1 via groups`.
    pub(super) fn holders(&self, source: &Source<'_>, role: &wire::Resource) -> Result<String, InspectError> {
        let mut holders = HashSet::new();
        for grant in source.grants(&on(role)) {
            holders.insert(principal(&grant?));
        }
        let (mut others, mut directly) = (HashSet::new(), false);
        for id in self.same_as(role) {
            for grant in source.grants(&of(id)) {
                let grant = grant?;
                let who = principal(&grant);
                if !is_group(source, &who)? && !holders.contains(&who) {
                    directly |= is_given(source, &grant)?;
                    others.insert(who);
                }
            }
        }
        Ok(match (others.len(), directly) {
            (0, _) => holders.len().to_string(),
            (number, true) => format!("{} + {number} otherwise", holders.len()),
            (number, false) => format!("{} + {number} via groups", holders.len()),
        })
    }
}

/// Below a list of those who hold a role: who has the same on the whole account, and how to see it.
pub(super) fn tell(
    source: &Source<'_>,
    role: &ResourceId,
    screen: &mut Screen<'_>,
) -> Result<(), InspectError> {
    let Some(role) = source.find_resource(role)? else {
        return Ok(());
    };
    let elsewhere = Elsewhere::new(source)?;
    for id in elsewhere.same_as(&role) {
        let givers = givers(source, id)?;
        if !givers.is_empty() {
            let who = givers.join("; ");
            let note =
                format!("Also given on the whole account to: {who}; see: rollcall inspect grants -e {id}");
            screen.paragraph(Ink::Caution, "", &note)?;
        }
    }
    Ok(())
}

/// Those who were given the permission themselves, groups with the number of their members.
fn givers(source: &Source<'_>, permission: &EntitlementId) -> Result<Vec<String>, InspectError> {
    let mut givers = Vec::new();
    for grant in source.grants(&of(permission)) {
        let grant = grant?;
        if is_given(source, &grant)? {
            givers.push(described(source, &principal(&grant))?);
        }
    }
    Ok(givers)
}

fn described(source: &Source<'_>, who: &ResourceId) -> Result<String, InspectError> {
    let found = source.find_resource(who)?;
    let called = found.as_ref().map_or_else(|| who.to_string(), name);
    if !is_group(source, who)? {
        return Ok(called);
    }
    let members = source.number_of_grants(&GrantFilter {
        resource: Some(who.clone()),
        ..GrantFilter::default()
    })?;
    Ok(format!("{called} ({})", count(members as u64, "member")))
}

fn is_role(resource: &Resource) -> bool {
    resource.annotations.contains(&Annotation::Role)
}

fn is_group(source: &Source<'_>, id: &ResourceId) -> Result<bool, InspectError> {
    let found = source.find_resource(id)?;
    let known = found.and_then(|resource| Resource::try_from(resource).ok());
    Ok(known.is_some_and(|resource| resource.annotations.contains(&Annotation::Group)))
}

fn is_given(source: &Source<'_>, grant: &wire::Grant) -> Result<bool, InspectError> {
    Ok(source.holding(grant)?.is_some_and(|holding| holding.direct))
}

fn principal(grant: &wire::Grant) -> ResourceId {
    let id = grant
        .principal
        .as_ref()
        .and_then(|principal| principal.id.as_ref());
    id.map_or_else(|| key(&wire::ResourceId::default()), key)
}

fn on(resource: &wire::Resource) -> GrantFilter {
    GrantFilter {
        resource: resource.id.as_ref().map(key),
        ..GrantFilter::default()
    }
}

fn of(entitlement: &EntitlementId) -> GrantFilter {
    GrantFilter {
        entitlement: Some(entitlement.clone()),
        ..GrantFilter::default()
    }
}
