//! Everything in detail, for as long as somebody wants it: into a file of its own, whatever the log's level is.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use crate::progress::locked;

/// The files that details go to at the moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Details(Arc<Mutex<Vec<Arc<File>>>>);

/// A file that details go to until this is dropped.
#[derive(Debug)]
pub(crate) struct Recording {
    details: Details,
    file: Arc<File>,
}

impl Details {
    /// Writes details into a new file from now on.
    pub(crate) fn record(&self, path: &Path) -> io::Result<Recording> {
        let file = Arc::new(File::create(path)?);
        locked(&self.0).push(Arc::clone(&file));
        Ok(Recording {
            details: self.clone(),
            file,
        })
    }

    pub(super) fn are_wanted(&self) -> bool {
        !locked(&self.0).is_empty()
    }

    /// A file that cannot be written must not stop the work, so failures are passed over.
    pub(super) fn write(&self, line: &str) {
        for file in locked(&self.0).iter() {
            file.as_ref().write_all(line.as_bytes()).unwrap_or_default();
        }
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        locked(&self.details.0).retain(|file| !Arc::ptr_eq(file, &self.file));
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;

    use model::FixedClock;
    use tempfile::TempDir;
    use tracing::Level;
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;
    use crate::logging::Sink;
    use crate::logging::layer::Lines;
    use crate::logging::line::Format;

    #[test]
    fn details_are_kept_only_while_they_are_recorded() {
        let folder = TempDir::new().unwrap();
        let (log, details) = (folder.path().join("log"), Details::default());
        let lines = Lines {
            format: Format::Console,
            sink: Sink::files(&[log.to_str().unwrap().to_owned()]).unwrap(),
            clock: Arc::new(FixedClock(chrono::DateTime::UNIX_EPOCH)),
            level: Level::INFO,
            details: details.clone(),
        };
        tracing::subscriber::with_default(tracing_subscriber::registry().with(lines), || {
            tracing::debug!("before");
            let recording = details.record(&folder.path().join("debug.log")).unwrap();
            tracing::debug!("a detail");
            tracing::info!("an event");
            tracing::debug_span!("a span").in_scope(|| ());
            drop(recording);
            tracing::debug!("after");
        });
        let written = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        let messages: Vec<String> = written("debug.log")
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["msg"].to_string())
            .collect();
        assert_eq!(messages, ["\"a detail\"", "\"an event\"", "\"a span\""]);
        assert_eq!(written("log").lines().count(), 1);
    }
}
