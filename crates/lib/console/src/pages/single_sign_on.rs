//! The sign-in provider, for whoever decides how people sign in: set up, tested, turned on and off, removed.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use governance::{Action, OfficeError, SignOnFault, SingleSignOn};
use secrecy::ExposeSecret as _;
use ui::{
    Button, Card, Chip, ConfirmForm, CopyBox, Crumb, Field, Form, Html, Notice, PageHead, PostButton, Tone,
};

use super::go;
use crate::Inner;
use crate::frame::{Area, csrf, page};
use crate::secrets::seal_client_secret;
use crate::sign_on::{Unasked, discovered, redirect};
use crate::web::{Failed, Fields, Outcome, Signed, Trouble, sentence};

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .route("/single-sign-on", get(form).post(save))
        .route("/single-sign-on/test", post(test))
        .route("/single-sign-on/on", post(turn_on))
        .route("/single-sign-on/off", post(turn_off))
        .route("/single-sign-on/remove", post(remove))
}

async fn form(State(inner): State<Arc<Inner>>, signed: Signed) -> Outcome {
    let kept = inner.office.single_sign_on(&signed.actor).await?;
    Ok(answer(&inner, &signed, kept.as_ref(), Html::default()))
}

/// The page with what is kept.
fn answer(inner: &Inner, signed: &Signed, kept: Option<&SingleSignOn>, said: Html) -> Response {
    let typed = kept.cloned().unwrap_or_else(|| nothing(inner));
    show(inner, signed, (kept, &typed), &Trouble::none(), said)
}

fn nothing(inner: &Inner) -> SingleSignOn {
    SingleSignOn {
        issuer: String::new(),
        client_id: String::new(),
        secret: None,
        name: String::new(),
        domains: Vec::new(),
        admits_unknown: false,
        believes_second_factor: false,
        enabled: false,
        saved_at: inner.office.now(),
        revision: 0,
    }
}

fn show(
    inner: &Inner,
    signed: &Signed,
    (kept, typed): (Option<&SingleSignOn>, &SingleSignOn),
    trouble: &Trouble,
    said: Html,
) -> Response {
    let mut head = PageHead::new("Single sign-on").text(
        "People sign in with a provider that your company has already, by OpenID Connect. Accounts of this console stay, \
         for when the provider is away.",
    );
    if let Some(kept) = kept {
        head = head.state(state(kept));
    }
    let register = Card::new(
        "At the provider",
        CopyBox::labelled("Redirect address", redirect(inner)),
    )
    .text("Register a web application there, with exactly this address to come back to.");
    let mut body = Html::from(head)
        .and(said)
        .and(register)
        .and(Card::new("Provider", provider_form(signed, typed, trouble)));
    if let Some(kept) = kept {
        body = body.and(switches(signed, kept)).and(removal(signed));
    }
    let crumbs = vec![Crumb::here("Single sign-on")];
    page(signed, Area::SignOn, "Single sign-on", crumbs, &body)
}

fn state(kept: &SingleSignOn) -> Chip {
    if kept.enabled {
        Chip::new(Tone::Good, "On")
    } else {
        Chip::new(Tone::Quiet, "Off")
    }
}

fn provider_form(signed: &Signed, typed: &SingleSignOn, trouble: &Trouble) -> Form {
    let secret = if typed.secret.is_some() {
        "Leave it empty to keep the one that was saved."
    } else {
        "It is sealed when it is saved, and never shown again. Leave it empty if the provider gives none."
    };
    Form::new("/single-sign-on", csrf(signed))
        .field(
            Field::text("name", "Name")
                .hint("What people know it as. It stands on the button.")
                .placeholder("Example login")
                .value(&typed.name)
                .error(trouble.at("name"))
                .required(),
        )
        .field(
            Field::text("issuer", "Issuer")
                .hint("Exactly as the provider writes it, with or without a slash at its end.")
                .placeholder("https://login.example.com")
                .value(&typed.issuer)
                .error(trouble.at("issuer"))
                .required(),
        )
        .field(
            Field::text("client_id", "Client ID")
                .value(&typed.client_id)
                .error(trouble.at("client_id"))
                .required(),
        )
        .field(
            Field::secret("client_secret", "Client secret")
                .hint(secret)
                .error(trouble.at("client_secret")),
        )
        .field(
            Field::text("domains", "E-mail domains")
                .hint(
                    "Only people with an address in one of these come in, such as example.com, example.org.",
                )
                .value(typed.domains.join(", "))
                .error(trouble.at("domains")),
        )
        .field(
            Field::checkbox(
                "admits",
                "Let in people who have no account here yet",
                typed.admits_unknown,
            )
            .hint("They become a User by signing in, and see only what they own."),
        )
        .field(
            Field::checkbox(
                "believes",
                "Believe the provider's second factor",
                typed.believes_second_factor,
            )
            .hint("Ours is not asked for when the provider says that it has asked for one."),
        )
        .button(Button::submit("Save").primary())
}

fn switches(signed: &Signed, kept: &SingleSignOn) -> Card {
    let button = |label: &str, path: &str| {
        let action = format!("/single-sign-on/{path}");
        PostButton::new(Button::submit(label), action, csrf(signed))
    };
    let (switch, text) = if kept.enabled {
        let text = "The sign-in page offers it. Whoever is signed in stays so when it is turned off.";
        (button("Turn off", "off"), text)
    } else {
        let text = "The sign-in page does not offer it yet. It is tested once more when it is turned on.";
        (button("Turn on", "on"), text)
    };
    Card::new("Use", button("Test", "test")).text(text).action(switch)
}

