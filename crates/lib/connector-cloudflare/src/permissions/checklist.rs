//! The checklist, and how it reads as text.

use std::fmt;

use chrono::{DateTime, Utc};
use cloudflare::Caller;
use cloudflare::types::{AccountToken, TokenStatus};

use super::Needed;

/// What a credential may do, held against what it is needed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist {
    /// The account's name. `None` when the credential may not read it.
    pub account_name: Option<String>,
    /// The credential.
    pub credential: CredentialFacts,
    /// What is needed, then what is more than that.
    pub items: Vec<Item>,
}

impl Checklist {
    /// Whether nothing is known to be missing without which the purpose fails.
    pub fn is_enough(&self) -> bool {
        let mut items = self.items.iter();
        !items.any(|item| item.blocking && item.state == State::Missing)
    }
}

/// What is known of a credential besides its permissions. Nothing of its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialFacts {
    /// What it is.
    pub kind: CredentialKind,
    /// A token's name, a key's address. `None` when it may not be read.
    pub name: Option<String>,
    /// When it ends. `None` when never.
    pub expires_at: Option<DateTime<Utc>>,
    /// What Cloudflare says about it; a key has no status.
    pub status: Option<TokenStatus>,
}

/// What a credential is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CredentialKind {
    /// A token of a user: it may not do more than that user.
    UserToken,
    /// A token that the account owns.
    AccountToken,
    /// The key that may do everything its user may.
    GlobalKey,
}

impl CredentialFacts {
    pub(super) fn new(caller: &Caller, own: Option<&AccountToken>) -> Self {
        let name = own.map(|token| token.name.clone());
        let (kind, token) = match caller {
            Caller::UserToken(token) => (CredentialKind::UserToken, token),
            Caller::AccountToken(token) => (CredentialKind::AccountToken, token),
            Caller::GlobalKey(user) => {
                return Self {
                    kind: CredentialKind::GlobalKey,
                    name: Some(user.email.clone()),
                    expires_at: None,
                    status: None,
                };
            }
        };
        Self {
            kind,
            name: name.filter(|name| !name.is_empty()),
            expires_at: token.expires_on,
            status: Some(token.status.clone()),
        }
    }
}

/// A line of the checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The permission in the dashboard's words, such as `Account Settings: Read`.
    pub permission: String,
    /// Whether the credential has it.
    pub state: State,
    /// What it is needed for, or that it is not.
    pub needed_for: String,
    /// Whether the purpose fails without it.
    pub blocking: bool,
}

impl Item {
    pub(super) fn new(needed: &Needed, state: State) -> Self {
        Self {
            permission: needed.permission.to_string(),
            state,
            needed_for: format!("needed for {}", needed.needed_for),
            blocking: needed.blocking,
        }
    }

    pub(super) fn excess(permission: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            permission: permission.into(),
            state: State::Excess,
            needed_for: why.into(),
            blocking: false,
        }
    }
}

/// Whether a credential has a permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It has it.
    Present,
    /// It does not, and should.
    Missing,
    /// It does, and need not.
    Excess,
    /// It cannot be told.
    Unknown {
        /// Why not.
        reason: String,
    },
}

impl fmt::Display for CredentialKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UserToken => "user API token",
            Self::AccountToken => "account API token",
            Self::GlobalKey => "global API key",
        })
    }
}

impl fmt::Display for CredentialFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        match (&self.name, self.kind) {
            (Some(address), CredentialKind::GlobalKey) => write!(f, " of {address}")?,
            (Some(name), _) => write!(f, " \"{name}\"")?,
            (None, _) => {}
        }
        if let Some(status) = &self.status {
            write!(f, ", {status}")?;
        }
        match (self.expires_at, self.kind) {
            (Some(end), _) => write!(f, ", expires on {}", end.format("%Y-%m-%d")),
            (None, CredentialKind::GlobalKey) => Ok(()),
            (None, _) => f.write_str(", never expires"),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Present => "present",
            Self::Missing => "missing",
            Self::Excess => "more than needed",
            Self::Unknown { .. } => "unknown",
        })
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.permission, self.state)?;
        if self.blocking && self.state == State::Missing {
            f.write_str(", and must be given")?;
        }
        write!(f, "\n  {}", self.needed_for)?;
        match &self.state {
            State::Unknown { reason } => write!(f, "\n  {reason}"),
            State::Present | State::Missing | State::Excess => Ok(()),
        }
    }
}

impl fmt::Display for Checklist {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self
            .account_name
            .as_deref()
            .unwrap_or("(its name may not be read)");
        write!(f, "Account: {name}\nCredential: {}", self.credential)?;
        self.items.iter().try_for_each(|item| write!(f, "\n{item}"))
    }
}
