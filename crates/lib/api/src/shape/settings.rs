//! How a hosted connector reaches its account. Secrets go in and never come out.

use chrono::{DateTime, Utc};
use governance::CheckOutcome;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::Mode;
use crate::input::Secret;

/// Settings that are to be tested or saved.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSettings {
    /// The account: 32 characters of 0-9 and a-f.
    account_id: String,
    /// How the connector is to show who it is.
    authentication: NewAuthentication,
    /// What it is to do there.
    mode: Mode,
}

/// How a connector is to show who it is. A secret that is left out is the one that is kept.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(tag = "way", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum NewAuthentication {
    /// With a token that has just the rights that it was given.
    ApiToken {
        /// The token.
        token: Option<Secret>,
    },
    /// With the global key of a user, which has all of that user's rights.
    ApiKey {
        /// The address of that user.
        email: String,
        /// The key.
        key: Option<Secret>,
    },
}

/// Settings that are kept.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Settings {
    /// The account.
    account_id: String,
    /// How the connector shows who it is.
    authentication: Authentication,
    /// The last four characters of the token or key.
    last_four: String,
    /// What it is to do there.
    mode: Mode,
    /// When they were saved.
    saved_at: DateTime<Utc>,
    /// What the last test of them said.
    checked: Option<Checked>,
}

/// How a connector shows who it is.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "way", rename_all = "kebab-case")]
pub(crate) enum Authentication {
    /// With a token.
    ApiToken {},
    /// With the global key of a user.
    ApiKey {
        /// The address of that user.
        email: String,
    },
}

/// What a test of settings said.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Checked {
    /// When.
    at: DateTime<Utc>,
    /// What.
    #[serde(flatten)]
    outcome: Outcome,
}

/// Whether settings are any good.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
#[schemars(rename = "CheckOutcome")]
pub(crate) enum Outcome {
    /// Everything that is needed is there.
    Good,
    /// The account lets them in, and something is missing.
    Insufficient {
        /// What, in the dashboard's words.
        missing: Vec<String>,
    },
    /// The account does not let them in.
    Rejected {
        /// Why, and what to do.
        why: String,
    },
}

/// What a credential may do, compared with what is needed.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Checklist {
    /// The name of the account, when it may be read.
    account: Option<String>,
    /// What kind of credential it is, and its name.
    credential: String,
    /// When it ends.
    expires_at: Option<DateTime<Utc>>,
    /// The permissions.
    items: Vec<CheckItem>,
}

/// One permission.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CheckItem {
    /// In the dashboard's words.
    permission: String,
    /// Whether it is there.
    allowed: Allowed,
    /// What it is needed for, or why it is too much.
    reason: String,
    /// Whether nothing works without it.
    needed_for_all: bool,
}

/// Whether a permission is there.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Allowed {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// It is, and it is more than is needed.
    Excess,
    /// It cannot be known without changing something.
    Unknown,
}

impl From<NewSettings> for lobby::NewSettings {
    fn from(new: NewSettings) -> Self {
        let bare = |secret: Option<Secret>| -> Option<SecretString> { secret.map(|Secret(secret)| secret) };
        let (authentication, secret) = match new.authentication {
            NewAuthentication::ApiToken { token } => (governance::Authentication::ApiToken, bare(token)),
            NewAuthentication::ApiKey { email, key } => {
                (governance::Authentication::ApiKey { email }, bare(key))
            }
        };
        Self {
            account_id: new.account_id,
            authentication,
            secret,
            mode: new.mode.into(),
        }
    }
}

impl From<&governance::ConnectorSettings> for Settings {
    fn from(kept: &governance::ConnectorSettings) -> Self {
        Self {
            account_id: kept.account_id.clone(),
            authentication: match &kept.authentication {
                governance::Authentication::ApiToken => Authentication::ApiToken {},
                governance::Authentication::ApiKey { email } => {
                    Authentication::ApiKey { email: email.clone() }
                }
            },
            last_four: kept.last_four.clone(),
            mode: kept.mode.into(),
            saved_at: kept.saved_at,
            checked: kept.checked.as_ref().map(|checked| Checked {
                at: checked.at,
                outcome: outcome(&checked.outcome),
            }),
        }
    }
}

fn outcome(outcome: &CheckOutcome) -> Outcome {
    match outcome {
        CheckOutcome::Good => Outcome::Good,
        CheckOutcome::Insufficient { missing } => Outcome::Insufficient {
            missing: missing.clone(),
        },
        CheckOutcome::Rejected { why } => Outcome::Rejected { why: why.clone() },
    }
}

impl From<lobby::Checklist> for Checklist {
    fn from(list: lobby::Checklist) -> Self {
        let item = |item: lobby::CheckItem| CheckItem {
            permission: item.permission,
            allowed: match item.allowed {
                lobby::Allowed::Yes => Allowed::Yes,
                lobby::Allowed::No => Allowed::No,
                lobby::Allowed::Excess => Allowed::Excess,
                lobby::Allowed::Unknown => Allowed::Unknown,
            },
            reason: item.reason,
            needed_for_all: item.is_needed_for_all,
        };
        Self {
            account: list.account,
            credential: list.credential,
            expires_at: list.expires_at,
            items: list.items.into_iter().map(item).collect(),
        }
    }
}
