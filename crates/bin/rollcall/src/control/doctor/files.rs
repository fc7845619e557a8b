//! The object store: whether it takes, gives and removes, and has what rows name.

use std::collections::BTreeSet;

use futures_util::TryStreamExt as _;
use store::{BackupError, Database};
use task_service::{FileStore, FileStoreError};

use super::{Findings, places};
use crate::args::Doctor;

const CHECK: &str = "files";
/// What is put there to see whether it can be.
const PROBE: &str = "doctor/probe";

pub(super) async fn look(doctor: &Doctor, database: &Database, found: &mut Findings) {
    let files = match places::files(&doctor.place) {
        Ok(files) => files,
        Err(failure) => {
            found.wrong(CHECK, failure, "see --data and --files");
            return;
        }
    };
    if let Err(error) = probe(doctor, &files).await {
        found.wrong(
            CHECK,
            error,
            "see --data and --files: it has to take, give and remove files",
        );
        return;
    }
    match compare(database, &files).await {
        Ok(compared) => compared.tell(found),
        Err(says) => found.wrong(CHECK, says, "see --data and --files"),
    }
}

/// Puts something there, takes it, removes it.
async fn probe(doctor: &Doctor, files: &FileStore) -> Result<(), FileStoreError> {
    let here = tempfile::NamedTempFile::new_in(&doctor.place.data)?;
    std::fs::write(here.path(), PROBE)?;
    files.put(PROBE, here.path()).await?;
    let pieces = files.get(PROBE).await?;
    let _: Vec<_> = pieces.try_collect().await?;
    files.remove(PROBE).await
}

/// How rows and files fit together.
struct Compared {
    kept: usize,
    missing: Vec<String>,
    orphans: Vec<String>,
}

/// Files first: what comes meanwhile has a row, and what goes has none any more.
async fn compare(database: &Database, files: &FileStore) -> Result<Compared, String> {
    let there: BTreeSet<String> = files
        .keys()
        .try_collect()
        .await
        .map_err(|error| error.to_string())?;
    let failed = |error: BackupError| error.to_string();
    let moment = database.moment().await.map_err(failed)?;
    let kept: BTreeSet<String> = moment
        .files()
        .await
        .map_err(failed)?
        .into_iter()
        .map(|upload| upload.key)
        .collect();
    let known = moment.file_keys().await.map_err(failed)?;
    drop(moment);
    let mut missing = Vec::new();
    for key in kept.difference(&there) {
        // One that came meanwhile.
        match files.get(key).await {
            Err(error) if error.is_missing() => missing.push(key.clone()),
            Err(error) => return Err(error.to_string()),
            Ok(_) => {}
        }
    }
    Ok(Compared {
        kept: kept.len(),
        missing,
        orphans: there.difference(&known).cloned().collect(),
    })
}

impl Compared {
    fn tell(&self, found: &mut Findings) {
        if let [first, ..] = self.missing.as_slice() {
            let says = format!(
                "{} files that rows name are not there, such as {first}",
                self.missing.len()
            );
            found.wrong(
                CHECK,
                says,
                "put them back from a backup; what pages show does not need them",
            );
        }
        if let [first, ..] = self.orphans.as_slice() {
            let says = format!("{} files belong to no row, such as {first}", self.orphans.len());
            found.look(
                CHECK,
                says,
                "they take room only; remove them when you know where they come from",
            );
        }
        if self.missing.is_empty() && self.orphans.is_empty() {
            found.fine(
                CHECK,
                format!("taken, given and removed; all {} are there", self.kept),
            );
        }
    }
}
