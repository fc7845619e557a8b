//! Passkeys: signing in with one, alone or after something else; adding, listing and removing one's own.

use std::sync::Arc;

use authn::RecoveryCodes;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use governance::{NewPasskey, OfficeError, Operator, Passkey, PasskeyId, Proof, SessionScope};
use passkeys::{ALGORITHMS, NoUserVerification};
use ui::table::{Cell, Column, Row, Table, TableQuery};
use ui::{Button, Card, ConfirmForm, EmptyState, Field, Html, Icon, PasskeyForm, Time};

use super::passwords::{self, Checked};
use super::second_factor;
use super::sign_in::{self, To, allow};
use super::{account, go};
use crate::Inner;
use crate::frame::csrf;
use crate::passkeys::{Answered, Question, form, text};
use crate::web::{Failed, Fields, Outcome, Partly, Signed, Trouble, Visitor};

/// The fields of the form that adds one.
const NAME: &str = "passkey-name";
const PASSWORD: &str = "passkey-password";

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .route("/sign-in/passkey", post(sign_in))
        .route("/sign-in/code/passkey", post(second))
        .route("/second-factor/passkey", post(set_up))
        .route("/account/passkeys", post(add))
        .route("/account/passkeys/{passkey}/remove", post(remove))
}

/// On the sign-in page.
pub(super) fn sign_in_form(inner: &Inner, csrf: String, to: &str) -> Result<Html, Failed> {
    let button = Button::submit("Sign in with a passkey").icon(Icon::Key);
    let unscripted = "Signing in with a passkey needs scripts, which are off in this browser.";
    let form = form(inner, &Question::SignIn, button, unscripted)?;
    let form = form.map(|form| form.to("/sign-in/passkey", csrf).hidden("to", to).verifies());
    Ok(form.map(Html::from).unwrap_or_default())
}

/// On the page that asks for a code, for whoever has a passkey.
pub(super) async fn second_form(
    inner: &Inner,
    signed: &Signed,
    to: &str,
) -> Result<Option<PasskeyForm>, Failed> {
    let own = inner.office.passkeys_of(&signed.whose.operator.id).await?;
    if own.is_empty() {
        return Ok(None);
    }
    let button = Button::submit("Use a passkey").icon(Icon::Key);
    let unscripted = "A passkey needs scripts, which are off in this browser: use a code.";
    let form = form(inner, &second_question(signed), button, unscripted)?;
    let form = form.map(|form| form.to("/sign-in/code/passkey", csrf(signed)).hidden("to", to));
    Ok(form.map(|form| form.credentials(&credentials(&own))))
}

fn second_question(signed: &Signed) -> Question {
    Question::Second(signed.whose.session.id.to_string())
}

fn create_question(signed: &Signed) -> Question {
    Question::Create(signed.whose.session.id.to_string())
}

fn credentials(own: &[Passkey]) -> Vec<String> {
    own.iter().map(|passkey| text(&passkey.credential)).collect()
}

/// A form that makes one, for whoever has these.
fn create_form(
    inner: &Inner,
    signed: &Signed,
    own: &[Passkey],
    button: Button,
) -> Result<Option<PasskeyForm>, Failed> {
    let unscripted = "A passkey needs scripts, which are off in this browser: use an authenticator app.";
    let form = form(inner, &create_question(signed), button, unscripted)?;
    let operator = &signed.whose.operator;
    let person = (text(operator.id.as_str().as_bytes()), operator.email.as_str());
    let create = |form: PasskeyForm| form.create((&person.0, person.1), &ALGORITHMS);
    Ok(form.map(create).map(|form| form.credentials(&credentials(own))))
}

/// On the page where a second factor is set up.
pub(super) fn set_up_form(inner: &Inner, signed: &Signed) -> Result<Html, Failed> {
    let button = Button::submit("Use a passkey instead").icon(Icon::Key);
    let form = create_form(inner, signed, &[], button)?;
    let form = form.map(|form| form.to("/second-factor/passkey", csrf(signed)));
    Ok(form.map(Html::from).unwrap_or_default())
}

