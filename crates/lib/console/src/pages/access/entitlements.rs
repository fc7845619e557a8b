//! What can be held: roles, scoped roles, memberships, and by how many.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use governance::ConnectorId;
use governance::access::{EntitlementOrder, EntitlementQuery, ListedEntitlement};
use ui::table::{Cell, Column, Row, Table, TableQuery};
use ui::{Card, EmptyState, Html, Icon};

use super::{entitlement_address, kind, rows_of};
use crate::Inner;
use crate::frame::{Area, page};
use crate::pages::connectors::{self, Side};
use crate::web::{Outcome, Signed};

pub(super) async fn list(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    RawQuery(asked): RawQuery,
    signed: Signed,
) -> Outcome {
    let id = connectors::named(&id)?;
    let seen = inner.office.seen(&signed.actor, &id).await?;
    let state = TableQuery::parse(asked.as_deref().unwrap_or_default());
    let head = connectors::head(&signed, &seen, Side::Entitlements);
    let crumbs = connectors::crumbs(&seen, Some("Entitlements"));
    let empty = EmptyState::new(
        Icon::Key,
        "Nothing was read yet",
        "What can be held is here once the first sync was believed.",
    );
    if inner.office.snapshot(&signed.actor, &id).await?.is_none() {
        return Ok(page(
            &signed,
            Area::Connectors,
            "Entitlements",
            crumbs,
            &head.and(empty),
        ));
    }
    let found = inner
        .office
        .entitlements(&signed.actor, &id, &query(&state), rows_of(&state))
        .await?;
    let table = Table {
        id: "entitlements",
        label: "Entitlements",
        columns: vec![
            Column::new("name", "Entitlement").sortable(),
            Column::new("on", "On"),
            Column::new("kind", "Kind").wide_only(),
            Column::new("holders", "Holders").numeric().sortable(),
            Column::new("direct", "Given directly").numeric().wide_only(),
        ],
        rows: found.rows.iter().map(|one| row(&id, one)).collect(),
        state: &state,
        total: found.total,
        filters: Vec::new(),
        search_placeholder: "Search name or ID",
        empty,
        bulk: None,
        csv_href: None,
    };
    let body = head.and(Card::new("Entitlements", Html::from(table)).flush());
    Ok(page(&signed, Area::Connectors, "Entitlements", crumbs, &body))
}

fn query(state: &TableQuery) -> EntitlementQuery {
    let is_by_holders = state.sort.as_ref().is_none_or(|sort| sort.key == "holders");
    EntitlementQuery {
        search: state.q.clone(),
        order: if is_by_holders {
            EntitlementOrder::Holders
        } else {
            EntitlementOrder::Name
        },
        descending: state.sort.as_ref().map_or(is_by_holders, |sort| sort.descending),
        ..EntitlementQuery::default()
    }
}

fn row(connector: &ConnectorId, one: &ListedEntitlement) -> Row {
    let cells = vec![
        Cell::text(one.entitlement.name.as_str()).below(one.entitlement.description.as_str()),
        Cell::text(one.on.name.as_str()),
        Cell::text(kind(one.on.kind)),
        Cell::number(one.holders),
        Cell::number(one.direct_holders),
    ];
    Row::new(one.entitlement.id.to_string(), cells).href(entitlement_address(connector, &one.entitlement.id))
}
