//! What connectors do and say: runs, lines of the log, files.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use governance::{Content, End, TaskState, UploadState};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{LogLevel, RunKind};
use crate::page::{Cursor, Limit};

/// A unit of work of a connector, however often it is tried.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Run {
    /// Its id.
    pub(crate) id: String,
    /// What is to be done.
    kind: RunKind,
    /// How far it is.
    state: RunState,
    /// When it was asked for.
    asked_at: DateTime<Utc>,
    /// Since when it is tried now.
    began_at: Option<DateTime<Utc>>,
    /// When it ended.
    ended_at: Option<DateTime<Utc>>,
    /// How often it was tried.
    tries: u32,
    /// Why it failed, or failed the last time, and what to do.
    trouble: Option<String>,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RunState {
    /// For somebody to take.
    Waiting,
    /// Somebody works on it.
    Running,
    /// Somebody works on it, and was asked to stop.
    Stopping,
    /// It was done.
    Succeeded,
    /// It was not done.
    Failed,
    /// Somebody wanted it to stop, and it did.
    Cancelled,
}

/// Which runs.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RunQuery {
    /// Those that do this.
    pub(crate) kind: Option<RunKind>,
    /// How many a page has.
    pub(crate) limit: Option<Limit>,
    /// Where the page begins.
    pub(crate) cursor: Option<Cursor>,
}

/// A line of a log.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Line {
    /// Its place: what was written later has a higher one.
    pub(crate) place: i64,
    /// When it was said.
    at: DateTime<Utc>,
    /// How much it matters.
    level: LogLevel,
    /// What it says.
    message: String,
    /// What else it says, by name.
    fields: BTreeMap<String, String>,
}

/// Which lines; the newest come first.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LineQuery {
    /// Those of this run, by its id.
    pub(crate) run: Option<String>,
    /// Those that matter at least so much.
    pub(crate) level: Option<LogLevel>,
    /// Those with this in their message or fields.
    pub(crate) search: Option<String>,
    /// How many a page has.
    pub(crate) limit: Option<Limit>,
    /// Where the page begins.
    pub(crate) cursor: Option<Cursor>,
}

/// A file that a connector handed over.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct File {
    /// Its id.
    pub(crate) id: String,
    /// What it is.
    content: FileContent,
    /// The run that it is a result of.
    run: String,
    /// Bytes.
    size: u64,
    /// The SHA-256 of those bytes.
    sha256: String,
    /// When it was handed over.
    at: DateTime<Utc>,
}

/// What a file is.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FileContent {
    /// All that a sync read, as `.c1z`.
    Sync,
    /// The log of a run.
    DebugLog,
}

/// A part of a list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartQuery {
    /// How many a page has.
    pub(crate) limit: Option<Limit>,
    /// Where the page begins.
    pub(crate) cursor: Option<Cursor>,
}

impl From<&governance::Task> for Run {
    fn from(task: &governance::Task) -> Self {
        let trouble = match &task.state {
            TaskState::Waiting { last, .. } => last.as_ref(),
            TaskState::Finished {
                end: End::Failed(failure),
                ..
            } => Some(failure),
            _ => None,
        };
        Self {
            id: task.id.to_string(),
            kind: task.work.kind.into(),
            state: state(task),
            asked_at: task.created_at,
            began_at: task.attempt().map(|attempt| attempt.since),
            ended_at: match task.state {
                TaskState::Finished { at, .. } => Some(at),
                _ => None,
            },
            tries: task.tries,
            trouble: trouble.map(|failure| failure.message.clone()),
        }
    }
}

fn state(task: &governance::Task) -> RunState {
    match &task.state {
        TaskState::Waiting { .. } => RunState::Waiting,
        TaskState::Running(attempt) if attempt.stop_asked_at.is_some() => RunState::Stopping,
        TaskState::Running(_) => RunState::Running,
        TaskState::Finished { end, .. } => match end {
            End::Succeeded(_) => RunState::Succeeded,
            End::Failed(_) => RunState::Failed,
            End::Cancelled => RunState::Cancelled,
        },
    }
}

impl From<governance::LogEntry> for Line {
    fn from(entry: governance::LogEntry) -> Self {
        let line = entry.line;
        Self {
            place: entry.id.number(),
            at: line.at,
            level: line.level.into(),
            message: line.message,
            fields: line.fields.into_iter().collect(),
        }
    }
}

impl From<&governance::Upload> for File {
    fn from(upload: &governance::Upload) -> Self {
        Self {
            id: upload.id.to_string(),
            content: match upload.content {
                Content::Sync(_) => FileContent::Sync,
                Content::DebugLog => FileContent::DebugLog,
            },
            run: upload.task.to_string(),
            size: upload.size,
            sha256: upload.digest.to_string(),
            at: match upload.state {
                UploadState::Storing { since } => since,
                UploadState::Kept { at } => at,
            },
        }
    }
}
