//! How a directory brings people: where it calls, with which key, and which role its groups give.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use governance::{ApiKey, Group, GroupRole, KeyScope, OfficeError, Operator, Provisioning, Role};
use ui::table::{Cell, Column, Row, Table, TableQuery};
use ui::{
    Button, Card, ConfirmForm, CopyBox, Crumb, EmptyState, Field, Form, Html, Icon, Link, PageHead,
    SelectOption, Steps, Time,
};

use super::go;
use crate::Inner;
use crate::frame::{Area, csrf, page};
use crate::web::{Fields, Outcome, Signed, Trouble};

/// Where directories call, on the console's host and port.
const PLACE: &str = "/scim/v2";

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .route("/users/provisioning", get(show).post(save))
        .route("/users/provisioning/groups", post(map))
        .route("/users/provisioning/groups/remove", post(unmap))
}

async fn show(State(inner): State<Arc<Inner>>, signed: Signed) -> Outcome {
    answer(&inner, &signed, "", &Trouble::none()).await
}

async fn answer(inner: &Inner, signed: &Signed, group: &str, trouble: &Trouble) -> Outcome {
    let settings = inner.office.provisioning(&signed.actor).await?;
    let groups = inner.office.groups(&signed.actor).await?;
    let mut keys = inner.office.api_keys(&signed.actor).await?;
    keys.retain(|(key, _)| key.scope == KeyScope::Users);
    let head = PageHead::new("Provisioning")
        .text("A directory such as Okta, Entra ID or Keycloak adds, changes and deactivates its people here, by SCIM 2.0.");
    let body = Html::from(head)
        .and(Card::new("Connect the directory", steps(inner)))
        .and(Card::new("Keys that it calls with", keys_table(inner, &keys)).flush())
        .and(Card::new("Roles by group", roles_table(signed, &settings, &groups)).flush())
        .and(Card::new(
            "Give a group a role",
            role_form(signed, &groups, group, trouble),
        ))
        .and(Card::new("How people come in", settings_form(signed, &settings)));
    Ok(shown(signed, &body))
}

fn shown(signed: &Signed, body: &Html) -> Response {
    let crumbs = vec![Crumb::to("Users", "/users"), Crumb::here("Provisioning")];
    page(signed, Area::Users, "Provisioning", crumbs, body)
}

fn steps(inner: &Inner) -> Steps {
    let base = format!("https://{}{PLACE}", inner.lobby.address);
    let key = Html::text("Under ")
        .and(Link::new("Your account, API keys", "/account/keys"))
        .and(Html::text(
            ", make a key of the kind Users by SCIM, and give it to the directory as its bearer token. It acts for you, \
             and is shown once.",
        ));
    Steps::new()
        .step("Make a key", key)
        .step(
            "Tell the directory where to call",
            CopyBox::labelled("Base address", base),
        )
        .step(
            "Map the user name to the e-mail address",
            Html::text("People are found by userName, which has to be the address that they sign in with."),
        )
}

fn plain_table<'a>(
    id: &'a str,
    label: &'a str,
    state: &'a TableQuery,
    (columns, rows): (Vec<Column>, Vec<Row>),
    empty: EmptyState,
) -> Html {
    let total = rows.len() as u64;
    Html::from(Table {
        id,
        label,
        columns,
        rows,
        state,
        total,
        filters: Vec::new(),
        search_placeholder: "",
        empty,
        bulk: None,
        csv_href: None,
    })
}

fn keys_table(inner: &Inner, keys: &[(ApiKey, Operator)]) -> Html {
    let now = inner.office.now();
    let row = |(key, owner): &(ApiKey, Operator)| {
        let used = key
            .used_at
            .map_or_else(|| Html::text("Never"), |at| Time::ago(at).into());
        let expires = if key.is_good(now) {
            Html::from(Time::ago(key.expires_at))
        } else {
            Html::text("Expired")
        };
        let cells = vec![
            Cell::text(&key.name),
            Cell::text(&owner.name),
            Cell::piece(used),
            Cell::piece(expires),
        ];
        Row::new(key.id.as_str(), cells)
    };
    let columns = vec![
        Column::new("name", "Name"),
        Column::new("owner", "Acts for"),
        Column::new("used", "Last call"),
        Column::new("expires", "Expires"),
    ];
    let rows = keys.iter().map(row).collect();
    let empty = EmptyState::new(Icon::Key, "No key yet", "Nothing can call until there is one.");
    plain_table("keys", "Keys", &TableQuery::parse(""), (columns, rows), empty)
}

