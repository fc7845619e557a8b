//! Who may come to the desk.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{Desk, DeskError};
use crate::{AccessToken, ConnectorId, Credential, CredentialId, TokenHash};

/// A connector that was admitted; everything that it does is about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    connector: ConnectorId,
    credential: CredentialId,
}

impl Caller {
    /// Which connector it is.
    pub fn connector(&self) -> &ConnectorId {
        &self.connector
    }

    /// The credential that it signed in with.
    pub fn credential(&self) -> &CredentialId {
        &self.credential
    }
}

impl Desk {
    /// Keeps a token that is given out for a credential, whose signature was checked by whoever calls. Gives `false`,
    /// and no token, when the signed nonce was used before.
    ///
    /// # Errors
    /// When the credential is not accepted any more, or when the store fails.
    pub async fn give_token(
        &self,
        credential: &Credential,
        nonce: (&str, DateTime<Utc>),
        token: TokenHash,
        life: Duration,
    ) -> Result<bool, DeskError> {
        let now = self.now();
        credential.check(now)?;
        let (nonce, until) = nonce;
        if !self.store.use_nonce(&credential.id, nonce, until).await? {
            return Ok(false);
        }
        let life = now + life;
        let token = AccessToken {
            hash: token,
            credential: credential.id.clone(),
            connector: credential.connector.clone(),
            expires_at: credential.expires_at.map_or(life, |end| end.min(life)),
        };
        self.store.add_token(&token, now).await?;
        Ok(true)
    }

    /// Lets whoever shows a token in.
    ///
    /// # Errors
    /// When the token is none or its time is over, when its credential was taken back or has expired, or when the
    /// store fails.
    pub async fn admit(&self, token: &TokenHash) -> Result<Caller, DeskError> {
        let now = self.now();
        let found = self.store.token(token).await?;
        let (token, credential) = found
            .filter(|(token, _)| token.is_valid(now))
            .ok_or(DeskError::Token)?;
        credential.check(now)?;
        Ok(Caller {
            connector: token.connector,
            credential: token.credential,
        })
    }
}
