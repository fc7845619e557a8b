//! People who use the console: listed, added, changed, let in no more.

use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::{get, post};
use governance::repository::RepositoryError;
use governance::{
    Action, OfficeError, Operator, OperatorId, OperatorSource, OperatorStatus, Role, Roles, SingleSignOn,
};
use lobby::LobbyError;
use ui::table::{Cell, Column, Filter, Row, Table, TableQuery};
use ui::{
    Button, Card, Choice, ConfirmForm, Crumb, EmptyState, Facts, Field, Form, Html, Icon, PageHead,
    PostButton, Time,
};

use super::{go, words};
use crate::Inner;
use crate::frame::{Area, csrf, on_page, page};
use crate::web::{Failed, Fields, Named, Outcome, Signed, Trouble};

/// What the form says of somebody who signs in with the provider.
const BY_PROVIDER: &str = "provider";

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .route("/users", get(list).post(add))
        .route("/users/add", get(form))
        .route("/users/{id}", get(show))
        .route("/users/{id}/roles", post(set_roles))
        .route("/users/{id}/deactivate", post(deactivate))
        .route("/users/{id}/reactivate", post(reactivate))
        .route("/users/{id}/end-sessions", post(end_sessions))
}

fn crumbs(below: &str) -> Vec<Crumb> {
    vec![Crumb::to("Users", "/users"), Crumb::here(below)]
}

async fn list(State(inner): State<Arc<Inner>>, RawQuery(query): RawQuery, signed: Signed) -> Outcome {
    let state = TableQuery::parse(query.as_deref().unwrap_or_default());
    let wanted = state.q.to_lowercase();
    let fits = |one: &Operator| {
        let words = format!("{} {}", one.name, one.email).to_lowercase();
        words.contains(&wanted) && state.lets_through("status", &one.status.to_string())
    };
    let mut people = inner.office.operators(&signed.actor).await?;
    people.retain(fits);
    if state.sort.as_ref().is_some_and(|sort| sort.descending) {
        people.reverse();
    }
    let total = people.len() as u64;
    let shown = on_page(people, &state);
    let statuses = ["Invited", "Active", "Deactivated"];
    let table = Table {
        id: "users",
        label: "Users",
        columns: vec![
            Column::new("name", "Name").sortable(),
            Column::new("roles", "Roles"),
            Column::new("status", "Status"),
            Column::new("source", "From").wide_only(),
            Column::new("since", "Since").wide_only(),
        ],
        rows: shown.map(|one| row(&one)).collect(),
        state: &state,
        total,
        filters: vec![Filter::new(
            "status",
            "Status",
            statuses.map(|status| (status, status)),
        )],
        search_placeholder: "Search name or e-mail",
        empty: EmptyState::new(Icon::People, "Nobody", "Somebody has to be here: look again."),
        bulk: None,
        csv_href: None,
    };
    let table = Html::from(table);
    let mut head = PageHead::new("Users").text("Who uses this console, and what they may do.");
    if signed.actor.may(Action::ManageOperators).is_ok() {
        head = head.action(Button::link("Import", "/users/import"));
        head = head.action(Button::link("Provisioning", "/users/provisioning"));
        head = head.action(Button::link("API keys", "/users/keys").icon(Icon::Key));
        head = head.action(Button::link("Add user", "/users/add").primary().icon(Icon::Plus));
    }
    let body = Html::from(head).and(table);
    Ok(page(
        &signed,
        Area::Users,
        "Users",
        vec![Crumb::here("Users")],
        &body,
    ))
}

fn row(one: &Operator) -> Row {
    let cells = vec![
        Cell::text(&one.name).below(one.email.as_str()),
        Cell::text(one.roles.to_string()),
        Cell::piece(words::status(one)),
        Cell::text(source(one)),
        Cell::piece(Time::ago(one.created_at)),
    ];
    Row::new(one.id.as_str(), cells).href(format!("/users/{}", one.id))
}

