//! One's own API keys: listed, made, shown once, taken back.

use std::sync::Arc;

use axum::extract::{Path, State};
use governance::{Action, ApiKey, KeyLife, KeyScope, NewApiKey, OfficeError};
use lobby::LobbyError;
use secrecy::{ExposeSecret as _, SecretString};
use ui::table::{Cell, Column, Row, Table, TableQuery};
use ui::{
    Button, Card, Choice, CopyBox, Crumb, EmptyState, Field, Form, Html, Icon, Notice, PageHead,
    SelectOption, Time, Tone,
};

use super::{cells, named, revocation};
use crate::Inner;
use crate::frame::{Area, csrf, page};
use crate::pages::go;
use crate::web::{Fields, Outcome, Signed, Trouble};

/// How long a key is good unless somebody says otherwise.
const LIFE: KeyLife = KeyLife::Quarter;

/// What was typed, and what is wrong with it.
struct Draft<'a> {
    name: &'a str,
    scope: KeyScope,
    life: KeyLife,
    trouble: Trouble,
}

impl Default for Draft<'_> {
    fn default() -> Self {
        Self {
            name: "",
            scope: KeyScope::ReadOnly,
            life: LIFE,
            trouble: Trouble::none(),
        }
    }
}

pub(super) async fn list(State(inner): State<Arc<Inner>>, signed: Signed) -> Outcome {
    answer(&inner, &signed, &Draft::default(), Html::default()).await
}

async fn answer(inner: &Inner, signed: &Signed, draft: &Draft<'_>, new: Html) -> Outcome {
    let keys = inner.office.own_api_keys(&signed.actor).await?;
    let head = PageHead::new("API keys").text(
        "A program that has one acts for you. It never may more than you, and the audit trail names both.",
    );
    let body = Html::from(head)
        .and(new)
        .and(Card::new("Your keys", table(inner, signed, &keys)).flush())
        .and(Card::new("New key", form(signed, draft)));
    let crumbs = vec![Crumb::to("Your account", "/account"), Crumb::here("API keys")];
    Ok(page(signed, Area::Oneself, "API keys", crumbs, &body))
}

fn table(inner: &Inner, signed: &Signed, keys: &[ApiKey]) -> Html {
    let state = TableQuery::parse("");
    let row = |key: &ApiKey| {
        let [scope, ending, used, expires] = cells(key, inner.office.now());
        let name = Cell::text(&key.name).below(Html::text("Made ").and(Time::ago(key.created_at)));
        let revoke = Cell::piece(revocation(signed, key, "/account/keys"));
        Row::new(key.id.as_str(), vec![name, scope, ending, used, expires, revoke])
    };
    let table = Table {
        id: "keys",
        label: "API keys",
        columns: vec![
            Column::new("name", "Name"),
            Column::new("scope", "May"),
            Column::new("ending", "Ends in"),
            Column::new("used", "Last used"),
            Column::new("expires", "Expires"),
            Column::new("revoke", "Revoke"),
        ],
        rows: keys.iter().map(row).collect(),
        state: &state,
        total: keys.len() as u64,
        filters: Vec::new(),
        search_placeholder: "",
        empty: EmptyState::new(
            Icon::Key,
            "No API key",
            "Make one for each program, so that each can be revoked alone.",
        ),
        bulk: None,
        csv_href: None,
    };
    Html::from(table)
}

fn form(signed: &Signed, draft: &Draft<'_>) -> Form {
    let lives =
        KeyLife::ALL.map(|life| SelectOption::new(life.days().to_string(), format!("{} days", life.days())));
    Form::new("/account/keys", csrf(signed))
        .field(
            Field::text("name", "Name")
                .hint("What uses it, such as Deploy pipeline.")
                .value(draft.name)
                .error(draft.trouble.at("name"))
                .required(),
        )
        .field(Field::cards("scope", "What may it do?", scopes(signed, draft)).required())
        .field(
            Field::select("days", "Good for", lives.to_vec())
                .value(draft.life.days().to_string())
                .required(),
        )
        .button(Button::submit("Create key").primary().icon(Icon::Key))
}

/// Those that this person can have.
fn scopes(signed: &Signed, draft: &Draft<'_>) -> Vec<Choice> {
    let may_manage = signed.actor.may(Action::ManageOperators).is_ok();
    let offered = KeyScope::ALL
        .into_iter()
        .filter(|scope| may_manage || *scope != KeyScope::Users);
    let choice = |scope: KeyScope| {
        let choice = Choice::new(scope.as_str(), scope.to_string(), scope.about());
        if scope == draft.scope {
            choice.checked()
        } else {
            choice
        }
    };
    offered.map(choice).collect()
}

/// Makes a key. Only its hash is kept; the secret is in this answer and nowhere else.
pub(super) async fn add(State(inner): State<Arc<Inner>>, signed: Signed, fields: Fields) -> Outcome {
    let days = fields.text("days").parse().unwrap_or_default();
    let mut draft = Draft {
        name: fields.text("name"),
        scope: KeyScope::parse(fields.text("scope")).unwrap_or(KeyScope::ReadOnly),
        life: KeyLife::of_days(days).unwrap_or(LIFE),
        trouble: Trouble::none(),
    };
    let new = NewApiKey {
        name: draft.name,
        scope: draft.scope,
        life: draft.life,
    };
    match inner.lobby.add_api_key(&signed.actor, &new).await {
        Ok((key, text)) => answer(&inner, &signed, &Draft::default(), once(&key, &text)).await,
        Err(LobbyError::Office(OfficeError::Name(error))) => {
            draft.trouble = Trouble::with("name", error);
            answer(&inner, &signed, &draft, Html::default()).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The new key.
fn once(key: &ApiKey, text: &SecretString) -> Html {
    let notice = Notice::new(Tone::Warn, "The key is shown this once")
        .text("It is not kept and cannot be shown again.");
    let shown = CopyBox::labelled(key.name.as_str(), text.expose_secret());
    Html::from(notice).and(Card::new("Your new key", shown))
}

pub(super) async fn revoke(
    State(inner): State<Arc<Inner>>,
    Path(key): Path<String>,
    signed: Signed,
    _fields: Fields,
) -> Outcome {
    inner.office.revoke_api_key(&signed.actor, &named(&key)?).await?;
    Ok(go("/account/keys"))
}
