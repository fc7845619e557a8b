//! The log: one line for each event, to standard error or to files.

mod details;
mod fields;
mod layer;
mod line;
mod sink;

use std::sync::Arc;

use model::Clock;
use tracing::Level;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry};

pub(crate) use details::Details;
pub(crate) use line::Format;
pub(crate) use sink::Sink;

use crate::error::RunError;
use crate::input::Values;

/// Crates of the libraries that every program uses and whose lines are worth showing.
const CRATES: [&str; 8] = [
    "c1z",
    "connector",
    "http_client",
    "model",
    "proto",
    "runner",
    "runtime",
    "sync",
];

/// Where the log goes.
#[derive(Debug)]
pub(crate) struct Out {
    pub(crate) sink: Sink,
    /// Whether a person reads along.
    pub(crate) terminal: bool,
}

/// Who else hears what is logged.
#[derive(Default)]
pub(crate) struct More {
    /// The logs of single tasks.
    pub(crate) details: Option<Details>,
    /// Telemetry.
    pub(crate) telemetry: Option<Box<dyn Layer<Registry> + Send + Sync>>,
}

impl Out {
    fn usual_format(&self) -> Format {
        if self.terminal {
            Format::Console
        } else {
            Format::Json
        }
    }
}

/// How to log.
#[derive(Debug)]
pub(crate) struct LogSettings {
    level: Level,
    format: Option<Format>,
    paths: Vec<String>,
}

impl LogSettings {
    /// Takes checked values.
    pub(crate) fn read(values: &Values) -> Self {
        let level = match values.text("log-level") {
            "debug" => Level::DEBUG,
            "warn" => Level::WARN,
            "error" => Level::ERROR,
            _ => Level::INFO,
        };
        let format = match values.text("log-format") {
            "json" => Some(Format::Json),
            "console" => Some(Format::Console),
            _ => None,
        };
        Self {
            level,
            format,
            paths: values.list("log-path").to_vec(),
        }
    }

    /// Whether lines go to standard error.
    pub(crate) fn to_standard_error(&self) -> bool {
        self.paths.is_empty()
    }

    /// Opens the files; without any, lines go where `otherwise` says.
    pub(crate) fn open(&self, otherwise: Sink) -> Result<Sink, RunError> {
        if self.paths.is_empty() {
            Ok(otherwise)
        } else {
            Sink::files(&self.paths)
        }
    }

    /// Begins to log. Other programs' libraries are heard only when they warn: their details may hold secrets.
    ///
    /// Details are listened to when there is somebody who may want them.
    pub(crate) fn begin(&self, out: Out, crates: &[&str], clock: Arc<dyn Clock>, more: More) {
        let More { details, telemetry } = more;
        let format = self.format.unwrap_or(out.usual_format());
        let heard = if details.is_some() {
            Level::DEBUG
        } else {
            self.level
        };
        let ours = CRATES.iter().chain(crates).map(|name| (*name, heard));
        let others = LevelFilter::from_level(self.level.min(Level::WARN));
        let targets = Targets::new().with_default(others).with_targets(ours);
        let layer = layer::Lines {
            format,
            sink: out.sink,
            clock,
            level: self.level,
            details: details.unwrap_or_default(),
        };
        let subscriber = tracing_subscriber::registry()
            .with(telemetry)
            .with(targets)
            .with(layer);
        // A second log in the same process is refused; the first one then stays.
        tracing::subscriber::set_global_default(subscriber).ok();
    }
}
