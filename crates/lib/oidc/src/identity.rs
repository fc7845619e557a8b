//! Who signed in.

use chrono::{DateTime, Utc};

/// Who signed in, as the provider says and the checks confirm.
///
/// [`Identity::key`] tells people apart. An address does not: it can be given to somebody else, and a provider may let
/// people claim any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// The person, as the provider numbers people; never given to anybody else.
    pub subject: String,
    /// The person's address.
    pub email: Option<String>,
    /// Whether the provider has made sure that the address is the person's. Nothing said counts as no.
    pub email_verified: bool,
    /// The person's name, for display.
    pub name: Option<String>,
    /// When the person last proved who they are. `None` when the provider does not say.
    pub authenticated_at: Option<DateTime<Utc>>,
    /// How the person proved it (`amr`, such as `pwd`, `otp`, `hwk`); may be empty.
    pub methods: Vec<String>,
}

impl Identity {
    /// What accounts are found by: the issuer and the subject, always both.
    pub fn key(&self) -> (&str, &str) {
        (&self.issuer, &self.subject)
    }
}
