//! From the command line to the exit code.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::ArgMatches;
use clap::error::ErrorKind;
use tokio_util::sync::CancellationToken;

use crate::commands;
use crate::definition::Definition;
use crate::error::RunError;
use crate::field::Field;
use crate::health::{self, Question};
use crate::input::Environment;
use crate::problem::Problems;
use crate::results::{self, Results};
use crate::settings::Work;
use crate::task::Command;
use crate::{capabilities, command, fields, oneshot, schema, service, settings, words};

/// What the machine gives to the program.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The command line, the program's own name first.
    pub arguments: Vec<OsString>,
    /// The environment variables.
    pub environment: Environment,
    /// The working folder.
    pub folder: PathBuf,
    /// Cancelled by whoever runs the program inside another one, when it is to end as a service; signals of the system
    /// are heeded besides.
    pub stop: CancellationToken,
}

/// Runs a connector as a program and gives its exit code.
///
/// Results go to standard output; the log, progress and the final error go to standard error. Exit codes
/// are listed in `docs/EXIT-CODES.md`.
pub fn main(definition: &Definition, surroundings: &Surroundings) -> u8 {
    match results::with_standard_output(|results| run(definition, surroundings, results)) {
        Ok(()) => 0,
        Err(error) => {
            words::say(&complaint(&error));
            error.exit_code()
        }
    }
}

pub(crate) fn run(
    definition: &Definition,
    surroundings: &Surroundings,
    results: &mut Results<'_>,
) -> Result<(), RunError> {
    let command = command::command(definition);
    let matches = match command.try_get_matches_from(&surroundings.arguments) {
        Ok(matches) => matches,
        Err(help) if help.kind() == ErrorKind::DisplayHelp => {
            show_help(&help, results);
            return Ok(());
        }
        Err(error) => return Err(command::usage_error(definition, &error)),
    };
    match matches.subcommand() {
        Some(("capabilities", _)) => results.show(&capabilities::json(definition)),
        Some(("config", _)) => results.show(&schema::json(definition)),
        Some(("completion", shell)) => results.show(&command::completion(definition, shell)),
        Some(("health-check", asked)) => check_health(asked, surroundings)?,
        Some(("actions", asked)) => {
            let of = commands::maybe(asked, "type").map(Into::into);
            let outcome = oneshot::actions(definition, of.as_ref());
            results.show_either(|| outcome.text(), || outcome.json());
        }
        _ if matches.get_flag("version") => {
            results.show(&format!("{} version {}\n", definition.name, definition.version));
        }
        _ => one_run(definition, &matches, surroundings, results)?,
    }
    Ok(())
}

/// A sync, a change, or whatever a control plane asks for.
fn one_run(
    definition: &Definition,
    matches: &ArgMatches,
    surroundings: &Surroundings,
    results: &mut Results<'_>,
) -> Result<(), RunError> {
    let all: Vec<Field> = fields::common().chain(definition.fields).cloned().collect();
    let command = matches
        .subcommand()
        .map(|(name, arguments)| Command { name, arguments });
    let gathered = settings::gather(&all, matches, &surroundings.environment, &surroundings.folder);
    let checked = settings::check(definition, gathered, &surroundings.environment, command)?;
    match checked {
        (Work::Once(task), settings) => oneshot::run(definition, task, settings, results),
        (Work::Serve(serve), settings) => {
            let terminal = results.terminal.is_some();
            service::run(definition, *serve, settings, terminal, &surroundings.stop)
        }
    }
}

fn check_health(asked: &ArgMatches, surroundings: &Surroundings) -> Result<(), RunError> {
    let common: Vec<Field> = fields::common().cloned().collect();
    let gathered = settings::gather(&common, asked, &surroundings.environment, &surroundings.folder);
    if !gathered.problems.is_empty() {
        return Err(RunError::Settings(Problems(gathered.problems)));
    }
    let question = Question {
        endpoint: asked.get_one::<String>("endpoint").cloned().unwrap_or_default(),
        address: gathered.values.text("health-check-bind-address").to_owned(),
        port: gathered.values.number("health-check-port"),
        seconds: asked.get_one("timeout").copied().unwrap_or_default(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    Ok(runtime
        .map_err(RunError::Runtime)?
        .block_on(health::ask(&question))?)
}

fn show_help(help: &clap::Error, results: &mut Results<'_>) {
    let text = help.render();
    let text = match results.terminal {
        Some(_) => text.ansi().to_string(),
        None => text.to_string(),
    };
    results.show(&text);
}

/// The last words on standard error.
pub(crate) fn complaint(error: &RunError) -> String {
    let hint = Some(error.hint()).filter(|hint| !hint.is_empty());
    let hint = hint.map(|hint| format!("hint: {hint}\n")).unwrap_or_default();
    format!("error: {error}\n{hint}")
}

#[cfg(test)]
mod tests;
