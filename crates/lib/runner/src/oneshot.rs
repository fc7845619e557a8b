//! One run: from the settings to the file in place, or to the change that was made.

mod change;
mod patience;
mod request;
mod sync;

use std::io::IsTerminal;
use std::sync::Arc;
use std::time::{Duration, Instant};

use connector::ActionSchema;
use indicatif::MultiProgress;
use model::{IdSource, ResourceTypeId};
use tokio::runtime::Runtime;

use crate::definition::{Connect, Connected, Definition, Setup};
use crate::error::RunError;
use crate::logging::{LogSettings, More, Out, Sink};
use crate::outcome::{Outcome, Response};
use crate::progress::{Audience, Bars, Lines, tell_note};
use crate::results::Results;
use crate::settings::Settings;
use crate::summary::Report;
use crate::system::{SystemClock, SystemIds};
use crate::task::Task;
use crate::words;

/// How long work on the file may go on after everything else was told to stop.
pub(crate) const LAST_WORDS: Duration = Duration::from_secs(1);

/// Does what the settings ask for and tells how it went.
pub(crate) fn run(
    definition: &Definition,
    task: Task,
    settings: Settings,
    results: &mut Results<'_>,
) -> Result<(), RunError> {
    let began = Instant::now();
    let audience = Arc::new(begin_log(definition, &settings, results)?);
    tell_remarks(&settings.remarks, &audience);
    let result = work(definition, task, settings, &audience);
    audience.clear();
    match result {
        Ok(Done::Synced(summary, connected)) => {
            let report = Report {
                summary,
                calls: (connected.calls)(),
                took: began.elapsed(),
            };
            report.tell(audience.bars.is_some(), &(definition.resource_types)());
            Ok(())
        }
        Ok(Done::Told(outcome)) => {
            tell(&outcome, &audience, results);
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

/// What came of it.
enum Done {
    Synced(::sync::Summary, Connected),
    Told(Outcome),
}

fn work(
    definition: &Definition,
    task: Task,
    settings: Settings,
    audience: &Arc<Audience>,
) -> Result<Done, RunError> {
    let Settings {
        mode,
        reading,
        timeout,
        connect,
        ..
    } = settings;
    let connect = || self::connect(definition, connect, timeout, audience);
    match task {
        Task::Sync(settings) => {
            let connected = connect()?;
            let summary = sync::run(*settings, &connected, audience)?;
            Ok(Done::Synced(summary, connected))
        }
        Task::ListActions(of) => Ok(Done::Told(actions(definition, of.as_ref()))),
        Task::Change(wanted) => {
            let request = request::resolve(definition, wanted, mode, &reading)?;
            change::make(request, mode, connect()?, audience).map(Done::Told)
        }
    }
}

/// The actions, all of them or those on a type; needs no settings.
pub(crate) fn actions(definition: &Definition, of: Option<&ResourceTypeId>) -> Outcome {
    let wanted = |schema: &ActionSchema| of.is_none() || schema.resource_type.as_ref() == of;
    let schemas = (definition.actions)().into_iter().filter(wanted).collect();
    Outcome {
        task: "list_actions",
        changed: None,
        response: Response::Schemas(schemas),
    }
}

/// Progress goes to the terminal as bars, and to the log as lines, unless that is the same terminal.
fn begin_log(
    definition: &Definition,
    settings: &Settings,
    results: &Results<'_>,
) -> Result<Audience, RunError> {
    let on_terminal = std::io::stderr().is_terminal();
    let screen = on_terminal.then(MultiProgress::new);
    let sink = match &screen {
        Some(screen) => Sink::AboveBars(screen.clone()),
        None => Sink::StandardError,
    };
    let terminal = results.terminal.is_some();
    log_to(definition, &settings.log, Out { sink, terminal }, More::default())?;
    let lines = (!on_terminal || !settings.log.to_standard_error()).then(Lines::default);
    Ok(Audience {
        bars: screen.map(Bars::new),
        lines,
    })
}

/// Begins the log, in files if those are named.
pub(crate) fn log_to(
    definition: &Definition,
    log: &LogSettings,
    otherwise: Out,
    more: More,
) -> Result<(), RunError> {
    let sink = log.open(otherwise.sink)?;
    let out = Out { sink, ..otherwise };
    log.begin(out, definition.crates, Arc::new(SystemClock), more);
    Ok(())
}

/// Makes the connector.
pub(crate) fn connect(
    definition: &Definition,
    connect: Connect,
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

/// What everything that waits runs on.
pub(crate) fn runtime() -> Result<Runtime, RunError> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(RunError::Runtime)
}

/// Remarks go to the log; and to the terminal as a sentence when there is one.
pub(crate) fn tell_remarks(remarks: &[String], audience: &Audience) {
    for remark in remarks {
        if audience.lines.is_some() {
            tracing::warn!("{remark}");
        }
        if audience.bars.is_some() {
            words::say(&format!("warning: {remark}\n"));
        }
    }
}

/// The outcome is a result; the log has it in one line, and what was noticed.
fn tell(outcome: &Outcome, audience: &Audience, results: &mut Results<'_>) {
    if audience.lines.is_some() {
        let changed = outcome.changed.as_ref();
        changed
            .iter()
            .flat_map(|changed| &changed.notes)
            .for_each(tell_note);
        let title = changed.map(|changed| changed.change.title.as_str());
        let effect = changed.map(|changed| changed.effect.as_str());
        tracing::info!(task = outcome.task, effect, title, "Task complete.");
    }
    results.show_either(|| outcome.text(), || outcome.json());
}

fn log_failure(error: &RunError) {
    for cause in error.causes() {
        tracing::debug!("because: {cause}");
    }
    let hint = Some(error.hint()).filter(|hint| !hint.is_empty());
    let code = Some(error.code()).filter(|code| !code.is_empty());
    tracing::error!(exit_code = error.exit_code(), code, hint, "{error}");
}
