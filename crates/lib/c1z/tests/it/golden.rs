//! The same inputs give the same bytes, and the bytes are as documented.

use crate::raw::{connect, rows, unpack};
use crate::world::{sync, world};

fn golden(folder: &std::path::Path) -> std::path::PathBuf {
    let path = folder.join("golden.c1z");
    sync(&path, 1, &world(3));
    path
}

#[test]
fn a_file_made_twice_is_the_same_file() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let one = std::fs::read(golden(one.path())).unwrap();
    let other = std::fs::read(golden(other.path())).unwrap();
    assert!(one == other);
}

#[test]
fn the_frame_is_one_with_size_and_checksum() {
    let folder = tempfile::tempdir().unwrap();
    let path = golden(folder.path());
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(bytes[5..9], 0xFD2F_B528_u32.to_le_bytes());
    assert_eq!(bytes[9] & 0b100, 0b100, "checksum");
    let size = zstd::zstd_safe::get_frame_content_size(&bytes[5..]).unwrap();
    assert_eq!(size, Some(unpack(&path).len() as u64));
    let frame = zstd::zstd_safe::find_frame_compressed_size(&bytes[5..]).unwrap();
    assert_eq!(frame, bytes.len() - 5);
}

#[test]
fn the_header_of_the_database_is_as_documented() {
    let folder = tempfile::tempdir().unwrap();
    let path = golden(folder.path());
    assert_eq!(unpack(&path)[18..20], [1, 1], "rollback journal");
    let db = connect(&path, folder.path());
    let pragmas = [
        "page_size",
        "encoding",
        "auto_vacuum",
        "user_version",
        "application_id",
        "journal_mode",
    ];
    let values = pragmas.map(|name| format!("{name} {}", rows(&db, &format!("PRAGMA {name}"))[0]));
    let expected = [
        "page_size 4096",
        "encoding UTF-8",
        "auto_vacuum 0",
        "user_version 0",
        "application_id 0",
        "journal_mode delete",
    ];
    assert_eq!(values, expected);
    assert_eq!(rows(&db, "PRAGMA integrity_check"), ["ok"]);
    assert_eq!(rows(&db, "PRAGMA freelist_count"), ["0"]);
}

#[test]
fn the_tables_and_indexes_are_as_documented() {
    let folder = tempfile::tempdir().unwrap();
    let db = connect(&golden(folder.path()), folder.path());
    insta::assert_snapshot!(rows(&db, "SELECT sql FROM sqlite_schema ORDER BY rowid").join("\n"));
}

#[test]
fn the_rows_are_as_documented() {
    let folder = tempfile::tempdir().unwrap();
    let db = connect(&golden(folder.path()), folder.path());
    let tables = [
        "v1_resource_types",
        "v1_resources",
        "v1_entitlements",
        "v1_sync_runs",
        "v1_grants",
    ];
    let dump = tables.map(|table| {
        format!(
            "{table}\n{}",
            rows(&db, &format!("SELECT * FROM {table}")).join("\n")
        )
    });
    insta::assert_snapshot!(dump.join("\n\n"));
}
