//! The command line, made from the table of settings.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};
use clap_complete::Shell;

use crate::definition::Definition;
use crate::error::RunError;
use crate::{commands, fields, input};

/// The command line of a program.
pub(crate) fn command(definition: &Definition) -> Command {
    Command::new(definition.name)
        .about(definition.about)
        .override_usage(format!(
            "{0} [flags]\n       {0} <command> [flags]",
            definition.name
        ))
        .after_help(after_help(definition))
        .max_term_width(110)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .subcommand_help_heading("Commands")
        .args(input::arguments(definition.fields, false))
        .args(input::arguments(fields::common(), true))
        .arg(help_flag())
        .arg(version_flag())
        .subcommands(commands::all(definition))
        .subcommands(subcommands())
}

fn help_flag() -> Arg {
    let arg = Arg::new("help")
        .long("help")
        .short('h')
        .action(ArgAction::Help)
        .global(true);
    arg.help("Print this help")
        .help_heading("Other")
        .display_order(1000)
}

fn version_flag() -> Arg {
    let arg = Arg::new("version")
        .long("version")
        .short('v')
        .action(ArgAction::SetTrue);
    arg.help("Print the version")
        .help_heading("Other")
        .display_order(1001)
}

fn subcommands() -> [Command; 4] {
    [
        Command::new("capabilities").about("Print what the connector can do, as JSON"),
        Command::new("config").about("Print what settings it needs, as JSON"),
        Command::new("health-check")
            .about("Ask a running connector how it is")
            .args(health_arguments()),
        Command::new("completion")
            .about("Print a completion script for a shell")
            .arg(shell_argument()),
    ]
}

fn health_arguments() -> [Arg; 2] {
    [
        Arg::new("endpoint")
            .long("endpoint")
            .value_name("TEXT")
            .default_value("health")
            .help("What to ask: health, ready or live"),
        Arg::new("timeout")
            .long("timeout")
            .value_name("SECONDS")
            .default_value("5")
            .value_parser(clap::value_parser!(u64))
            .help("The longest wait for the answer"),
    ]
}

fn shell_argument() -> Arg {
    let shells = clap::builder::EnumValueParser::<Shell>::new();
    Arg::new("shell")
        .required(true)
        .value_parser(shells)
        .help("The shell")
}

fn after_help(definition: &Definition) -> String {
    format!(
        "Every flag can also be given as an environment variable (--log-level as BATON_LOG_LEVEL) or in a file \
         .baton.yaml in the working folder (log-level: ...), or in the file that BATON_CONFIG_PATH names. The flag \
         comes first, then the environment, then the file.\n\nExamples:\n{}",
        definition.examples
    )
}

/// What the parser did not understand, in the original's words.
pub(crate) fn usage_error(definition: &Definition, error: &clap::Error) -> RunError {
    if let Some(error) = too_many_words(definition, error) {
        return error;
    }
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let (argument, unknown) = (
        text(ContextKind::InvalidArg),
        text(ContextKind::InvalidSubcommand),
    );
    let flag = argument
        .split([' ', '=', '['])
        .next()
        .unwrap_or_default()
        .to_owned();
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => unknown_command(definition, &unknown),
        ErrorKind::UnknownArgument if !flag.starts_with('-') => unknown_command(definition, &flag),
        ErrorKind::UnknownArgument => format!("unknown flag: {flag}"),
        ErrorKind::InvalidValue if text(ContextKind::InvalidValue).is_empty() => {
            format!("flag needs an argument: {flag}")
        }
        ErrorKind::InvalidUtf8 => "an argument is not valid UTF-8".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("argument missing: {argument}"),
        _ => format!(
            "invalid argument \"{}\" for \"{flag}\"",
            text(ContextKind::InvalidValue)
        ),
    };
    let meant = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].map(text);
    let choices = text(ContextKind::ValidValue);
    let hint = match meant.iter().find(|text| !text.is_empty()) {
        Some(meant) => format!("did you mean {meant}?"),
        None if !choices.is_empty() => format!("choose one of {choices}"),
        None => format!("see {} --help", place(definition, error)),
    };
    RunError::Usage { message, hint }
}

/// The program with the command for people in which the mistake is, if it is in one.
fn place(definition: &Definition, error: &clap::Error) -> String {
    match command_of(definition, error) {
        Some(command) => format!("{} {command}", definition.name),
        None => definition.name.to_owned(),
    }
}

/// The command for people in which the mistake is.
fn command_of(definition: &Definition, error: &clap::Error) -> Option<&'static str> {
    let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) else {
        return None;
    };
    let usage = usage.to_string();
    let mut words = usage
        .split_whitespace()
        .skip_while(|word| *word != definition.name);
    let command = words.nth(1)?;
    commands::NAMES.into_iter().find(|name| *name == command)
}

/// A name with spaces that lost its quotation marks. The word is not repeated: it could be anything.
fn too_many_words(definition: &Definition, error: &clap::Error) -> Option<RunError> {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    let command = command_of(definition, error)?;
    let unexpected = error.kind() == ErrorKind::UnknownArgument && !word.starts_with('-');
    unexpected.then(|| RunError::Usage {
        message: format!("there are more words after {command} than it takes"),
        hint: "put names with spaces in quotation marks".to_owned(),
    })
}

/// Only what looks like a command is repeated: it could be a secret that slipped away from its flag.
fn unknown_command(definition: &Definition, word: &str) -> String {
    let harmless = word.len() <= 20
        && word
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter == '-');
    let word = if harmless { word } else { "..." };
    format!("unknown command \"{word}\" for \"{}\"", definition.name)
}

/// A completion script for the shell that was asked for.
pub(crate) fn completion(definition: &Definition, asked: &clap::ArgMatches) -> String {
    let Some(shell) = asked.get_one::<Shell>("shell").copied() else {
        return String::new();
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(definition), definition.name, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
