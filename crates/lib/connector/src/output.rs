//! Where a connector puts what it reads, and where it looks up what was read before.

use async_trait::async_trait;
use model::{Entitlement, Grant, Resource, ResourceTypeId};

use crate::{ConnectorError, Feed, Note};

/// One thing that was read. A record that was already given is replaced.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// An object.
    Resource(Resource),
    /// Something that can be held.
    Entitlement(Entitlement),
    /// That somebody holds it.
    Grant(Grant),
}

/// Takes what a feed yields. Calls wait while the writer is behind, so memory stays flat.
#[async_trait]
pub trait Output: Send {
    /// Hands over records; they become durable together.
    ///
    /// # Errors
    /// When the run is being stopped; the connector passes the error on.
    async fn records(&mut self, records: Vec<Record>) -> Result<(), ConnectorError>;

    /// Forgets all that this feed gave so far: it is being read from the start again.
    ///
    /// # Errors
    /// As for [`Output::records`].
    async fn restart(&mut self) -> Result<(), ConnectorError>;

    /// Adds a feed that was found while reading this one.
    ///
    /// # Errors
    /// As for [`Output::records`].
    async fn follow(&mut self, feed: Feed) -> Result<(), ConnectorError>;

    /// Keeps a remark in the log and in the run's record.
    ///
    /// # Errors
    /// As for [`Output::records`].
    async fn note(&mut self, note: Note) -> Result<(), ConnectorError>;

    /// Says how far the feed is: items read, and the total when known.
    fn progress(&mut self, done: u64, total: Option<u64>);
}

/// What earlier feeds of the same run wrote, in the order of writing.
#[async_trait]
pub trait Known: Send + Sync {
    /// A page of resources of a type, after `cursor`; the returned cursor is `None` at the end.
    ///
    /// # Errors
    /// When the file cannot be read.
    async fn resources(
        &self,
        resource_type: &ResourceTypeId,
        cursor: Option<RowCursor>,
    ) -> Result<(Vec<Resource>, Option<RowCursor>), ConnectorError>;
}

/// A place in the rows of the file being written; opaque.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowCursor(pub i64);
