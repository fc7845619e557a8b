//! How a file is written.

use std::path::PathBuf;

use crate::Limits;

/// How a file is written.
#[derive(Clone, Debug, Default)]
pub struct DraftOptions {
    /// Where the working copy goes; `None` is beside the target.
    pub temp_dir: Option<PathBuf>,
    /// Bounds on what the existing file may unpack to.
    pub limits: Limits,
    /// How many earlier syncs stay.
    pub retention: Retention,
}

/// How many syncs stay in a file (c1z-format, section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retention {
    /// That many, counting the one that is being written; 0 is taken for 1.
    Keep(usize),
    /// All of them.
    KeepAll,
}

impl Default for Retention {
    fn default() -> Self {
        Self::Keep(2)
    }
}