/// Whose passkey it is, once that is shown; a reason for the trail when it is not.
async fn known(inner: &Inner, fields: &Fields) -> Result<Result<Operator, (String, String)>, Failed> {
    let refused = |who: &str, why: &str| Ok(Err((who.to_owned(), format!("passkey: {why}"))));
    let Some(answer) = Answered::to(inner, &Question::SignIn, fields) else {
        return refused("", "no answer to a question of ours");
    };
    let Some((passkey, operator)) = inner.office.passkey(answer.credential()).await? else {
        return refused("", "nobody here has it");
    };
    let email = operator.email.as_str();
    if !answer.is_of(&passkey) {
        return refused(email, "it is somebody else's");
    }
    let used = match answer.used(inner, &passkey, NoUserVerification::Refused) {
        Ok(used) => used,
        Err(fault) => return refused(email, &fault.to_string()),
    };
    if !operator.is_active() {
        return refused(email, "its owner is let in no more");
    }
    if !inner.office.use_passkey(used).await? {
        return refused(email, "the same answer came before");
    }
    Ok(Ok(operator))
}

async fn sign_in(State(inner): State<Arc<Inner>>, visitor: Visitor, fields: Fields) -> Outcome {
    if !allow(&inner, &visitor) {
        return Err(Failed::TooMany);
    }
    let to = To::path(fields.text("to"));
    match known(&inner, &fields).await? {
        Ok(operator) => {
            let whole = (SessionScope::Full, Proof::Passkey);
            let cookie = sign_in::begin(&inner, &visitor, &operator, whole).await?;
            Ok(([(SET_COOKIE, cookie)], go(to)).into_response())
        }
        Err((email, why)) => {
            let stranger = visitor.stranger();
            inner.office.sign_in_failed(&stranger, &email, None, &why).await?;
            let trouble = "This passkey does not let you in here. Try again, or use your password.";
            sign_in::page(&inner, &visitor, "", to, Some(trouble)).await
        }
    }
}

async fn second(
    State(inner): State<Arc<Inner>>,
    visitor: Visitor,
    Partly(signed): Partly,
    fields: Fields,
) -> Outcome {
    if signed.whose.session.scope != SessionScope::AwaitingCode {
        return Ok(go("/"));
    }
    if !allow(&inner, &visitor) {
        return Err(Failed::TooMany);
    }
    let to = To::path(fields.text("to"));
    let operator = &signed.whose.operator;
    let own = inner.office.passkeys_of(&operator.id).await?;
    let answer = Answered::to(&inner, &second_question(&signed), &fields);
    let used = answer.and_then(|answer| {
        let passkey = own.iter().find(|one| one.credential == answer.credential())?;
        answer.used(&inner, passkey, NoUserVerification::Accepted).ok()
    });
    let is_right = match used {
        Some(used) => inner.office.use_passkey(used).await?,
        None => false,
    };
    if !is_right {
        let (stranger, email) = (visitor.stranger(), operator.email.as_str());
        let why = "wrong passkey";
        inner
            .office
            .sign_in_failed(&stranger, email, Some(operator), why)
            .await?;
        let wrong = "This passkey is not right. Try again, or use a code.";
        return sign_in::code_page(&inner, &signed, to, Some(wrong)).await;
    }
    let kept = inner.office.own_sign_in(&signed.actor).await?;
    inner
        .office
        .sign_in_succeeded(&visitor.actor(), operator, kept, false)
        .await?;
    inner.office.leave_session(&signed.whose.session).await?;
    let whole = (SessionScope::Full, signed.whose.session.proof);
    let cookie = sign_in::begin(&inner, &visitor, operator, whole).await?;
    Ok(([(SET_COOKIE, cookie)], go(to)).into_response())
}

/// The passkey that was made, with that name.
fn made(
    inner: &Inner,
    signed: &Signed,
    fields: &Fields,
    name: &str,
) -> Result<(NewPasskey, [u8; 32]), &'static str> {
    const WRONG: &str = "That passkey could not be taken. Try again.";
    let answer = Answered::to(inner, &create_question(signed), fields).ok_or(WRONG)?;
    let new = answer.registered().map_err(|fault| {
        tracing::info!("a new passkey was not taken: {fault}");
        WRONG
    })?;
    let new = NewPasskey {
        credential: new.id,
        key: new.key,
        count: new.count,
        name: name.to_owned(),
    };
    Ok((new, answer.challenge()))
}

async fn set_up(
    State(inner): State<Arc<Inner>>,
    visitor: Visitor,
    Partly(signed): Partly,
    fields: Fields,
) -> Outcome {
    let Some(second) = second_factor::pending(&inner, &signed).await? else {
        return Ok(go("/"));
    };
    let (new, challenge) = match made(&inner, &signed, &fields, "My first passkey") {
        Ok(made) => made,
        Err(wrong) => return second_factor::page(&inner, &signed, &second, Some(wrong)),
    };
    let (codes, kept) = RecoveryCodes::generate(inner.lobby.helpers.random.as_ref())?;
    inner
        .office
        .set_up_with_passkey(&signed.actor, new, challenge, kept.to_text())
        .await?;
    second_factor::done(&inner, &visitor, &signed, &codes).await
}

