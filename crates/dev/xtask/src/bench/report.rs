//! The results as lines of a table, in the form that docs/PERFORMANCE.md uses.

use std::time::Duration;

/// A measure: what, and how much.
pub(super) struct Row(String, String);

/// A duration in milliseconds.
pub(super) fn time(what: &str, duration: Duration) -> Row {
    Row(what.to_owned(), format!("{} ms", duration.as_millis()))
}

/// A size in mebibytes.
pub(super) fn size(what: &str, bytes: u64) -> Row {
    let tenths = bytes * 10 / (1024 * 1024);
    Row(what.to_owned(), format!("{}.{} MiB", tenths / 10, tenths % 10))
}

/// A part of one core, from millionths.
pub(super) fn share(what: &str, millionths: u128) -> Row {
    let hundredths = millionths / 100;
    Row(
        what.to_owned(),
        format!("{}.{:02} % of a core", hundredths / 100, hundredths % 100),
    )
}

/// A number of things.
pub(super) fn count(what: &str, number: u64) -> Row {
    Row(what.to_owned(), number.to_string())
}

/// Prints a Markdown table.
#[expect(clippy::print_stdout, reason = "the table is what the task is for")]
pub(super) fn print(rows: &[Row]) {
    println!("| what | measured |\n| --- | ---: |");
    for Row(what, measured) in rows {
        println!("| {what} | {measured} |");
    }
}
