//! What processes log: read line by line, whatever they write and however much, and handed on in portions.

mod allowance;
mod diary;
mod line;
mod lines;
mod pump;
mod redaction;

use async_trait::async_trait;
use governance::LogLine;

pub(crate) use diary::Diary;
pub(crate) use pump::pump;
pub(crate) use redaction::Redaction;

/// Where the lines go.
#[async_trait]
pub trait LogSink: Send + Sync {
    /// Takes lines, in their order. What it cannot keep is lost: nobody waits for a log.
    async fn write(&self, lines: Vec<LogLine>);
}
