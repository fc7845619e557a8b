//! One thing that can be held, and who holds it.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use governance::ConnectorId;
use governance::access::{Holder, HolderQuery};
use model::EntitlementId;
use ui::table::{Cell, Column, Filter, Row, Table, TableQuery};
use ui::{Card, Crumb, EmptyState, Facts, Html, Icon, PageHead};

use super::{account_address, kind, rows_of, second_factor, status, why};
use crate::Inner;
use crate::frame::{Area, page};
use crate::pages::connectors;
use crate::web::{Asked, Outcome, Signed};

/// Which.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Which {
    id: String,
}

pub(super) async fn show(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    Asked(which): Asked<Which>,
    RawQuery(asked): RawQuery,
    signed: Signed,
) -> Outcome {
    let id = connectors::named(&id)?;
    let seen = inner.office.seen(&signed.actor, &id).await?;
    let which = EntitlementId::new(which.id);
    let one = inner.office.entitlement(&signed.actor, &id, &which).await?;
    let state = TableQuery::parse(asked.as_deref().unwrap_or_default());
    let query = HolderQuery {
        search: state.q.clone(),
        direct: state.values("how").next().map(|how| how == "direct"),
    };
    let found = inner
        .office
        .holders(&signed.actor, (&id, &which), &query, rows_of(&state))
        .await?;
    let table = Table {
        id: "holders",
        label: "Holders",
        columns: vec![
            Column::new("name", "Holder"),
            Column::new("status", "Status"),
            Column::new("factor", "2FA"),
            Column::new("why", "Why"),
        ],
        rows: found.rows.iter().map(|holder| row(&id, holder)).collect(),
        state: &state,
        total: found.total,
        filters: vec![Filter::new(
            "how",
            "How",
            [("direct", "Given directly"), ("through", "Only through others")],
        )],
        search_placeholder: "Search name, e-mail or ID",
        empty: EmptyState::new(
            Icon::People,
            "Nobody holds it",
            "It can be held, and nobody does.",
        ),
        bulk: None,
        csv_href: None,
    };
    let name = one.entitlement.name.as_str();
    let facts = Facts::new()
        .fact("On", format!("{} ({})", one.on.name, kind(one.on.kind)))
        .fact("Holders", one.holders.to_string())
        .fact("Given directly", one.direct_holders.to_string())
        .piece("ID", ui::CopyBox::new("ID", one.entitlement.id.to_string()));
    let body = Html::from(PageHead::new(name).text(one.entitlement.description.as_str()))
        .and(Card::new("About", facts))
        .and(Card::new("Who holds it", Html::from(table)).flush());
    let crumbs = vec![
        Crumb::to("Connectors", "/connectors"),
        Crumb::to(seen.connector.name.as_str(), format!("/connectors/{id}")),
        Crumb::to("Entitlements", format!("/connectors/{id}/entitlements")),
        Crumb::here(name),
    ];
    Ok(page(&signed, Area::Connectors, name, crumbs, &body))
}

fn row(connector: &ConnectorId, holder: &Holder) -> Row {
    let one = &holder.principal;
    let cells = vec![
        Cell::text(one.resource.name.as_str()).below(one.resource.email.as_str()),
        Cell::piece(status(one)),
        Cell::piece(second_factor(one)),
        Cell::piece(why(connector, holder.grant.direct, &holder.through)),
    ];
    Row::new(holder.grant.id.to_string(), cells).href(account_address(connector, &one.resource.id))
}
