//! The task that reads one feed, and what the connector sees of the engine.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use async_trait::async_trait;
use connector::{ConnectorError, ErrorKind, Feed, Known, Note, Output, Record, RowCursor, Syncer};
use futures_util::FutureExt as _;
use model::{Resource, ResourceTypeId};
use tokio::sync::{mpsc, oneshot};

use crate::{Event, Progress};

/// What feed tasks tell the engine.
#[derive(Debug)]
pub(crate) enum Message {
    /// A feed found records.
    Records(Arc<Feed>, Vec<Record>),
    /// A feed says something about itself.
    Said(Arc<Feed>, Said),
    /// A feed asks for resources that were read before.
    Known {
        /// Of which type.
        resource_type: ResourceTypeId,
        /// After which row.
        cursor: Option<RowCursor>,
        /// Where the answer goes.
        reply: oneshot::Sender<Page>,
    },
}

/// A page of resources, and where the next one begins.
pub(crate) type Page = (Vec<Resource>, Option<RowCursor>);

/// What a feed says about itself.
#[derive(Debug)]
pub(crate) enum Said {
    /// It starts again.
    Restarted,
    /// It brought up another feed.
    Found(Feed),
    /// It has a remark.
    Noted(Note),
    /// It was read whole.
    Finished,
    /// It cannot be read.
    Failed(ConnectorError),
}

/// Reads a feed to its end and says how that went, whatever happens in the connector.
pub(crate) async fn read(
    syncer: Arc<dyn Syncer>,
    feed: Feed,
    sender: mpsc::Sender<Message>,
    progress: Arc<dyn Progress>,
) {
    let feed = Arc::new(feed);
    let mut out = FeedOutput {
        feed: Arc::clone(&feed),
        sender: sender.clone(),
        progress,
    };
    let known = DraftKnown {
        sender: sender.clone(),
    };
    let reading = AssertUnwindSafe(syncer.read(&feed.id, &known, &mut out)).catch_unwind();
    let said = match reading.await {
        Ok(Ok(())) => Said::Finished,
        Ok(Err(error)) => Said::Failed(error),
        Err(panic) => Said::Failed(panicked(panic.as_ref())),
    };
    // Nobody listens any more when the run was stopped.
    let _ = sender.send(Message::Said(feed, said)).await;
}

/// Where a feed puts what it reads.
struct FeedOutput {
    feed: Arc<Feed>,
    sender: mpsc::Sender<Message>,
    progress: Arc<dyn Progress>,
}

impl FeedOutput {
    async fn send(&self, message: Message) -> Result<(), ConnectorError> {
        self.sender.send(message).await.map_err(|_| stopped())
    }

    async fn say(&self, said: Said) -> Result<(), ConnectorError> {
        self.send(Message::Said(Arc::clone(&self.feed), said)).await
    }
}

#[async_trait]
impl Output for FeedOutput {
    async fn records(&mut self, records: Vec<Record>) -> Result<(), ConnectorError> {
        self.send(Message::Records(Arc::clone(&self.feed), records)).await
    }

    async fn restart(&mut self) -> Result<(), ConnectorError> {
        self.say(Said::Restarted).await
    }

    async fn follow(&mut self, feed: Feed) -> Result<(), ConnectorError> {
        self.say(Said::Found(feed)).await
    }

    async fn note(&mut self, note: Note) -> Result<(), ConnectorError> {
        self.say(Said::Noted(note)).await
    }

    fn progress(&mut self, done: u64, total: Option<u64>) {
        let (feed, title) = (self.feed.id.clone(), self.feed.title.clone());
        self.progress.event(&Event::FeedProgress {
            feed,
            title,
            done,
            total,
        });
    }
}

/// Where a feed looks up what earlier feeds wrote: the engine answers, after committing.
struct DraftKnown {
    sender: mpsc::Sender<Message>,
}

#[async_trait]
impl Known for DraftKnown {
    async fn resources(
        &self,
        resource_type: &ResourceTypeId,
        cursor: Option<RowCursor>,
    ) -> Result<(Vec<Resource>, Option<RowCursor>), ConnectorError> {
        let (reply, answer) = oneshot::channel();
        let question = Message::Known {
            resource_type: resource_type.clone(),
            cursor,
            reply,
        };
        self.sender.send(question).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())
    }
}

fn stopped() -> ConnectorError {
    ConnectorError::new(ErrorKind::Cancelled, "the run is being stopped")
}

fn panicked(panic: &(dyn Any + Send)) -> ConnectorError {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let text = text.unwrap_or("no message");
    ConnectorError::new(ErrorKind::Internal, format!("the connector panicked: {text}"))
        .with_hint("this is a mistake in the connector; please report it")
}
