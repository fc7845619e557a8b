//! Oneself: sessions, password.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use governance::{OfficeError, Session, SessionId};
use ui::table::{Cell, Column, Row, Table, TableQuery};
use ui::{
    Button, Card, Crumb, EmptyState, Facts, Field, Form, Html, Icon, Notice, PageHead, PostButton, Time, Tone,
};

use super::passwords::{self, Checked};
use super::{go, linking, passkeys};
use crate::Inner;
use crate::frame::{Area, csrf, page};
use crate::web::{Failed, Fields, Outcome, Signed, Trouble};

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .route("/account", get(show))
        .route("/account/password", post(change_password))
        .route("/account/sessions/{id}/end", post(end))
}

async fn show(State(inner): State<Arc<Inner>>, signed: Signed) -> Outcome {
    answer(&inner, &signed, &Trouble::none(), Html::default()).await
}

pub(super) async fn answer(inner: &Inner, signed: &Signed, trouble: &Trouble, said: Html) -> Outcome {
    let sessions = inner.office.own_sessions(&signed.actor).await?;
    let kept = inner.office.own_sign_in(&signed.actor).await?;
    let operator = &signed.whose.operator;
    let facts = Facts::new()
        .fact("Name", &operator.name)
        .fact("E-mail", operator.email.as_str())
        .fact("Roles", operator.roles.to_string());
    let body = Html::from(PageHead::new("Your account"))
        .and(said)
        .and(Card::new("You", facts))
        .and(
            Card::new("Sessions", table(signed, &sessions))
                .text("A session ends after 30 minutes without use, and after 12 hours at the latest.")
                .flush(),
        )
        .and(passkeys::card(inner, signed, trouble).await?)
        .and(linking::card(inner, signed, trouble).await?)
        .and(
            Card::new(
                "API keys",
                Html::text("Programs that act for you through the API."),
            )
            .action(Button::link("API keys", "/account/keys").icon(Icon::Key)),
        );
    let has_password = kept.password.is_some();
    let body = if has_password {
        body.and(Card::new("Password", form(signed, trouble)))
    } else {
        body
    };
    let crumbs = vec![Crumb::here("Your account")];
    Ok(page(signed, Area::Oneself, "Your account", crumbs, &body))
}

fn table(signed: &Signed, sessions: &[Session]) -> Html {
    let state = TableQuery::parse("");
    let row = |session: &Session| {
        let is_this = session.id == signed.whose.session.id;
        let end = if is_this {
            Cell::text("This one")
        } else {
            Cell::piece(PostButton::new(
                Button::submit("End").quiet(),
                format!("/account/sessions/{}/end", session.id),
                csrf(signed),
            ))
        };
        let agent = if session.agent.is_empty() {
            "Unknown browser"
        } else {
            &session.agent
        };
        let cells = vec![
            Cell::text(agent),
            Cell::text(session.from.as_deref().unwrap_or("unknown")),
            Cell::piece(Time::ago(session.created_at)),
            Cell::piece(Time::ago(session.seen_at)),
            end,
        ];
        Row::new(session.id.as_str(), cells)
    };
    let table = Table {
        id: "sessions",
        label: "Sessions",
        columns: vec![
            Column::new("agent", "Browser"),
            Column::new("from", "From"),
            Column::new("since", "Signed in"),
            Column::new("seen", "Last used"),
            Column::new("end", "End"),
        ],
        rows: sessions.iter().map(row).collect(),
        state: &state,
        total: sessions.len() as u64,
        filters: Vec::new(),
        search_placeholder: "",
        empty: EmptyState::new(Icon::Key, "No session", "You are signed in nowhere."),
        bulk: None,
        csv_href: None,
    };
    Html::from(table)
}

fn form(signed: &Signed, trouble: &Trouble) -> Form {
    Form::new("/account/password", csrf(signed))
        .field(
            Field::password("current", "Current password", "current-password")
                .error(trouble.at("current"))
                .required(),
        )
        .field(
            Field::password("password", "New password", "new-password")
                .hint("At least 12 characters. Your other sessions end.")
                .error(trouble.at("password"))
                .required(),
        )
        .field(Field::password("again", "New password again", "new-password").required())
        .button(Button::submit("Change password").primary())
}

async fn change_password(State(inner): State<Arc<Inner>>, signed: Signed, fields: Fields) -> Outcome {
    let operator = &signed.whose.operator;
    let from = signed.actor.from.as_deref().unwrap_or("unknown");
    if !inner.rates.allow(from, inner.office.now()) {
        return Err(Failed::TooMany);
    }
    let kept = inner.office.own_sign_in(&signed.actor).await?;
    let current = fields.password("current");
    let checked = passwords::check(inner.settings.strength, kept.password.as_deref(), current).await?;
    if checked == Checked::Wrong {
        let trouble = Trouble::with("current", "This is not your password.");
        return answer(&inner, &signed, &trouble, Html::default()).await;
    }
    let (typed, again) = (fields.password("password"), fields.password("again"));
    if let Some(trouble) = passwords::trouble(operator.email.as_str(), &typed, &again) {
        let trouble = Trouble::with("password", trouble);
        return answer(&inner, &signed, &trouble, Html::default()).await;
    }
    let password = passwords::hashed(&inner, typed).await?;
    inner.office.change_password(&signed.actor, password).await?;
    let said = Notice::new(Tone::Good, "Your password was changed").text("Your other sessions have ended.");
    answer(&inner, &signed, &Trouble::none(), said.into()).await
}

async fn end(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    signed: Signed,
    _fields: Fields,
) -> Result<Response, Failed> {
    let id = SessionId::parse(&id).map_err(OfficeError::from)?;
    inner.office.end_session(&signed.actor, &id).await?;
    Ok(go("/account"))
}
