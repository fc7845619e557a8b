//! Everybody's API keys, for whoever decides who may come in.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use governance::{ApiKey, KeyScope, Operator};
use ui::table::{Cell, Column, Filter, Row, Table, TableQuery};
use ui::{Crumb, EmptyState, Html, Icon, PageHead};

use super::{cells, named, revocation};
use crate::Inner;
use crate::frame::{Area, on_page, page};
use crate::pages::go;
use crate::web::{Fields, Outcome, Signed};

pub(super) async fn list(
    State(inner): State<Arc<Inner>>,
    RawQuery(query): RawQuery,
    signed: Signed,
) -> Outcome {
    let state = TableQuery::parse(query.as_deref().unwrap_or_default());
    let wanted = state.q.to_lowercase();
    let mut keys = inner.office.api_keys(&signed.actor).await?;
    keys.retain(|(key, owner)| {
        let words = format!("{} {} {}", key.name, owner.name, owner.email).to_lowercase();
        words.contains(&wanted) && state.lets_through("scope", key.scope.as_str())
    });
    let total = keys.len() as u64;
    let scopes = KeyScope::ALL.map(|scope| (scope.as_str(), scope.to_string()));
    let table = Table {
        id: "keys",
        label: "API keys",
        columns: vec![
            Column::new("owner", "Acts for"),
            Column::new("name", "Name"),
            Column::new("scope", "May"),
            Column::new("ending", "Ends in").wide_only(),
            Column::new("used", "Last used"),
            Column::new("expires", "Expires").wide_only(),
            Column::new("revoke", "Revoke"),
        ],
        rows: on_page(keys, &state)
            .map(|(key, owner)| row(&inner, &signed, &key, &owner))
            .collect(),
        state: &state,
        total,
        filters: vec![Filter::new("scope", "May", scopes)],
        search_placeholder: "Search name or owner",
        empty: EmptyState::new(
            Icon::Key,
            "No API key",
            "People make keys for programs under Your account.",
        ),
        bulk: None,
        csv_href: None,
    };
    let head =
        PageHead::new("API keys").text("Programs that act for somebody, and may no more than they may.");
    let body = Html::from(head).and(Html::from(table));
    let crumbs = vec![Crumb::to("Users", "/users"), Crumb::here("API keys")];
    Ok(page(&signed, Area::Users, "API keys", crumbs, &body))
}

fn row(inner: &Inner, signed: &Signed, key: &ApiKey, owner: &Operator) -> Row {
    let [scope, ending, used, expires] = cells(key, inner.office.now());
    let cells = vec![
        Cell::text(&owner.name).below(owner.email.as_str()),
        Cell::text(&key.name),
        scope,
        ending,
        used,
        expires,
        Cell::piece(revocation(signed, key, "/users/keys")),
    ];
    Row::new(key.id.as_str(), cells)
}

pub(super) async fn revoke(
    State(inner): State<Arc<Inner>>,
    Path(key): Path<String>,
    signed: Signed,
    _fields: Fields,
) -> Outcome {
    inner.office.revoke_api_key(&signed.actor, &named(&key)?).await?;
    Ok(go("/users/keys"))
}
