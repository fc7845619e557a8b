//! Testing Cloudflare's credentials for the settings page.

use std::time::Duration;

use async_trait::async_trait;
use cloudflare::{AccountId, Client, Credential, DEFAULT_BASE_URL};
use connector::{ConnectorError, ErrorKind};
use connector_cloudflare::permissions::{self, Purpose, State};
use governance::{Authentication, Mode};
use lobby::{Allowed, Candidate, CheckItem, Checklist, Needed, Probe, ProbeError};
use url::Url;

use crate::failure::Failure;

/// How long a person waits for an answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Asks Cloudflare.
pub(super) struct CloudflareProbe {
    base: Url,
}

impl CloudflareProbe {
    pub(super) fn new(base: Option<&str>) -> Result<Self, Failure> {
        let base = Url::parse(base.unwrap_or(DEFAULT_BASE_URL));
        let base =
            base.map_err(|error| Failure::new(error, "give the address of Cloudflare's API as a URL"))?;
        Ok(Self { base })
    }

    fn client(&self, candidate: &Candidate) -> Result<Client, ProbeError> {
        let options = http_client::Options {
            timeout: PATIENCE,
            ..http_client::Options::default()
        };
        let http = http_client::Client::new(options).map_err(|error| broken(&error))?;
        let credential = match &candidate.authentication {
            Authentication::ApiToken => Credential::ApiToken(candidate.secret.clone()),
            Authentication::ApiKey { email } => Credential::GlobalKey {
                email: email.clone(),
                key: candidate.secret.clone(),
            },
        };
        Client::new(http, self.base.clone(), credential).map_err(|error| broken(&error))
    }
}

fn broken(error: &dyn std::fmt::Display) -> ProbeError {
    ProbeError {
        message: error.to_string(),
        hint: "copy the credential again".to_owned(),
        is_rejection: true,
    }
}

fn purpose(mode: Mode) -> Purpose {
    match mode {
        Mode::Reviews => Purpose::Reviews,
        Mode::ReviewsAndProvisioning => Purpose::ReviewsAndProvisioning,
    }
}

#[async_trait]
impl Probe for CloudflareProbe {
    async fn check(&self, candidate: &Candidate) -> Result<Checklist, ProbeError> {
        let client = self.client(candidate)?;
        let account = AccountId::parse(&candidate.account_id).map_err(|error| broken(&error))?;
        let checking = permissions::check(&client, &account, purpose(candidate.mode));
        let checked = tokio::time::timeout(PATIENCE, checking).await;
        let checked = checked.map_err(|_| ProbeError {
            message: "it did not answer in time".to_owned(),
            hint: "the settings can be saved all the same, and tested later".to_owned(),
            is_rejection: false,
        })?;
        Ok(list(checked.map_err(|error| refused(&error))?))
    }

    fn needed(&self, mode: Mode) -> Vec<Needed> {
        let needed = permissions::needed(purpose(mode)).iter();
        needed
            .map(|one| Needed {
                permission: one.permission.to_string(),
                reason: format!("For {}", one.needed_for),
            })
            .collect()
    }
}

/// What the settings are to blame for, and what not.
fn refused(error: &ConnectorError) -> ProbeError {
    let is_passing = matches!(
        error.kind,
        ErrorKind::Unavailable
            | ErrorKind::DeadlineExceeded
            | ErrorKind::ResourceExhausted
            | ErrorKind::Internal
    );
    ProbeError {
        message: error.to_string(),
        hint: error.hint.clone(),
        is_rejection: !is_passing,
    }
}

fn list(found: permissions::Checklist) -> Checklist {
    Checklist {
        account: found.account_name,
        credential: found.credential.to_string(),
        expires_at: found.credential.expires_at,
        items: found.items.into_iter().map(item).collect(),
    }
}

fn item(item: permissions::Item) -> CheckItem {
    let (allowed, reason) = match item.state {
        State::Present => (Allowed::Yes, item.needed_for),
        State::Missing => (Allowed::No, item.needed_for),
        State::Excess => (Allowed::Excess, item.needed_for),
        State::Unknown { reason } => (Allowed::Unknown, format!("{}; {reason}", item.needed_for)),
    };
    CheckItem {
        permission: item.permission,
        allowed,
        reason,
        is_needed_for_all: item.blocking,
    }
}
