//! Resource groups: a change reaches everybody whose policies name them.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;

use super::{Done, Refused, Write};
use crate::{
    answers::envelope,
    state::{ResourceGroup, Scope, ScopeShape},
};

/// The body of `POST` and `PUT` of a resource group.
#[derive(Debug, Deserialize)]
struct ResourceGroupRequest {
    name: Option<String>,
    scope: Option<Scope>,
}

impl Write<'_> {
    /// `POST …/resource_groups`.
    pub(super) fn create_resource_group(&mut self) -> Result<Done, Refused> {
        let ResourceGroupRequest { name, scope } = self.request()?;
        let (Some(name), Some(scope)) = (name, scope) else {
            return Err(Refused::invalid("a resource group needs a name and a scope"));
        };
        let scope = reaching(scope)?;
        let group = ResourceGroup::build(self.state.chance.id(), Some(name), &[("editable", "true")], scope);
        let done = done(&group);
        self.state.resource_groups.push(Arc::new(group));
        Ok(done)
    }

    /// `PUT …/resource_groups/{r}`: what is not sent stays.
    pub(super) fn update_resource_group(&mut self) -> Result<Done, Refused> {
        let mut group = ResourceGroup::clone(&*self.editable_resource_group()?);
        let ResourceGroupRequest { name, scope } = self.request()?;
        group.name = name.or(group.name);
        if let Some(scope) = scope {
            group.scope = ScopeShape::Object(reaching(scope)?);
        }
        let done = done(&group);
        let group = Arc::new(group);
        for place in self.state.places_mut().filter(|place| place.id == group.id) {
            *place = group.clone();
        }
        Ok(done)
    }

    /// `DELETE …/resource_groups/{r}`; one in use is refused, which no source confirms.
    pub(super) fn delete_resource_group(&mut self) -> Result<Done, Refused> {
        let group = self.editable_resource_group()?;
        // The list itself is the first place that names it.
        if self
            .state
            .places_mut()
            .filter(|place| place.id == group.id)
            .count()
            > 1
        {
            return Err(Refused::invalid("the resource group is in use"));
        }
        self.state.resource_groups.retain(|known| known.id != group.id);
        Ok(Done {
            answer: envelope::ok(json!({ "id": group.id })),
            resource: group.id.clone(),
        })
    }

    fn editable_resource_group(&self) -> Result<Arc<ResourceGroup>, Refused> {
        let id = self.route.object();
        let found = self.state.resource_groups.iter().find(|group| group.id == id);
        let group = found.ok_or_else(|| Refused::not_found("Resource group"))?;
        if group
            .meta
            .get("editable")
            .is_some_and(|editable| editable == "false")
        {
            return Err(Refused::invalid("the resource group is not editable"));
        }
        Ok(group.clone())
    }
}

fn reaching(scope: Scope) -> Result<Scope, Refused> {
    if scope.objects.is_empty() {
        return Err(Refused::invalid("a scope needs at least one object"));
    }
    Ok(scope)
}

fn done(group: &ResourceGroup) -> Done {
    Done {
        answer: envelope::ok(group),
        resource: group.id.clone(),
    }
}
