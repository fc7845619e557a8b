//! The accounts that a connector read: people, invitations and tokens.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use governance::access::{
    ListedResource, Overview, PageRequest, ResourceKind, ResourceOrder, ResourceQuery, SecondFactor,
};
use governance::{Action, ConnectorId, OfficeError};
use model::Lifecycle;
use ui::table::{Cell, Column, Filter, Row, Table, TableQuery};
use ui::{Card, EmptyState, Html, Icon, Stat, Stats, Time, Tone, csv_response};

use super::{account_address, rows_of, second_factor, status};
use crate::Inner;
use crate::frame::{Area, page};
use crate::pages::connectors::{self, Side};
use crate::web::{Failed, Outcome, Signed};

/// How many rows a download reads at once.
const AT_ONCE: u64 = 1000;

/// What a table's query asks for.
fn query(state: &TableQuery) -> ResourceQuery {
    let one = |key: &str| state.values(key).next().map(str::to_owned);
    let kind = match one("kind").as_deref() {
        Some("token") => ResourceKind::Secret,
        _ => ResourceKind::User,
    };
    let order = state.sort.as_ref().map(|sort| match sort.key.as_str() {
        "type" => ResourceOrder::Type,
        "status" => ResourceOrder::Status,
        "factor" => ResourceOrder::SecondFactor,
        "holds" => ResourceOrder::Holds,
        "used" => ResourceOrder::LastUsed,
        "made" => ResourceOrder::Created,
        "expires" => ResourceOrder::Expires,
        _ => ResourceOrder::Name,
    });
    ResourceQuery {
        resource_type: None,
        kind: Some(kind),
        lifecycle: one("status").and_then(|name| match name.as_str() {
            "active" => Some(Lifecycle::Enabled),
            "disabled" => Some(Lifecycle::Disabled),
            _ => None,
        }),
        second_factor: one("factor").and_then(|name| match name.as_str() {
            "on" => Some(SecondFactor::On),
            "off" => Some(SecondFactor::Off),
            "unknown" => Some(SecondFactor::Unknown),
            _ => None,
        }),
        search: state.q.clone(),
        order: order.unwrap_or_default(),
        descending: state.sort.as_ref().is_some_and(|sort| sort.descending),
    }
}

fn filters() -> Vec<Filter> {
    vec![
        Filter::new(
            "kind",
            "Kind",
            [("account", "People and invitations"), ("token", "Tokens")],
        ),
        Filter::new(
            "status",
            "Status",
            [("active", "Active"), ("disabled", "Disabled")],
        ),
        Filter::new(
            "factor",
            "2FA",
            [("on", "On"), ("off", "Off"), ("unknown", "Not known")],
        ),
    ]
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "Account").sortable(),
        Column::new("type", "Type").sortable(),
        Column::new("status", "Status").sortable(),
        Column::new("factor", "2FA").sortable(),
        Column::new("holds", "Holds").numeric().sortable(),
        Column::new("used", "Last used").sortable().wide_only(),
        Column::new("made", "Since").sortable().wide_only(),
        Column::new("expires", "Expires").sortable().hidden_by_default(),
        Column::new("id", "ID").hidden_by_default(),
    ]
}

fn row(connector: &ConnectorId, one: &ListedResource) -> Row {
    let resource = &one.resource;
    let moment = |at: Option<chrono::DateTime<chrono::Utc>>| {
        at.map_or_else(Cell::none, |at| Cell::piece(Time::ago(at)))
    };
    let cells = vec![
        Cell::text(resource.name.as_str()).below(resource.email.as_str()),
        Cell::text(resource.id.resource_type.to_string()),
        Cell::piece(status(one)),
        Cell::piece(second_factor(one)),
        Cell::number(one.holds),
        moment(resource.last_used_at),
        moment(resource.created_at),
        moment(resource.expires_at),
        Cell::text(resource.id.object.to_string()),
    ];
    Row::new(resource.id.to_string(), cells).href(account_address(connector, &resource.id))
}

