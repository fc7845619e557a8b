//! The settings of a run, checked: from here on nothing can be missing or contradict itself.

mod gather;
mod sync;
mod variables;

use std::time::Duration;

pub(crate) use gather::{Gathered, gather};
pub(crate) use sync::{SyncSettings, working_folder_problem};

use crate::definition::{Connect, Definition};
use crate::error::RunError;
use crate::input::{Environment, Values};
use crate::logging::LogSettings;
use crate::problem::{Problem, Problems};
use crate::{checks, groups, rules, task};

/// What a run needs to know.
pub(crate) struct Settings {
    pub(crate) sync: SyncSettings,
    pub(crate) log: LogSettings,
    pub(crate) timeout: Duration,
    pub(crate) connect: Connect,
    /// What the person should know although it is no mistake.
    pub(crate) remarks: Vec<String>,
}

/// Checks everything and reports all mistakes together; then refuses what is not there yet.
pub(crate) fn check(
    definition: &Definition,
    gathered: Gathered,
    environment: &Environment,
) -> Result<Settings, RunError> {
    let Gathered {
        values,
        mut problems,
        mut remarks,
        complete,
    } = gathered;
    remarks.extend(groups::remark(definition, &values));
    problems.extend(rules::broken(&values));
    problems.extend(checks::failed(&values, environment));
    let sync = SyncSettings::read(definition, &values, environment)
        .map_err(|more| problems.extend(more))
        .ok();
    let connect = connection(definition, &values, complete)
        .map_err(|more| problems.extend(more))
        .ok();
    let (Some(sync), Some(connect), true) = (sync, connect, problems.is_empty()) else {
        // What was ignored may be the very thing that is missing.
        problems.extend(remarks.into_iter().map(Problem::new));
        return Err(RunError::Settings(Problems(problems)));
    };
    if let Some(what) = task::unavailable(&values) {
        return Err(RunError::NotYet { what });
    }
    remarks.extend(without_effect(&values));
    Ok(Settings {
        sync,
        log: LogSettings::read(&values),
        timeout: timeout(&values),
        connect,
        remarks,
    })
}

fn connection(definition: &Definition, values: &Values, complete: bool) -> Result<Connect, Vec<Problem>> {
    let (group, mut problems) = match groups::select(definition, values) {
        Ok(group) => (group, Vec::new()),
        Err(problem) => (None, vec![problem]),
    };
    if complete {
        problems.extend(groups::missing(definition, group, values));
    }
    match (definition.prepare)(values, group) {
        Ok(connect) if problems.is_empty() => Ok(connect),
        prepared => Err(problems
            .into_iter()
            .chain(prepared.err().into_iter().flatten())
            .collect()),
    }
}

fn timeout(values: &Values) -> Duration {
    Duration::from_secs(values.number("http-timeout-seconds").unsigned_abs())
}

/// Settings that are accepted so that an existing set-up keeps working, but change nothing in a sync.
fn without_effect(values: &Values) -> Option<String> {
    let given = values.is_set("otel-collector-endpoint");
    given.then(|| "otel-collector-endpoint is set, but this version sends no telemetry".to_owned())
}
