//! The audit trail: looked through, taken along.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use axum::routing::get;
use futures_util::stream;
use governance::repository::AuditFilter;
use governance::{Action, AuditAction, AuditEntry, Object, OfficeError};
use ui::table::{Cell, Column, Filter, Row, Table, TableQuery};
use ui::{Button, Crumb, EmptyState, Html, Icon, PageHead, Time};

use crate::Inner;
use crate::frame::{Area, page};
use crate::web::{Outcome, Signed};

/// How many entries are read at once for a download.
const AT_ONCE: u64 = 500;

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .route("/audit", get(list))
        .route("/audit.jsonl", get(download))
}

async fn list(State(inner): State<Arc<Inner>>, RawQuery(query): RawQuery, signed: Signed) -> Outcome {
    let state = TableQuery::parse(query.as_deref().unwrap_or_default());
    let filter = AuditFilter {
        text: Some(state.q.clone()).filter(|text| !text.is_empty()),
        object_kind: state.values("about").next().map(str::to_owned),
        ..AuditFilter::default()
    };
    let (entries, total) = inner
        .office
        .audit(&signed.actor, &filter, state.offset(), state.limit())
        .await?;
    let kinds = [
        ("user", "Users"),
        ("connector", "Connectors"),
        ("app", "Apps"),
        ("api-key", "API keys"),
        ("console", "The console"),
        ("right", "Refusals"),
    ];
    let table = Table {
        id: "audit",
        label: "Audit trail",
        columns: vec![
            Column::new("what", "What"),
            Column::new("changes", "Changes"),
            Column::new("when", "When"),
            Column::new("from", "From").wide_only(),
            Column::new("number", "No.").numeric().wide_only(),
            Column::new("hash", "Hash").hidden_by_default(),
        ],
        rows: entries.iter().map(row).collect(),
        state: &state,
        total,
        filters: vec![Filter::new("about", "About", kinds)],
        search_placeholder: "Search person, thing or action",
        empty: EmptyState::new(Icon::Audit, "Nothing yet", "Every change is written down here."),
        bulk: None,
        csv_href: None,
    };
    let head = PageHead::new("Audit trail")
        .text("Who did what, when and from where. Each entry is sealed with the one before it: rollcall verify checks that none was changed.")
        .action(Button::link("Download", "/audit.jsonl").icon(Icon::Download));
    let body = Html::from(head).and(Html::from(table));
    Ok(page(
        &signed,
        Area::Audit,
        "Audit trail",
        vec![Crumb::here("Audit trail")],
        &body,
    ))
}

fn row(entry: &AuditEntry) -> Row {
    let draft = &entry.draft;
    let reason = draft.reason.as_deref().unwrap_or_default();
    let of = match draft.says() {
        _ if draft.object.name != draft.actor => draft.object.name.as_str(),
        says if says.ends_with(" for") => "themselves",
        says if says.ends_with(" of") => "their own",
        _ => "",
    };
    let what = format!("{} {} {of}", draft.actor, draft.says());
    let from = match &draft.from {
        Some(from) => from.clone(),
        None => draft.via.clone(),
    };
    let cells = vec![
        Cell::text(what.trim_end()).below(reason),
        Cell::text(changes(entry)),
        Cell::piece(Time::exact(draft.at)),
        Cell::text(from),
        Cell::number(entry.number.unsigned_abs()),
        Cell::text(entry.hash.to_string()),
    ];
    Row::new(entry.number.to_string(), cells)
}

fn changes(entry: &AuditEntry) -> String {
    let one = |change: &governance::Difference| match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{}: {before} → {after}", change.field),
        (None, Some(after)) => format!("{}: {after}", change.field),
        (Some(before), None) => format!("{}: {before} → nothing", change.field),
        (None, None) => change.field.clone(),
    };
    let all: Vec<String> = entry.draft.changes.iter().map(one).collect();
    all.join("; ")
}

/// The whole trail, a line of JSON an entry, as `rollcall verify` reads it. That it was taken is written down first.
async fn download(State(inner): State<Arc<Inner>>, signed: Signed) -> Outcome {
    signed.actor.may(Action::SeeAudit).map_err(OfficeError::from)?;
    let trail = Object::new("console", "rollcall", "Rollcall");
    inner
        .office
        .note(&signed.actor, AuditAction::AuditExported, trail)
        .await?;
    let pieces = stream::unfold((inner, signed, 0), |(inner, signed, after)| async move {
        let entries = inner.office.audit_after(&signed.actor, after, AT_ONCE).await;
        let entries = match entries {
            Ok(entries) => entries,
            Err(error) => return Some((Err(std::io::Error::other(error)), (inner, signed, i64::MAX))),
        };
        let last = entries.last()?.number;
        let text: String = entries.iter().map(|entry| entry.to_json() + "\n").collect();
        Some((Ok(Bytes::from(text)), (inner, signed, last)))
    });
    let headers = [
        (CONTENT_TYPE, "application/jsonl; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"audit.jsonl\""),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}
