//! The executor: carries out what the step machine decides.
//!
//! One task per feed reads; this one alone writes. Feeds hand their records over through a bounded
//! channel, so they wait while the file is behind and memory stays flat. Rows and the checkpoint that
//! claims them are committed in one transaction. Nothing is committed on the way out of a failure or
//! a stop: leaving early is the same as a crash, and both are continued from the last checkpoint.

mod feed;
mod intake;
mod pending;
mod store;

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use connector::{Feed, FeedId, Note, Syncer};
use model::{Clock, SyncId};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use crate::request::Identity;
use crate::sieve::{Dropped, Sieve};
use crate::step::{self, Decision, Origin, Rules, State};
use crate::{Event, Progress, SyncError, checkpoint, expand};
use feed::Message;
use pending::Pending;
pub(crate) use store::Store;

/// How often is committed: a crash loses at most this much.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// After so many records.
    pub(crate) records: usize,
    /// And after so long at the latest.
    pub(crate) interval: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            records: 500,
            interval: Duration::from_millis(250),
        }
    }
}

/// Messages that may wait for the writer, over all feeds.
const QUEUE: usize = 16;

/// What the engine is given.
pub(crate) struct Parts {
    pub(crate) id: SyncId,
    pub(crate) resumed: bool,
    pub(crate) syncer: Arc<dyn Syncer>,
    pub(crate) store: Store,
    pub(crate) state: State,
    pub(crate) sieve: Sieve,
    pub(crate) identity: Identity,
    pub(crate) rules: Rules,
    pub(crate) pace: Pace,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) progress: Arc<dyn Progress>,
    pub(crate) stop: CancellationToken,
}

/// A run under way.
pub(crate) struct Engine {
    parts: Parts,
    pending: Pending,
    committed: Instant,
    dropped: HashMap<FeedId, Dropped>,
    told: HashSet<Note>,
    tasks: JoinSet<()>,
    sender: mpsc::Sender<Message>,
    receiver: mpsc::Receiver<Message>,
}

/// What the engine waited for.
enum Turn {
    Stop,
    Commit,
    Message(Message),
}

impl Engine {
    /// An engine that has done nothing yet.
    pub(crate) fn new(parts: Parts) -> Self {
        let (sender, receiver) = mpsc::channel(QUEUE);
        Self {
            parts,
            pending: Pending::default(),
            committed: Instant::now(),
            dropped: HashMap::new(),
            told: HashSet::new(),
            tasks: JoinSet::new(),
            sender,
            receiver,
        }
    }

    /// Reads and expands until only the sealing is left; `notes` are remarks made before.
    ///
    /// # Errors
    /// When the run cannot be completed or is stopped.
    pub(crate) async fn drive(mut self, notes: Vec<Note>) -> Result<Parts, SyncError> {
        self.pending.types(self.parts.sieve.resource_types());
        let mut decisions = VecDeque::from(self.advance(step::Event::Begun));
        for note in notes {
            self.note(Origin::Start, note);
        }
        self.commit().await?;
        loop {
            match decisions.pop_front() {
                Some(Decision::Forget(owned)) => self.pending.forget(owned),
                Some(Decision::Read(feed)) => self.start(feed),
                Some(Decision::Expand) => decisions.extend(self.expand().await?),
                Some(Decision::Seal) => return self.hand_over().await,
                Some(Decision::Stop(error)) => return Err(error),
                None => decisions.extend(self.turn().await?),
            }
        }
    }

    /// Waits for the next thing to happen and deals with it.
    async fn turn(&mut self) -> Result<Vec<Decision>, SyncError> {
        match self.next_turn().await {
            Turn::Stop => Err(SyncError::Stopped),
            Turn::Commit => self.commit().await.map(|()| Vec::new()),
            Turn::Message(message) => self.take(message).await,
        }
    }

    async fn next_turn(&mut self) -> Turn {
        let (due, waits) = (
            self.committed + self.parts.pace.interval,
            !self.pending.is_empty(),
        );
        let full = self.pending.records() >= self.parts.pace.records;
        if waits && (full || due <= Instant::now()) && !self.parts.stop.is_cancelled() {
            return Turn::Commit;
        }
        tokio::select! {
            biased;
            () = self.parts.stop.cancelled() => Turn::Stop,
            Some(message) = self.receiver.recv() => Turn::Message(message),
            () = tokio::time::sleep_until(due), if waits => Turn::Commit,
            else => Turn::Stop,
        }
    }

    fn start(&mut self, feed: Feed) {
        let (id, title) = (feed.id.clone(), feed.title.clone());
        self.parts.progress.event(&Event::FeedStarted { feed: id, title });
        let syncer = Arc::clone(&self.parts.syncer);
        let progress = Arc::clone(&self.parts.progress);
        let reading = feed::read(syncer, feed, self.sender.clone(), progress);
        self.tasks.spawn(reading.in_current_span());
    }

    async fn expand(&mut self) -> Result<Vec<Decision>, SyncError> {
        self.commit().await?;
        let notes = expand::run(&mut self.parts).await?;
        for note in notes {
            self.note(Origin::Expansion, note);
        }
        Ok(self.advance(step::Event::Expanded))
    }

    async fn hand_over(mut self) -> Result<Parts, SyncError> {
        self.commit().await?;
        Ok(self.parts)
    }

    /// Keeps a remark; whoever follows the run is told once, however many feeds make it.
    fn note(&mut self, origin: Origin, note: Note) {
        let note = note.plain();
        if self.told.insert(note.clone()) {
            self.parts.progress.event(&Event::Note(note.clone()));
        }
        self.advance(step::Event::Noted(origin, note));
    }

    fn advance(&mut self, event: step::Event) -> Vec<Decision> {
        self.pending.touch();
        self.parts.state.advance(event, self.parts.rules)
    }

    /// Makes what is pending durable, together with the state that claims it.
    async fn commit(&mut self) -> Result<(), SyncError> {
        self.committed = Instant::now();
        if self.pending.is_empty() {
            return Ok(());
        }
        let pending = std::mem::take(&mut self.pending);
        let token = checkpoint::open_token(&self.parts.identity, &self.parts.state)?;
        let now = self.parts.clock.now();
        let commit = move |draft: &mut c1z::Draft| {
            let mut batch = draft.batch(now)?;
            pending.apply(&mut batch)?;
            batch.set_checkpoint(&token)?;
            batch.commit()
        };
        self.parts.store.with(commit).await
    }
}
