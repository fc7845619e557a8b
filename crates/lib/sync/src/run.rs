//! One run, from the first call to the file in place.

use std::sync::Arc;

use c1z::{Draft, Saved, Stats};
use connector::{Note, Syncer};
use model::{Clock, IdSource, SyncId};
use tokio_util::sync::CancellationToken;

use crate::engine::{Engine, Pace, Parts, Store};
use crate::select::Selection;
use crate::sieve::Sieve;
use crate::start::{self, Intent};
use crate::step::Rules;
use crate::targets::Targets;
use crate::{Event, Progress, Request, Scope, SyncError, checkpoint};

/// What a run needs.
pub struct Job {
    /// The connector.
    pub syncer: Arc<dyn Syncer>,
    /// The file being written.
    pub draft: Draft,
    /// What to read.
    pub request: Request,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The id of a new run comes from here.
    pub ids: Arc<dyn IdSource>,
    /// Who shows how far the run is.
    pub progress: Arc<dyn Progress>,
    /// Cancelled to stop the run early.
    pub stop: CancellationToken,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Job")
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}

/// What a run did.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The id under which the file keeps it.
    pub sync_id: SyncId,
    /// Whether it continued an interrupted run.
    pub resumed: bool,
    /// How much was read.
    pub counts: Stats,
    /// What a reader must know.
    pub notes: Vec<Note>,
    /// The file.
    pub saved: Saved,
}

/// Reads what the request asks for and puts the file in place.
///
/// Continues an interrupted run of the same request. Dropping the future stops the run like a crash:
/// the next one continues from the last checkpoint.
///
/// # Errors
/// When the account cannot be read, the file cannot be written or the run is stopped: see [`SyncError`].
/// The target is then as it was before.
pub async fn run(job: Job) -> Result<Summary, SyncError> {
    run_at(Pace::default(), job).await
}

/// As [`run()`], committing at another pace.
pub(crate) async fn run_at(pace: Pace, job: Job) -> Result<Summary, SyncError> {
    job.request.check(job.syncer.as_ref())?;
    let syncer = narrowed(&job);
    let mut notes = validate(syncer.as_ref(), &job.stop).await?;
    let (parts, note) = open(pace, job, syncer).await?;
    notes.extend(note);
    let resumed = parts.resumed;
    parts.progress.event(&Event::Started {
        sync: parts.id.clone(),
        resumed,
    });
    let parts = Engine::new(parts).drive(notes).await?;
    seal(parts).await
}

/// The connector, or the part of it that single resources make up.
fn narrowed(job: &Job) -> Arc<dyn Syncer> {
    match &job.request.scope {
        Scope::Targets { ids, .. } => Arc::new(Targets::new(Arc::clone(&job.syncer), ids)),
        Scope::Everything | Scope::Types(_) => Arc::clone(&job.syncer),
    }
}

async fn validate(syncer: &dyn Syncer, stop: &CancellationToken) -> Result<Vec<Note>, SyncError> {
    tokio::select! {
        biased;
        () = stop.cancelled() => Err(SyncError::Stopped),
        notes = syncer.validate() => notes.map_err(SyncError::Validate),
    }
}

/// Opens the run in the draft; gives a remark when an interrupted one was not continued.
async fn open(pace: Pace, job: Job, syncer: Arc<dyn Syncer>) -> Result<(Parts, Option<Note>), SyncError> {
    let now = job.clock.now();
    let sieve = Sieve::new(Selection::of(&job.request, syncer.as_ref()), syncer.as_ref());
    let identity = job.request.identity(syncer.as_ref());
    let intent = Intent {
        kind: start::kind(&job.request),
        identity: identity.clone(),
        plan: syncer
            .plan()
            .into_iter()
            .filter(|feed| sieve.needs(feed))
            .collect(),
        id: c1z::new_sync_id(now, job.ids.next_bytes()),
    };
    let mut store = Store::new(job.draft);
    let opened = store.with(move |draft| start::open(draft, intent, now)).await?;
    let parts = Parts {
        id: opened.id,
        resumed: opened.resumed,
        state: opened.state,
        rules: Rules {
            workers: job.request.workers,
            expands: job.request.expands(),
        },
        clock: job.clock,
        progress: job.progress,
        stop: job.stop,
        syncer,
        store,
        sieve,
        identity,
        pace,
    };
    Ok((parts, opened.note))
}

/// Finishes the run and puts the file in place; not to be stopped any more.
async fn seal(mut parts: Parts) -> Result<Summary, SyncError> {
    parts.progress.event(&Event::Saving);
    let token = checkpoint::final_token(&parts.syncer.metadata(), &parts.identity, &parts.state)?;
    let now = parts.clock.now();
    let counts = parts.store.with(move |draft| draft.finish(&token, now)).await?;
    let draft = parts.store.take()?;
    let saving = tokio::task::spawn_blocking(move || draft.save());
    let saved = saving
        .await
        .map_err(|error| SyncError::Lost(error.to_string()))??;
    parts.progress.event(&Event::Finished {
        sync: parts.id.clone(),
    });
    Ok(Summary {
        sync_id: parts.id,
        resumed: parts.resumed,
        counts,
        notes: parts.state.notes(),
        saved,
    })
}