fn removal(signed: &Signed) -> Card {
    let form = ConfirmForm::new(
        "remove",
        "Remove",
        Button::submit("Remove").danger(),
        "/single-sign-on/remove",
        csrf(signed),
    )
    .question("Remove single sign-on?")
    .text("People who have no password here cannot sign in any more, until it is set up again.");
    Card::new("Remove", form).danger()
}

async fn save(State(inner): State<Arc<Inner>>, signed: Signed, fields: Fields) -> Outcome {
    let kept = inner.office.single_sign_on(&signed.actor).await?;
    let mut typed = read(&inner, &fields);
    match client_secret(&inner, kept.as_ref(), &typed.issuer, &fields)? {
        Ok(secret) => typed.secret = secret,
        Err(trouble) => {
            return Ok(show(
                &inner,
                &signed,
                (kept.as_ref(), &typed),
                &trouble,
                Html::default(),
            ));
        }
    }
    let trouble = match inner
        .office
        .save_single_sign_on(&signed.actor, typed.clone())
        .await
    {
        Ok(()) => return Ok(go("/single-sign-on")),
        Err(OfficeError::SignOnFault(fault)) => Trouble::with(field(fault), fault),
        Err(error) => return Err(error.into()),
    };
    Ok(show(
        &inner,
        &signed,
        (kept.as_ref(), &typed),
        &trouble,
        Html::default(),
    ))
}

fn read(inner: &Inner, fields: &Fields) -> SingleSignOn {
    let domains = fields.text("domains").split([',', ' ', ';']);
    SingleSignOn {
        issuer: fields.text("issuer").to_owned(),
        client_id: fields.text("client_id").to_owned(),
        name: fields.text("name").to_owned(),
        domains: domains.filter(|one| !one.is_empty()).map(str::to_owned).collect(),
        admits_unknown: fields.is_on("admits"),
        believes_second_factor: fields.is_on("believes"),
        ..nothing(inner)
    }
}

type Typed<T> = Result<T, Trouble>;

/// The secret that was pasted, or else the one that is kept, which is for its provider only.
fn client_secret(
    inner: &Inner,
    kept: Option<&SingleSignOn>,
    issuer: &str,
    fields: &Fields,
) -> Result<Typed<Option<governance::SealedSecret>>, Failed> {
    let pasted = fields.secret("client_secret");
    if !pasted.expose_secret().is_empty() {
        return Ok(Ok(Some(seal_client_secret(inner, issuer, &pasted)?)));
    }
    let had = kept.filter(|kept| kept.secret.is_some());
    match had {
        Some(kept) if kept.issuer != issuer => {
            let text = "Paste it again: the one that is kept belongs to the other issuer.";
            Ok(Err(Trouble::with("client_secret", text)))
        }
        had => Ok(Ok(had.and_then(|kept| kept.secret.clone()))),
    }
}

fn field(fault: SignOnFault) -> &'static str {
    match fault {
        SignOnFault::Issuer => "issuer",
        SignOnFault::ClientId => "client_id",
        SignOnFault::Name => "name",
        SignOnFault::Domain | SignOnFault::Everybody => "domains",
    }
}

/// What is kept, for whoever may change it.
async fn kept(inner: &Inner, signed: &Signed) -> Result<SingleSignOn, Failed> {
    let may = signed.actor.may(Action::ManageSignIn);
    may.map_err(OfficeError::from)?;
    let kept = inner.office.single_sign_on(&signed.actor).await?;
    Ok(kept.ok_or(OfficeError::Conflict("single sign-on is not set up"))?)
}

async fn test(State(inner): State<Arc<Inner>>, signed: Signed, _fields: Fields) -> Outcome {
    let kept = kept(&inner, &signed).await?;
    let said = match discovered(&inner, &kept).await {
        Ok(_) => Notice::new(Tone::Good, "The provider answers as one")
            .text("Whether it knows the client ID and secret shows when somebody signs in."),
        Err(why) => unasked(&why),
    };
    Ok(answer(&inner, &signed, Some(&kept), said.into()))
}

fn unasked(why: &Unasked) -> Notice {
    let text = format!("{}. {}.", sentence(&why.to_string()), sentence(why.hint()));
    Notice::new(Tone::Bad, "The provider cannot be used like this").text(text)
}

async fn turn_on(State(inner): State<Arc<Inner>>, signed: Signed, _fields: Fields) -> Outcome {
    let kept = kept(&inner, &signed).await?;
    if let Err(why) = discovered(&inner, &kept).await {
        return Ok(answer(&inner, &signed, Some(&kept), unasked(&why).into()));
    }
    inner.office.offer_single_sign_on(&signed.actor, true).await?;
    Ok(go("/single-sign-on"))
}

async fn turn_off(State(inner): State<Arc<Inner>>, signed: Signed, _fields: Fields) -> Outcome {
    inner.office.offer_single_sign_on(&signed.actor, false).await?;
    Ok(go("/single-sign-on"))
}

async fn remove(State(inner): State<Arc<Inner>>, signed: Signed, _fields: Fields) -> Outcome {
    inner.office.remove_single_sign_on(&signed.actor).await?;
    Ok(go("/single-sign-on"))
}