fn source(one: &Operator) -> &'static str {
    match &one.source {
        OperatorSource::Local => "Added here",
        OperatorSource::Invited | OperatorSource::OpenId { .. } => "Single sign-on",
        OperatorSource::Directory { deleted: false, .. } => "A directory",
        OperatorSource::Directory { deleted: true, .. } => "A directory, which let go of them",
    }
}

/// What was typed.
#[derive(Default)]
struct Typed {
    name: String,
    email: String,
    roles: Roles,
    by_provider: bool,
}

async fn form(State(inner): State<Arc<Inner>>, signed: Signed) -> Outcome {
    signed
        .actor
        .may(Action::ManageOperators)
        .map_err(OfficeError::from)?;
    let sign_on = inner.office.offered_sign_on().await?;
    let typed = Typed::default();
    Ok(add_page(&signed, &typed, sign_on.as_ref(), &Trouble::none()))
}

fn add_page(signed: &Signed, typed: &Typed, sign_on: Option<&SingleSignOn>, trouble: &Trouble) -> Response {
    let mut form = Form::new("/users", csrf(signed))
        .field(
            Field::text("name", "Name")
                .value(&typed.name)
                .error(trouble.at("name"))
                .required(),
        )
        .field(
            Field::email("email", "E-mail")
                .value(&typed.email)
                .error(trouble.at("email"))
                .required(),
        )
        .field(
            Field::check_cards("role", "Roles", role_choices(&typed.roles))
                .error(trouble.at("role"))
                .required(),
        );
    if let Some(sign_on) = sign_on {
        let ways = ways(sign_on, typed.by_provider);
        form = form.field(Field::cards("way", "How do they sign in?", ways).required());
    }
    let form = form
        .button(Button::submit("Add user").primary())
        .button(Button::link("Cancel", "/users").quiet());
    let body = Html::from(PageHead::new("Add user")).and(Card::new("Who", form));
    page(signed, Area::Users, "Add user", crumbs("Add user"), &body)
}

fn ways(sign_on: &SingleSignOn, by_provider: bool) -> Vec<Choice> {
    let choice = |value, label: &str, text: &str, chosen| {
        let choice = Choice::new(value, label, text);
        if chosen { choice.checked() } else { choice }
    };
    vec![
        choice(
            "password",
            "With a password",
            "They get a link to choose one, good for three days.",
            !by_provider,
        ),
        choice(
            BY_PROVIDER,
            &format!("With {}", sign_on.name),
            "It has to vouch for this address as verified.",
            by_provider,
        ),
    ]
}

fn role_choices(chosen: &Roles) -> Vec<Choice> {
    let choice = |role: Role| {
        let choice = Choice::new(role.as_str(), role.to_string(), role.about());
        if chosen.has(role) {
            choice.checked()
        } else {
            choice
        }
    };
    Role::ALL.into_iter().map(choice).collect()
}

fn roles(fields: &Fields) -> Roles {
    fields.all("role").filter_map(Role::parse).collect()
}

async fn add(State(inner): State<Arc<Inner>>, signed: Signed, fields: Fields) -> Outcome {
    let typed = Typed {
        name: fields.text("name").to_owned(),
        email: fields.text("email").to_owned(),
        roles: roles(&fields),
        by_provider: fields.text("way") == BY_PROVIDER,
    };
    let sign_on = inner.office.offered_sign_on().await?;
    if typed.roles.iter().next().is_none() {
        let trouble = Trouble::with("role", "Choose at least one role.");
        return Ok(add_page(&signed, &typed, sign_on.as_ref(), &trouble));
    }
    match added(&inner, &signed, &typed).await {
        Ok(operator) => Ok(go(format!("/users/{}", operator.id))),
        Err(LobbyError::Office(error)) => {
            let field = match &error {
                OfficeError::Name(_) => "name",
                OfficeError::Email(_) | OfficeError::Store(RepositoryError::Taken { .. }) => "email",
                _ => return Err(error.into()),
            };
            let trouble = Trouble::with(field, &error);
            Ok(add_page(&signed, &typed, sign_on.as_ref(), &trouble))
        }
        Err(error) => Err(error.into()),
    }
}

