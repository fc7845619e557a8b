//! All connectors, and how each of them is.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use governance::{Action, Hosting, Label, Operator, Seen, SyncFact};
use ui::table::{Cell, Column, Filter, Row, Table, TableQuery};
use ui::{Button, Crumb, EmptyState, Html, Icon, Live, Menu, MenuItem, PageHead, csv_response};

use super::head::change_title;
use crate::Inner;
use crate::frame::{Area, csrf, on_page, page};
use crate::pages::words;
use crate::web::{Failed, Outcome, Signed};

/// A connector with what a row says of it.
struct Line {
    seen: Seen,
    owners: Vec<Operator>,
}

impl Line {
    fn app(&self) -> &str {
        self.seen.app.as_ref().map_or("", |app| app.name.as_str())
    }

    fn hosting(&self) -> &'static str {
        match self.seen.installation.hosting {
            Hosting::Hosted => "Hosted",
            Hosting::SelfHosted => "Self-hosted",
            Hosting::ByHand => "By hand",
        }
    }

    fn has(&self, text: &str) -> bool {
        let owners = words::names(&self.owners);
        let words = [self.seen.connector.name.as_str(), self.app(), owners.as_str()];
        words.iter().any(|word| word.to_lowercase().contains(text))
    }
}

pub(super) async fn list(
    State(inner): State<Arc<Inner>>,
    RawQuery(query): RawQuery,
    signed: Signed,
) -> Outcome {
    let state = TableQuery::parse(query.as_deref().unwrap_or_default());
    let lines = lines(&inner, &signed, &state).await?;
    let total = lines.len() as u64;
    let shown = on_page(lines, &state);
    let table = Table {
        id: "connectors",
        label: "Connectors",
        columns: columns(),
        rows: shown.map(|line| row(&signed, &line)).collect(),
        state: &state,
        total,
        filters: vec![status_filter(), hosting_filter()],
        search_placeholder: "Search name, app or owner",
        empty: empty(&signed),
        bulk: None,
        csv_href: Some("/connectors.csv"),
    };
    let table = Html::from(table);
    let here = format!(
        "/connectors{}",
        query.map(|query| format!("?{query}")).unwrap_or_default()
    );
    let mut head = PageHead::new("Connectors").text("What reads your accounts, and how each of them is.");
    if signed.actor.may(Action::AddConnector).is_ok() {
        head = head.action(add_button());
    }
    let body = Html::from(head).and(Live::polled("connectors-live", here, table).every(5));
    Ok(page(
        &signed,
        Area::Connectors,
        "Connectors",
        vec![Crumb::here("Connectors")],
        &body,
    ))
}

fn add_button() -> Button {
    Button::link("Add connector", "/connectors/add")
        .primary()
        .icon(Icon::Plus)
}

async fn lines(inner: &Inner, signed: &Signed, state: &TableQuery) -> Result<Vec<Line>, Failed> {
    let wanted = state.q.to_lowercase();
    let mut lines = Vec::new();
    for seen in inner.office.all_seen(&signed.actor).await? {
        let owners = inner.office.named(&seen.installation.owners).await?;
        let line = Line { seen, owners };
        let fits = state.lets_through("status", line.seen.label.as_str())
            && state.lets_through("hosting", line.seen.installation.hosting.as_str())
            && line.has(&wanted);
        if fits {
            lines.push(line);
        }
    }
    sort(&mut lines, state);
    Ok(lines)
}

fn sort(lines: &mut [Line], state: &TableQuery) {
    let Some(sort) = &state.sort else {
        return;
    };
    lines.sort_by_key(|line| match sort.key.as_str() {
        "app" => line.app().to_lowercase(),
        "status" => line.seen.label.to_string(),
        "sync" => match &line.seen.facts.sync {
            SyncFact::Succeeded { at } | SyncFact::Failed { at, .. } => at.to_rfc3339(),
            _ => String::new(),
        },
        _ => line.seen.connector.name.as_str().to_lowercase(),
    });
    if sort.descending {
        lines.reverse();
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "Connector").sortable(),
        Column::new("app", "App").sortable(),
        Column::new("owners", "Owners"),
        Column::new("status", "Status").sortable(),
        Column::new("sync", "Last sync").sortable(),
        Column::new("next", "Next sync").hidden_by_default(),
        Column::new("hosting", "Runs").wide_only(),
    ]
}

