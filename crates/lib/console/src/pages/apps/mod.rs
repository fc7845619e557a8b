//! Apps: listed, added, found in a list or by a connector, made managed.

mod import;
mod manage;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use axum::routing::{get, post};
use governance::repository::RepositoryError;
use governance::{Action, App, AppId, AppSource, AppState, OfficeError, Operator, OperatorId, Seen};
use ui::table::{Bulk, Cell, Column, Filter, Row, Table, TableQuery};
use ui::{
    Button, Card, Chip, Crumb, EmptyState, Facts, Field, Form, Html, Icon, Link, Menu, MenuItem, PageHead,
    Tab, Tabs, Time, Tone,
};

use super::{go, owners, words};
use crate::Inner;
use crate::frame::{Area, csrf, on_page, page};
use crate::web::{Failed, Fields, Outcome, Signed, Trouble};

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .route("/apps", get(list).post(add))
        .route("/apps/add", get(form))
        .route("/apps/import", get(import::form).post(import::bring))
        .route("/apps/manage", post(manage::manage))
        .route("/apps/{id}", get(show).post(change))
}

fn crumbs(below: &str) -> Vec<Crumb> {
    vec![Crumb::to("Apps", "/apps"), Crumb::here(below)]
}

async fn list(State(inner): State<Arc<Inner>>, RawQuery(query): RawQuery, signed: Signed) -> Outcome {
    let state = TableQuery::parse(query.as_deref().unwrap_or_default());
    let is_unmanaged = state.values("state").any(|value| value == "unmanaged");
    let wanted_state = if is_unmanaged {
        AppState::Unmanaged
    } else {
        AppState::Managed
    };
    let all = inner.office.apps(&signed.actor).await?;
    let count = |of: AppState| all.iter().filter(|app| app.state == of).count() as u64;
    let (managed, unmanaged) = (count(AppState::Managed), count(AppState::Unmanaged));
    let wanted = state.q.to_lowercase();
    let mut apps: Vec<App> = all.into_iter().filter(|app| app.state == wanted_state).collect();
    apps.retain(|app| app.name.as_str().to_lowercase().contains(&wanted));
    if state.sort.as_ref().is_some_and(|sort| sort.descending) {
        apps.reverse();
    }
    let connectors = inner.office.all_seen(&signed.actor).await?;
    let promotes = is_unmanaged && signed.actor.may(Action::PromoteApp).is_ok();
    apps.retain(|app| state.lets_through("from", found_by(app).unwrap_or_default()));
    let total = apps.len() as u64;
    let shown = on_page(apps, &state);
    let mut rows = Vec::new();
    for app in shown {
        let owners = inner.office.named(&app.owners).await?;
        let row = row(&app, &owners, &connectors);
        rows.push(if promotes { row.menu(menu(&app)) } else { row });
    }
    let table = Table {
        id: "apps",
        label: "Apps",
        columns: columns(),
        rows,
        state: &state,
        total,
        filters: vec![by_connector(&connectors)],
        search_placeholder: "Search name",
        empty: empty(wanted_state),
        bulk: promotes
            .then(|| Bulk::new("/apps/manage", csrf(&signed)).button(Button::submit("Manage").primary())),
        csv_href: None,
    };
    let tabs = Tabs {
        label: "Apps".to_owned(),
        tabs: vec![
            Tab::new("Managed", "/apps", !is_unmanaged).count(managed),
            Tab::new("Unmanaged", "/apps?state=unmanaged", is_unmanaged).count(unmanaged),
        ],
    };
    let body = head(&signed).and(tabs).and(Html::from(table));
    let crumbs = vec![Crumb::here("Apps")];
    Ok(page(&signed, Area::Apps, "Apps", crumbs, &body))
}

fn head(signed: &Signed) -> Html {
    let head = PageHead::new("Apps").text("What access is governed in, and what is merely known.");
    if signed.actor.may(Action::AddApp).is_err() {
        return head.into();
    }
    head.action(Button::link("Import", "/apps/import"))
        .action(Button::link("Add app", "/apps/add").primary().icon(Icon::Plus))
        .into()
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "App").sortable(),
        Column::new("owners", "Owners"),
        Column::new("connectors", "Connectors"),
        Column::new("source", "Known from").wide_only(),
        Column::new("since", "Since").wide_only(),
    ]
}

