//! Who holds something.

use std::collections::HashSet;

use c1z::GrantFilter;
use model::ResourceId;
use proto::baton_v1::ResourceOutput;
use proto::connector_v2::Grant;

use super::Listing;
use super::elsewhere;
use super::resources::output;
use super::words::{name, object, type_name};
use crate::account::email;
use crate::ask::Format;
use crate::error::InspectError;
use crate::screen::Screen;
use crate::source::{Source, key};
use crate::table::{Cell, Column};

/// Lists those who hold a grant that passes the filter, each once.
pub(crate) fn principals(
    source: &Source<'_>,
    filter: &GrantFilter,
    format: Format,
    screen: &mut Screen<'_>,
) -> Result<(), InspectError> {
    let listing = Listing {
        field: "resources",
        noun: "principal",
        empty: "Nobody holds that in this sync. `rollcall inspect entitlements` lists what can be held.",
        columns: vec![
            Column::name("Name"),
            Column::name("E-mail"),
            Column::detail("Type"),
            Column::id("ID"),
        ],
        row: Box::new(|entry| Ok(row(entry))),
    };
    let mut seen: HashSet<ResourceId> = HashSet::new();
    let new = source
        .grants(filter)
        .filter(move |found| found.as_ref().map_or(true, |grant| seen.insert(holder(grant))));
    let entries = new.map(|found| {
        let principal = found?.principal.and_then(|principal| principal.id);
        output(source, source.resource(principal.as_ref())?)
    });
    listing.show(entries, format, screen)?;
    match (&filter.resource, format) {
        (Some(role), Format::Table) => elsewhere::tell(source, role, screen),
        _ => Ok(()),
    }
}

fn holder(grant: &Grant) -> ResourceId {
    let id = grant
        .principal
        .as_ref()
        .and_then(|principal| principal.id.clone());
    key(&id.unwrap_or_default())
}

fn row(entry: &ResourceOutput) -> Vec<Cell> {
    let wire = entry.resource.clone().unwrap_or_default();
    let known = model::Resource::try_from(wire.clone()).ok();
    vec![
        name(&wire).into(),
        Cell::or_dash(known.as_ref().map_or("", |resource| email(resource))),
        type_name(entry.resource_type.as_ref()).into(),
        object(wire.id.as_ref()),
    ]
}