pub(super) async fn list(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    RawQuery(asked): RawQuery,
    signed: Signed,
) -> Outcome {
    let id = connectors::named(&id)?;
    let seen = inner.office.seen(&signed.actor, &id).await?;
    let state = TableQuery::parse(asked.as_deref().unwrap_or_default());
    let head = connectors::head(&signed, &seen, Side::Accounts);
    let Some(snapshot) = inner.office.snapshot(&signed.actor, &id).await? else {
        let empty = EmptyState::new(
            Icon::People,
            "Nothing was read yet",
            "Accounts and what they hold are here once the first sync was believed.",
        );
        let body = head.and(empty);
        let crumbs = connectors::crumbs(&seen, Some("Accounts"));
        return Ok(page(&signed, Area::Connectors, "Accounts", crumbs, &body));
    };
    let overview = inner.office.overview(&signed.actor, &id).await?;
    let found = inner
        .office
        .resources(&signed.actor, &id, &query(&state), rows_of(&state))
        .await?;
    let csv = format!("/connectors/{id}/accounts.csv");
    let table = Table {
        id: "accounts",
        label: "Accounts",
        columns: columns(),
        rows: found.rows.iter().map(|one| row(&id, one)).collect(),
        state: &state,
        total: found.total,
        filters: filters(),
        search_placeholder: "Search name, e-mail or ID",
        empty: EmptyState::new(
            Icon::People,
            "No account",
            "The account that was read has none of this kind.",
        ),
        bulk: None,
        csv_href: Some(&csv),
    };
    let read = Html::text("Read ").and(Time::ago(snapshot.of.taken_at));
    let body = head
        .and(stats(&id, &overview))
        .and(Card::new("Accounts", Html::from(table)).action(read).flush());
    let crumbs = connectors::crumbs(&seen, Some("Accounts"));
    Ok(page(&signed, Area::Connectors, "Accounts", crumbs, &body))
}

fn stats(id: &ConnectorId, overview: &Overview) -> Stats {
    let here = format!("/connectors/{id}/accounts");
    let count = |fits: &dyn Fn(&governance::access::AccountTally) -> bool| -> u64 {
        let tallies = overview.accounts.iter().filter(|tally| fits(tally));
        tallies.map(|tally| tally.accounts).sum()
    };
    let without = count(&|tally| tally.second_factor == Some(false));
    let tone = if without > 0 { Tone::Warn } else { Tone::Quiet };
    let mut stats = vec![
        Stat::new("Accounts", count(&|_| true)).href(here.clone()),
        Stat::new("Without 2FA", without)
            .href(format!("{here}?factor=off"))
            .tone(tone),
        Stat::new("Disabled", count(&|tally| tally.lifecycle == Lifecycle::Disabled))
            .href(format!("{here}?status=disabled")),
    ];
    let kinds = overview
        .types
        .iter()
        .filter(|one| one.of.kind == ResourceKind::Secret);
    stats.push(
        Stat::new("Tokens", kinds.map(|one| one.resources).sum::<u64>()).href(format!("{here}?kind=token")),
    );
    stats.push(Stat::new(
        "Grants",
        overview.direct_grants + overview.inherited_grants,
    ));
    Stats { stats }
}

/// All that the filters let through.
pub(super) async fn csv(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    RawQuery(asked): RawQuery,
    signed: Signed,
) -> Outcome {
    let id = connectors::named(&id)?;
    let owned = inner.office.owned(&signed.actor, &id).await?;
    let may = signed.actor.may(Action::DownloadFiles(&owned.installation.value));
    may.map_err(OfficeError::from)?;
    let query = query(&TableQuery::parse(asked.as_deref().unwrap_or_default()));
    let mut rows = vec![
        [
            "Type",
            "ID",
            "Name",
            "E-mail",
            "Status",
            "2FA",
            "Holds",
            "Last used",
            "Since",
            "Expires",
        ]
        .map(str::to_owned),
    ];
    loop {
        let read = rows.len() as u64 - 1;
        let request = PageRequest::new(read, AT_ONCE);
        let found = inner
            .office
            .resources(&signed.actor, &id, &query, request)
            .await?;
        rows.extend(found.rows.iter().map(line));
        if found.rows.is_empty() || rows.len() as u64 > found.total {
            break;
        }
    }
    let file = csv_response("accounts", rows).map_err(|_| Failed::Broken("a CSV file could not be made"))?;
    let headers = [
        (CONTENT_TYPE, file.content_type.to_owned()),
        (CONTENT_DISPOSITION, file.disposition),
    ];
    Ok((headers, file.bytes).into_response())
}

fn line(one: &ListedResource) -> [String; 10] {
    let resource = &one.resource;
    let moment = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| at.to_rfc3339()).unwrap_or_default();
    let factor = match resource.second_factor {
        Some(true) => "on",
        Some(false) => "off",
        None => "",
    };
    [
        resource.id.resource_type.to_string(),
        resource.id.object.to_string(),
        resource.name.clone(),
        resource.email.clone(),
        resource.status.clone(),
        factor.to_owned(),
        one.holds.to_string(),
        moment(resource.last_used_at),
        moment(resource.created_at),
        moment(resource.expires_at),
    ]
}
