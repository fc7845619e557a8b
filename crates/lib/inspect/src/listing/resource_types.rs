//! Which kinds of resources there are.

use c1z::Stats;
use proto::baton_v1::ResourceTypeOutput;
use proto::connector_v2::ResourceType;
use proto::connector_v2::resource_type::Trait;

use super::Listing;
use crate::ask::Format;
use crate::error::InspectError;
use crate::look::Ink;
use crate::screen::Screen;
use crate::source::Source;
use crate::table::{Cell, Column};

/// Lists the resource types.
pub(crate) fn resource_types(
    source: &Source<'_>,
    format: Format,
    screen: &mut Screen<'_>,
) -> Result<(), InspectError> {
    let stats = source.stats()?;
    let listing = Listing {
        field: "resourceTypes",
        noun: "resource type",
        empty: "This sync has no resource types, so it was stopped before it read anything.",
        columns: vec![
            Column::name("Name"),
            Column::detail("Trait"),
            Column::number("Resources"),
            Column::id("ID"),
        ],
        row: Box::new(|entry: &ResourceTypeOutput| {
            Ok(row(&entry.resource_type.clone().unwrap_or_default(), &stats))
        }),
    };
    let entries = source.all_types().map(|found| {
        Ok(ResourceTypeOutput {
            resource_type: Some(found?),
        })
    });
    listing.show(entries, format, screen)
}

fn row(kind: &ResourceType, stats: &Stats) -> Vec<Cell> {
    let number = stats
        .resources_by_resource_type
        .get(&kind.id)
        .copied()
        .unwrap_or_default();
    let parts: Vec<String> = kind.traits.iter().map(|part| part_name(*part)).collect();
    vec![
        kind.display_name.as_str().into(),
        Cell::or_dash(&parts.join(", ")),
        number.to_string().into(),
        Cell::new(&kind.id, Ink::Faint),
    ]
}

/// `TRAIT_USER` is `user`; a number that this version does not know stays one.
fn part_name(part: i32) -> String {
    match Trait::try_from(part) {
        Ok(known) => known
            .as_str_name()
            .trim_start_matches("TRAIT_")
            .to_lowercase()
            .replace('_', " "),
        Err(_) => part.to_string(),
    }
}
