//! Everything that a run changed: who and what, to be filtered and taken as CSV.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use governance::access::{ChangeQuery, PageRequest, RunChange, Subject, Way};
use governance::{Action, ConnectorId, OfficeError, Readable, Run, TaskId};
use ui::table::{Cell, Column, Filter, Row, Table, TableQuery};
use ui::{Card, Chip, EmptyState, Html, Icon, Link, Notice, PageHead, Tone, csv_response};

use super::head::{crumbs, path};
use super::runs::{at, run_path};
use super::{named, types};
use crate::Inner;
use crate::frame::{Area, page};
use crate::pages::access::{account_address, entitlement_address};
use crate::web::{Failed, Outcome, Signed};

/// How many rows a download reads at once.
const AT_ONCE: u64 = 1000;

/// The kinds of things, as people call them.
pub(super) fn subjects() -> [(Subject, &'static str); 4] {
    [
        (Subject::Account, "Accounts"),
        (Subject::Resource, "Groups, roles and others"),
        (Subject::Entitlement, "Entitlements"),
        (Subject::Grant, "Grants"),
    ]
}

/// The ways to be different, as people call them, and their signs.
pub(super) fn ways() -> [(Way, &'static str, &'static str); 3] {
    [
        (Way::Added, "Added", "+"),
        (Way::Removed, "Removed", "−"),
        (Way::Altered, "Altered", "~"),
    ]
}

/// What happened to what, in two words.
pub(super) fn what(one: &RunChange) -> String {
    let thing = match one.subject {
        Subject::Account => "Account",
        Subject::Resource => crate::pages::access::kind(one.change.resource.kind),
        Subject::Entitlement => "Entitlement",
        Subject::Grant => "Grant",
    };
    format!("{thing} {}", one.way.as_str())
}

/// Who or what it is about, with links to what is still there.
pub(super) fn who(id: &ConnectorId, one: &RunChange) -> Html {
    let name = one.change.resource.name.as_str();
    let resource = linked(one, name, || account_address(id, &one.change.resource.id));
    let Some(right) = &one.change.entitlement else {
        return resource.and(told(&one.change.altered));
    };
    let right = linked(one, &right.name, || entitlement_address(id, &right.id));
    let words = match one.subject {
        Subject::Entitlement => right.and(Html::text(" on ")).and(resource),
        _ => resource.and(Html::text(": ")).and(right),
    };
    words.and(told(&one.change.altered))
}

fn told(altered: &str) -> Html {
    if altered.is_empty() {
        return Html::default();
    }
    Html::text(format!(" ({altered})"))
}

/// A link, unless what it led to is gone.
fn linked(one: &RunChange, name: &str, href: impl FnOnce() -> String) -> Html {
    if one.way == Way::Removed && one.subject != Subject::Grant {
        return Html::text(name);
    }
    Link::new(name, href()).into()
}

fn query(state: &TableQuery) -> ChangeQuery {
    let subjects = Subject::ALL.into_iter();
    let ways = Way::ALL.into_iter();
    ChangeQuery {
        subjects: subjects
            .filter(|one| state.is_chosen("subject", one.as_str()))
            .collect(),
        ways: ways.filter(|one| state.is_chosen("way", one.as_str())).collect(),
        search: state.q.clone(),
    }
}

fn filters() -> Vec<Filter> {
    vec![
        Filter::new(
            "subject",
            "What",
            subjects().map(|(subject, label)| (subject.as_str(), label)),
        ),
        Filter::new(
            "way",
            "Change",
            ways().map(|(way, label, _)| (way.as_str(), label)),
        ),
    ]
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "Who or what"),
        Column::new("way", "Change"),
        Column::new("kind", "Kind"),
        Column::new("right", "Entitlement"),
        Column::new("more", "Before and after"),
        Column::new("id", "ID").hidden_by_default(),
    ]
}

fn row(id: &ConnectorId, place: usize, one: &RunChange) -> Row {
    let resource = &one.change.resource;
    let right = one.change.entitlement.as_ref();
    let tone = match one.way {
        Way::Added => Tone::Good,
        Way::Removed => Tone::Bad,
        Way::Altered => Tone::Info,
    };
    let label = ways().into_iter().find(|(way, ..)| *way == one.way);
    let cells = vec![
        Cell::piece(linked(one, &resource.name, || account_address(id, &resource.id))),
        Cell::piece(Chip::new(tone, label.map_or("", |(_, label, _)| label))),
        Cell::text(match one.subject {
            Subject::Entitlement => "Entitlement",
            Subject::Grant => "Grant",
            Subject::Account | Subject::Resource => crate::pages::access::kind(resource.kind),
        }),
        right.map_or_else(Cell::none, |right| {
            Cell::piece(linked(one, &right.name, || entitlement_address(id, &right.id)))
        }),
        Cell::text(one.change.altered.as_str()),
        Cell::text(resource.id.to_string()),
    ];
    Row::new(place.to_string(), cells)
}

