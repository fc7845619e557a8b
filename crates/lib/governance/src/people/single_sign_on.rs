//! Signing in with a provider that vouches for people.

use chrono::{DateTime, Utc};

use super::Email;
use crate::{OperatorId, SealedSecret};

/// The most characters of an issuer's address.
const LONGEST_ISSUER: usize = 255;
/// The most characters of a client id.
const LONGEST_CLIENT_ID: usize = 255;
/// The most characters of the name on the button.
const LONGEST_NAME: usize = 60;
/// The most characters of a subject (`OpenID` Connect Core, 2).
const LONGEST_SUBJECT: usize = 255;

/// The provider that people may sign in with, and whom it may bring. There is at most one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SingleSignOn {
    /// The provider's address, letter by letter as it names itself.
    pub issuer: String,
    /// What it knows us as.
    pub client_id: String,
    /// What proves that, sealed. `None` for a public client.
    pub secret: Option<SealedSecret>,
    /// What stands on the button.
    pub name: String,
    /// Only people with a verified address in one of these domains come in; everybody when there is none.
    pub domains: Vec<String>,
    /// Whether somebody who was never here becomes a user by signing in.
    pub admits_unknown: bool,
    /// Whether our own second factor is not asked for when the provider says that it asked for one.
    pub believes_second_factor: bool,
    /// Whether it is offered.
    pub enabled: bool,
    /// When this was saved.
    pub saved_at: DateTime<Utc>,
    /// How often it was saved.
    pub revision: i64,
}

/// By whom, and as whom, somebody is vouched for: what they are recognised by, never their address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Who it is here.
    pub operator: OperatorId,
    /// Who vouches.
    pub issuer: String,
    /// How they are called there; never given to anybody else.
    pub subject: String,
    /// Since when.
    pub linked_at: DateTime<Utc>,
}

/// What a provider said of somebody, after it was checked that the provider said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouched {
    /// Who vouches.
    pub issuer: String,
    /// For whom.
    pub subject: String,
    /// Their address, when the provider has made sure that it is theirs.
    pub email: Option<Email>,
    /// Their name, for display.
    pub name: Option<String>,
    /// Whether the provider asked for more than one proof.
    pub multi_factor: bool,
}

/// Why somebody whom the provider vouches for does not come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignOnRefusal {
    /// It is not offered any more.
    #[error("single sign-on is turned off: sign in with your password, or ask who runs this Rollcall")]
    Off,
    /// The provider is not the one that is set up now.
    #[error("the provider was changed while you were signing in: begin again")]
    OtherProvider,
    /// The provider's number for them is none.
    #[error("the provider does not say who you are in a way that can be kept: tell whoever runs it")]
    NoSubject,
    /// Their address is not known to be theirs.
    #[error("the provider does not say that your e-mail address is verified: ask whoever runs the provider")]
    NotVerified,
    /// Their address is in no domain that may come in.
    #[error("people with your e-mail address do not come in here: ask who runs this Rollcall")]
    OtherDomain,
    /// Nobody knows them.
    #[error("you have no account here yet: ask who runs this Rollcall to add you")]
    Unknown,
    /// Somebody here has their address and was not invited for single sign-on.
    #[error(
        "there is an account with your e-mail address that is not linked: sign in with its password, and link it under \
         Your account"
    )]
    NotLinked,
    /// They may not come in any more.
    #[error("your account here is deactivated: ask who runs this Rollcall")]
    Deactivated,
    /// Somebody else here is known by it.
    #[error(
        "this is linked to another account here already: sign in with that one, or unlink it there first"
    )]
    Taken,
    /// Whoever unlinks could not come in any more.
    #[error("it is the only way for you to sign in: it cannot be unlinked")]
    OnlyWay,
}

/// What is wrong with how a provider is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignOnFault {
    /// There is no issuer, or none that can be kept.
    #[error("give the issuer, such as https://login.example.com")]
    Issuer,
    /// There is no client id, or none that can be kept.
    #[error("give the client ID that the provider shows")]
    ClientId,
    /// There is nothing to stand on the button, or too much.
    #[error("give a name of at most 60 characters in one line")]
    Name,
    /// A domain is none.
    #[error("give domains such as example.com, with commas between them")]
    Domain,
    /// Everybody of every domain would come in.
    #[error("say from which domains, or everybody who has an account at the provider would come in")]
    Everybody,
}

impl SingleSignOn {
    /// Whether somebody with this verified address may come in.
    ///
    /// # Errors
    /// When they need one and have none, or one elsewhere.
    pub fn lets_in(&self, email: Option<&Email>) -> Result<(), SignOnRefusal> {
        if self.domains.is_empty() {
            return Ok(());
        }
        let email = email.ok_or(SignOnRefusal::NotVerified)?;
        let domain = email.domain();
        let is_one = self.domains.iter().any(|one| one == domain);
        is_one.then_some(()).ok_or(SignOnRefusal::OtherDomain)
    }

    /// As it can be kept.
    ///
    /// # Errors
    /// When a text is missing or too long, when a domain is none, or when everybody of every domain would come in.
    pub fn checked(self) -> Result<Self, SignOnFault> {
        let line = |text: &str, longest, fault| crate::one_line(text, longest).ok_or(fault);
        let domains: Result<Vec<_>, _> = self.domains.iter().map(|text| domain(text)).collect();
        let checked = Self {
            issuer: line(&self.issuer, LONGEST_ISSUER, SignOnFault::Issuer)?,
            client_id: line(&self.client_id, LONGEST_CLIENT_ID, SignOnFault::ClientId)?,
            name: line(&self.name, LONGEST_NAME, SignOnFault::Name)?,
            domains: domains?,
            ..self
        };
        if checked.admits_unknown && checked.domains.is_empty() {
            return Err(SignOnFault::Everybody);
        }
        Ok(checked)
    }
}

/// A domain in small letters.
fn domain(text: &str) -> Result<String, SignOnFault> {
    let email = Email::parse(&format!("somebody@{}", text.trim())).map_err(|_| SignOnFault::Domain)?;
    Ok(email.domain().to_owned())
}

impl Vouched {
    /// Whether they can be recognised the next time.
    ///
    /// # Errors
    /// When their number is none, too long, or not in one line.
    pub fn check(&self) -> Result<(), SignOnRefusal> {
        let is_one = crate::one_line(&self.subject, LONGEST_SUBJECT).is_some_and(|line| line == self.subject);
        is_one.then_some(()).ok_or(SignOnRefusal::NoSubject)
    }
}
