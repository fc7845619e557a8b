//! Keeps spreadsheets from running what other people named things.

use crate::text::clean;

/// How a cell begins that a spreadsheet takes for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The text without escape sequences, with an apostrophe in front where a spreadsheet would calculate it.
pub(super) fn guard(text: &str) -> String {
    let lead = if text.starts_with(FORMULA) { "'" } else { "" };
    format!("{lead}{}", clean(text))
}
