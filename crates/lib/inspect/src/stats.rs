//! How much a sync holds, and what is to be known of its run.

use std::collections::BTreeSet;

use c1z::{Stats, SyncRun};

use crate::ask::Format;
use crate::error::InspectError;
use crate::look::Ink;
use crate::notes::{self, left_out, run_notes};
use crate::screen::Screen;
use crate::source::Source;
use crate::table::{Cell, Column, Table};
use crate::text::{duration, grouped, moment};
use crate::{json, wire};

/// Shows the sync's facts and numbers.
pub(crate) fn show(source: &Source<'_>, format: Format, screen: &mut Screen<'_>) -> Result<(), InspectError> {
    let stats = source.stats()?;
    match format {
        Format::Json => Ok(json::message(screen.out, &wire::sync_run(source.run(), &stats))?),
        Format::Table => {
            facts(source.run(), screen)?;
            screen.gap()?;
            numbers(source, &stats, screen)?;
            remarks(source.run(), screen)
        }
    }
}

fn facts(run: &SyncRun, screen: &mut Screen<'_>) -> Result<(), InspectError> {
    let took = run.ended_at.map(|end| duration(end - run.started_at));
    let facts = [
        ("Sync", run.id.to_string()),
        ("Begun", moment(run.started_at)),
        ("Took", took.unwrap_or_else(|| "unfinished".to_owned())),
        ("Kind", left_out(run).unwrap_or_else(|| run.kind.to_string())),
        (
            "After",
            run.parent.as_ref().map(ToString::to_string).unwrap_or_default(),
        ),
    ];
    for (title, fact) in facts.iter().filter(|(_, fact)| !fact.is_empty()) {
        screen.line(Ink::Plain, &format!("{title:<6} {fact}"))?;
    }
    Ok(())
}

fn numbers(source: &Source<'_>, stats: &Stats, screen: &mut Screen<'_>) -> Result<(), InspectError> {
    let mut table = Table::new(
        screen.out,
        screen.look,
        [
            Column::name("Type"),
            Column::number("Resources"),
            Column::number("Entitlements"),
            Column::number("Grants"),
        ],
    );
    for id in types(stats) {
        let kind = source.resource_type(id)?;
        let name = if kind.display_name.is_empty() {
            id
        } else {
            &kind.display_name
        };
        let of = |numbers: &std::collections::BTreeMap<String, u64>| number(numbers.get(id).copied());
        table.row([
            Cell::from(name),
            of(&stats.resources_by_resource_type),
            of(&stats.entitlements_by_resource_type),
            of(&stats.grants_by_resource_type),
        ])?;
    }
    let total = |number: u64| Cell::new(grouped(number), Ink::Strong);
    table.row([
        Cell::new("All", Ink::Strong),
        total(stats.resources),
        total(stats.entitlements),
        total(stats.grants),
    ])?;
    table.finish()?;
    Ok(())
}

fn types(stats: &Stats) -> BTreeSet<&str> {
    let maps = [
        &stats.resources_by_resource_type,
        &stats.entitlements_by_resource_type,
        &stats.grants_by_resource_type,
    ];
    maps.into_iter()
        .flat_map(|map| map.keys())
        .map(String::as_str)
        .collect()
}

fn number(number: Option<u64>) -> Cell {
    match number {
        None | Some(0) => Cell::or_dash(""),
        Some(number) => grouped(number).into(),
    }
}

fn remarks(run: &SyncRun, screen: &mut Screen<'_>) -> Result<(), InspectError> {
    let notes = run_notes(&run.token);
    if notes.is_empty() {
        return Ok(());
    }
    screen.gap()?;
    screen.line(Ink::Strong, "What to know of this run")?;
    Ok(notes::show(&notes, screen)?)
}
