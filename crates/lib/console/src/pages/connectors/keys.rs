//! What a self-hosted connector signs in with, and how it is started.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use governance::{Credential, CredentialId, OfficeError, Seen};
use secrecy::{ExposeSecret as _, SecretString};
use ui::{
    Button, Card, Chip, ConfirmForm, CopyBox, EmptyState, Html, Icon, Notice, PostButton, Steps, Time, Tone,
};

use super::head::{Side, crumbs, head, path};
use super::named;
use crate::Inner;
use crate::frame::{Area, csrf, page};
use crate::pages::go;
use crate::web::{Fields, Outcome, Signed};

pub(super) async fn list(State(inner): State<Arc<Inner>>, Path(id): Path<String>, signed: Signed) -> Outcome {
    let id = named(&id)?;
    let seen = inner.office.seen(&signed.actor, &id).await?;
    let all = inner.office.credentials(&signed.actor, &id).await?;
    Ok(show(&inner, &signed, &seen, &all, Html::default()))
}

fn show(inner: &Inner, signed: &Signed, seen: &Seen, all: &[Credential], new: Html) -> Response {
    let here = path(&seen.connector.id);
    let rotate = PostButton::new(
        Button::submit(if all.is_empty() {
            "Create credential"
        } else {
            "Rotate"
        })
        .primary()
        .icon(Icon::Key),
        format!("{here}/keys"),
        csrf(signed),
    );
    let list = if all.is_empty() {
        Html::from(EmptyState::new(
            Icon::Key,
            "No credential yet",
            "A client ID and secret let a connector report here. The secret is shown once.",
        ))
    } else {
        Html::of(all.iter().rev().map(|one| line(inner, signed, one, &here)))
    };
    let body = head(signed, seen, Side::Keys).and(new).and(
        Card::new("Client credentials", list)
            .text("Several can be good at once: make a new one, give it to the connector, then revoke the old one.")
            .action(rotate),
    );
    page(
        signed,
        Area::Connectors,
        "Credentials",
        crumbs(seen, Some("Credentials")),
        &body,
    )
}

fn line(inner: &Inner, signed: &Signed, credential: &Credential, here: &str) -> Html {
    let now = inner.office.now();
    let state = match (credential.revoked_at, credential.expires_at) {
        (Some(_), _) => Chip::new(Tone::Quiet, "Revoked"),
        (None, Some(at)) if at <= now => Chip::new(Tone::Quiet, "Expired"),
        _ => Chip::new(Tone::Good, "Good"),
    };
    let used = match credential.last_used_at {
        Some(at) => Html::text("Last used ").and(Time::ago(at)),
        None => Html::text("Never used"),
    };
    let facts = ui::Facts::new()
        .stacked()
        .fact("Client ID", &credential.client_id)
        .piece("Status", state)
        .piece("Made", Time::ago(credential.created_at))
        .piece("Use", used);
    let is_good = credential.check(now).is_ok();
    let revoke = is_good.then(|| {
        ConfirmForm::new(
            format!("revoke-{}", credential.id),
            "Revoke",
            Button::submit("Revoke").danger(),
            format!("{here}/keys/{}/revoke", credential.id),
            csrf(signed),
        )
        .question("Revoke this credential?")
        .text("Whoever uses it is turned away with the next call.")
    });
    Html::from(facts).and(revoke.map(Html::from).unwrap_or_default())
}

/// Makes a credential. Only the public half of its key is kept; the secret is in this answer and nowhere else.
pub(super) async fn add(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    signed: Signed,
    _fields: Fields,
) -> Outcome {
    let id = named(&id)?;
    let seen = inner.office.seen(&signed.actor, &id).await?;
    let (added, secret) = inner.lobby.add_credential(&signed.actor, &id).await?;
    let all = inner.office.credentials(&signed.actor, &id).await?;
    let new = once(&inner, &added, &secret);
    Ok(show(&inner, &signed, &seen, &all, new))
}

/// The new credential, and how a connector is started with it.
fn once(inner: &Inner, added: &Credential, secret: &SecretString) -> Html {
    let (id, secret) = (added.client_id.as_str(), secret.expose_secret());
    let mut environment = format!("export BATON_CLIENT_ID='{id}'\nexport BATON_CLIENT_SECRET='{secret}'");
    let mut steps = Steps::new();
    if let Some(authority) = &inner.settings.authority {
        steps = steps.step(
            "Trust this service",
            Html::text("Its certificate is of its own making. Copy this file to where the connector runs:")
                .and(CopyBox::new("File", authority.display().to_string())),
        );
        environment.push_str("\nexport SSL_CERT_FILE=/path/to/authority.pem");
    }
    let kubernetes = format!(
        "kubectl create secret generic baton-cloudflare \\\n  --from-literal=BATON_CLIENT_ID='{id}' \\\n  \
         --from-literal=BATON_CLIENT_SECRET='{secret}' \\\n  --from-literal=BATON_ACCOUNT_ID='…' \\\n  \
         --from-literal=BATON_API_TOKEN='…'\nkubectl apply -f deploy/kubernetes/"
    );
    let steps = steps
        .step(
            "Give the connector its credential",
            CopyBox::new("Environment", environment),
        )
        .step(
            "Start it",
            CopyBox::new(
                "Command",
                "baton-cloudflare --account-id … --api-token … --provisioning",
            ),
        )
        .step("Or in Kubernetes", CopyBox::new("Kubernetes", kubernetes));
    Html::from(
        Notice::new(Tone::Warn, "The secret is shown this once")
            .text("It is not kept and cannot be shown again."),
    )
    .and(Card::new(
        "New credential",
        Html::from(CopyBox::labelled("Client ID", id)).and(CopyBox::labelled("Client secret", secret)),
    ))
    .and(Card::new("Start the connector", steps))
}

pub(super) async fn revoke(
    State(inner): State<Arc<Inner>>,
    Path((id, key)): Path<(String, String)>,
    signed: Signed,
    _fields: Fields,
) -> Outcome {
    let id = named(&id)?;
    let key = CredentialId::parse(&key).map_err(OfficeError::from)?;
    inner.office.revoke_credential(&signed.actor, &key).await?;
    Ok(go(format!("{}/keys", path(&id))))
}
