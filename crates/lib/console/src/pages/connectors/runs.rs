//! The runs of a connector, the newest first: when, how long, with what outcome, what they changed.

use std::sync::Arc;

use axum::extract::{Path, State};
use chrono::{DateTime, TimeDelta, Utc};
use governance::{Action, ConnectorId, Run, Seen, TaskId};
use ui::table::{Cell, Column, Row, Table, TableQuery};
use ui::{Beside, BesideItem, Button, Card, EmptyState, Html, Icon, Live, PostButton, Time};

use super::head::{Side, crumbs, head, path};
use super::named;
use crate::Inner;
use crate::frame::{Area, csrf, page};
use crate::pages::words;
use crate::web::{Outcome, Signed};

/// How many of the newest are listed.
const LISTED: u64 = 100;
/// How many of the newest stand beside the one that is shown.
const BESIDE: usize = 20;

/// The address of a run's page.
pub(super) fn run_path(id: &ConnectorId, task: &TaskId) -> String {
    format!("{}/runs/{task}", path(id))
}

pub(super) async fn list(State(inner): State<Arc<Inner>>, Path(id): Path<String>, signed: Signed) -> Outcome {
    let id = named(&id)?;
    let seen = inner.office.seen(&signed.actor, &id).await?;
    let runs = inner.office.runs(&signed.actor, &id, LISTED).await?;
    let now = inner.office.now();
    let card = Card::new("Runs", table(&signed, &seen, &runs, now)).flush();
    let here = format!("{}/runs", path(&id));
    let body = head(&signed, &seen, Side::Runs).and(Live::polled("runs-live", here, card));
    let crumbs = crumbs(&seen, Some("Runs"));
    Ok(page(&signed, Area::Connectors, "Runs", crumbs, &body))
}

/// Runs as a table.
pub(super) fn table(signed: &Signed, seen: &Seen, runs: &[Run], now: DateTime<Utc>) -> Html {
    let state = TableQuery::parse("");
    let table = Table {
        id: "runs",
        label: "Runs",
        columns: vec![
            Column::new("asked", "Asked for"),
            Column::new("took", "Took"),
            Column::new("status", "Outcome"),
            Column::new("changed", "Changed"),
            Column::new("tries", "Tries").numeric().wide_only(),
            Column::new("more", "What happened"),
            Column::new("do", "Do"),
        ],
        rows: runs.iter().map(|run| row(signed, seen, run, now)).collect(),
        state: &state,
        total: runs.len() as u64,
        filters: Vec::new(),
        search_placeholder: "",
        empty: EmptyState::new(
            Icon::Refresh,
            "No sync yet",
            "The first one begins once it can reach the account.",
        ),
        bulk: None,
        csv_href: None,
    };
    Html::from(table)
}

fn row(signed: &Signed, seen: &Seen, run: &Run, now: DateTime<Utc>) -> Row {
    let task = &run.task;
    let cells = vec![
        Cell::text(at(task.created_at)).below(Time::ago(task.created_at)),
        run.took(now)
            .map_or_else(Cell::none, |took| Cell::text(lasting(took))),
        Cell::piece(words::run(run)),
        changed(run).map_or_else(Cell::none, Cell::text),
        Cell::number(task.tries.into()),
        words::trouble(task).map_or_else(Cell::none, Cell::text),
        stop(signed, seen, run).map_or_else(Cell::none, Cell::piece),
    ];
    Row::new(task.id.as_str(), cells).href(run_path(&seen.connector.id, &task.id))
}

/// A button to stop a run that has not ended, for whoever may.
pub(super) fn stop(signed: &Signed, seen: &Seen, run: &Run) -> Option<PostButton> {
    let may_run = signed.actor.may(Action::RunConnector(&seen.installation)).is_ok();
    (may_run && !run.task.is_finished()).then(|| {
        PostButton::new(
            Button::submit("Stop").quiet(),
            format!("{}/cancel/{}", path(&seen.connector.id), run.task.id),
            csrf(signed),
        )
    })
}

/// What it changed, in few words.
fn changed(run: &Run) -> Option<String> {
    let changes = run.changes.as_ref()?;
    Some(match changes.base {
        None => "the first".to_owned(),
        Some(_) => changes.counts.to_string(),
    })
}

/// The newest runs with one of them.
pub(super) fn beside(id: &ConnectorId, runs: &[Run], shown: &Run, now: DateTime<Utc>, body: Html) -> Beside {
    let item = |run: &Run| {
        let took = run.took(now).map(lasting);
        let words: Vec<String> = took.into_iter().chain(changed(run)).collect();
        BesideItem {
            href: run_path(id, &run.task.id),
            title: Html::from(Time::ago(run.task.created_at)).and(words::run(run)),
            text: Html::text(words.join("; ")),
            current: run.task.id == shown.task.id,
        }
    };
    let is_listed = |run: &&Run| run.task.id == shown.task.id;
    let older = (!runs.iter().take(BESIDE).any(|run| is_listed(&run))).then_some(shown);
    Beside {
        label: "Runs".to_owned(),
        items: runs.iter().take(BESIDE).chain(older).map(item).collect(),
        body,
    }
}

/// A moment, written out.
pub(super) fn at(moment: DateTime<Utc>) -> String {
    moment.format("%-d %b %Y, %H:%M UTC").to_string()
}

/// How long something took, for people.
pub(super) fn lasting(took: TimeDelta) -> String {
    let seconds = took.num_seconds();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, 0) => "under a second".to_owned(),
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_it_took_is_told_as_people_do() {
        let told = [0, 1, 59, 60, 61, 3599, 3600, 7325].map(|seconds| lasting(TimeDelta::seconds(seconds)));
        assert_eq!(
            told,
            [
                "under a second",
                "1 s",
                "59 s",
                "1 min 0 s",
                "1 min 1 s",
                "59 min 59 s",
                "1 h 0 min",
                "2 h 2 min"
            ]
        );
    }
}
