//! A folder in which runs are made.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use connector::Syncer;
use model::{FixedClock, SeededIds};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::{now, open_draft};
use crate::engine::Pace;
use crate::run::run_at;
use crate::{Event, Job, Progress, Request, Scope, Summary, SyncError};

/// After every message.
pub(crate) const EACH: Pace = Pace {
    records: 1,
    interval: std::time::Duration::ZERO,
};

/// A folder for one file.
pub(crate) struct Desk {
    folder: TempDir,
    ids: Arc<SeededIds>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            ids: Arc::new(SeededIds::new(1)),
        }
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("out.c1z")
    }

    /// Whether the folder holds nothing at all.
    pub(crate) fn is_clean(&self) -> bool {
        self.folder.path().read_dir().unwrap().next().is_none()
    }

    /// What a run needs.
    pub(crate) fn job(&self, syncer: Arc<dyn Syncer>, request: Request) -> Job {
        Job {
            syncer,
            draft: open_draft(self.folder.path()),
            request,
            clock: Arc::new(FixedClock(now())),
            ids: Arc::clone(&self.ids) as _,
            progress: Arc::new(Recorder::default()),
            stop: CancellationToken::new(),
        }
    }

    /// A run on a runtime of its own, over when this returns.
    pub(crate) fn run(
        &self,
        pace: Pace,
        syncer: Arc<dyn Syncer>,
        request: Request,
    ) -> Result<Summary, SyncError> {
        runtime().block_on(run_at(pace, self.job(syncer, request)))
    }
}

/// A runtime like the programs'.
pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()
        .unwrap()
}

/// Everything, by two workers.
pub(crate) fn everything() -> Request {
    Request {
        scope: Scope::Everything,
        resources_only: false,
        skip_expansion: false,
        workers: 2,
    }
}

/// Keeps the events; stops the run at one of them.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    pub(crate) events: Mutex<Vec<Event>>,
    /// At which event, counted from 1, and by what.
    pub(crate) stop_at: Option<(usize, CancellationToken)>,
}

impl Progress for Recorder {
    fn event(&self, event: &Event) {
        let mut events = self.events.lock().unwrap();
        events.push(event.clone());
        if let Some((at, stop)) = &self.stop_at
            && events.len() == *at
        {
            stop.cancel();
        }
    }
}
