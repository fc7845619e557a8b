//! One account or other resource: what is known of it, and what it holds.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use governance::ConnectorId;
use governance::access::{Holding, ListedResource};
use model::ResourceId;
use ui::table::{Cell, Column, Row, Table, TableQuery};
use ui::{Card, Crumb, EmptyState, Facts, Html, Icon, PageHead, Time};

use super::{entitlement_address, kind, rows_of, second_factor, status, why};
use crate::Inner;
use crate::frame::{Area, page};
use crate::pages::connectors;
use crate::web::{Asked, Outcome, Signed};

/// Which.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Which {
    #[serde(rename = "type")]
    kind: String,
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
    let resource = ResourceId::new(which.kind.as_str(), which.id.as_str());
    let one = inner.office.resource(&signed.actor, &id, &resource).await?;
    let state = TableQuery::parse(asked.as_deref().unwrap_or_default());
    let held = inner
        .office
        .holdings(&signed.actor, &id, &resource, rows_of(&state))
        .await?;
    let table = Table {
        id: "holdings",
        label: "What it holds",
        columns: vec![
            Column::new("what", "Holds"),
            Column::new("on", "On"),
            Column::new("why", "Why"),
        ],
        rows: held.rows.iter().map(|holding| row(&id, holding)).collect(),
        state: &state,
        total: held.total,
        filters: Vec::new(),
        search_placeholder: "",
        empty: EmptyState::new(
            Icon::Key,
            "It holds nothing",
            "Nothing was given to it, directly or through a group.",
        ),
        bulk: None,
        csv_href: None,
    };
    let name = one.resource.name.as_str();
    let mut top = PageHead::new(name).state(status(&one));
    if !one.resource.email.is_empty() && one.resource.email != name {
        top = top.text(one.resource.email.as_str());
    }
    let body = Html::from(top)
        .and(Card::new("About", facts(&one)))
        .and(Card::new("What it holds", Html::from(table)).flush());
    let crumbs = vec![
        Crumb::to("Connectors", "/connectors"),
        Crumb::to(seen.connector.name.as_str(), format!("/connectors/{id}")),
        Crumb::to("Accounts", format!("/connectors/{id}/accounts")),
        Crumb::here(name),
    ];
    Ok(page(&signed, Area::Connectors, name, crumbs, &body))
}

fn facts(one: &ListedResource) -> Facts {
    let resource = &one.resource;
    let mut facts = Facts::new()
        .fact(
            "Kind",
            format!("{} ({})", kind(resource.kind), resource.id.resource_type),
        )
        .piece("ID", ui::CopyBox::new("ID", resource.id.object.to_string()))
        .piece("Second factor", second_factor(one));
    let moments = [
        ("Since", resource.created_at),
        ("Last used", resource.last_used_at),
        ("Expires", resource.expires_at),
    ];
    for (name, moment) in moments {
        if let Some(moment) = moment {
            facts = facts.piece(name, Time::ago(moment));
        }
    }
    if !resource.description.is_empty() {
        facts = facts.fact("Description", &resource.description);
    }
    facts
}

fn row(connector: &ConnectorId, holding: &Holding) -> Row {
    let entitlement = &holding.entitlement;
    let cells = vec![
        Cell::text(entitlement.entitlement.name.as_str()),
        Cell::text(entitlement.on.name.as_str()),
        Cell::piece(why(connector, holding.grant.direct, &holding.through)),
    ];
    Row::new(holding.grant.id.to_string(), cells)
        .href(entitlement_address(connector, &entitlement.entitlement.id))
}
