//! Differences for people: first who gained or lost access, then everything else.

use c1z::diff::{Change, Side};
use proto::connector_v2::{Entitlement, Grant, Resource};

use crate::error::InspectError;
use crate::listing::{name, type_name};
use crate::look::Ink;
use crate::screen::Screen;
use crate::source::Source;
use crate::table::{Cell, Column, Table};
use crate::text::{count, moment};

const COLUMNS: [Column; 5] = [
    Column::id(""),
    Column::detail("What"),
    Column::name("Who or which"),
    Column::name("Holds"),
    Column::extra("ID"),
];

/// A sync twice: to look things up, and to compare.
type Sync<'a> = (&'a Source<'a>, Side<'a>);

/// A record that changed, and the sync that knows it.
struct Changed<'a, M> {
    sign: Cell,
    record: M,
    source: &'a Source<'a>,
}

/// Draws what changed.
pub(super) fn draw(old: Sync<'_>, new: Sync<'_>, screen: &mut Screen<'_>) -> Result<(), InspectError> {
    let between = format!("From {} to {}", moment(old.0.moment()), moment(new.0.moment()));
    screen.line(Ink::Strong, &between)?;
    screen.gap()?;
    match rows(old, new, screen)? {
        0 => screen.line(Ink::Plain, "Nothing changed.")?,
        rows => {
            screen.gap()?;
            screen.line(Ink::Faint, &count(rows, "change"))?;
        }
    }
    Ok(())
}

fn rows(old: Sync<'_>, new: Sync<'_>, screen: &mut Screen<'_>) -> Result<u64, InspectError> {
    let sources = (old.0, new.0);
    let mut table = Table::new(screen.out, screen.look, COLUMNS);
    for change in c1z::diff::grants(old.1, new.1) {
        table.row(grant(changed(change?, |record| record.message, sources))?)?;
    }
    for change in c1z::diff::resources(old.1, new.1) {
        table.row(resource(changed(change?, |record| record.message, sources))?)?;
    }
    for change in c1z::diff::entitlements(old.1, new.1) {
        table.row(entitlement(changed(change?, |record| record.message, sources)))?;
    }
    Ok(table.finish()?.rows)
}

fn changed<'a, R, M>(
    change: Change<R>,
    message: impl Fn(R) -> M,
    (old, new): (&'a Source<'a>, &'a Source<'a>),
) -> Changed<'a, M> {
    let (sign, record, source) = match change {
        Change::Created(record) => (Cell::new("+", Ink::Good), record, new),
        Change::Deleted(record) => (Cell::new("-", Ink::Alarm), record, old),
        Change::Modified { new: record, .. } => (Cell::new("~", Ink::Caution), record, new),
    };
    Changed {
        sign,
        record: message(record),
        source,
    }
}

fn grant(changed: Changed<'_, Grant>) -> Result<Vec<Cell>, InspectError> {
    let Changed { sign, record, source } = changed;
    let principal = record
        .principal
        .as_ref()
        .and_then(|principal| principal.id.clone());
    let holds = source.holding(&record)?.map(|holding| holding.right.title());
    Ok(vec![
        sign,
        "access".into(),
        name(&source.resource(principal.as_ref())?).into(),
        holds.unwrap_or_default().into(),
        Cell::new(&record.id, Ink::Faint),
    ])
}

fn resource(changed: Changed<'_, Resource>) -> Result<Vec<Cell>, InspectError> {
    let id = changed.record.id.clone().unwrap_or_default();
    let kind = changed.source.resource_type(&id.resource_type)?;
    Ok(vec![
        changed.sign,
        type_name(Some(&kind)).into(),
        name(&changed.record).into(),
        "".into(),
        Cell::new(format!("{}:{}", id.resource_type, id.resource), Ink::Faint),
    ])
}

fn entitlement(changed: Changed<'_, Entitlement>) -> Vec<Cell> {
    let record = changed.record;
    vec![
        changed.sign,
        "entitlement".into(),
        record.display_name.as_str().into(),
        "".into(),
        Cell::new(&record.id, Ink::Faint),
    ]
}
