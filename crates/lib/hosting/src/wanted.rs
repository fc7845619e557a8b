//! Which connectors are to run here.

use async_trait::async_trait;
use governance::ConnectorId;
use secrecy::SecretString;

use crate::HostingError;

/// A connector that is to run here.
#[derive(Clone, Debug)]
pub struct Hosted {
    /// Which.
    pub connector: ConnectorId,
    /// Which state of its settings; one that runs with another is replaced.
    pub revision: i64,
    /// Its settings, by the names of their environment variables, such as `BATON_ACCOUNT_ID`.
    pub settings: Vec<(String, SecretString)>,
}

/// Who knows which connectors are to run here.
#[async_trait]
pub trait Wanted: Send + Sync {
    /// All of them. When it fails, everything stays as it is.
    ///
    /// # Errors
    /// When it cannot be known at the moment.
    async fn wanted(&self) -> Result<Vec<Hosted>, HostingError>;
    /// Returns when there is reason to ask again. It is a courtesy: who wants something is asked every few seconds
    /// anyway.
    async fn changed(&self);
}
