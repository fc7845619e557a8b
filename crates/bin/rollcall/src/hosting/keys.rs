//! What processes sign in with: credentials like any other, made for one life and then taken back.

use std::sync::Arc;

use ::hosting::{ClientKey, HostingError, Keys};
use async_trait::async_trait;
use governance::{ConnectorId, Credential, CredentialId, Desk, DeskError, PublicKey};
use task_protocol::{ClientId, ClientSecret};
use task_service::SecretSource;

/// What their client ids begin with.
const NAME: &str = "hosted-";
/// What stands behind the slash of their client ids, by which they are told from those that people gave out.
const END: &str = "/hosted";
/// How many letters of its id a client id has in its name.
const LETTERS: usize = 10;

/// Gives out credentials at the desk.
pub(super) struct DeskKeys {
    desk: Desk,
    address: String,
    secrets: Arc<dyn SecretSource>,
}

impl DeskKeys {
    pub(super) fn new(desk: Desk, address: String, secrets: Arc<dyn SecretSource>) -> Self {
        Self {
            desk,
            address,
            secrets,
        }
    }

    /// Takes back what processes have left that had no time to.
    async fn clear(&self, connector: &ConnectorId) -> Result<(), HostingError> {
        let all = self.desk.store().credentials(connector).await?;
        for left in all.iter().filter(|credential| is_left(credential)) {
            self.revoke(&left.id).await?;
        }
        Ok(())
    }
}

fn is_left(credential: &Credential) -> bool {
    credential.revoked_at.is_none() && credential.client_id.ends_with(END)
}

/// The last letters of an id are the ones that chance chose.
fn client_id(id: &CredentialId, address: &str) -> String {
    let id = id.as_str().to_lowercase();
    let letters = id.get(id.len().saturating_sub(LETTERS)..).unwrap_or_default();
    format!("{NAME}{letters}@{address}{END}")
}

#[async_trait]
impl Keys for DeskKeys {
    async fn issue(&self, connector: &ConnectorId) -> Result<ClientKey, HostingError> {
        self.clear(connector).await?;
        let seed = self.secrets.secret();
        let seed = seed.ok_or_else(|| HostingError::Other("this machine gives no randomness".to_owned()))?;
        let secret = ClientSecret::generate(seed);
        let task_protocol::PublicKey(key) = secret.public_key();
        let id = |id: &CredentialId| client_id(id, &self.address);
        let added = self
            .desk
            .add_credential(connector, id, PublicKey(key), None)
            .await?;
        ClientId::parse(&added.client_id).map_err(|error| HostingError::Other(error.to_string()))?;
        Ok(ClientKey {
            id: added.id,
            client_id: added.client_id,
            secret: secret.to_text(),
        })
    }

    async fn revoke(&self, key: &CredentialId) -> Result<(), HostingError> {
        match self.desk.revoke_credential(key).await {
            // Somebody else was quicker.
            Ok(()) | Err(DeskError::Unknown(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
