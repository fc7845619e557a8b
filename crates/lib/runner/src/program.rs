//! From the command line to the exit code.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::ArgMatches;
use clap::error::ErrorKind;

use crate::definition::Definition;
use crate::error::RunError;
use crate::field::Field;
use crate::health::{self, Question};
use crate::input::Environment;
use crate::problem::Problems;
use crate::{capabilities, command, fields, oneshot, schema, settings, words};

/// What the machine gives to the program.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The command line, the program's own name first.
    pub arguments: Vec<OsString>,
    /// The environment variables.
    pub environment: Environment,
    /// The working folder.
    pub folder: PathBuf,
}

/// Runs a connector as a program and gives its exit code.
///
/// Results go to standard output; the log, progress and the final error go to standard error. Exit codes
/// are listed in `docs/EXIT-CODES.md`.
pub fn main(definition: &Definition, surroundings: &Surroundings) -> u8 {
    match run(definition, surroundings) {
        Ok(()) => 0,
        Err(error) => {
            complain(&error);
            error.exit_code()
        }
    }
}

fn run(definition: &Definition, surroundings: &Surroundings) -> Result<(), RunError> {
    let command = command::command(definition);
    let matches = match command.try_get_matches_from(&surroundings.arguments) {
        Ok(matches) => matches,
        Err(help) if help.kind() == ErrorKind::DisplayHelp => return show_help(&help),
        Err(error) => return Err(command::usage_error(definition, &error)),
    };
    match matches.subcommand() {
        Some(("capabilities", _)) => show(&capabilities::json((definition.resource_types)())),
        Some(("config", _)) => show(&schema::json(definition)),
        Some(("completion", shell)) => show(&command::completion(definition, shell)),
        Some(("health-check", asked)) => check_health(asked, surroundings),
        _ if matches.get_flag("version") => {
            show(&format!("{} version {}\n", definition.name, definition.version))
        }
        _ => sync(definition, &matches, surroundings),
    }
}

fn sync(definition: &Definition, matches: &ArgMatches, surroundings: &Surroundings) -> Result<(), RunError> {
    let all: Vec<Field> = fields::common().chain(definition.fields).cloned().collect();
    let gathered = settings::gather(&all, matches, &surroundings.environment, &surroundings.folder);
    let settings = settings::check(definition, gathered, &surroundings.environment)?;
    oneshot::run(definition, settings)
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

fn show_help(help: &clap::Error) -> Result<(), RunError> {
    let text = help.render();
    if std::io::stdout().is_terminal() {
        show(&text.ansi().to_string())
    } else {
        show(&text.to_string())
    }
}

/// Prints a result. A reader that has gone away is no failure of ours.
#[expect(
    clippy::unnecessary_wraps,
    reason = "it ends the branches of a match whose others can fail"
)]
fn show(text: &str) -> Result<(), RunError> {
    std::io::stdout().write_all(text.as_bytes()).unwrap_or_default();
    Ok(())
}

/// The last words on standard error.
fn complain(error: &RunError) {
    let hint = Some(error.hint()).filter(|hint| !hint.is_empty());
    let hint = hint.map(|hint| format!("hint: {hint}\n")).unwrap_or_default();
    words::say(&format!("error: {error}\n{hint}"));
}