fn roles_table(signed: &Signed, settings: &Provisioning, groups: &[Group]) -> Html {
    let row = |(place, one): (usize, &GroupRole)| {
        let known = groups
            .iter()
            .find(|group| Group::key(&group.says.name) == Group::key(&one.group));
        let members = known.map_or_else(
            || "Not known yet".to_owned(),
            |group| group.says.members.len().to_string(),
        );
        let remove = ConfirmForm::new(
            format!("remove-{place}"),
            "Remove",
            Button::submit("Remove").danger(),
            "/users/provisioning/groups/remove",
            csrf(signed),
        )
        .question(format!("Take {} from the members of {}?", one.role, one.group))
        .text("They lose it with the next page that they open, unless another group of theirs gives it.")
        .hidden("group", one.group.as_str())
        .hidden("role", one.role.as_str());
        let cells = vec![
            Cell::text(&one.group),
            Cell::text(one.role.to_string()),
            Cell::text(members),
            Cell::piece(remove),
        ];
        Row::new(place.to_string(), cells)
    };
    let columns = vec![
        Column::new("group", "Group"),
        Column::new("role", "Role"),
        Column::new("members", "Members"),
        Column::new("remove", "Remove"),
    ];
    let rows = settings.roles.iter().enumerate().map(row).collect();
    let empty = EmptyState::new(
        Icon::People,
        "No group gives a role",
        "Whoever a directory brings is a User until a group of theirs is more.",
    );
    plain_table(
        "roles",
        "Roles by group",
        &TableQuery::parse(""),
        (columns, rows),
        empty,
    )
}

fn role_form(signed: &Signed, groups: &[Group], group: &str, trouble: &Trouble) -> Form {
    let roles = Role::ALL.into_iter().rev();
    let roles = roles
        .map(|role| SelectOption::new(role.as_str(), role.to_string()))
        .collect();
    let known = groups.iter().map(|group| group.says.name.clone()).collect();
    Form::new("/users/provisioning/groups", csrf(signed))
        .field(
            Field::text("group", "Group")
                .hint("As the directory calls it. It can be given a role before it is known here.")
                .value(group)
                .suggestions(known)
                .error(trouble.at("group"))
                .required(),
        )
        .field(Field::select("role", "Role", roles).required())
        .field(
            Field::checkbox(
                "everything",
                "For Super Administrator: I mean it. Whoever decides who is in this group decides who may do everything here",
                false,
            )
            .error(trouble.at("everything")),
        )
        .button(Button::submit("Give the role").primary())
}

fn settings_form(signed: &Signed, settings: &Provisioning) -> Form {
    Form::new("/users/provisioning", csrf(signed))
        .field(
            Field::checkbox(
                "invites",
                "Send new people a link to choose a password",
                settings.invites,
            )
            .hint("Good for three days. Without it they need another way to sign in."),
        )
        .field(
            Field::checkbox(
                "adopts",
                "Let the directory take over people who were added here, by their e-mail address",
                settings.adopts,
            )
            .hint("Otherwise it is refused. Super Administrators who were added here are never taken over."),
        )
        .button(Button::submit("Save").primary())
}

async fn save(State(inner): State<Arc<Inner>>, signed: Signed, fields: Fields) -> Outcome {
    let (adopts, invites) = (fields.is_on("adopts"), fields.is_on("invites"));
    inner
        .office
        .set_provisioning(&signed.actor, adopts, invites)
        .await?;
    Ok(go("/users/provisioning"))
}

/// What a form says of a group and a role.
fn said(fields: &Fields) -> GroupRole {
    GroupRole {
        group: fields.text("group").to_owned(),
        role: Role::parse(fields.text("role")).unwrap_or(Role::User),
    }
}

async fn map(State(inner): State<Arc<Inner>>, signed: Signed, fields: Fields) -> Outcome {
    let new = said(&fields);
    let mapped = inner
        .office
        .map_group(&signed.actor, &new, fields.is_on("everything"));
    let (field, error) = match mapped.await {
        Ok(()) => return Ok(go("/users/provisioning")),
        Err(error @ OfficeError::Name(_)) => ("group", error),
        Err(error @ OfficeError::Conflict(_)) => ("everything", error),
        Err(error) => return Err(error.into()),
    };
    answer(&inner, &signed, &new.group, &Trouble::with(field, &error)).await
}

async fn unmap(State(inner): State<Arc<Inner>>, signed: Signed, fields: Fields) -> Outcome {
    inner.office.unmap_group(&signed.actor, &said(&fields)).await?;
    Ok(go("/users/provisioning"))
}
