//! A single sync: from the settings to the file in place.

use std::future::Future;
use std::io::IsTerminal;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use c1z::Draft;
use connector::ErrorKind;
use indicatif::MultiProgress;
use model::IdSource;
use sync::{Job, Summary, SyncError};
use tokio_util::sync::CancellationToken;

use crate::definition::{Connected, Definition, Setup};
use crate::error::RunError;
use crate::logging::Sink;
use crate::progress::{Audience, Bars, Lines};
use crate::settings::Settings;
use crate::signals::Signals;
use crate::summary;
use crate::system::{SystemClock, SystemIds};
use crate::words;

/// How long work on the file may go on after everything else was told to stop.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Runs a sync and tells how it went.
pub(crate) fn run(definition: &Definition, settings: Settings) -> Result<(), RunError> {
    let began = Instant::now();
    let audience = Arc::new(begin_log(definition, &settings)?);
    tell_remarks(&settings.remarks, &audience);
    let result = sync(definition, settings, &audience);
    audience.clear();
    match result {
        Ok((summary, connected)) => {
            let report = summary::Report {
                summary,
                calls: (connected.calls)(),
                took: began.elapsed(),
            };
            report.tell(audience.bars.is_some(), &(definition.resource_types)());
            Ok(())
        }
        Err(error) => {
            // On a terminal that is the log as well, the program's last words say it.
            if audience.lines.is_some() {
                log_failure(&error);
            }
            Err(error)
        }
    }
}

/// Progress goes to the terminal as bars, and to the log as lines, unless that is the same terminal.
fn begin_log(definition: &Definition, settings: &Settings) -> Result<Audience, RunError> {
    let on_terminal = std::io::stderr().is_terminal();
    let screen = on_terminal.then(MultiProgress::new);
    let sink = match &screen {
        Some(screen) => Sink::AboveBars(screen.clone()),
        None => Sink::StandardError,
    };
    let sink = settings.log.open(sink)?;
    let console = std::io::stdout().is_terminal();
    settings
        .log
        .begin(sink, console, definition.crates, Arc::new(SystemClock));
    let lines = (!on_terminal || !settings.log.to_standard_error()).then(Lines::default);
    Ok(Audience {
        bars: screen.map(Bars::new),
        lines,
    })
}

fn sync(
    definition: &Definition,
    settings: Settings,
    audience: &Arc<Audience>,
) -> Result<(Summary, Connected), RunError> {
    let connected = connect(definition, settings.connect, settings.timeout, audience)?;
    let draft = Draft::open(&settings.sync.file, settings.sync.draft).map_err(RunError::File)?;
    let kept = draft.work_folder().display().to_string();
    let stop = CancellationToken::new();
    let job = Job {
        syncer: Arc::clone(&connected.syncer),
        draft,
        request: settings.sync.request,
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
        progress: Arc::clone(audience) as Arc<dyn sync::Progress>,
        stop: stop.clone(),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(RunError::Runtime)?;
    let result = runtime.block_on(until_stopped(sync::run(job), &stop, kept));
    runtime.shutdown_timeout(LAST_WORDS);
    result.map(|summary| (summary, connected))
}

fn connect(
    definition: &Definition,
    connect: crate::Connect,
    timeout: Duration,
    audience: &Arc<Audience>,
) -> Result<Connected, RunError> {
    let random = u128::from_be_bytes(SystemIds.next_bytes()) >> 64;
    let told = Arc::clone(audience);
    let setup = Setup {
        user_agent: format!("{}/{}", definition.name, definition.version),
        timeout,
        seed: u64::try_from(random).unwrap_or_default(),
        waiting: Arc::new(move |wait| told.wait(wait)),
    };
    connect(setup).map_err(RunError::Connect)
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

/// Remarks go to the log; and to the terminal as a sentence when there is one.
fn tell_remarks(remarks: &[String], audience: &Audience) {
    for remark in remarks {
        if audience.lines.is_some() {
            tracing::warn!("{remark}");
        }
        if audience.bars.is_some() {
            words::say(&format!("warning: {remark}\n"));
        }
    }
}

fn log_failure(error: &RunError) {
    for cause in error.causes() {
        tracing::debug!("because: {cause}");
    }
    let hint = Some(error.hint()).filter(|hint| !hint.is_empty());
    tracing::error!(exit_code = error.exit_code(), hint, "{error}");
}
