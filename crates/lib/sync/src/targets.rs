//! Reading single resources, as if each were a feed.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use connector::{
    ConnectorError, ErrorKind, Feed, FeedId, Found, Known, Metadata, Note, Output, Owned, Record, Severity,
    Syncer,
};
use model::{ResourceId, ResourceType};

/// A connector that seems to consist of the wanted resources only.
pub(crate) struct Targets {
    inner: Arc<dyn Syncer>,
    ids: Vec<(FeedId, ResourceId)>,
    by_feed: HashMap<FeedId, ResourceId>,
}

impl Targets {
    /// The part of `inner` that consists of `ids`.
    pub(crate) fn new(inner: Arc<dyn Syncer>, ids: &[ResourceId]) -> Self {
        let ids: Vec<_> = ids
            .iter()
            .map(|id| (FeedId(format!("target/{id}")), id.clone()))
            .collect();
        Self {
            inner,
            by_feed: ids.iter().cloned().collect(),
            ids,
        }
    }

    async fn find(&self, id: &ResourceId) -> Result<Option<Found>, ConnectorError> {
        match self.inner.find(id).await {
            Err(error) if matches!(error.kind, ErrorKind::NotFound | ErrorKind::Unimplemented) => Ok(None),
            found => found,
        }
    }
}

#[async_trait]
impl Syncer for Targets {
    fn metadata(&self) -> Metadata {
        self.inner.metadata()
    }

    fn source(&self) -> String {
        self.inner.source()
    }

    fn resource_types(&self) -> Vec<Arc<ResourceType>> {
        self.inner.resource_types()
    }

    async fn validate(&self) -> Result<Vec<Note>, ConnectorError> {
        self.inner.validate().await
    }

    fn plan(&self) -> Vec<Feed> {
        let feeds = self.ids.iter().map(|(feed, id)| Feed {
            id: feed.clone(),
            title: "selected resources".to_owned(),
            after: Vec::new(),
            owns: vec![Owned::GrantsOn(id.clone())],
        });
        feeds.collect()
    }

    async fn read(
        &self,
        feed: &FeedId,
        _known: &dyn Known,
        out: &mut dyn Output,
    ) -> Result<(), ConnectorError> {
        let Some(id) = self.by_feed.get(feed) else {
            return Ok(());
        };
        match self.find(id).await? {
            Some(found) => out.records(records(found)).await,
            None => out.note(not_found(id)).await,
        }
    }

    async fn find(&self, id: &ResourceId) -> Result<Option<Found>, ConnectorError> {
        self.find(id).await
    }
}

fn records(found: Found) -> Vec<Record> {
    let mut records = vec![Record::Resource(found.resource)];
    records.extend(found.entitlements.into_iter().map(Record::Entitlement));
    records.extend(found.grants.into_iter().map(Record::Grant));
    records
}

fn not_found(id: &ResourceId) -> Note {
    Note {
        severity: Severity::Warning,
        code: "target-not-found".to_owned(),
        message: format!("`{id}` was not found and is not in the file"),
        hint: "check the type and the id; only resources that exist can be read one by one".to_owned(),
    }
}
