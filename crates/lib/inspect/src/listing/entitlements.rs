//! What can be held.

use c1z::GrantFilter;
use model::ResourceTypeId;
use proto::baton_v1::EntitlementOutput;
use proto::connector_v2::Entitlement;

use super::Listing;
use super::words::type_name;
use crate::ask::Format;
use crate::error::InspectError;
use crate::look::Ink;
use crate::rights::Right;
use crate::screen::Screen;
use crate::source::Source;
use crate::table::{Cell, Column};

/// Lists entitlements, of all types of resources or of one.
pub(crate) fn entitlements(
    source: &Source<'_>,
    resource_type: Option<&ResourceTypeId>,
    format: Format,
    screen: &mut Screen<'_>,
) -> Result<(), InspectError> {
    let listing = Listing {
        field: "entitlements",
        noun: "entitlement",
        empty: "No such entitlements in this sync. `rollcall inspect stats` says what there is.",
        columns: vec![
            Column::name("Name"),
            Column::detail("Type"),
            Column::number("Held by"),
            Column::id("ID"),
        ],
        row: Box::new(|entry| row(source, entry)),
    };
    let entries = source
        .all_entitlements(resource_type)
        .map(|found| output(source, found?));
    listing.show(entries, format, screen)
}

fn output(source: &Source<'_>, entitlement: Entitlement) -> Result<EntitlementOutput, InspectError> {
    let on = entitlement
        .resource
        .as_ref()
        .and_then(|resource| resource.id.clone());
    let kind = on.as_ref().map_or("", |id| id.resource_type.as_str());
    Ok(EntitlementOutput {
        resource: Some(source.resource(on.as_ref())?),
        resource_type: Some(source.resource_type(kind)?),
        entitlement: Some(entitlement),
    })
}

fn row(source: &Source<'_>, entry: &EntitlementOutput) -> Result<Vec<Cell>, InspectError> {
    let entitlement = entry.entitlement.clone().unwrap_or_default();
    let filter = GrantFilter {
        entitlement: Some(entitlement.id.as_str().into()),
        ..GrantFilter::default()
    };
    Ok(vec![
        called(&entitlement).into(),
        type_name(entry.resource_type.as_ref()).into(),
        source.number_of_grants(&filter)?.to_string().into(),
        Cell::new(&entitlement.id, Ink::Faint),
    ])
}

/// As people say it; the bare slug when the record lacks its identity.
fn called(entitlement: &Entitlement) -> String {
    match model::Entitlement::try_from(entitlement.clone()) {
        Ok(known) => Right::of(&known).title(),
        Err(_) => entitlement.slug.clone(),
    }
}