pub(super) async fn list(
    State(inner): State<Arc<Inner>>,
    Path((id, task)): Path<(String, String)>,
    RawQuery(asked): RawQuery,
    signed: Signed,
) -> Outcome {
    let id = named(&id)?;
    let task = TaskId::parse(&task).map_err(OfficeError::from)?;
    let seen = inner.office.seen(&signed.actor, &id).await?;
    let run = inner.office.run(&signed.actor, &id, &task).await?;
    let state = TableQuery::parse(asked.as_deref().unwrap_or_default());
    let (wanted, rows) = (query(&state), PageRequest::new(state.offset(), state.limit()));
    let found = inner
        .office
        .changes_of_run(&signed.actor, (&id, &task), &wanted, rows)
        .await?;
    let csv = format!("{}/changes.csv", run_path(&id, &task));
    let may_take = signed
        .actor
        .may(Action::DownloadFiles(&seen.installation))
        .is_ok();
    let numbered = found.rows.iter().enumerate();
    let table = Table {
        id: "changes",
        label: "Changes",
        columns: columns(),
        rows: numbered.map(|(place, one)| row(&id, place, one)).collect(),
        state: &state,
        total: found.total,
        filters: filters(),
        search_placeholder: "Search name or ID",
        empty: EmptyState::new(
            Icon::Check,
            "Nothing changed",
            "What this run read is what was believed before.",
        ),
        bulk: None,
        csv_href: may_take.then_some(csv.as_str()),
    };
    let when = at(run.task.created_at);
    let top = PageHead::new("What changed").text(format!(
        "By the sync of {when}, compared with what was believed before."
    ));
    let readable = inner.office.readable_types(&signed.actor, &id).await?;
    let body = Html::from(top)
        .and(left_out(&readable, &run))
        .and(cut(&inner, &signed, &run, (&id, &task), &wanted).await?)
        .and(Card::new("Changes", Html::from(table)).flush());
    let mut crumbs = crumbs(&seen, Some("What changed"));
    crumbs.insert(2, ui::Crumb::to("Runs", format!("{}/runs", path(&id))));
    crumbs.insert(3, ui::Crumb::to(when, run_path(&id, &task)));
    Ok(page(&signed, Area::Connectors, "What changed", crumbs, &body))
}

/// Says so when it was asked for some types only.
fn left_out(readable: &[Readable], run: &Run) -> Html {
    let asked = &run.task.work.types;
    if asked.is_empty() {
        return Html::default();
    }
    Notice::new(Tone::Info, "Some types were left out on purpose")
        .text(format!(
            "This sync was asked for these only: {}. That nothing of the others is there any more is no loss.",
            types::words(readable, asked)
        ))
        .into()
}

/// Says so when not everything is kept by name.
async fn cut(
    inner: &Inner,
    signed: &Signed,
    run: &Run,
    which: (&ConnectorId, &TaskId),
    wanted: &ChangeQuery,
) -> Result<Html, OfficeError> {
    let missing = missing(inner, signed, run, which, wanted).await?;
    Ok(match missing {
        0 => Html::default(),
        missing => Notice::new(Tone::Info, format!("{missing} more are not listed"))
            .text("So many changed that only the first 1,000 of each kind are kept by name. The file has all of it.")
            .into(),
    })
}

/// How many changes of the chosen kinds are counted, and not kept by name.
async fn missing(
    inner: &Inner,
    signed: &Signed,
    run: &Run,
    which: (&ConnectorId, &TaskId),
    wanted: &ChangeQuery,
) -> Result<u64, OfficeError> {
    let Some(changes) = &run.changes else {
        return Ok(0);
    };
    let all = ChangeQuery {
        search: String::new(),
        ..wanted.clone()
    };
    let page = PageRequest::new(0, 1);
    let kept = inner
        .office
        .changes_of_run(&signed.actor, which, &all, page)
        .await?;
    Ok(changes.counts.let_through(&all).saturating_sub(kept.total))
}

/// All that the filters let through.
pub(super) async fn csv(
    State(inner): State<Arc<Inner>>,
    Path((id, task)): Path<(String, String)>,
    RawQuery(asked): RawQuery,
    signed: Signed,
) -> Outcome {
    let id = named(&id)?;
    let task = TaskId::parse(&task).map_err(OfficeError::from)?;
    let owned = inner.office.owned(&signed.actor, &id).await?;
    let may = signed.actor.may(Action::DownloadFiles(&owned.installation.value));
    may.map_err(OfficeError::from)?;
    let run = inner.office.run(&signed.actor, &id, &task).await?;
    let wanted = query(&TableQuery::parse(asked.as_deref().unwrap_or_default()));
    let mut rows = vec![
        [
            "Change",
            "What",
            "Type",
            "ID",
            "Name",
            "Entitlement",
            "Entitlement ID",
            "Before and after",
        ]
        .map(str::to_owned),
    ];
    loop {
        let page = PageRequest::new(rows.len() as u64 - 1, AT_ONCE);
        let found = inner
            .office
            .changes_of_run(&signed.actor, (&id, &task), &wanted, page)
            .await?;
        rows.extend(found.rows.iter().map(line));
        if found.rows.is_empty() || rows.len() as u64 > found.total {
            break;
        }
    }
    let missing = missing(&inner, &signed, &run, (&id, &task), &wanted).await?;
    if missing > 0 {
        let mut note: [String; 8] = Default::default();
        note[0] =
            format!("{missing} more are not listed: only the first 1,000 of each kind are kept by name");
        rows.push(note);
    }
    let file = csv_response("changes", rows).map_err(|_| Failed::Broken("a CSV file could not be made"))?;
    let headers = [
        (CONTENT_TYPE, file.content_type.to_owned()),
        (CONTENT_DISPOSITION, file.disposition),
    ];
    Ok((headers, file.bytes).into_response())
}

fn line(one: &RunChange) -> [String; 8] {
    let resource = &one.change.resource;
    let right = one.change.entitlement.as_ref();
    [
        one.way.as_str().to_owned(),
        one.subject.as_str().to_owned(),
        resource.id.resource_type.to_string(),
        resource.id.object.to_string(),
        resource.name.clone(),
        right.map(|right| right.name.clone()).unwrap_or_default(),
        right.map(|right| right.id.to_string()).unwrap_or_default(),
        one.change.altered.clone(),
    ]
}
