//! How a hosted connector reaches its account: entered, tested, saved, never shown again.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use governance::{
    Action, Authentication, CheckOutcome, Checked, ConnectorSettings, Mode, OfficeError, SealedSecret, Seen,
};
use secrecy::{ExposeSecret as _, SecretString};
use ui::{Button, Card, Choice, Field, Form, Html, Icon};

use super::add::steps;
use super::head::{Side, crumbs, head, path};
use super::settings_help::{checklist, help, rejected};
use super::{named, pasted};
use crate::frame::{Area, csrf, page};
use crate::helpers::Candidate;
use crate::pages::go;
use crate::secrets::seal_for_connector;
use crate::web::{Failed, Fields, Outcome, Signed};
use crate::{Checklist, Inner, ProbeError};

/// The length of an account id.
const ACCOUNT_ID: usize = 32;

/// What was typed, and what is wrong with it.
#[derive(Default)]
pub(super) struct Typed {
    account_id: String,
    email: String,
    pub(super) is_key: bool,
    mode: Option<Mode>,
    /// The token or key that was pasted, sealed for the page that comes back.
    pasted: Option<String>,
    pub(super) troubles: Vec<(&'static str, &'static str)>,
}

impl Typed {
    fn error(&self, field: &str) -> Option<&'static str> {
        let of = self.troubles.iter().find(|(at, _)| *at == field);
        of.map(|(_, text)| *text)
    }

    fn of(settings: &ConnectorSettings) -> Self {
        let email = match &settings.authentication {
            Authentication::ApiToken => None,
            Authentication::ApiKey { email } => Some(email.clone()),
        };
        Self {
            account_id: settings.account_id.clone(),
            is_key: email.is_some(),
            email: email.unwrap_or_default(),
            mode: Some(settings.mode),
            pasted: None,
            troubles: Vec::new(),
        }
    }
}

pub(super) async fn form(State(inner): State<Arc<Inner>>, Path(id): Path<String>, signed: Signed) -> Outcome {
    let seen = changeable(&inner, &signed, &id).await?;
    let typed = seen.settings.as_ref().map(Typed::of).unwrap_or_default();
    Ok(show(&inner, &signed, &seen, &typed, Html::default()))
}

async fn changeable(inner: &Inner, signed: &Signed, id: &str) -> Result<Seen, Failed> {
    let seen = inner.office.seen(&signed.actor, &named(id)?).await?;
    let may = signed.actor.may(Action::ConfigureConnector(&seen.installation));
    may.map_err(OfficeError::from)?;
    Ok(seen)
}

fn show(inner: &Inner, signed: &Signed, seen: &Seen, typed: &Typed, said: Html) -> Response {
    let here = path(&seen.connector.id);
    let mode = typed.mode.unwrap_or(Mode::Reviews);
    let form = Form::new(format!("{here}/settings"), csrf(signed))
        .field(
            Field::text("account_id", "Account ID")
                .hint("In the dashboard's address, or on the account's overview page, under API: 32 letters and digits.")
                .value(&typed.account_id)
                .error(typed.error("account_id"))
                .required(),
        )
        .field(Field::cards("way", "How does it authenticate?", ways(seen, typed)).required())
        .field(Field::cards("mode", "What is it to do?", modes(mode)).required())
        .button(Button::submit("Save").primary())
        .button(Button::submit("Test").answer("do", "test").icon(Icon::Shield))
        .button(Button::link("Cancel", here).quiet());
    let form = typed
        .pasted
        .iter()
        .fold(form, |form, sealed| form.hidden(pasted::FIELD, sealed));
    let first = seen.settings.is_none();
    let body = head(signed, seen, Side::Settings)
        .and(if first {
            Html::from(steps(1))
        } else {
            Html::default()
        })
        .and(said)
        .and(
            Card::new("Credentials", form)
                .text("They are sealed when they are saved, and never shown again."),
        )
        .and(help(inner));
    page(
        signed,
        Area::Connectors,
        "Settings",
        crumbs(seen, Some("Settings")),
        &body,
    )
}

fn ways(seen: &Seen, typed: &Typed) -> Vec<Choice> {
    let kept = seen.settings.as_ref();
    let keeps_key = kept.is_some_and(|kept| matches!(kept.authentication, Authentication::ApiKey { .. }));
    let secret = |name: &'static str, label: &str, is_key: bool| {
        let ending = kept.filter(|_| is_key == keeps_key).map(|kept| &kept.last_four);
        let field = Field::secret(name, label).error(typed.error(name));
        if typed.pasted.is_some() && typed.is_key == is_key {
            return field.hint("Leave it empty to go on with the one that you pasted.");
        }
        match ending {
            Some(ending) => field.hint(format!("Leave it empty to keep the one that ends in {ending}.")),
            None => field.hint("Paste it here. It is not shown again.").required(),
        }
    };
    let token = secret("api_token", "API token", false);
    let email = Field::email("email", "Email ID")
        .hint("The address of the user whose key it is.")
        .value(&typed.email)
        .error(typed.error("email"))
        .required();
    let key = secret("api_key", "API key", true);
    let token = Choice::new(
        "token",
        "API token",
        "Has just the rights that you give it. Recommended.",
    )
    .field(token);
    let key = Choice::new(
        "key",
        "Email + API key",
        "The global API key: it can do everything that its user can. The weaker choice.",
    )
    .field(email)
    .field(key);
    if typed.is_key {
        vec![token, key.checked()]
    } else {
        vec![token.checked(), key]
    }
}

