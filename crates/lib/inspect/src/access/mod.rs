//! What one person, group or token can do, and why.

mod tree;
mod who;

use c1z::GrantFilter;
use model::{Resource, ResourceId};
use proto::baton_v1::{ResourceAccessListOutput, ResourceAccessOutput};
use proto::connector_v2 as wire;

use crate::ask::Format;
use crate::error::InspectError;
use crate::json;
use crate::rights::Holding;
use crate::screen::Screen;
use crate::source::{Source, key};

/// Shows the access of whoever is meant by `asked`.
pub(crate) fn show(
    source: &Source<'_>,
    asked: &str,
    format: Format,
    screen: &mut Screen<'_>,
) -> Result<(), InspectError> {
    let principal = who::find(source, asked)?;
    match format {
        Format::Json => Ok(json::message(screen.out, &output(source, principal)?)?),
        Format::Table => {
            let holdings = holdings(source, &principal)?;
            let Ok(resource) = Resource::try_from(principal) else {
                return Err(InspectError::NobodyCalled(asked.to_owned()));
            };
            Ok(tree::draw(&resource, holdings, screen)?)
        }
    }
}

fn filter(principal: &wire::Resource) -> GrantFilter {
    GrantFilter {
        principal: principal.id.as_ref().map(key),
        ..GrantFilter::default()
    }
}

fn holdings(source: &Source<'_>, principal: &wire::Resource) -> Result<Vec<Holding>, InspectError> {
    let mut holdings = Vec::new();
    for grant in source.grants(&filter(principal)) {
        holdings.extend(source.holding(&grant?)?);
    }
    Ok(holdings)
}

/// What is held, by resource, in the order of the grants.
fn output(source: &Source<'_>, principal: wire::Resource) -> Result<ResourceAccessListOutput, InspectError> {
    let mut access: Vec<(ResourceId, ResourceAccessOutput)> = Vec::new();
    for grant in source.grants(&filter(&principal)) {
        let entitlement = source.entitlement_of(&grant?)?;
        let on = entitlement
            .resource
            .as_ref()
            .and_then(|resource| resource.id.clone())
            .unwrap_or_default();
        let place = key(&on);
        match access.iter_mut().find(|(known, _)| *known == place) {
            Some((_, entry)) => entry.entitlements.push(entitlement),
            None => access.push((place, entry(source, &on, entitlement)?)),
        }
    }
    Ok(ResourceAccessListOutput {
        principal: Some(principal),
        access: access.into_iter().map(|(_, entry)| entry).collect(),
    })
}

fn entry(
    source: &Source<'_>,
    on: &wire::ResourceId,
    entitlement: wire::Entitlement,
) -> Result<ResourceAccessOutput, InspectError> {
    Ok(ResourceAccessOutput {
        resource_type: Some(source.resource_type(&on.resource_type)?),
        resource: Some(source.resource(Some(on))?),
        entitlements: vec![entitlement],
    })
}
