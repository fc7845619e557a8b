//! A connector that does what a script says, and goes wrong where it is told to.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use connector::{
    ConnectorError, ErrorKind, Feed, FeedId, Found, Known, Metadata, Note, Output, Record, Syncer,
};
use model::{ResourceId, ResourceType};
use tokio::sync::Barrier;

/// What a feed does, in order.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Hands records over.
    Give(Vec<Record>),
    /// Starts again.
    Restart,
    /// Brings up a feed.
    Follow(Feed),
    /// Makes a remark.
    Say(Note),
    /// Looks up the names of all resources of a type and makes a remark of them.
    LookUp(&'static str),
    /// Waits until so many feeds are here at once.
    Meet(Arc<Barrier>),
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// An error comes back.
    Error,
    /// The connector panics.
    Panic,
    /// No answer comes at all.
    Silence,
}

/// The connector.
#[derive(Debug, Default)]
pub(crate) struct Scripted {
    pub(crate) source: String,
    pub(crate) types: Vec<Arc<ResourceType>>,
    pub(crate) plan: Vec<Feed>,
    pub(crate) scripts: HashMap<FeedId, Vec<Act>>,
    pub(crate) found: HashMap<ResourceId, Found>,
    /// What goes wrong, and at which act, counted from 1 over all feeds.
    pub(crate) fault: Option<(usize, Fault)>,
    /// Answers [`Syncer::validate`].
    pub(crate) refuses: bool,
    pub(crate) acts: AtomicUsize,
    pub(crate) reads: Mutex<Vec<String>>,
    pub(crate) at_once: AtomicUsize,
    pub(crate) most_at_once: AtomicUsize,
}

impl Scripted {
    /// The feeds that were read, in the order in which they were begun.
    pub(crate) fn reads(&self) -> Vec<String> {
        self.reads.lock().unwrap().clone()
    }

    /// Whether the fault came.
    pub(crate) fn is_faulted(&self) -> bool {
        self.fault
            .is_some_and(|(at, _)| self.acts.load(Ordering::SeqCst) >= at)
    }

    async fn act(&self, act: &Act, known: &dyn Known, out: &mut dyn Output) -> Result<(), ConnectorError> {
        let count = self.acts.fetch_add(1, Ordering::SeqCst) + 1;
        match self.fault.filter(|(at, _)| *at == count) {
            Some((_, Fault::Error)) => {
                return Err(ConnectorError::new(ErrorKind::Unavailable, "scripted fault"));
            }
            Some((_, Fault::Panic)) => panic!("scripted panic"),
            Some((_, Fault::Silence)) => std::future::pending().await,
            None => {}
        }
        match act {
            Act::Give(records) => out.records(records.clone()).await,
            Act::Restart => out.restart().await,
            Act::Follow(feed) => out.follow(feed.clone()).await,
            Act::Say(note) => out.note(note.clone()).await,
            Act::Meet(others) => {
                others.wait().await;
                Ok(())
            }
            Act::LookUp(kind) => out.note(super::note(&names(known, kind).await?)).await,
        }
    }

    async fn perform(
        &self,
        feed: &FeedId,
        known: &dyn Known,
        out: &mut dyn Output,
    ) -> Result<(), ConnectorError> {
        let script = self.scripts.get(feed).cloned().unwrap_or_default();
        for (done, act) in script.iter().enumerate() {
            self.act(act, known, out).await?;
            out.progress(done as u64 + 1, None);
            tokio::task::yield_now().await;
        }
        Ok(())
    }
}

async fn names(known: &dyn Known, kind: &str) -> Result<String, ConnectorError> {
    let mut names = Vec::new();
    let mut cursor = None;
    loop {
        let (page, next) = known.resources(&kind.into(), cursor).await?;
        names.extend(page.into_iter().map(|resource| resource.display_name));
        cursor = next;
        if cursor.is_none() {
            names.sort();
            return Ok(names.join(" "));
        }
    }
}

#[async_trait]
impl Syncer for Scripted {
    fn metadata(&self) -> Metadata {
        Metadata {
            display_name: "Scripted".into(),
            description: String::new(),
        }
    }

    fn source(&self) -> String {
        self.source.clone()
    }

    fn resource_types(&self) -> Vec<Arc<ResourceType>> {
        self.types.clone()
    }

    async fn validate(&self) -> Result<Vec<Note>, ConnectorError> {
        if self.refuses {
            return Err(ConnectorError::new(
                ErrorKind::Unauthenticated,
                "the token is not accepted",
            ));
        }
        Ok(vec![super::note("what no listing shows")])
    }

    fn plan(&self) -> Vec<Feed> {
        self.plan.clone()
    }

    async fn read(
        &self,
        feed: &FeedId,
        known: &dyn Known,
        out: &mut dyn Output,
    ) -> Result<(), ConnectorError> {
        self.reads.lock().unwrap().push(feed.to_string());
        let at_once = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_at_once.fetch_max(at_once, Ordering::SeqCst);
        let result = self.perform(feed, known, out).await;
        self.at_once.fetch_sub(1, Ordering::SeqCst);
        result
    }

    async fn find(&self, id: &ResourceId) -> Result<Option<Found>, ConnectorError> {
        Ok(self.found.get(id).cloned())
    }
}
