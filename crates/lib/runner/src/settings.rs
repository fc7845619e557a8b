//! The settings of a run, checked: from here on nothing can be missing or contradict itself.

mod gather;
mod service;
mod sync;
mod telemetry;
mod variables;

use std::time::Duration;

use connector::Mode;

pub(crate) use gather::{Gathered, gather};
pub(crate) use service::{HealthEndpoint, ServiceSettings, SyncRules};
pub(crate) use sync::{Reading, SyncSettings, working_folder_problem};

use crate::definition::{Connect, Definition};
use crate::error::RunError;
use crate::input::{Environment, Values};
use crate::logging::LogSettings;
use crate::problem::{Problem, Problems};
use crate::task::{self, Asked, Command, Task};
use crate::{checks, groups, rules};

/// What the program is to do.
pub(crate) enum Work {
    /// One thing.
    Once(Task),
    /// Whatever a control plane asks for.
    Serve(Box<ServiceSettings>),
}

/// What a run needs to know besides what it is to do.
pub(crate) struct Settings {
    pub(crate) mode: Mode,
    pub(crate) reading: Reading,
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
    command: Option<Command<'_>>,
) -> Result<(Work, Settings), RunError> {
    let Gathered {
        values,
        mut problems,
        mut remarks,
        complete,
    } = gathered;
    remarks.extend(groups::remark(definition, &values));
    problems.extend(rules::broken(&values));
    problems.extend(checks::failed(&values, environment));
    let mut keep = |more| problems.extend(more);
    let work = work(definition, &values, environment, command)
        .map_err(&mut keep)
        .ok();
    let connect = connection(definition, &values, complete).map_err(&mut keep).ok();
    let reading = Reading::read(&values, environment)
        .map_err(|problem| keep_once(&mut problems, problem))
        .ok();
    let (Some(work), Some(reading), Some(connect), true) = (work, reading, connect, problems.is_empty())
    else {
        // What was ignored may be the very thing that is missing.
        problems.extend(remarks.into_iter().map(Problem::new));
        return Err(RunError::Settings(Problems(problems)));
    };
    if let (Some(what), None) = (task::not_yet(&values), command) {
        return Err(RunError::NotYet { what });
    }
    if let Work::Once(_) = work {
        remarks.extend(without_effect(&values));
    }
    let settings = Settings {
        mode: task::mode(&values),
        reading,
        log: LogSettings::read(&values),
        timeout: timeout(&values),
        connect,
        remarks,
    };
    Ok((work, settings))
}

/// A command says what is to be done once, whoever could be served otherwise.
fn work(
    definition: &Definition,
    values: &Values,
    environment: &Environment,
    command: Option<Command<'_>>,
) -> Result<Work, Vec<Problem>> {
    if command.is_some() || task::asked(values) != Asked::Service {
        return task(definition, values, environment, command).map(Work::Once);
    }
    let settings = ServiceSettings::read(definition, values, environment)?;
    Ok(Work::Serve(Box::new(settings)))
}

/// The task that is asked for. What is not there yet has the settings of a sync.
fn task(
    definition: &Definition,
    values: &Values,
    environment: &Environment,
    command: Option<Command<'_>>,
) -> Result<Task, Vec<Problem>> {
    let task = match (command, task::asked(values)) {
        (Some(command), Asked::Change(name, _)) => Err(vec![two_tasks(command, name, values)]),
        (Some(command), _) => task::by_command(definition, command, values),
        (None, Asked::Change(_, kind)) => task::by_settings(definition, kind, values),
        (None, Asked::Sync | Asked::Service | Asked::Later(_)) => {
            sync_settings(definition, values, environment)
        }
    }?;
    match task::dry_run_problem(&task, values) {
        Some(problem) => Err(vec![problem]),
        None => Ok(task),
    }
}

fn sync_settings(
    definition: &Definition,
    values: &Values,
    environment: &Environment,
) -> Result<Task, Vec<Problem>> {
    let mut problems = checks::failed_for_a_sync(values);
    match SyncSettings::read(definition, values, environment) {
        Ok(settings) if problems.is_empty() => return Ok(Task::Sync(Box::new(settings))),
        Ok(_) => {}
        Err(more) => problems.extend(more),
    }
    Err(problems)
}

/// A sync reports the same bounds by itself.
fn keep_once(problems: &mut Vec<Problem>, problem: Problem) {
    if !problems.contains(&problem) {
        problems.push(problem);
    }
}

fn two_tasks(command: Command<'_>, name: &'static str, values: &Values) -> Problem {
    Problem::new(format!(
        "the command {} and {name} ask for two different things",
        command.name
    ))
    .given_by(values.origin(name))
    .hint("give one of them")
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
    given.then(|| {
        "otel-collector-endpoint is set, but telemetry is only sent while running as a service".to_owned()
    })
}
