//! How a hosted connector reaches its account: looked at, tested, saved.

use governance::{
    Action, Actor, Authentication, CheckOutcome, Checked, ConnectorId, ConnectorSettings, Email, Mode,
    OfficeError,
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::secrets::last_four;
use crate::{Candidate, Checklist, Lobby, LobbyError, ProbeError, opened, seal_for_connector};

/// The length of an account id.
const ACCOUNT_ID: usize = 32;

/// Settings that somebody gives.
#[derive(Debug)]
pub struct NewSettings {
    /// The account.
    pub account_id: String,
    /// How the connector is to show who it is.
    pub authentication: Authentication,
    /// The token or key; `None` for the one that is kept, when it goes with the same way.
    pub secret: Option<SecretString>,
    /// What it is to do there.
    pub mode: Mode,
}

/// Whether a text is an account's id, in small letters.
pub fn is_account_id(text: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == ACCOUNT_ID && text.bytes().all(is_sign)
}

/// Whether a secret has only signs that tokens and keys have.
pub fn is_plain(secret: &SecretString) -> bool {
    let text = secret.expose_secret();
    !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic())
}

impl Lobby {
    /// Makes what can be tested of what somebody gave, for somebody who may change the connector.
    ///
    /// # Errors
    /// When there is no such connector, when the actor may not, or when something of it cannot be.
    pub async fn candidate(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        new: NewSettings,
    ) -> Result<Candidate, LobbyError> {
        let owned = self.office.owned(actor, id).await?;
        let may = actor.may(Action::ConfigureConnector(&owned.installation.value));
        may.map_err(OfficeError::from)?;
        let account_id = new.account_id.to_lowercase();
        if !is_account_id(&account_id) {
            return Err(LobbyError::Field {
                field: "account_id",
                why: "an account ID has 32 characters of 0-9 and a-f: it stands in the dashboard's address",
            });
        }
        if let Authentication::ApiKey { email } = &new.authentication
            && Email::parse(email).is_err()
        {
            return Err(LobbyError::Field {
                field: "email",
                why: "give the e-mail address of the user whose key it is",
            });
        }
        let secret = match new.secret {
            Some(secret) => plain(secret)?,
            None => self.kept_secret(actor, id, &new.authentication).await?,
        };
        Ok(Candidate {
            account_id,
            authentication: new.authentication,
            secret,
            mode: new.mode,
        })
    }

    async fn kept_secret(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        way: &Authentication,
    ) -> Result<SecretString, LobbyError> {
        let is_key = |way: &Authentication| matches!(way, Authentication::ApiKey { .. });
        let kept = self.office.settings(actor, id).await?;
        let kept = kept.filter(|kept| is_key(&kept.authentication) == is_key(way));
        let kept = kept.ok_or(LobbyError::Field {
            field: "secret",
            why: "give the token or key: none is kept that goes with this way to authenticate",
        })?;
        let opened = opened(&self.keys.ring(), id, &kept.secret);
        opened.map_err(|_| LobbyError::Broken("settings were sealed with another key ring"))
    }

    /// Saves settings with what a test of them said, sealed, and lets the connector read with them.
    ///
    /// # Errors
    /// As [`governance::Office::save_settings`], and when the secret cannot be sealed.
    pub async fn save_settings(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        candidate: &Candidate,
        checked: &Result<Checklist, ProbeError>,
    ) -> Result<(), LobbyError> {
        let random = self.helpers.random.as_ref();
        let sealed = seal_for_connector(&self.keys.ring(), random, id, &candidate.secret);
        let now = self.office.now();
        let settings = ConnectorSettings {
            connector: id.clone(),
            account_id: candidate.account_id.clone(),
            authentication: candidate.authentication.clone(),
            secret: sealed.map_err(|_| LobbyError::Broken("a secret could not be sealed"))?,
            last_four: last_four(&candidate.secret).to_owned(),
            mode: candidate.mode,
            saved_at: now,
            revision: 0,
            checked: checked.as_ref().ok().map(|list| Checked {
                at: now,
                outcome: outcome(list),
            }),
        };
        self.office.save_settings(actor, &settings, self.sync).await?;
        (self.helpers.changed)();
        Ok(())
    }
}

fn plain(secret: SecretString) -> Result<SecretString, LobbyError> {
    is_plain(&secret).then_some(secret).ok_or(LobbyError::Field {
        field: "secret",
        why: "it has spaces or signs that no token and no key has: copy it again",
    })
}

fn outcome(list: &Checklist) -> CheckOutcome {
    let missing = list.missing();
    if missing.is_empty() {
        CheckOutcome::Good
    } else {
        CheckOutcome::Insufficient { missing }
    }
}
