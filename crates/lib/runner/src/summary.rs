//! What a sync came to, told at its end.

use std::sync::Arc;
use std::time::Duration;

use connector::{Note, Severity};
use indicatif::{HumanBytes, HumanCount};
use model::ResourceType;
use sync::Summary;

use crate::words;

/// What a sync came to.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) summary: Summary,
    /// Calls made to the source.
    pub(crate) calls: u64,
    pub(crate) took: Duration,
}

impl Report {
    /// Tells people on a terminal in sentences, and the log in one line.
    pub(crate) fn tell(&self, on_terminal: bool, types: &[Arc<ResourceType>]) {
        let Summary {
            saved,
            counts,
            sync_id,
            ..
        } = &self.summary;
        if on_terminal {
            return words::say(&self.text(types));
        }
        tracing::info!(
            sync_id = %sync_id,
            path = %saved.path.display(),
            compressed_bytes = saved.compressed_bytes,
            decompressed_bytes = saved.decompressed_bytes,
            resources = counts.resources,
            entitlements = counts.entitlements,
            grants = counts.grants,
            calls = self.calls,
            seconds = self.took.as_secs_f64(),
            "c1z: saved"
        );
    }

    fn text(&self, types: &[Arc<ResourceType>]) -> String {
        let Summary {
            saved, counts, notes, ..
        } = &self.summary;
        let kinds = counts
            .resources_by_resource_type
            .iter()
            .filter(|(_, count)| **count > 0);
        let kinds: String = kinds.map(|(id, count)| row(name(id, types), *count)).collect();
        let (entitlements, grants) = (
            row("Entitlements", counts.entitlements),
            row("Grants", counts.grants),
        );
        let remarks: String = notes.iter().map(remark).collect();
        let (path, size) = (saved.path.display(), HumanBytes(saved.compressed_bytes));
        let (calls, took) = (HumanCount(self.calls), self.took.as_secs_f64());
        format!("\n\n{kinds}{entitlements}{grants}{remarks}\n{path} ({size}), {calls} calls, {took:.1} s\n")
    }
}

/// The type's name for people; its id when the connector has no such type any more.
fn name<'a>(id: &'a str, types: &'a [Arc<ResourceType>]) -> &'a str {
    types
        .iter()
        .find(|kind| kind.id.as_str() == id)
        .map_or(id, |kind| &kind.display_name)
}

fn row(name: &str, count: u64) -> String {
    let count = HumanCount(count).to_string();
    format!("  {name:<16} {count:>9}\n")
}

/// A remark in words, after an empty line.
pub(crate) fn remark(note: &Note) -> String {
    let word = match note.severity {
        Severity::Info => "note",
        Severity::Warning => "warning",
    };
    let hint = if note.hint.is_empty() {
        String::new()
    } else {
        format!("\n  hint: {}", note.hint)
    };
    format!("\n{word}: {}{hint}\n", note.message)
}

#[cfg(test)]
mod tests;
