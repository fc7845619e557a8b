//! Secrets that are kept sealed, wherever they are.

use async_trait::async_trait;

use super::{Stored, Written};
use crate::{ConnectorId, OperatorId, SealedSecret};

/// Where a sealed secret belongs. It opens nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealedPlace {
    /// In the settings of a connector.
    Connector(ConnectorId),
    /// What somebody's one-time codes are made with.
    SecondFactor(OperatorId),
    /// What proves us to the sign-in provider with this address.
    SignOn(String),
}

/// A sealed secret, and where it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedValue {
    /// Where.
    pub place: SealedPlace,
    /// The secret.
    pub secret: SealedSecret,
}

/// All secrets that are kept sealed: whoever changes keys has to know every one.
#[async_trait]
pub trait SealedValues {
    /// All of them.
    async fn sealed_values(&self) -> Stored<Vec<SealedValue>>;
    /// Writes one that was sealed again over what it was, and nothing else; [`Written::Outdated`] when there is another
    /// one meanwhile.
    async fn replace_sealed(&self, before: &SealedValue, after: &SealedSecret) -> Stored<Written>;
}
