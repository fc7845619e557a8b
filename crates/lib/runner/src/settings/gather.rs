//! Bringing the sources together.

use std::path::Path;

use clap::ArgMatches;

use crate::field::Field;
use crate::input::{self, Environment, FileLayer, Values};
use crate::problem::Problem;

/// What the sources give, before anything is checked against anything else.
#[derive(Debug)]
pub(crate) struct Gathered {
    pub(crate) values: Values,
    pub(crate) problems: Vec<Problem>,
    pub(crate) remarks: Vec<String>,
    /// Whether every source could be read; otherwise what is missing may be in the one that could not.
    pub(crate) complete: bool,
}

/// Reads flags, environment and file; each setting comes from the first that gives it.
pub(crate) fn gather(
    fields: &[Field],
    matches: &ArgMatches,
    environment: &Environment,
    folder: &Path,
) -> Gathered {
    let (file, trouble) = match file_layer(fields, environment, folder) {
        Ok(file) => (file, None),
        Err(problem) => (FileLayer::default(), Some(problem)),
    };
    // The connector's own flags may stand before or after a command, which keeps those that follow it.
    let after = matches
        .subcommand()
        .map(|(_, matches)| input::read_flags(fields, matches));
    let layers = [
        after.unwrap_or_default(),
        input::read_flags(fields, matches),
        input::read_environment(fields, environment),
        file.layer,
    ];
    let complete = trouble.is_none();
    let (values, mut problems) = input::merge(fields, &layers);
    problems.extend(trouble);
    let remarks = file
        .unknown
        .iter()
        .map(|key| format!("`{key}` in the configuration file is not a setting"));
    Gathered {
        values,
        problems,
        remarks: remarks.collect(),
        complete,
    }
}

fn file_layer(fields: &[Field], environment: &Environment, folder: &Path) -> Result<FileLayer, Problem> {
    match input::locate_file(environment, folder)? {
        Some(path) => input::read_file(fields, &path),
        None => Ok(FileLayer::default()),
    }
}
