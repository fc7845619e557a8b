//! Everything as one flat table, for spreadsheets.

mod guard;
mod rows;
mod sheet;
mod table;
mod target;

use std::path::Path;

pub(crate) use target::protect;

use crate::ask::Form;
use crate::error::InspectError;
use crate::source::Source;

/// The columns, in order: those of the `baton` reader's export.
pub(crate) const COLUMNS: [&str; 12] = [
    "Type",
    "Last Name",
    "First Name",
    "User ID",
    "User Status",
    "Email Address",
    "Entitlement Display Name",
    "Entitlement",
    "Resource Type",
    "Resource Name",
    "Entitlement Description",
    "Entitlement Slug",
];

/// One row: a cell a column.
pub(crate) type Row = [String; COLUMNS.len()];

/// Writes the sync to a file.
pub(crate) fn write(source: &Source<'_>, form: Form, out: &Path) -> Result<(), InspectError> {
    match form {
        Form::Csv => table::write(rows::all(source), out),
        Form::Xlsx => sheet::write(rows::all(source), out),
    }
}

/// Says that `path` cannot be written, and why.
fn failed(path: &Path) -> impl Fn(&dyn std::error::Error) -> InspectError + '_ {
    move |reason| InspectError::Export {
        path: path.to_owned(),
        reason: reason.to_string(),
    }
}

#[cfg(test)]
mod tests;