/// Adds somebody, who gets a letter with the way in.
async fn added(inner: &Inner, signed: &Signed, typed: &Typed) -> Result<Operator, LobbyError> {
    let (who, roles) = ((&*typed.name, &*typed.email), typed.roles.clone());
    if typed.by_provider {
        let link = format!("https://{}/sign-in", inner.lobby.address);
        let invited = inner.office.invite_operator(&signed.actor, who, roles, &link);
        return Ok(invited.await?);
    }
    inner.lobby.add_operator(&signed.actor, who, roles).await
}

async fn one(inner: &Inner, signed: &Signed, id: &OperatorId) -> Result<Operator, Failed> {
    let all = inner.office.operators(&signed.actor).await?;
    let found = all.into_iter().find(|one| one.id == *id);
    Ok(found.ok_or(OfficeError::Unknown("user"))?)
}

async fn show(State(inner): State<Arc<Inner>>, Named(id): Named<OperatorId>, signed: Signed) -> Outcome {
    let one = one(&inner, &signed, &id).await?;
    let facts = Facts::new()
        .fact("E-mail", one.email.as_str())
        .piece("Status", words::status(&one))
        .fact("From", source(&one))
        .piece("Since", Time::ago(one.created_at));
    let mut body =
        Html::from(PageHead::new(one.name.as_str()).state(words::status(&one))).and(Card::new("Who", facts));
    if signed.actor.may(Action::ManageOperators).is_ok() {
        body = body.and(role_form(&signed, &one)).and(access(&signed, &one));
    } else {
        body = body.and(Card::new("Roles", Html::text(one.roles.to_string())));
    }
    Ok(page(&signed, Area::Users, &one.name, crumbs(&one.name), &body))
}

fn role_form(signed: &Signed, one: &Operator) -> Card {
    let form = Form::new(format!("/users/{}/roles", one.id), csrf(signed))
        .field(Field::check_cards("role", "Roles", role_choices(&one.roles)).required())
        .button(Button::submit("Save").primary());
    Card::new("Roles", form).text("They hold from the next page on that this person opens.")
}

fn access(signed: &Signed, one: &Operator) -> Card {
    let here = format!("/users/{}", one.id);
    if let OperatorStatus::Deactivated { .. } = one.status {
        let back = PostButton::new(
            Button::submit("Let in again"),
            format!("{here}/reactivate"),
            csrf(signed),
        );
        return Card::new("Access", back);
    }
    let end = PostButton::new(
        Button::submit("End all sessions"),
        format!("{here}/end-sessions"),
        csrf(signed),
    );
    let deactivate = ConfirmForm::new(
        "deactivate",
        "Deactivate",
        Button::submit("Deactivate").danger(),
        format!("{here}/deactivate"),
        csrf(signed),
    )
    .question(format!("Let {} in no more?", one.name))
    .text("Their sessions and API keys end at once. What they did stays on record, and they can be let in again.");
    Card::new("Access", Html::from(end).and(deactivate)).danger()
}

async fn set_roles(
    State(inner): State<Arc<Inner>>,
    Named(id): Named<OperatorId>,
    signed: Signed,
    fields: Fields,
) -> Outcome {
    let roles = roles(&fields);
    inner.lobby.set_roles(&signed.actor, &id, &roles).await?;
    Ok(go(format!("/users/{id}")))
}

async fn deactivate(
    State(inner): State<Arc<Inner>>,
    Named(id): Named<OperatorId>,
    signed: Signed,
    _fields: Fields,
) -> Outcome {
    inner.office.deactivate(&signed.actor, &id).await?;
    Ok(go(format!("/users/{id}")))
}

async fn reactivate(
    State(inner): State<Arc<Inner>>,
    Named(id): Named<OperatorId>,
    signed: Signed,
    _fields: Fields,
) -> Outcome {
    inner.office.reactivate(&signed.actor, &id).await?;
    Ok(go(format!("/users/{id}")))
}

async fn end_sessions(
    State(inner): State<Arc<Inner>>,
    Named(id): Named<OperatorId>,
    signed: Signed,
    _fields: Fields,
) -> Outcome {
    inner.office.end_sessions_of(&signed.actor, &id).await?;
    Ok(go(format!("/users/{id}")))
}
