//! What processes sign in with: credentials like any other, made for one life and then taken back.

use std::sync::Arc;

use ::hosting::{ClientKey, HostingError, Keys};
use async_trait::async_trait;
use governance::{Actor, ConnectorId, Credential, CredentialId, Office, OfficeError, PublicKey, ServiceId};
use task_protocol::{ClientId, ClientSecret};
use task_service::{SecretSource, SystemSecrets};

/// What their client ids begin with.
const NAME: &str = "hosted-";
/// What stands behind the slash of their client ids, by which they are told from those that people gave out.
const END: &str = "/hosted";
/// How many letters of its id a client id has in its name.
const LETTERS: usize = 10;

/// Gives out credentials in the name of the service.
pub(super) struct OfficeKeys {
    office: Office,
    address: String,
    service: ServiceId,
    secrets: Arc<dyn SecretSource>,
}

impl OfficeKeys {
    /// Keys for what this service runs.
    pub(super) fn new(office: Office, address: String, service: ServiceId) -> Self {
        Self {
            office,
            address,
            service,
            secrets: Arc::new(SystemSecrets),
        }
    }
}

/// Whether it was made for a process, which may have had no time to give it back.
fn is_of_a_process(credential: &Credential) -> bool {
    credential.client_id.ends_with(END)
}

/// The last letters of an id are the ones that chance chose.
fn client_id(id: &CredentialId, address: &str) -> String {
    let id = id.as_str().to_lowercase();
    let letters = id.get(id.len().saturating_sub(LETTERS)..).unwrap_or_default();
    format!("{NAME}{letters}@{address}{END}")
}

#[async_trait]
impl Keys for OfficeKeys {
    async fn issue(&self, connector: &ConnectorId) -> Result<ClientKey, HostingError> {
        let seed = self.secrets.secret();
        let seed = seed.ok_or_else(|| HostingError::Other("this machine gives no randomness".to_owned()))?;
        let secret = ClientSecret::generate(seed);
        let task_protocol::PublicKey(key) = secret.public_key();
        let id = |id: &CredentialId| client_id(id, &self.address);
        let added = self
            .office
            .renew_hosted_credential(&self.service, connector, id, (is_of_a_process, PublicKey(key)))
            .await?;
        ClientId::parse(&added.client_id).map_err(|error| HostingError::Other(error.to_string()))?;
        Ok(ClientKey {
            id: added.id,
            client_id: added.client_id,
            secret: secret.to_text(),
        })
    }

    async fn is_good(&self, key: &CredentialId) -> Result<bool, HostingError> {
        Ok(self.office.is_good(key).await?)
    }

    async fn revoke(&self, key: &CredentialId) -> Result<(), HostingError> {
        match self.office.revoke_credential(&Actor::service(), key).await {
            // Somebody else was quicker.
            Ok(()) | Err(OfficeError::Unknown(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
