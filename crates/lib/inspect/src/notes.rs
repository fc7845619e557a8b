//! What a run has to say of itself, kept in the file.

use std::io;

use c1z::{SyncKind, SyncRun};
use serde::Deserialize;
use serde_json::Value;

use crate::look::Ink;
use crate::screen::Screen;

/// A remark of the run that wrote a sync.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct RunNote {
    /// How much it matters: `info` or `warning`.
    pub(crate) severity: String,
    /// For machines, stable.
    pub(crate) code: String,
    /// What happened and what is absent because of it.
    pub(crate) message: String,
    /// What to do; may be empty.
    pub(crate) hint: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Token {
    rollcall: Record,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Record {
    notes: Vec<RunNote>,
}

/// The part of the account that a run was asked for, when that was not all of it: `only user, role`.
pub(crate) fn left_out(run: &SyncRun) -> Option<String> {
    let types = types(&run.token).map(|types| format!("only {types}"));
    let kind = match &run.kind {
        SyncKind::Full => None,
        SyncKind::ResourcesOnly => Some("resources only"),
        SyncKind::Partial => Some("single resources only"),
        other => Some(other.as_str()),
    };
    match (types, kind) {
        (Some(types), Some(kind)) => Some(format!("{types}; {kind}")),
        (types, kind) => types.or(kind.map(str::to_owned)),
    }
}

/// The types of resources that a run was limited to.
fn types(token: &str) -> Option<String> {
    let token: Value = serde_json::from_str(token).ok()?;
    let types = token.pointer("/rollcall/request/scope/types")?.as_array()?;
    let names: Vec<&str> = types.iter().filter_map(Value::as_str).collect();
    Some(names.join(", "))
}

/// Says of an answer that it is about a part of the account.
pub(crate) fn say_left_out(run: &SyncRun, screen: &mut Screen<'_>) -> io::Result<()> {
    match left_out(run) {
        Some(part) => screen.remark(&format!("this run did not read everything: {part}")),
        None => Ok(()),
    }
}

/// The remarks in the record of a run (`sync_token`); none in files of other programs.
pub(crate) fn run_notes(token: &str) -> Vec<RunNote> {
    let token: Token = serde_json::from_str(token).unwrap_or_default();
    token.rollcall.notes
}

/// Writes the remarks, each with what to do.
pub(crate) fn show(notes: &[RunNote], screen: &mut Screen<'_>) -> io::Result<()> {
    for note in notes {
        let ink = if note.severity == "warning" {
            Ink::Caution
        } else {
            Ink::Plain
        };
        screen.paragraph(ink, "- ", &note.message)?;
        if !note.hint.is_empty() {
            screen.paragraph(Ink::Faint, "  Do: ", &note.hint)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_run_left() {
        let token = r#"{"version":1,"rollcall":{"connector":"Cloudflare","notes":[
            {"severity":"warning","code":"missing-permission","message":"tokens were not read"}]}}"#;
        let notes = run_notes(token);
        assert_eq!(notes.len(), 1);
        assert_eq!(notes[0].message, "tokens were not read");
    }

    #[test]
    fn has_none_elsewhere() {
        for token in [
            "",
            "no json",
            r#"{"current_action_id":29}"#,
            r#"{"rollcall":{"notes":3}}"#,
        ] {
            assert!(run_notes(token).is_empty(), "{token}");
        }
    }
}
