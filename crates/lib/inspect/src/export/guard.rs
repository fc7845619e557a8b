//! Keeps spreadsheets from running what other people named things.

/// How a cell begins that a spreadsheet takes for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The text, with an apostrophe in front where a spreadsheet would calculate it.
pub(super) fn guard(text: &str) -> String {
    if text.starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
