//! Passkeys: what a page asks an authenticator, and what comes back.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use governance::{Passkey, PasskeyUse};
use passkeys::{Answer, Challenge, Fault, NoUserVerification, Registered, Registration, RelyingParty};
use secrecy::{ExposeSecret as _, SecretString};
use ui::{Button, PasskeyForm};

use crate::Inner;
use crate::secrets::{open_challenge, seal_challenge};
use crate::web::{Failed, Fields};

/// The field that brings the challenge back, sealed.
const ASKED: &str = "asked";
/// How long an answer may take.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// What a page may ask for, and of whom. The answer to one is none to another.
#[derive(Clone, Debug)]
pub(crate) enum Question {
    /// Who somebody is.
    SignIn,
    /// Whether it is still the person of this session.
    Second(String),
    /// A new passkey, for the person of this session.
    Create(String),
}

impl Question {
    fn text(&self) -> String {
        match self {
            Self::SignIn => "sign-in".to_owned(),
            Self::Second(session) => format!("second {session}"),
            Self::Create(session) => format!("create {session}"),
        }
    }
}

/// The console as browsers know it; nothing where its address has no name.
pub(crate) fn site(inner: &Inner) -> Option<RelyingParty> {
    RelyingParty::at(&inner.lobby.address).ok()
}

/// A form that asks this, if passkeys can be had here.
pub(crate) fn form(
    inner: &Inner,
    question: &Question,
    button: Button,
    unscripted: &str,
) -> Result<Option<PasskeyForm>, Failed> {
    let Some(site) = site(inner) else {
        return Ok(None);
    };
    let challenge = Challenge::generate(inner.lobby.helpers.random.as_ref())?;
    let until = (inner.office.now() + PATIENCE).timestamp();
    let text = SecretString::from(format!("{} {until}", challenge.to_text()));
    let sealed = seal_challenge(inner, &question.text(), &text)?;
    let form = PasskeyForm::sign_in(site.id(), challenge.to_text(), button, unscripted);
    Ok(Some(form.hidden(ASKED, sealed)))
}

/// How credentials are written on pages.
pub(crate) fn text(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// What came back.
pub(crate) struct Answered {
    site: RelyingParty,
    challenge: Challenge,
    credential: Vec<u8>,
    client: Vec<u8>,
    object: Vec<u8>,
    data: Vec<u8>,
    signature: Vec<u8>,
    user: Vec<u8>,
}

impl Answered {
    /// What came back to this question, if its time is not over.
    pub(crate) fn to(inner: &Inner, question: &Question, fields: &Fields) -> Option<Self> {
        let text = open_challenge(inner, &question.text(), fields.text(ASKED))?;
        let (challenge, until) = text.expose_secret().split_once(' ')?;
        if inner.office.now().timestamp() >= until.parse().ok()? {
            return None;
        }
        let bytes = |name: &str| BASE64_URL_SAFE_NO_PAD.decode(fields.text(name)).ok();
        Some(Self {
            site: site(inner)?,
            challenge: Challenge::parse(challenge)?,
            credential: bytes("credential")?,
            client: bytes("client")?,
            object: bytes("object")?,
            data: bytes("data")?,
            signature: bytes("signature")?,
            user: bytes("user")?,
        })
    }

    /// How the authenticator calls the credential.
    pub(crate) fn credential(&self) -> &[u8] {
        &self.credential
    }

    /// Whether it is this person's, as the authenticator knows it.
    pub(crate) fn is_of(&self, passkey: &Passkey) -> bool {
        self.user == passkey.operator.as_str().as_bytes()
    }

    /// What it answered to.
    pub(crate) fn challenge(&self) -> [u8; 32] {
        *self.challenge.as_bytes()
    }

    /// The new credential, if it is one.
    pub(crate) fn registered(&self) -> Result<Registered, Fault> {
        let new = Registration {
            client_data: &self.client,
            object: &self.object,
        };
        self.site.register(&self.challenge, new)
    }

    /// That this passkey was used, if it was.
    pub(crate) fn used(
        &self,
        inner: &Inner,
        passkey: &Passkey,
        unverified: NoUserVerification,
    ) -> Result<PasskeyUse, Fault> {
        let answer = Answer {
            client_data: &self.client,
            authenticator_data: &self.data,
            signature: &self.signature,
        };
        let kept = (&*passkey.key, passkey.count);
        let verified = self.site.verify(&self.challenge, kept, answer, unverified)?;
        Ok(PasskeyUse {
            id: passkey.id.clone(),
            before: passkey.count,
            count: verified.count,
            challenge: self.challenge(),
            at: inner.office.now(),
        })
    }
}