fn modes(chosen: Mode) -> Vec<Choice> {
    let choice = |mode: Mode, text: &str| {
        let choice = Choice::new(mode.as_str(), super::show::mode(mode), text);
        if mode == chosen { choice.checked() } else { choice }
    };
    vec![
        choice(Mode::Reviews, "It reads who has access, and changes nothing."),
        choice(
            Mode::ReviewsAndProvisioning,
            "It also grants and takes back what was decided here.",
        ),
    ]
}

pub(super) async fn save(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    signed: Signed,
    fields: Fields,
) -> Outcome {
    let seen = changeable(&inner, &signed, &id).await?;
    let mut typed = read(&fields);
    let secret = pasted::secret(&inner, &signed, &seen, &fields, &mut typed)?;
    if let Some(secret) = &secret {
        typed.pasted = pasted::sealed(&inner, &signed, &seen, typed.is_key, secret)?;
    }
    let Some(secret) = secret.filter(|_| typed.troubles.is_empty()) else {
        return Ok(show(&inner, &signed, &seen, &typed, Html::default()));
    };
    let candidate = Candidate {
        account_id: typed.account_id.clone(),
        authentication: authentication(&typed),
        secret,
        mode: typed.mode.unwrap_or(Mode::Reviews),
    };
    let checked = inner.helpers.probe.check(&candidate).await;
    if checked.as_ref().is_err_and(|error| error.is_rejection) {
        typed.pasted = None;
    }
    if fields.text("do") == "test" {
        let said = checked.as_ref().map_or_else(rejected, checklist);
        return Ok(show(&inner, &signed, &seen, &typed, said));
    }
    // What the account refuses is not saved: nothing would come of it. What could not be asked just now is.
    if let Err(error) = &checked
        && error.is_rejection
    {
        return Ok(show(&inner, &signed, &seen, &typed, rejected(error)));
    }
    keep(&inner, &signed, &seen, &candidate, &checked).await?;
    (inner.helpers.changed)();
    Ok(go(path(&seen.connector.id)))
}

fn read(fields: &Fields) -> Typed {
    let mut typed = Typed {
        account_id: fields.text("account_id").to_lowercase(),
        email: fields.text("email").to_owned(),
        is_key: fields.text("way") == "key",
        mode: Mode::parse(fields.text("mode")),
        pasted: None,
        troubles: Vec::new(),
    };
    let is_id =
        typed.account_id.len() == ACCOUNT_ID && typed.account_id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_id {
        typed.troubles.push((
            "account_id",
            "An account ID has 32 characters of 0-9 and a-f. It stands in the dashboard's address.",
        ));
    }
    if typed.is_key && governance::Email::parse(&typed.email).is_err() {
        typed
            .troubles
            .push(("email", "Give the e-mail address of the user whose key it is."));
    }
    typed
}

fn authentication(typed: &Typed) -> Authentication {
    if typed.is_key {
        Authentication::ApiKey {
            email: typed.email.clone(),
        }
    } else {
        Authentication::ApiToken
    }
}

async fn keep(
    inner: &Inner,
    signed: &Signed,
    seen: &Seen,
    candidate: &Candidate,
    checked: &Result<Checklist, ProbeError>,
) -> Result<(), Failed> {
    let id = &seen.connector.id;
    let random = inner.helpers.random.as_ref();
    let sealed = seal_for_connector(&inner.keys.ring(), random, id, &candidate.secret);
    let secret: SealedSecret = sealed.map_err(|_| Failed::Broken("a secret could not be sealed"))?;
    let now = inner.office.now();
    let settings = ConnectorSettings {
        connector: id.clone(),
        account_id: candidate.account_id.clone(),
        authentication: candidate.authentication.clone(),
        secret,
        last_four: last_four(&candidate.secret),
        mode: candidate.mode,
        saved_at: now,
        revision: 0,
        checked: checked.as_ref().ok().map(|list| Checked {
            at: now,
            outcome: outcome(list),
        }),
    };
    let sync = inner.settings.sync;
    Ok(inner.office.save_settings(&signed.actor, &settings, sync).await?)
}

fn outcome(list: &Checklist) -> CheckOutcome {
    let missing = list.missing();
    if missing.is_empty() {
        CheckOutcome::Good
    } else {
        CheckOutcome::Insufficient { missing }
    }
}

/// Of a short one nothing: it would be told.
fn last_four(secret: &SecretString) -> String {
    let text = secret.expose_secret();
    if text.len() < 16 {
        return "…".to_owned();
    }
    text.get(text.len() - 4..).unwrap_or_default().to_owned()
}
