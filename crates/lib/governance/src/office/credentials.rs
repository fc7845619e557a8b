//! What self-hosted connectors sign in with.

use chrono::{DateTime, Utc};

use super::{Office, OfficeError};
use crate::repository::{Write, Written};
use crate::{Action, Actor, AuditAction, ConnectorId, Credential, CredentialId, PublicKey};

impl Office {
    /// Gives a connector another credential. The secret stays with whoever made the key.
    ///
    /// # Errors
    /// When there is no such connector, when the actor may not, or when the store fails.
    pub async fn add_credential(
        &self,
        actor: &Actor,
        connector: &ConnectorId,
        client_id: impl FnOnce(&CredentialId) -> String + Send,
        (public_key, expires_at): (PublicKey, Option<DateTime<Utc>>),
    ) -> Result<Credential, OfficeError> {
        let owned = self.owned(actor, connector).await?;
        actor.may(Action::ConfigureConnector(&owned.installation.value))?;
        owned.reads_by_itself()?;
        let (now, bytes) = self.fresh();
        let id = CredentialId::new(now, bytes);
        let credential = Credential {
            client_id: client_id(&id),
            id,
            connector: connector.clone(),
            public_key,
            created_at: now,
            expires_at,
            revoked_at: None,
            last_used_at: None,
        };
        let entry = self
            .draft(
                actor,
                AuditAction::CredentialAdded,
                owned.connector.value.object(),
            )
            .change("client id", None, Some(credential.client_id.clone()));
        self.commit_new(&[Write::AddCredential(credential.clone())], &[entry])
            .await?;
        Ok(credential)
    }

    /// Takes a credential back; whoever uses it is turned away with the next call.
    ///
    /// # Errors
    /// When there is none that could be taken back, when the actor may not, or when the store fails.
    pub async fn revoke_credential(&self, actor: &Actor, id: &CredentialId) -> Result<(), OfficeError> {
        const UNKNOWN: OfficeError = OfficeError::Unknown("credential");
        let credential = self.store.credential_with_id(id).await?.ok_or(UNKNOWN)?;
        let owned = self
            .owned(actor, &credential.connector)
            .await
            .map_err(|_| UNKNOWN)?;
        actor.may(Action::ConfigureConnector(&owned.installation.value))?;
        let entry = self
            .draft(
                actor,
                AuditAction::CredentialRevoked,
                owned.connector.value.object(),
            )
            .change("client id", Some(credential.client_id), None);
        let write = Write::RevokeCredential(id.clone(), self.now());
        match self.commit(&[write], &[entry]).await? {
            Written::Yes => Ok(()),
            Written::Outdated => Err(UNKNOWN),
        }
    }
}
