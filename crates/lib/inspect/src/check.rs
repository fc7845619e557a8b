//! Whether a file is sound.

use c1z::{Finding, Reader};
use serde_json::{Value, json};

use crate::ask::Format;
use crate::error::InspectError;
use crate::json;
use crate::look::Ink;
use crate::screen::Screen;
use crate::text::count;

/// Shows everything that is wrong inside of the file, up to this many lines for people.
const SHOWN: usize = 50;

/// Checks the whole file.
pub(crate) fn show(reader: &Reader, format: Format, screen: &mut Screen<'_>) -> Result<(), InspectError> {
    let mut found = Vec::new();
    c1z::check(reader, |finding| found.push(finding))?;
    match format {
        Format::Json => {
            let problems: Vec<Value> = found.iter().map(as_json).collect();
            Ok(json::value(
                screen.out,
                &json::object([("problems", problems.into())]),
            )?)
        }
        Format::Table => lines(&found, screen),
    }
}

fn lines(found: &[Finding], screen: &mut Screen<'_>) -> Result<(), InspectError> {
    for finding in found.iter().take(SHOWN) {
        screen.paragraph(Ink::Caution, "- ", &finding.to_string())?;
    }
    let summary = match found.len() {
        0 => "The file is sound: everything in it can be read and refers to something that is there."
            .to_owned(),
        number => count(number as u64, "problem"),
    };
    Ok(screen.line(Ink::Plain, &summary)?)
}

fn as_json(finding: &Finding) -> Value {
    json!({ "syncId": finding.sync.as_ref().map(ToString::to_string), "problem": finding.problem.to_string() })
}
