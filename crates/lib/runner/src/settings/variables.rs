//! Environment variables that are no flags.

use crate::input::{Environment, Origin, parse_switch};
use crate::problem::Problem;

/// Where to put temporary files when no flag says.
pub(super) const TMPDIR: &str = "BATON_TMPDIR";
/// How many syncs a file keeps.
pub(super) const KEEP_SYNC_COUNT: &str = "BATON_KEEP_SYNC_COUNT";
/// Whether a file keeps all of them.
pub(super) const SKIP_CLEANUP: &str = "BATON_SKIP_CLEANUP";
/// The most MiB that a file may unpack to.
pub(super) const MAX_DECODED_MB: &str = "BATON_DECODER_MAX_DECODED_SIZE_MB";
/// The most MiB that unpacking may take.
pub(super) const MAX_MEMORY_MB: &str = "BATON_DECODER_MAX_MEMORY_MB";

/// Where the control plane is, instead of where the client id says.
pub(super) const API_HOST: &str = "BATON_C1_API_HOST";
/// How to tell this instance from others that share its credential.
pub(super) const HOST_ID: &str = "BATON_HOST_ID";
/// Whether tasks are fetched several at a time.
pub(super) const GET_TASKS: &str = "BATON_GET_TASKS";

/// A number of at least `least`, when the variable is set.
pub(super) fn number(environment: &Environment, name: &str, least: u64) -> Result<Option<u64>, Problem> {
    let Some(text) = given(environment, name) else {
        return Ok(None);
    };
    let number = text.trim().parse::<u64>().ok().filter(|number| *number >= least);
    number
        .map(Some)
        .ok_or_else(|| wrong(name, text, &format!("a whole number from {least} up")))
}

/// Yes or no; no when the variable is not set.
pub(super) fn switch(environment: &Environment, name: &str) -> Result<bool, Problem> {
    let Some(text) = given(environment, name) else {
        return Ok(false);
    };
    parse_switch(text).ok_or_else(|| wrong(name, text, "true or false"))
}

fn wrong(name: &str, text: &str, what: &str) -> Problem {
    Problem::new(format!("'{text}' is not {what}")).given_by(&Origin::Variable(name.to_owned()))
}

/// The variable's text, when it has one.
pub(super) fn given<'a>(environment: &'a Environment, name: &str) -> Option<&'a str> {
    environment
        .get(name)
        .map(String::as_str)
        .filter(|text| !text.is_empty())
}
