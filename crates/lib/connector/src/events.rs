//! Events: what happened at the source since the last look (`c1.connector.v2.EventService`).

use std::fmt;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use model::{Entitlement, Resource, ResourceId};

use crate::{ConnectorError, ErrorKind};

/// Tells what happened, feed by feed.
///
/// A reader keeps the cursor that comes with a page and goes on from there, now or later. Nothing that a feed has to
/// tell is skipped; after an interruption something may be told again, under the same id.
#[async_trait]
pub trait EventSource: Send + Sync {
    /// Reads a page of a feed.
    ///
    /// # Errors
    /// When there is no such feed, when the cursor is none that it gave out, or when the source does not answer.
    async fn read_events(&self, request: &EventsRequest) -> Result<EventPage, ConnectorError> {
        Err(no_such_feed(&request.feed))
    }
}

/// The error for a feed that is not there.
pub fn no_such_feed(feed: &EventFeedId) -> ConnectorError {
    let message = format!("this connector has no event feed `{feed}`");
    ConnectorError::new(ErrorKind::NotFound, message).with_code("no-such-event-feed")
}

/// By which a feed is asked for; stable.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EventFeedId(String);

impl EventFeedId {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EventFeedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A feed (`c1.connector.v2.EventFeedMetadata`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFeed {
    /// By which it is asked for.
    pub id: EventFeedId,
    /// What it tells of.
    pub kinds: Vec<EventKind>,
}

/// What an event can be about (`c1.connector.v2.EventType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A resource was made, altered or removed.
    ResourceChange,
    /// A grant was made.
    GrantCreated,
    /// A grant was taken back.
    GrantRevoked,
}

/// What to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventsRequest {
    /// The feed.
    pub feed: EventFeedId,
    /// Where to begin.
    pub from: EventsFrom,
    /// About so many events at most: what belongs to one cause stays together.
    pub at_most: usize,
    /// The present moment.
    pub now: DateTime<Utc>,
}

/// Where to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventsFrom {
    /// Where an earlier page ended, in the words of [`EventPage::cursor`].
    Cursor(String),
    /// With the first event at or after a moment.
    Start(DateTime<Utc>),
    /// With what happens from now on.
    Now,
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct EventPage {
    /// The events, the oldest first.
    pub events: Vec<Event>,
    /// Where to go on; at most 4,096 bytes.
    pub cursor: String,
    /// Whether there is more to read at once.
    pub has_more: bool,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The same whenever it is told.
    pub id: String,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A resource was made, altered or removed: read it again.
    ResourceChanged(ResourceId),
    /// A grant was made.
    GrantCreated(Box<Granted>),
    /// A grant was taken back.
    GrantRevoked(Box<Granted>),
}

/// What is held by whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Granted {
    /// What.
    pub entitlement: Entitlement,
    /// By whom.
    pub principal: Resource,
}
