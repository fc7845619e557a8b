//! The texts that no damaged file brings about; the others are in the tests of damaged files.

use super::*;

#[test]
fn every_error_says_what_happened_and_what_to_do() {
    let path = || PathBuf::from("/data/sync.c1z");
    let refused = || io::Error::from(io::ErrorKind::PermissionDenied);
    let full = Error::io("write", &path())(io::ErrorKind::StorageFull.into());
    let sqlite = |code| {
        Error::from(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(code),
            None,
        ))
    };
    let errors = [
        Error::UnknownSync("38bIcIcpiKnwJXHVUKRDWBVXRlE".into()),
        Error::NoFinishedSync,
        Error::Busy(path()),
        Error::NoFolder("/data".into()),
        Error::ReadOnlyFolder {
            path: "/data".into(),
            source: refused(),
        },
        Error::NotAFile("/data".into()),
        Error::TargetChanged(path()),
        Error::NotReplaceable {
            path: path(),
            source: refused(),
        },
        Error::NotStarted,
        Error::NotPrepared,
        Error::NotFinished("38bIcIcpiKnwJXHVUKRDWBVXRlE".into()),
        full,
        Error::io("read", &path())(refused()),
        sqlite(rusqlite::ffi::SQLITE_FULL),
        sqlite(rusqlite::ffi::SQLITE_CORRUPT),
        sqlite(rusqlite::ffi::SQLITE_IOERR),
    ];
    let texts: Vec<_> = errors
        .iter()
        .map(|error| format!("{}: {error}\nhint: {}", error.code(), error.hint()))
        .collect();
    insta::assert_snapshot!(texts.join("\n\n"));
}
