//! What self-hosted connectors sign in with.

use governance::{Actor, ConnectorId, Credential, CredentialId, PublicKey};
use secrecy::SecretString;
use task_protocol::{ClientId, ClientSecret};

use crate::{Lobby, LobbyError};

impl Lobby {
    /// Gives a connector another credential. Only the public half of its key is kept; the secret is in the answer and
    /// nowhere else.
    ///
    /// # Errors
    /// As [`governance::Office::add_credential`], and when the machine gives no randomness.
    pub async fn add_credential(
        &self,
        actor: &Actor,
        connector: &ConnectorId,
    ) -> Result<(Credential, SecretString), LobbyError> {
        let mut key = [0; 32];
        self.helpers.random.fill(&mut key)?;
        let secret = ClientSecret::generate(key);
        let task_protocol::PublicKey(key) = secret.public_key();
        let client_id =
            |id: &CredentialId| format!("{}@{}/rollcall", id.as_str().to_lowercase(), self.address);
        let added = self
            .office
            .add_credential(actor, connector, client_id, (PublicKey(key), None))
            .await?;
        ClientId::parse(&added.client_id)
            .map_err(|_| LobbyError::Broken("the service's address is none that connectors reach"))?;
        Ok((added, secret.to_text()))
    }
}
