//! What a finished file says, in lines that can be compared.

use std::path::Path;

use c1z::{EntitlementFilter, GrantFilter, ReadOptions, Reader, ResourceFilter, SyncChoice, SyncRun};

/// The newest finished sync of a file: its run, and its records without ids of rows and times.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) run: SyncRun,
    pub(crate) lines: Vec<String>,
}

/// Reads the newest finished sync.
pub(crate) fn content(file: &Path) -> Content {
    let reader = Reader::open(file, &ReadOptions::default()).unwrap();
    let run = reader.choose(&SyncChoice::default()).unwrap();
    let mut lines = Vec::new();
    lines.extend(
        reader
            .resource_types(&run.id)
            .map(|row| format!("{:?}", row.unwrap().message)),
    );
    lines.extend(
        reader
            .resources(&run.id, &ResourceFilter::default())
            .map(|row| format!("{:?}", row.unwrap().message)),
    );
    lines.extend(
        reader
            .entitlements(&run.id, &EntitlementFilter::default())
            .map(|row| format!("{:?}", row.unwrap().message)),
    );
    lines.extend(reader.grants(&run.id, &GrantFilter::default()).map(|row| {
        let row = row.unwrap();
        format!("{:?} {:?}", row.message, row.expansion)
    }));
    lines.sort();
    Content { run, lines }
}
