//! What a process signs in with.

use async_trait::async_trait;
use governance::{ConnectorId, CredentialId};
use secrecy::SecretString;

use crate::HostingError;

/// A client id and its secret, made for one life of a process.
#[derive(Clone, Debug)]
pub struct ClientKey {
    /// Which.
    pub id: CredentialId,
    /// The client id.
    pub client_id: String,
    /// The secret; nobody keeps it but the process.
    pub secret: SecretString,
}

/// Who gives keys to processes.
#[async_trait]
pub trait Keys: Send + Sync {
    /// Makes one for a connector, and takes back what earlier processes of it have left.
    ///
    /// # Errors
    /// When none can be made at the moment.
    async fn issue(&self, connector: &ConnectorId) -> Result<ClientKey, HostingError>;
    /// Whether one is still good: somebody may have taken it back by hand, or another service runs the connector now.
    ///
    /// # Errors
    /// When it cannot be known at the moment.
    async fn is_good(&self, key: &CredentialId) -> Result<bool, HostingError>;
    /// Takes one back.
    ///
    /// # Errors
    /// When it cannot be taken back at the moment.
    async fn revoke(&self, key: &CredentialId) -> Result<(), HostingError>;
}
