//! The reading half of a connector.

use std::sync::Arc;

use async_trait::async_trait;
use model::{Entitlement, Grant, Resource, ResourceId, ResourceType};

use crate::{ConnectorError, Feed, FeedId, Known, Note, Output};

/// Reads an account.
#[async_trait]
pub trait Syncer: Send + Sync {
    /// What the connector is, for people; needs no configuration and makes no call.
    fn metadata(&self) -> Metadata;

    /// What is being read, such as `cloudflare/<account id>`; makes no call.
    ///
    /// An interrupted run is continued only when it was reading the same.
    fn source(&self) -> String {
        self.metadata().display_name
    }

    /// The types of all resources that it can yield; makes no call.
    fn resource_types(&self) -> Vec<Arc<ResourceType>>;

    /// Checks that the source can be reached and the credential is accepted; called once, first.
    ///
    /// Returns what no listing can show, and what the credential cannot see.
    ///
    /// # Errors
    /// When nothing can be read: the message says what to do.
    async fn validate(&self) -> Result<Vec<Note>, ConnectorError>;

    /// The feeds that make up the account; more may follow while they are read. Makes no call.
    fn plan(&self) -> Vec<Feed>;

    /// Reads one feed whole.
    ///
    /// # Errors
    /// When the feed cannot be completed. A part that may not be read is a note, not an error.
    async fn read(
        &self,
        feed: &FeedId,
        known: &dyn Known,
        out: &mut dyn Output,
    ) -> Result<(), ConnectorError>;

    /// Reads one resource with its entitlements and grants; `None` when it does not exist.
    ///
    /// # Errors
    /// When it cannot be told whether it exists.
    async fn find(&self, id: &ResourceId) -> Result<Option<Found>, ConnectorError>;
}

/// A single resource and what hangs on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The resource.
    pub resource: Resource,
    /// What can be held on it.
    pub entitlements: Vec<Entitlement>,
    /// Who holds that.
    pub grants: Vec<Grant>,
}

/// What a connector is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// For people, such as `Cloudflare`.
    pub display_name: String,
    /// For people; may be empty.
    pub description: String,
}
