//! Where lines go.

use std::fs::{File, OpenOptions};
use std::io::Write;

use indicatif::MultiProgress;

use crate::error::RunError;

/// Where lines go.
#[derive(Debug)]
pub(crate) enum Sink {
    /// To standard error.
    StandardError,
    /// To standard error, above the bars that are drawn there.
    AboveBars(MultiProgress),
    /// To the ends of files.
    Files(Vec<File>),
}

impl Sink {
    /// Opens files to write to their ends.
    pub(super) fn files(paths: &[String]) -> Result<Self, RunError> {
        let open = |path: &String| {
            let opened = OpenOptions::new().append(true).create(true).open(path);
            opened.map_err(|source| RunError::Log {
                path: path.clone(),
                source,
            })
        };
        paths.iter().map(open).collect::<Result<_, _>>().map(Self::Files)
    }

    /// Writes a line. A log that cannot be written must not stop the work, so failures are passed over.
    pub(super) fn write(&self, line: &str) {
        match self {
            Self::StandardError => std::io::stderr().write_all(line.as_bytes()).unwrap_or_default(),
            Self::AboveBars(bars) => {
                bars.suspend(|| std::io::stderr().write_all(line.as_bytes()).unwrap_or_default());
            }
            Self::Files(files) => {
                for mut file in files {
                    file.write_all(line.as_bytes()).unwrap_or_default();
                }
            }
        }
    }
}
