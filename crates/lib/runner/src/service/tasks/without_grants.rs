//! Reading everything but who holds what.

use std::sync::Arc;

use async_trait::async_trait;
use connector::{ConnectorError, Feed, FeedId, Found, Known, Metadata, Note, Output, Record, Syncer};
use model::{ResourceId, ResourceType};

/// A connector whose grants are not heard.
pub(super) struct WithoutGrants(pub(super) Arc<dyn Syncer>);

/// Lets everything pass but grants.
struct Deaf<'a>(&'a mut dyn Output);

#[async_trait]
impl Output for Deaf<'_> {
    async fn records(&mut self, mut records: Vec<Record>) -> Result<(), ConnectorError> {
        records.retain(|record| !matches!(record, Record::Grant(_)));
        self.0.records(records).await
    }

    async fn restart(&mut self) -> Result<(), ConnectorError> {
        self.0.restart().await
    }

    async fn follow(&mut self, feed: Feed) -> Result<(), ConnectorError> {
        self.0.follow(feed).await
    }

    async fn note(&mut self, note: Note) -> Result<(), ConnectorError> {
        self.0.note(note).await
    }

    fn progress(&mut self, done: u64, total: Option<u64>) {
        self.0.progress(done, total);
    }
}

#[async_trait]
impl Syncer for WithoutGrants {
    fn metadata(&self) -> Metadata {
        self.0.metadata()
    }

    fn source(&self) -> String {
        self.0.source()
    }

    fn resource_types(&self) -> Vec<Arc<ResourceType>> {
        self.0.resource_types()
    }

    async fn validate(&self) -> Result<Vec<Note>, ConnectorError> {
        self.0.validate().await
    }

    fn plan(&self) -> Vec<Feed> {
        self.0.plan()
    }

    async fn read(
        &self,
        feed: &FeedId,
        known: &dyn Known,
        out: &mut dyn Output,
    ) -> Result<(), ConnectorError> {
        self.0.read(feed, known, &mut Deaf(out)).await
    }

    async fn find(&self, id: &ResourceId) -> Result<Option<Found>, ConnectorError> {
        self.0.find(id).await
    }
}