/// What *Your account* says of them.
pub(super) async fn card(inner: &Inner, signed: &Signed, trouble: &Trouble) -> Result<Html, Failed> {
    let own = inner.office.passkeys_of(&signed.whose.operator.id).await?;
    let button = Button::submit("Add a passkey").icon(Icon::Plus);
    let Some(form) = create_form(inner, signed, &own, button)? else {
        return Ok(Html::default());
    };
    let mut form = form.to("/account/passkeys", csrf(signed)).field(
        Field::text(NAME, "Name")
            .hint("By which you tell it from others, such as My laptop.")
            .error(trouble.at(NAME))
            .required(),
    );
    if inner.office.own_sign_in(&signed.actor).await?.password.is_some() {
        form = form.field(
            Field::password(PASSWORD, "Password to confirm", "current-password")
                .error(trouble.at(PASSWORD))
                .required(),
        );
    }
    let list = Card::new("Passkeys", table(signed, &own))
        .text("With a passkey you sign in without a password, where your device makes sure that it is you.")
        .flush();
    Ok(Html::from(list).and(Card::new("Add a passkey", form)))
}

fn table(signed: &Signed, own: &[Passkey]) -> Html {
    let state = TableQuery::parse("");
    let row = |passkey: &Passkey| {
        let used = passkey
            .used_at
            .map_or_else(|| Html::text("Never"), |at| Time::ago(at).into());
        let remove = ConfirmForm::new(
            format!("remove-{}", passkey.id),
            "Remove",
            Button::submit("Remove").danger(),
            format!("/account/passkeys/{}/remove", passkey.id),
            csrf(signed),
        )
        .question(format!("Remove {}?", passkey.name))
        .text("It does not let you in any more. Remove it from your device too.");
        let cells = vec![
            Cell::text(&passkey.name),
            Cell::piece(Time::ago(passkey.created_at)),
            Cell::piece(used),
            Cell::piece(remove),
        ];
        Row::new(passkey.id.as_str(), cells)
    };
    let table = Table {
        id: "passkeys",
        label: "Passkeys",
        columns: vec![
            Column::new("name", "Name"),
            Column::new("since", "Added"),
            Column::new("used", "Last used"),
            Column::new("remove", "Remove"),
        ],
        rows: own.iter().map(row).collect(),
        state: &state,
        total: own.len() as u64,
        filters: Vec::new(),
        search_placeholder: "",
        empty: EmptyState::new(
            Icon::Key,
            "No passkey yet",
            "Add one that is on this device, or on a key of yours.",
        ),
        bulk: None,
        csv_href: None,
    };
    Html::from(table)
}

/// Whoever sits at a browser that somebody else left open does not get a way in that stays.
async fn add(State(inner): State<Arc<Inner>>, visitor: Visitor, signed: Signed, fields: Fields) -> Outcome {
    if !allow(&inner, &visitor) {
        return Err(Failed::TooMany);
    }
    let kept = inner.office.own_sign_in(&signed.actor).await?;
    if let Some(password) = kept.password.as_deref() {
        let typed = fields.password(PASSWORD);
        let checked = passwords::check(inner.settings.strength, Some(password), typed).await?;
        if checked == Checked::Wrong {
            let trouble = Trouble::with(PASSWORD, "This is not your password.");
            return account::answer(&inner, &signed, &trouble, Html::default()).await;
        }
    }
    let added = match made(&inner, &signed, &fields, fields.text(NAME)) {
        Ok((new, challenge)) => inner.office.add_passkey(&signed.actor, new, challenge).await,
        Err(wrong) => Err(OfficeError::Conflict(wrong)),
    };
    match added {
        Ok(()) => Ok(go("/account")),
        Err(error @ (OfficeError::Name(_) | OfficeError::Conflict(_))) => {
            let trouble = Trouble::with(NAME, &error);
            account::answer(&inner, &signed, &trouble, Html::default()).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn remove(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    signed: Signed,
    _fields: Fields,
) -> Result<Response, Failed> {
    let id = PasskeyId::parse(&id).map_err(OfficeError::from)?;
    inner.office.remove_passkey(&signed.actor, &id).await?;
    Ok(go("/account"))
}
