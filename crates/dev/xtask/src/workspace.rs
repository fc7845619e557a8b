//! Where things are in the repository.

use std::path::{Path, PathBuf};

/// The folder of the root `Cargo.toml`, wherever the task is run from.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}
