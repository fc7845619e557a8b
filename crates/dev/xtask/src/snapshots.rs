//! `cargo xtask snapshots`: no stored snapshot without a test that reads it.
//!
//! A test run with `INSTA_SNAPSHOT_REFERENCES_FILE` set leaves the list of snapshots that were compared.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::{Outcome, workspace};

/// What `snapshots` takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The list that a complete test run left.
    references: PathBuf,
}

/// Fails when a stored snapshot is not in the list, or a new one waits for review.
pub(crate) fn run(args: &Args) -> Outcome {
    let list = fs::read_to_string(&args.references)?;
    let used: BTreeSet<PathBuf> = list
        .lines()
        .filter_map(|line| Path::new(line).canonicalize().ok())
        .collect();
    let stored = snapshots(&workspace::root().join("crates").canonicalize()?)?;
    let orphans: Vec<_> = stored
        .iter()
        .filter(|path| !used.contains(*path))
        .map(|path| path.display().to_string())
        .collect();
    if orphans.is_empty() {
        return Ok(());
    }
    Err(format!("snapshots that no test reads:\n{}", orphans.join("\n")).into())
}

/// All `.snap` and `.snap.new` files under `folder`.
fn snapshots(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(snapshots(&path)?);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "snap" || extension == "new")
        {
            found.push(path);
        }
    }
    Ok(found)
}
