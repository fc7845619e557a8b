//! The command line as a source of settings.

use std::convert::Infallible;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches};
use secrecy::SecretString;

use super::{Layer, Origin, Raw};
use crate::field::{Field, Kind, Section};

/// The arguments made from settings, which the help sorts by name; `global` ones are accepted by every command.
pub(crate) fn arguments<'a>(
    fields: impl IntoIterator<Item = &'a Field>,
    global: bool,
) -> impl Iterator<Item = Arg> {
    fields
        .into_iter()
        .map(move |field| argument(field).display_order(0).global(global))
}

fn argument(field: &Field) -> Arg {
    let arg = Arg::new(field.name)
        .long(field.name)
        .help(help(field))
        .hide(field.section.is_none())
        .help_heading(field.section.map(Section::title));
    let arg = match field.short {
        Some(letter) => arg.short(letter),
        None => arg,
    };
    typed(arg, field)
}

/// As in the original, a value may begin with a dash, the last of several wins, and a switch takes `=false`.
fn typed(arg: Arg, field: &Field) -> Arg {
    let arg = match field.kind {
        Kind::List => {
            return arg
                .action(ArgAction::Append)
                .value_name("A,B")
                .allow_hyphen_values(true);
        }
        Kind::Number { .. } => arg.value_name("NUMBER").allow_hyphen_values(true),
        Kind::Secret => arg
            .value_name("SECRET")
            .allow_hyphen_values(true)
            .value_parser(ValueParser::new(|text: &str| {
                Ok::<_, Infallible>(SecretString::from(text))
            })),
        Kind::Text { .. } => arg.value_name("TEXT").allow_hyphen_values(true),
        Kind::Switch => arg
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_name("BOOL"),
    };
    arg.overrides_with(field.name)
}

fn help(field: &Field) -> String {
    let default = match field.kind {
        Kind::Text { default, .. } if !default.is_empty() => format!(" [default: {default}]"),
        Kind::Number { default, .. } => format!(" [default: {default}]"),
        _ => String::new(),
    };
    format!("{}{default}", field.description)
}

/// Takes what the command line gives.
pub(crate) fn read(fields: &[Field], matches: &ArgMatches) -> Layer {
    let given = fields
        .iter()
        .filter_map(|field| Some((field.name, (raw(field, matches)?, Origin::Flag(field.name)))));
    given.collect()
}

fn raw(field: &Field, matches: &ArgMatches) -> Option<Raw> {
    match field.kind {
        Kind::Secret => one::<SecretString>(field, matches).map(Raw::Secret),
        Kind::List => {
            let parts = matches.try_get_many::<String>(field.name).ok().flatten()?;
            Some(Raw::Texts(
                parts.flat_map(|part| super::value::split(part)).collect(),
            ))
        }
        _ => one::<String>(field, matches).map(Raw::Text),
    }
}

/// The value of an argument; none when the command at hand has no such argument.
fn one<T: Clone + Send + Sync + 'static>(field: &Field, matches: &ArgMatches) -> Option<T> {
    matches.try_get_one::<T>(field.name).ok().flatten().cloned()
}
