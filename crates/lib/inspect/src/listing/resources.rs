//! Which resources there are.

use std::cell::OnceCell;

use model::ResourceTypeId;
use proto::baton_v1::ResourceOutput;
use proto::connector_v2::resource_type::Trait;
use proto::connector_v2::{Resource, ResourceType};

use super::Listing;
use super::elsewhere::Elsewhere;
use super::people::{self, People};
use super::words::{name, object, type_name};
use crate::account::INVITATION;
use crate::ask::Format;
use crate::error::InspectError;
use crate::screen::Screen;
use crate::source::Source;
use crate::table::{Cell, Column};

const EMPTY: &str = "No such resources in this sync. `rollcall inspect resource-types` says what there is.";

/// Lists resources, of all types or of one; of one type with the columns that suit it.
pub(crate) fn resources(
    source: &Source<'_>,
    resource_type: Option<&ResourceTypeId>,
    format: Format,
    screen: &mut Screen<'_>,
) -> Result<(), InspectError> {
    let kind = resource_type
        .map(|id| source.resource_type(id.as_str()))
        .transpose()?;
    let entries = source
        .all_resources(resource_type)
        .map(|found| output(source, found?));
    listing(source, kind.as_ref()).show(entries, format, screen)
}

/// A resource with its type and what it belongs to.
pub(super) fn output(source: &Source<'_>, resource: Resource) -> Result<ResourceOutput, InspectError> {
    let id = resource.id.clone().unwrap_or_default();
    let parent = resource.parent_resource_id.clone();
    Ok(ResourceOutput {
        resource_type: Some(source.resource_type(&id.resource_type)?),
        parent: parent.map(|id| source.resource(Some(&id))).transpose()?,
        resource: Some(resource),
    })
}

fn listing<'a>(source: &'a Source<'a>, kind: Option<&ResourceType>) -> Listing<'a, ResourceOutput> {
    let plays = |part: Trait| kind.is_some_and(|kind| kind.traits.contains(&(part as i32)));
    if kind.is_some_and(|kind| kind.id == INVITATION) {
        of_invitations()
    } else if plays(Trait::User) {
        of_people(source)
    } else if plays(Trait::Secret) {
        of_credentials(source)
    } else if plays(Trait::Role) || plays(Trait::Group) {
        of_sets(source)
    } else {
        of_anything()
    }
}

fn of_people<'a>(source: &'a Source<'a>) -> Listing<'a, ResourceOutput> {
    let people = People::new(source);
    Listing {
        field: "resources",
        noun: "resource",
        empty: EMPTY,
        columns: people::COLUMNS.to_vec(),
        row: Box::new(move |entry| people.row(entry)),
    }
}

fn of_invitations<'a>() -> Listing<'a, ResourceOutput> {
    Listing {
        field: "resources",
        noun: "resource",
        empty: EMPTY,
        columns: people::INVITATION_COLUMNS.to_vec(),
        row: Box::new(|entry| Ok(people::invitation(entry))),
    }
}

fn of_credentials<'a>(source: &'a Source<'a>) -> Listing<'a, ResourceOutput> {
    Listing {
        field: "resources",
        noun: "resource",
        empty: EMPTY,
        columns: people::CREDENTIAL_COLUMNS.to_vec(),
        row: Box::new(|entry| Ok(people::credential(entry, source.moment()))),
    }
}

fn of_sets<'a>(source: &'a Source<'a>) -> Listing<'a, ResourceOutput> {
    let elsewhere = OnceCell::new();
    Listing {
        field: "resources",
        noun: "resource",
        empty: EMPTY,
        columns: vec![
            Column::name("Name"),
            Column::number("Held by"),
            Column::detail("Description"),
            Column::id("ID"),
        ],
        row: Box::new(move |entry| {
            let resource = entry.resource.clone().unwrap_or_default();
            let number = known(&elsewhere, source)?.holders(source, &resource)?;
            let description = Cell::or_dash(&resource.description);
            Ok(vec![
                titled(entry),
                number.into(),
                description,
                object(resource.id.as_ref()),
            ])
        }),
    }
}

fn of_anything<'a>() -> Listing<'a, ResourceOutput> {
    Listing {
        field: "resources",
        noun: "resource",
        empty: EMPTY,
        columns: vec![Column::name("Name"), Column::detail("Type"), Column::id("ID")],
        row: Box::new(|entry| {
            let id = entry.resource.as_ref().and_then(|resource| resource.id.as_ref());
            Ok(vec![
                titled(entry),
                type_name(entry.resource_type.as_ref()).into(),
                object(id),
            ])
        }),
    }
}

/// Looked up once, when the first row needs it.
fn known<'c>(cell: &'c OnceCell<Elsewhere>, source: &Source<'_>) -> Result<&'c Elsewhere, InspectError> {
    if let Some(known) = cell.get() {
        return Ok(known);
    }
    let found = Elsewhere::new(source)?;
    Ok(cell.get_or_init(|| found))
}

/// The name, and what it belongs to.
fn titled(entry: &ResourceOutput) -> Cell {
    let own = entry.resource.as_ref().map(name).unwrap_or_default();
    match &entry.parent {
        Some(parent) => format!("{own} (in {})", name(parent)).into(),
        None => own.into(),
    }
}
