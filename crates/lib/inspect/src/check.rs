//! Whether a file is sound.

use c1z::{Finding, Problem, Reader, SyncRun};
use serde_json::{Value, json};

use crate::ask::Format;
use crate::error::InspectError;
use crate::json;
use crate::look::Ink;
use crate::notes::left_out;
use crate::screen::Screen;
use crate::text::{count, moment};

/// Shows everything that is wrong inside of the file, up to this many lines for people.
const SHOWN: usize = 50;

/// What was found, sorted by whether it is to be worried about.
struct Checked {
    problems: Vec<Finding>,
    /// References out of what a run read that was asked for a part only.
    expected: Vec<Finding>,
    unfinished: Vec<SyncRun>,
}

/// Checks the whole file.
pub(crate) fn show(reader: &Reader, format: Format, screen: &mut Screen<'_>) -> Result<(), InspectError> {
    let mut found = Vec::new();
    c1z::check(reader, |finding| found.push(finding))?;
    let runs = reader.syncs()?;
    let (expected, problems) = found.into_iter().partition(|finding| is_expected(finding, &runs));
    let checked = Checked {
        problems,
        expected,
        unfinished: runs.into_iter().filter(|run| run.ended_at.is_none()).collect(),
    };
    match format {
        Format::Json => {
            let list = |found: &[Finding]| Value::from(found.iter().map(as_json).collect::<Vec<_>>());
            let fields = [
                ("problems", list(&checked.problems)),
                ("expected", list(&checked.expected)),
                (
                    "unfinishedSyncs",
                    checked.unfinished.iter().map(|run| run.id.to_string()).collect(),
                ),
            ];
            Ok(json::value(screen.out, &json::object(fields))?)
        }
        Format::Table => lines(&checked, screen),
    }
}

/// A run that read a part only names what it did not read.
fn is_expected(finding: &Finding, runs: &[SyncRun]) -> bool {
    let of_a_part = |run: &SyncRun| Some(&run.id) == finding.sync.as_ref() && left_out(run).is_some();
    matches!(finding.problem, Problem::Dangling { .. }) && runs.iter().any(of_a_part)
}

fn lines(checked: &Checked, screen: &mut Screen<'_>) -> Result<(), InspectError> {
    for finding in checked.problems.iter().take(SHOWN) {
        screen.paragraph(Ink::Caution, "- ", &finding.to_string())?;
    }
    for run in &checked.unfinished {
        let text = format!(
            "the sync begun at {} is unfinished and was not checked",
            moment(run.started_at)
        );
        screen.paragraph(Ink::Caution, "- ", &text)?;
    }
    if !checked.expected.is_empty() {
        let number = count(checked.expected.len() as u64, "reference");
        let text = format!(
            "{number} to what a run did not read, as is to be expected: it was asked for a part only"
        );
        screen.paragraph(Ink::Faint, "- ", &text)?;
    }
    let summary = match (checked.problems.len(), checked.unfinished.len()) {
        (0, 0) if !checked.expected.is_empty() => "The file is sound otherwise.".to_owned(),
        (0, 0) => "The file is sound: everything in it can be read and refers to something that is there."
            .to_owned(),
        (0, _) => "No problem in what is finished. Run the connector again to complete the rest.".to_owned(),
        (number, _) => count(number as u64, "problem"),
    };
    Ok(screen.paragraph(Ink::Plain, "", &summary)?)
}

fn as_json(finding: &Finding) -> Value {
    json!({ "syncId": finding.sync.as_ref().map(ToString::to_string), "problem": finding.problem.to_string() })
}
