//! A sync.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;

use c1z::Draft;
use connector::ErrorKind;
use sync::{Job, Summary, SyncError};
use tokio_util::sync::CancellationToken;

use super::{LAST_WORDS, runtime};
use crate::definition::Connected;
use crate::error::RunError;
use crate::progress::Audience;
use crate::settings::SyncSettings;
use crate::system::{SystemClock, SystemIds};
use runtime::Signals;

/// Reads the account into the file.
pub(super) fn run(
    settings: SyncSettings,
    connected: &Connected,
    audience: &Arc<Audience>,
) -> Result<Summary, RunError> {
    let draft = Draft::open(&settings.file, settings.draft).map_err(RunError::File)?;
    let kept = draft.work_folder().display().to_string();
    let stop = CancellationToken::new();
    let job = Job {
        syncer: Arc::clone(&connected.syncer),
        draft,
        request: settings.request,
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
        progress: Arc::clone(audience) as Arc<dyn sync::Progress>,
        stop: stop.clone(),
    };
    let runtime = runtime()?;
    let result = runtime.block_on(until_stopped(sync::run(job), &stop, kept));
    runtime.shutdown_timeout(LAST_WORDS);
    result
}

/// Lets the run end; the first signal asks it to stop, the second one does not wait for it.
async fn until_stopped(
    run: impl Future<Output = Result<Summary, SyncError>>,
    stop: &CancellationToken,
    kept: String,
) -> Result<Summary, RunError> {
    let mut signals = Signals::listen().map_err(RunError::Runtime)?;
    let mut run = pin!(run);
    let signal = tokio::select! {
        result = &mut run => return result.map_err(RunError::Sync),
        signal = signals.next() => signal,
    };
    tracing::info!(signal, "stopping; a second signal stops at once");
    stop.cancel();
    let result = tokio::select! {
        result = run => result,
        _ = signals.next() => Err(SyncError::Stopped),
    };
    result.map_err(|error| match error.kind() {
        ErrorKind::Cancelled => RunError::Stopped { signal, kept },
        _ => RunError::Sync(error),
    })
}
