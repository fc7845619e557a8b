//! A form that an authenticator fills in: making a passkey, or signing in with one.

use askama::Template;

use crate::form::{CSRF_FIELD, ErrorSummary};
use crate::{Button, Field, Html, piece};

/// The fields that the script fills with what the authenticator answered, as base64url: the credential's id, what the
/// browser says, the new credential, what the authenticator says, its signature, whose it is.
pub const PASSKEY_FIELDS: [&str; 6] = ["credential", "client", "object", "data", "signature", "user"];

/// A form that needs an authenticator, and so a script: without one it says that, and what else there is.
#[derive(Clone, Debug, Template)]
#[template(path = "passkey.html")]
pub struct PasskeyForm {
    kind: &'static str,
    action: String,
    csrf: String,
    challenge: String,
    site: String,
    credentials: String,
    person: Option<(String, String)>,
    algorithms: String,
    verifies: bool,
    hidden: Vec<(String, String)>,
    errors: ErrorSummary,
    fields: Html,
    button: Button,
    unscripted: String,
}

impl PasskeyForm {
    /// Signs in with a passkey for this site; `unscripted` is said where there is no script.
    pub fn sign_in(site: &str, challenge: impl Into<String>, button: Button, unscripted: &str) -> Self {
        Self {
            kind: "get",
            action: String::new(),
            csrf: String::new(),
            challenge: challenge.into(),
            site: site.to_owned(),
            credentials: String::new(),
            person: None,
            algorithms: String::new(),
            verifies: false,
            hidden: Vec::new(),
            errors: ErrorSummary::default(),
            fields: Html::default(),
            button,
            unscripted: unscripted.to_owned(),
        }
    }

    /// Makes one for the person with this id, as base64url, and this name, with a key of one of these kinds.
    pub fn create(self, (id, name): (&str, &str), algorithms: &[i64]) -> Self {
        let algorithms: Vec<_> = algorithms.iter().map(ToString::to_string).collect();
        Self {
            kind: "create",
            person: Some((id.to_owned(), name.to_owned())),
            algorithms: algorithms.join(" "),
            ..self
        }
    }

    /// Posts there, with the token that proves it to be ours.
    pub fn to(mut self, action: impl Into<String>, csrf: impl Into<String>) -> Self {
        (self.action, self.csrf) = (action.into(), csrf.into());
        self
    }

    /// The credentials, as base64url, that may sign in, or of which no second one is to be made.
    pub fn credentials(mut self, credentials: &[String]) -> Self {
        self.credentials = credentials.join(" ");
        self
    }

    /// The authenticator has to make sure who is there.
    pub fn verifies(mut self) -> Self {
        self.verifies = true;
        self
    }

    /// Sends something that nobody sees.
    pub fn hidden(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.hidden.push((name.into(), value.into()));
        self
    }

    /// Asks for something more.
    pub fn field(mut self, field: Field) -> Self {
        self.errors.entries.extend(field.troubles());
        self.fields = self.fields.and(field);
        self
    }

    /// Says what went wrong.
    pub fn trouble(mut self, error: Option<&str>) -> Self {
        if let Some(error) = error {
            self.errors.entries.push((String::new(), error.to_owned()));
        }
        self
    }
}

piece!(PasskeyForm);
