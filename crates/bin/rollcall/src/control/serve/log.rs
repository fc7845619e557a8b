//! What the service says of itself while it runs.

use std::io::IsTerminal as _;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::args::{LogFormat, LogLevel, Serve};

/// Begins the log, for the whole program.
pub(super) fn begin(serve: &Serve) {
    let level = match serve.log_level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    // Of others' libraries only what is wrong is of interest.
    let ours = [
        "rollcall",
        "governance",
        "hosting",
        "runtime",
        "store",
        "task_service",
    ]
    .map(|name| (name, level));
    let filter = Targets::new()
        .with_default(LevelFilter::WARN.min(level))
        .with_targets(ours);
    let layer = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false);
    let log = tracing_subscriber::registry().with(filter);
    // The first one stays, and there is no other.
    match serve.log_format {
        LogFormat::Text => log.with(layer).try_init().ok(),
        LogFormat::Json => log.with(layer.json().flatten_event(true)).try_init().ok(),
    };
}
