//! Setting connectors up.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{Desk, DeskError, ROUNDS};
use crate::repository::{Versioned, Written};
use crate::{Connector, ConnectorId, ConnectorName, Credential, CredentialId, PublicKey};

impl Desk {
    /// Adds a connector under a name.
    ///
    /// # Errors
    /// When the text is no name, when the name is taken, or when the store fails.
    pub async fn add_connector(
        &self,
        name: &str,
        sync_every: Option<Duration>,
    ) -> Result<Connector, DeskError> {
        let name = ConnectorName::parse(name)?;
        let (now, bytes) = self.fresh();
        let connector = Connector::new(ConnectorId::new(now, bytes), name, sync_every, now);
        self.store.add_connector(&connector).await?;
        Ok(connector)
    }

    /// The connector of that name or id.
    ///
    /// # Errors
    /// When there is none, or when the store fails.
    pub async fn find_connector(&self, text: &str) -> Result<Versioned<Connector>, DeskError> {
        let by_id = match ConnectorId::parse(text) {
            Ok(id) => self.store.connector(&id).await?,
            Err(_) => None,
        };
        let found = match by_id {
            Some(found) => Some(found),
            None => self.store.connector_named(&ConnectorName::parse(text)?).await?,
        };
        found.ok_or(DeskError::Unknown("connector"))
    }

    /// Pauses a connector, or lets it go on.
    ///
    /// # Errors
    /// When there is no such connector, or when the store fails.
    pub async fn set_paused(&self, connector: &ConnectorId, paused: bool) -> Result<(), DeskError> {
        for _ in 0..ROUNDS {
            let found = self.store.connector(connector).await?;
            let found = found.ok_or(DeskError::Unknown("connector"))?;
            let changed = Connector {
                paused,
                ..found.value.clone()
            };
            if self.store.replace_connector(&found.with(changed)).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(DeskError::Contended)
    }

    /// Gives a connector another credential. The secret stays with whoever made the key.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn add_credential(
        &self,
        connector: &ConnectorId,
        client_id: impl FnOnce(&CredentialId) -> String + Send,
        public_key: PublicKey,
        expires_at: Option<DateTime<Utc>>,
    ) -> Result<Credential, DeskError> {
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
        self.store.add_credential(&credential).await?;
        Ok(credential)
    }

    /// Takes a credential back; whoever uses it is turned away with the next call.
    ///
    /// # Errors
    /// When there is none that could be taken back, or when the store fails.
    pub async fn revoke_credential(&self, id: &CredentialId) -> Result<(), DeskError> {
        let revoked = self.store.revoke_credential(id, self.now()).await?;
        revoked.then_some(()).ok_or(DeskError::Unknown("credential"))
    }
}
