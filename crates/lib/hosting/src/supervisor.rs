//! Which connectors run, and which are to.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use governance::ConnectorId;
use model::{Clock, IdSource};
use tokio::task::{AbortHandle, JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

use crate::keeper::keep;
use crate::{Hosted, Keys, Launcher, LogSink, Wanted};

/// How often is asked what is wanted, when nobody says that it changed.
const EVERY: Duration = Duration::from_secs(5);

/// What a supervisor works with.
#[derive(Clone)]
pub struct Tools {
    /// Starts processes.
    pub launcher: Arc<dyn Launcher>,
    /// Gives them keys.
    pub keys: Arc<dyn Keys>,
    /// Takes what they log.
    pub logs: Arc<dyn LogSink>,
    /// The time that lines carry.
    pub clock: Arc<dyn Clock>,
    /// Chance, for waits.
    pub ids: Arc<dyn IdSource>,
}

impl fmt::Debug for Tools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tools")
    }
}

/// Runs what is wanted.
pub struct Supervisor {
    wanted: Arc<dyn Wanted>,
    tools: Tools,
}

impl fmt::Debug for Supervisor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Supervisor")
    }
}

impl Supervisor {
    /// A supervisor of what is wanted there.
    pub fn new(wanted: Arc<dyn Wanted>, tools: Tools) -> Self {
        Self { wanted, tools }
    }

    /// Sees to it that what is wanted runs, until it is told to stop; returns when everything has ended.
    pub async fn run(&self, stop: CancellationToken) {
        let mut kept = Kept::default();
        let mut changed = self.wanted.changed();
        while let Some(wanted) = stop.run_until_cancelled(self.wanted.wanted()).await {
            match wanted {
                Ok(wanted) => kept.match_with(wanted, &self.tools),
                Err(error) => tracing::error!("cannot tell which connectors are to run here: {error}"),
            }
            tokio::select! {
                () = stop.cancelled() => break,
                () = &mut changed => changed = self.wanted.changed(),
                Some(ended) = kept.keepers.join_next() => after(ended).await,
                () = tokio::time::sleep(EVERY) => {}
            }
        }
        kept.end().await;
    }
}

/// What breaks off every time must not make a busy loop.
async fn after(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!("keeping a connector running broke off; this is a mistake in the program: {error}");
        tokio::time::sleep(EVERY).await;
    }
}

/// The connectors that are kept running.
#[derive(Default)]
struct Kept {
    known: BTreeMap<ConnectorId, Known>,
    keepers: JoinSet<()>,
}

/// One of them.
struct Known {
    revision: i64,
    stop: CancellationToken,
    keeper: AbortHandle,
}

impl Kept {
    /// Stops what is wanted no more or otherwise, and starts what does not run. What is wanted otherwise is started
    /// once it has ended.
    fn match_with(&mut self, wanted: Vec<Hosted>, tools: &Tools) {
        self.known.retain(|_, known| !known.keeper.is_finished());
        let mut wanted: BTreeMap<_, _> = wanted
            .into_iter()
            .map(|hosted| (hosted.connector.clone(), hosted))
            .collect();
        for (connector, known) in &self.known {
            let hosted = wanted.remove(connector);
            if hosted.is_none_or(|hosted| hosted.revision != known.revision) {
                known.stop.cancel();
            }
        }
        for (connector, hosted) in wanted {
            let (revision, stop) = (hosted.revision, CancellationToken::new());
            let keeper = self.keepers.spawn(keep(tools.clone(), hosted, stop.clone()));
            let known = Known {
                revision,
                stop,
                keeper,
            };
            self.known.insert(connector, known);
        }
    }

    async fn end(mut self) {
        self.known.values().for_each(|known| known.stop.cancel());
        while self.keepers.join_next().await.is_some() {}
    }
}