fn empty(state: AppState) -> EmptyState {
    match state {
        AppState::Managed => EmptyState::new(
            Icon::Apps,
            "No managed app yet",
            "An app becomes managed when you add a connector for it.",
        ),
        AppState::Unmanaged => EmptyState::new(
            Icon::Apps,
            "Nothing was found yet",
            "Apps are found in what an identity provider's connector reads, or in a list that you paste.",
        ),
    }
}

fn row(app: &App, owners: &[Operator], connectors: &[Seen]) -> Row {
    let own = connectors
        .iter()
        .filter(|seen| seen.installation.app.as_ref() == Some(&app.id));
    let chips = Html::of(own.map(|seen| words::label(seen.label).hint(seen.connector.name.to_string())));
    let cells = vec![
        Cell::text(app.name.as_str()),
        Cell::text(words::names(owners)),
        if chips.is_empty() {
            Cell::none()
        } else {
            Cell::piece(chips)
        },
        known_from(app, connectors),
        Cell::piece(Time::ago(app.created_at)),
    ];
    Row::new(app.id.as_str(), cells).href(format!("/apps/{}", app.id))
}

fn menu(app: &App) -> Menu {
    Menu {
        id: format!("menu-{}", app.id),
        label: format!("More for {}", app.name),
        items: vec![MenuItem::link("Manage", format!("/apps/{}", app.id)).icon(Icon::Apps)],
    }
}

/// The connector that found it.
fn found_by(app: &App) -> Option<&str> {
    match &app.source {
        AppSource::Connector { connector, .. } => Some(connector.as_str()),
        AppSource::ByHand | AppSource::List => None,
    }
}

/// The connectors that this person sees, to narrow the list down to what one of them found.
fn by_connector(connectors: &[Seen]) -> Filter {
    let options = connectors
        .iter()
        .map(|seen| (seen.connector.id.as_str(), seen.connector.name.as_str()));
    Filter::new("from", "Found by", options)
}

fn known_from(app: &App, connectors: &[Seen]) -> Cell {
    let AppSource::Connector { gone_since, .. } = &app.source else {
        return Cell::text(source(app));
    };
    let by = connectors
        .iter()
        .find(|seen| Some(seen.connector.id.as_str()) == found_by(app));
    let cell = Cell::text(by.map_or(source(app), |seen| seen.connector.name.as_str()));
    if gone_since.is_some() {
        return cell.below(Chip::new(Tone::Warn, "Found no more"));
    }
    cell
}

fn source(app: &App) -> &'static str {
    match app.source {
        AppSource::ByHand => "Added here",
        AppSource::List => "A list",
        AppSource::Connector { .. } => "A connector",
    }
}

async fn form(signed: Signed) -> Outcome {
    signed.actor.may(Action::AddApp).map_err(OfficeError::from)?;
    Ok(add_page(&signed, &Trouble::none()))
}

fn add_page(signed: &Signed, trouble: &Trouble) -> Response {
    let one = Form::new("/apps", csrf(signed))
        .field(Field::text("name", "Name").error(trouble.at("name")).required())
        .field(Field::checkbox(
            "managed",
            "Govern access in it from now on",
            true,
        ))
        .button(Button::submit("Add app").primary());
    let body = Html::from(PageHead::new("Add app"))
        .and(Card::new("One app", one))
        .and(Card::new(
            "Several apps",
            Button::link("Import a list", "/apps/import"),
        ));
    page(signed, Area::Apps, "Add app", crumbs("Add app"), &body)
}

async fn add(State(inner): State<Arc<Inner>>, signed: Signed, fields: Fields) -> Outcome {
    let state = if fields.is_on("managed") {
        AppState::Managed
    } else {
        AppState::Unmanaged
    };
    let added = inner
        .office
        .add_app(&signed.actor, fields.text("name"), state, AppSource::ByHand)
        .await;
    match added {
        Ok(app) => Ok(go(format!("/apps/{}", app.id))),
        Err(error @ (OfficeError::Name(_) | OfficeError::Store(RepositoryError::Taken { .. }))) => {
            Ok(add_page(&signed, &Trouble::with("name", &error)))
        }
        Err(error) => Err(error.into()),
    }
}

async fn show(State(inner): State<Arc<Inner>>, Path(id): Path<String>, signed: Signed) -> Outcome {
    answer(&inner, &signed, &id, &Trouble::none()).await
}

