//! Which syncs a file holds.

use std::collections::HashMap;

use c1z::{Reader, SyncRun};
use proto::baton_v1::SyncOutput;
use proto::to_timestamp;

use super::Listing;
use crate::ask::Format;
use crate::error::InspectError;
use crate::look::Ink;
use crate::notes::left_out;
use crate::screen::Screen;
use crate::table::{Cell, Column};
use crate::text::{duration, moment};

/// Lists all syncs of the file, in the order in which they were begun.
pub(crate) fn syncs(reader: &Reader, format: Format, screen: &mut Screen<'_>) -> Result<(), InspectError> {
    let runs = reader.syncs()?;
    let by_id: HashMap<String, SyncRun> = runs.iter().map(|run| (run.id.to_string(), run.clone())).collect();
    let listing = Listing {
        field: "syncs",
        noun: "sync",
        empty: "The file holds no sync. Run the connector to make one.",
        columns: vec![
            Column::id("ID"),
            Column::name("Begun"),
            Column::name("Took"),
            Column::detail("Kind"),
            Column::number("Resources"),
            Column::number("Grants"),
        ],
        row: Box::new(move |entry: &SyncOutput| Ok(by_id.get(&entry.id).map(row).unwrap_or_default())),
    };
    let entries = runs.into_iter().map(|run| Ok(output(run)));
    listing.show(entries, format, screen)
}

fn output(run: SyncRun) -> SyncOutput {
    SyncOutput {
        id: run.id.to_string(),
        started_at: Some(to_timestamp(run.started_at)),
        ended_at: run.ended_at.map(to_timestamp),
        sync_token: run.token,
        sync_type: run.kind.to_string(),
        parent_sync_id: run.parent.map(|id| id.to_string()).unwrap_or_default(),
    }
}

fn row(run: &SyncRun) -> Vec<Cell> {
    let stats = run.stats.clone().unwrap_or_default();
    let number = |number: u64| match run.stats {
        Some(_) => Cell::from(number.to_string()),
        None => Cell::or_dash(""),
    };
    vec![
        run.id.as_str().into(),
        moment(run.started_at).into(),
        run.ended_at.map_or(Cell::new("unfinished", Ink::Caution), |end| {
            duration(end - run.started_at).into()
        }),
        left_out(run)
            .unwrap_or_else(|| run.kind.to_string())
            .replace('_', " ")
            .into(),
        number(stats.resources),
        number(stats.grants),
    ]
}
