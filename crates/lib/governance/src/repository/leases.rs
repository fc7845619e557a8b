//! Who runs what is hosted, when several services share a database.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::Stored;
use crate::{ConnectorId, ServiceId};

/// Leases: a connector that runs beside a service is run by the one that holds its lease.
#[async_trait]
pub trait Leases {
    /// Takes the leases of these connectors, or holds them longer, until `until`; gives those that are now this
    /// service's. The lease of another service can be taken once it is over.
    async fn hold_leases(
        &self,
        service: &ServiceId,
        connectors: &[ConnectorId],
        (now, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Stored<Vec<ConnectorId>>;
    /// Lets go of all of a service.
    async fn let_leases_go(&self, service: &ServiceId) -> Stored<()>;
}