async fn answer(inner: &Inner, signed: &Signed, id: &str, trouble: &Trouble) -> Outcome {
    let id = AppId::parse(id).map_err(OfficeError::from)?;
    let app = inner.office.app(&signed.actor, &id).await?.value;
    let owners = inner.office.named(&app.owners).await?;
    let connectors = inner.office.all_seen(&signed.actor).await?;
    let own: Vec<&Seen> = connectors
        .iter()
        .filter(|seen| seen.installation.app.as_ref() == Some(&id))
        .collect();
    let state = match app.state {
        AppState::Managed => Chip::new(Tone::Good, "Managed"),
        AppState::Unmanaged => Chip::new(Tone::Quiet, "Unmanaged"),
    };
    let facts = Facts::new()
        .fact("Owners", words::names(&owners))
        .fact("Known from", source(&app))
        .piece("Since", Time::ago(app.created_at));
    let mut body = Html::from(PageHead::new(app.name.as_str()).state(state))
        .and(Card::new("About", facts))
        .and(Card::new("Connectors", connectors_of(&own)));
    if signed.actor.may(Action::ManageApp(&app)).is_ok() {
        body = body.and(change_form(inner, signed, &app, trouble).await?);
    }
    Ok(page(
        signed,
        Area::Apps,
        app.name.as_str(),
        crumbs(app.name.as_str()),
        &body,
    ))
}

fn connectors_of(own: &[&Seen]) -> Html {
    if own.is_empty() {
        return EmptyState::new(
            Icon::Connectors,
            "No connector yet",
            "Add a connector and choose this app as the place where it belongs.",
        )
        .action(Button::link("Add connector", "/connectors/add"))
        .into();
    }
    let facts = own.iter().fold(Facts::new(), |facts, seen| {
        let link = Link::new(
            seen.connector.name.as_str(),
            format!("/connectors/{}", seen.connector.id),
        );
        let value = Html::from(words::label(seen.label))
            .and(Html::text(" "))
            .and(words::sync(&seen.facts.sync))
            .and(Html::text(" "))
            .and(link);
        facts.piece(seen.installation.kind.title(), value)
    });
    facts.into()
}

async fn change_form(inner: &Inner, signed: &Signed, app: &App, trouble: &Trouble) -> Result<Card, Failed> {
    let people = owners::possible(inner, signed, &app.owners).await?;
    let owners = owners::choices(&people, signed, |one| app.owners.contains(&one.id));
    let title = if app.state == AppState::Managed {
        "Change"
    } else {
        "Manage it"
    };
    let mut form = Form::new(format!("/apps/{}", app.id), csrf(signed))
        .field(
            Field::text("name", "Name")
                .value(app.name.as_str())
                .error(trouble.at("name"))
                .required(),
        )
        .field(
            Field::check_cards("owner", "Who owns it?", owners)
                .error(trouble.at("owner"))
                .required(),
        );
    if app.state == AppState::Unmanaged && signed.actor.may(Action::PromoteApp).is_ok() {
        form = form.button(
            Button::submit("Make it managed")
                .answer("do", "promote")
                .primary(),
        );
        form = form.button(Button::submit("Save"));
    } else {
        form = form.button(Button::submit("Save").primary());
    }
    Ok(Card::new(title, form))
}

async fn change(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    signed: Signed,
    fields: Fields,
) -> Outcome {
    match apply(&inner, &signed, &id, &fields).await {
        Ok(()) => Ok(go(format!("/apps/{id}"))),
        Err(error) => {
            let field = match &error {
                OfficeError::Name(_) | OfficeError::Store(RepositoryError::Taken { .. }) => "name",
                OfficeError::NoOwner => "owner",
                _ => return Err(error.into()),
            };
            answer(&inner, &signed, &id, &Trouble::with(field, &error)).await
        }
    }
}

async fn apply(inner: &Inner, signed: &Signed, id: &str, fields: &Fields) -> Result<(), OfficeError> {
    let id = AppId::parse(id)?;
    let owners = fields
        .all("owner")
        .map(OperatorId::parse)
        .collect::<Result<Vec<_>, _>>()?;
    inner
        .office
        .change_app_to(&signed.actor, &id, fields.text("name"), &owners)
        .await?;
    if fields.text("do") == "promote" {
        inner
            .office
            .promote_apps(&signed.actor, std::slice::from_ref(&id), &owners)
            .await?;
    }
    Ok(())
}
