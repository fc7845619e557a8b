//! The sign-in provider: discovered when it is first needed, and asked again what it is after a while.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use governance::{Email, Identity, SessionId, SingleSignOn, Vouched};
use oidc::{Flow, Provider};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Mutex;

use crate::Inner;
use crate::secrets::{open_client_secret, open_sign_in, seal_sign_in};
use crate::web::Failed;

/// The path that the provider sends browsers back to. It is registered there, so it never changes.
pub(crate) const BACK: &str = "/sign-in/sso/back";
/// How long a provider is believed to be what it said.
const FRESH: TimeDelta = TimeDelta::hours(1);
/// How long somebody may take at the provider.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// The provider that was discovered last, if any was.
#[derive(Debug, Default)]
pub(crate) struct Held(Mutex<Option<Discovered>>);

#[derive(Debug)]
struct Discovered {
    settings: SingleSignOn,
    at: DateTime<Utc>,
    provider: Arc<Provider>,
}

/// Why the provider cannot be asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unasked {
    /// Its secret was sealed with another key ring.
    #[error("the client secret cannot be opened with this key ring")]
    Sealed,
    /// The console's own address is none.
    #[error("the address of this console is none that a provider could send anybody back to")]
    Address,
    /// It is not as a provider should be.
    #[error(transparent)]
    Provider(#[from] oidc::Error),
}

impl Unasked {
    /// What can be done about it.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::Sealed => "paste the client secret again",
            Self::Address => "start the service with the address that people reach it at",
            Self::Provider(error) => error.hint(),
        }
    }
}

/// Where the provider is to send browsers back to.
pub(crate) fn redirect(inner: &Inner) -> String {
    format!("https://{}{BACK}", inner.lobby.address)
}

/// The provider of these settings, as it was discovered not long ago or is now.
pub(crate) async fn provider(inner: &Inner, of: &SingleSignOn) -> Result<Arc<Provider>, Unasked> {
    let now = inner.office.now();
    if let Some(known) = inner.provider.0.lock().await.as_ref()
        && known.settings == *of
        && now - known.at < FRESH
    {
        return Ok(Arc::clone(&known.provider));
    }
    // Others are not kept waiting by a provider that does not answer.
    let provider = Arc::new(discovered(inner, of).await?);
    *inner.provider.0.lock().await = Some(Discovered {
        settings: of.clone(),
        at: now,
        provider: Arc::clone(&provider),
    });
    Ok(provider)
}

/// Asks the provider what it is.
pub(crate) async fn discovered(inner: &Inner, of: &SingleSignOn) -> Result<Provider, Unasked> {
    let redirect = redirect(inner).parse().map_err(|_| Unasked::Address)?;
    let mut settings = oidc::Settings::new(&*of.issuer, &*of.client_id, redirect);
    if let Some(secret) = &of.secret {
        let secret = open_client_secret(inner, &of.issuer, secret);
        settings = settings.with_secret(secret.map_err(|_| Unasked::Sealed)?);
    }
    if inner.settings.providers.plain_loopback {
        settings = settings.with_plain_loopback();
    }
    let (http, clock) = (
        inner.settings.providers.http.clone(),
        Arc::clone(&inner.settings.providers.clock),
    );
    Ok(Provider::discover(settings, http, clock).await?)
}

/// A sign-in at the provider: what the browser that began it brings back, sealed, and no other browser can.
pub(crate) struct OnItsWay {
    pub(crate) flow: Flow,
    /// Where the person wanted to go.
    pub(crate) to: String,
    /// The session in which somebody links themselves, instead of signing in.
    pub(crate) linking: Option<SessionId>,
}

impl OnItsWay {
    /// As it travels, with how long it is good for, in seconds.
    pub(crate) fn sealed(&self, inner: &Inner, issuer: &str) -> Result<(String, i64), Failed> {
        let until = (inner.office.now() + PATIENCE).timestamp();
        let text = form_urlencoded::Serializer::new(String::new())
            .append_pair("state", &self.flow.state)
            .append_pair("nonce", self.flow.nonce.expose_secret())
            .append_pair("verifier", self.flow.verifier.expose_secret())
            .append_pair("to", &self.to)
            .append_pair("linking", self.linking.as_ref().map_or("", SessionId::as_str))
            .append_pair("until", &until.to_string())
            .finish();
        let sealed = seal_sign_in(inner, issuer, &SecretString::from(text))?;
        Ok((sealed, PATIENCE.num_seconds()))
    }

    /// What a browser brought back, if its time is not over.
    pub(crate) fn opened(inner: &Inner, issuer: &str, sealed: &str) -> Option<Self> {
        let text = open_sign_in(inner, issuer, sealed)?;
        let fields: Vec<(String, String)> = form_urlencoded::parse(text.expose_secret().as_bytes())
            .into_owned()
            .collect();
        let field = |name: &str| {
            let found = fields.iter().find(|(field, _)| field == name);
            found.map(|(_, value)| value.clone())
        };
        let until: i64 = field("until")?.parse().ok()?;
        if inner.office.now().timestamp() >= until {
            return None;
        }
        Some(Self {
            flow: Flow {
                state: field("state")?,
                nonce: field("nonce")?.into(),
                verifier: field("verifier")?.into(),
            },
            to: field("to")?,
            linking: match field("linking")?.as_str() {
                "" => None,
                session => Some(SessionId::parse(session).ok()?),
            },
        })
    }
}

/// What the provider said, in the domain's words: an address counts when it is verified.
pub(crate) fn vouched(identity: &oidc::Identity) -> Vouched {
    let email = identity.email.as_deref().filter(|_| identity.email_verified);
    Vouched {
        issuer: identity.issuer.clone(),
        subject: identity.subject.clone(),
        email: email.and_then(|email| Email::parse(email).ok()),
        name: identity.name.clone(),
        multi_factor: identity.is_multi_factor(),
    }
}

/// The one of this provider.
pub(crate) fn with<'i>(identities: &'i [Identity], sign_on: &SingleSignOn) -> Option<&'i Identity> {
    identities.iter().find(|one| one.issuer == sign_on.issuer)
}
