//! Who holds what, and why.

use c1z::GrantFilter;
use proto::baton_v1::GrantOutput;
use proto::connector_v2::Grant;

use super::Listing;
use super::elsewhere;
use super::words::name;
use crate::ask::Format;
use crate::error::InspectError;
use crate::look::Ink;
use crate::rights::{Holding, Right, RightKind};
use crate::screen::Screen;
use crate::source::Source;
use crate::table::{Cell, Column};

/// The type whose name need not be said.
const USER: &str = "user";

/// Lists the grants that pass the filter.
pub(crate) fn grants(
    source: &Source<'_>,
    filter: &GrantFilter,
    format: Format,
    screen: &mut Screen<'_>,
) -> Result<(), InspectError> {
    let listing = Listing {
        field: "grants",
        noun: "grant",
        empty: "No such grants in this sync. `rollcall inspect entitlements` lists what can be held.",
        columns: vec![
            Column::name("Who"),
            Column::name("Holds"),
            Column::name("Why"),
            Column::extra("Grant ID"),
        ],
        row: Box::new(|entry| row(source, entry)),
    };
    let entries = source.grants(filter).map(|found| grant_output(source, found?));
    listing.show(entries, format, screen)?;
    match (&filter.resource, format) {
        (Some(role), Format::Table) => elsewhere::tell(source, role, screen),
        _ => Ok(()),
    }
}

/// A grant with both its ends.
fn grant_output(source: &Source<'_>, grant: Grant) -> Result<GrantOutput, InspectError> {
    let entitlement = source.entitlement_of(&grant)?;
    let on = entitlement
        .resource
        .as_ref()
        .and_then(|resource| resource.id.clone());
    let principal = grant
        .principal
        .as_ref()
        .and_then(|principal| principal.id.clone());
    Ok(GrantOutput {
        resource: Some(source.resource(on.as_ref())?),
        resource_type: Some(source.resource_type(on.as_ref().map_or("", |id| id.resource_type.as_str()))?),
        principal: Some(source.resource(principal.as_ref())?),
        entitlement: Some(entitlement),
        grant: Some(grant),
    })
}

fn row(source: &Source<'_>, entry: &GrantOutput) -> Result<Vec<Cell>, InspectError> {
    let grant = entry.grant.clone().unwrap_or_default();
    let holding = source.holding(&grant)?;
    let why = holding.as_ref().map(Holding::why).unwrap_or_default();
    let holds = holding.map_or("a grant without identity".into(), |holding| held(&holding.right));
    Ok(vec![
        who(source, entry)?.into(),
        holds,
        why.into(),
        Cell::new(&grant.id, Ink::Faint),
    ])
}

/// The principal's name, with its type unless that is the usual one.
fn who(source: &Source<'_>, entry: &GrantOutput) -> Result<String, InspectError> {
    let principal = entry.principal.clone().unwrap_or_default();
    let kind = principal.id.clone().unwrap_or_default().resource_type;
    let own = name(&principal);
    if kind == USER {
        return Ok(own);
    }
    let kind = super::words::type_name(Some(&source.resource_type(&kind)?));
    Ok(format!("{own} ({kind})"))
}

fn held(right: &Right) -> Cell {
    let ink = if right.kind == RightKind::Denial {
        Ink::Caution
    } else {
        Ink::Plain
    };
    Cell::new(right.title(), ink)
}