fn row(signed: &Signed, line: &Line) -> Row {
    let seen = &line.seen;
    let path = format!("/connectors/{}", seen.connector.id);
    let next = seen.connector.next_sync_at.filter(|_| !seen.connector.paused);
    let cells = vec![
        Cell::text(seen.connector.name.as_str()).below(seen.installation.kind.title()),
        match &seen.app {
            Some(app) => Cell::piece(ui::Link::new(app.name.as_str(), format!("/apps/{}", app.id))),
            None => Cell::none(),
        },
        owners(line),
        Cell::piece(words::label(seen.label)),
        Cell::piece(words::sync(&seen.facts.sync)),
        next.map_or_else(Cell::none, |at| Cell::piece(ui::Time::ago(at))),
        Cell::text(line.hosting()),
    ];
    Row::new(seen.connector.id.as_str(), cells)
        .href(path.clone())
        .menu(menu(signed, seen, &path))
}

/// Who owns it; whose help is waited for.
fn owners(line: &Line) -> Cell {
    let cell = Cell::text(words::names(&line.owners));
    let Some(waiting) = &line.seen.installation.waiting_for else {
        return cell;
    };
    let whom = line.owners.iter().find(|owner| owner.id == waiting.operator);
    cell.below(format!(
        "Waiting for {}",
        whom.map_or("an owner", |owner| owner.name.as_str())
    ))
}

fn menu(signed: &Signed, seen: &Seen, path: &str) -> Menu {
    let csrf = csrf(signed);
    let mut items = vec![MenuItem::link("Log", format!("{path}/log")).icon(Icon::Audit)];
    if signed.actor.may(Action::RunConnector(&seen.installation)).is_ok() {
        if seen.installation.hosting == Hosting::ByHand {
            items.push(MenuItem::link("Upload a file", format!("{path}/file")).icon(Icon::Upload));
        } else if seen.connector.paused {
            items.push(MenuItem::post("Resume", format!("{path}/resume"), csrf).icon(Icon::Play));
        } else {
            items.push(MenuItem::post("Sync now", format!("{path}/sync"), csrf.clone()).icon(Icon::Refresh));
            items.push(MenuItem::post("Pause", format!("{path}/pause"), csrf).icon(Icon::Pause));
        }
        items.push(MenuItem::link(change_title(seen), format!("{path}/change")).icon(Icon::People));
    }
    Menu {
        id: format!("menu-{}", seen.connector.id),
        label: format!("More about {}", seen.connector.name),
        items,
    }
}

fn status_filter() -> Filter {
    let labels = [
        Label::NotConnected,
        Label::Syncing,
        Label::Connected,
        Label::Error,
        Label::Paused,
    ];
    Filter::new(
        "status",
        "Status",
        labels.map(|label| (label.as_str(), label.to_string())),
    )
}

fn hosting_filter() -> Filter {
    let runs = [
        ("hosted", "Hosted"),
        ("self-hosted", "Self-hosted"),
        ("by-hand", "By hand"),
    ];
    Filter::new("hosting", "Runs", runs)
}

fn empty(signed: &Signed) -> EmptyState {
    let state = EmptyState::new(
        Icon::Connectors,
        "No connector yet",
        "A connector reads who has access. Add Cloudflare to see its members, roles and tokens here.",
    );
    if signed.actor.may(Action::AddConnector).is_ok() {
        return state.action(add_button());
    }
    state
}

pub(super) async fn csv(
    State(inner): State<Arc<Inner>>,
    RawQuery(query): RawQuery,
    signed: Signed,
) -> Outcome {
    let state = TableQuery::parse(query.as_deref().unwrap_or_default());
    let mut rows = vec![["Connector", "Kind", "App", "Owners", "Status", "Runs", "ID"].map(str::to_owned)];
    for line in lines(&inner, &signed, &state).await? {
        rows.push([
            line.seen.connector.name.to_string(),
            line.seen.installation.kind.title().to_owned(),
            line.app().to_owned(),
            words::names(&line.owners),
            line.seen.label.to_string(),
            line.hosting().to_owned(),
            line.seen.connector.id.to_string(),
        ]);
    }
    let file =
        csv_response("connectors", rows).map_err(|_| Failed::Broken("a CSV file could not be made"))?;
    let headers = [
        (CONTENT_TYPE, file.content_type.to_owned()),
        (CONTENT_DISPOSITION, file.disposition),
    ];
    Ok((headers, file.bytes).into_response())
}
