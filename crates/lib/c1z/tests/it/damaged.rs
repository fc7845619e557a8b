//! What is said of each kind of bad file, and that it is left as it is.

use std::path::Path;

use c1z::{Draft, DraftOptions, Error, Limits, ReadOptions, Reader};
use prost::Message as _;
use proto::c1z_v3::{C1zManifestV3, SyncRunSummary};
use proto::storage_v3::SyncStatsRecord;

use crate::raw::{file_of, frame, with_magic};
use crate::world::{sync, world};

/// Small limits, so that bombs can be small too.
fn limits() -> Limits {
    Limits {
        decoded_bytes: 1 << 20,
        window_log: 21,
    }
}

/// What the reader says; the writer must say the same and leave the file alone.
fn said(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.c1z");
    std::fs::write(&path, bytes).unwrap();
    let options = ReadOptions {
        limits: limits(),
        temp_dir: None,
    };
    let said = text(&Reader::open(&path, &options).unwrap_err(), folder.path());
    let options = DraftOptions {
        limits: limits(),
        ..DraftOptions::default()
    };
    if !bytes.is_empty() {
        let refused = Draft::open(&path, options).unwrap_err();
        assert_eq!(text(&refused, folder.path()), said);
    }
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    assert_eq!(crate::world::names(folder.path()), ["bad.c1z"]);
    said
}

fn text(error: &Error, folder: &Path) -> String {
    let shown = folder.canonicalize().unwrap().display().to_string();
    let text = format!("{}: {error}\nhint: {}", error.code(), error.hint());
    text.replace(&shown, "~")
        .replace(&folder.display().to_string(), "~")
}

fn good() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("good.c1z");
    sync(&path, 1, &world(2));
    std::fs::read(path).unwrap()
}

fn of_statements(statements: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::read(file_of(folder.path(), statements)).unwrap()
}

/// A frame header that asks for a window of this many bytes as a power of two.
fn window(log: u8) -> Vec<u8> {
    let magic = 0xFD2F_B528_u32.to_le_bytes();
    with_magic(&[&magic[..], &[0, (log - 10) << 3, 1, 0, 0]].concat())
}

fn pebble() -> Vec<u8> {
    let time = |seconds| Some(prost_types::Timestamp { seconds, nanos: 0 });
    let run = SyncRunSummary {
        sync_id: "38bIcIcpiKnwJXHVUKRDWBVXRlE".to_owned(),
        r#type: 1,
        started_at: time(1_795_444_777),
        ended_at: time(1_795_444_799),
        parent_sync_id: String::new(),
        stats: Some(SyncStatsRecord {
            resources: 34,
            entitlements: 7,
            grants: 29,
            ..SyncStatsRecord::default()
        }),
    };
    let manifest = C1zManifestV3 {
        engine: "pebble3".to_owned(),
        sync_runs: vec![run],
        ..C1zManifestV3::default()
    };
    let manifest = manifest.encode_to_vec();
    let length = u32::try_from(manifest.len()).unwrap().to_be_bytes();
    [b"C1Z3\0", &length[..], &manifest, b"payload"].concat()
}

/// Databases that are not those of a sync, or that do more than to hold one.
fn foreign() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        (
            "another database",
            of_statements("CREATE TABLE accounts (id); INSERT INTO accounts VALUES (1);"),
        ),
        (
            "a trigger",
            of_statements(
                "CREATE TABLE v1_resources (id); CREATE TRIGGER spring AFTER INSERT ON v1_resources BEGIN SELECT 1; END;",
            ),
        ),
        (
            "a view",
            of_statements("CREATE VIEW v1_grants AS SELECT 1 AS id;"),
        ),
        (
            "a virtual table",
            of_statements("CREATE  virtual/**/TABLE v1_grants USING fts5(id, data);"),
        ),
        (
            "a computed column",
            of_statements("CREATE TABLE v1_grants (id, data AS (zeroblob(900000000)));"),
        ),
    ]
}

#[test]
fn each_kind_of_damage_is_named() {
    let good = good();
    let mut flipped = good.clone();
    *flipped.last_mut().unwrap() ^= 1;
    let mut broken = good.clone();
    broken[40..60].fill(0xff);
    let text = ["hello"; 99].join(" ");
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("empty", Vec::new()),
        ("wrong magic", b"PK\x03\x04 something else".to_vec()),
        ("shorter than the magic", b"C1Z".to_vec()),
        ("v3", pebble()),
        ("v3 without a manifest", b"C1Z3\0\0\0".to_vec()),
        ("v3 with an endless manifest", b"C1Z3\0\xff\xff\xff\xff".to_vec()),
        ("truncated", good[..good.len() / 2].to_vec()),
        ("truncated in the checksum", good[..good.len() - 2].to_vec()),
        ("truncated in the frame's magic", good[..7].to_vec()),
        ("checksum", flipped),
        ("blocks", broken),
        ("trailing garbage", [&good[..], b"garbage"].concat()),
        ("one trailing byte", [&good[..], b"\0"].concat()),
        ("a second frame cut off", [&good[..], &good[5..90]].concat()),
        ("uncompressed", with_magic(b"SQLite format 3\0")),
        ("window too large", window(22)),
        ("window beyond all limits", window(41)),
        ("declared too large", with_magic(&frame(&vec![0; 2 << 20], true))),
        (
            "a bomb that does not declare itself",
            with_magic(&frame(&vec![0; 2 << 20], false)),
        ),
        (
            "a bomb of two frames",
            with_magic(&[frame(&vec![0; 900_000], true), frame(&vec![0; 900_000], false)].concat()),
        ),
        ("not a database", with_magic(&frame(text.as_bytes(), true))),
        (
            "a damaged database",
            with_magic(&frame(&[b"SQLite format 3\0", &[0x10; 9000][..]].concat(), true)),
        ),
    ];
    let report: Vec<_> = cases
        .iter()
        .chain(&foreign())
        .map(|(name, bytes)| format!("== {name}\n{}", said(bytes)))
        .collect();
    insta::assert_snapshot!(report.join("\n\n"));
}

#[test]
fn a_missing_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Reader::open(&folder.path().join("no.c1z"), &ReadOptions::default()).unwrap_err();
    insta::assert_snapshot!(text(&missing, folder.path()), @r"
    c1z-missing: ~/no.c1z does not exist
    hint: check the path, or run a sync to make the file
    ");
    let a_folder = Reader::open(folder.path(), &ReadOptions::default()).unwrap_err();
    assert!(matches!(a_folder, Error::NotAFile(_)));
}

#[test]
fn every_shorter_piece_of_a_file_is_refused() {
    let good = good();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("piece.c1z");
    for length in (6..good.len()).step_by(7) {
        std::fs::write(&path, &good[..length]).unwrap();
        let refused = Reader::open(&path, &ReadOptions::default()).unwrap_err();
        assert!(matches!(refused, Error::Truncated(_)), "{length}: {refused}");
    }
}

#[test]
fn a_flipped_byte_is_never_taken_for_good() {
    let good = good();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("flipped.c1z");
    std::fs::write(&path, &good).unwrap();
    let content = testkit::canonical(&path).unwrap();
    for place in (0..good.len()).step_by(11) {
        let mut bytes = good.clone();
        bytes[place] ^= 0x20;
        std::fs::write(&path, &bytes).unwrap();
        // Some bits mean nothing, such as the size of a window that is large enough either way.
        if let Ok(same) = testkit::canonical(&path) {
            assert!(same == content, "{place}");
        }
    }
}

#[test]
fn a_row_that_cannot_be_decoded_is_named_and_the_others_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let id = sync(&path, 1, &world(3));
    let db = crate::raw::connect(&path, folder.path());
    db.execute("UPDATE v1_resources SET data = x'ff' WHERE id = 2", [])
        .unwrap();
    drop(db);
    crate::raw::pack(&folder.path().join("unpacked.db"), &path);

    let reader = crate::world::read(&path);
    let records: Vec<_> = reader.resources(&id, &c1z::ResourceFilter::default()).collect();
    assert_eq!(records.iter().filter(|one| one.is_ok()).count(), 4);
    let error = records[1].as_ref().unwrap_err();
    insta::assert_snapshot!(text(error, folder.path()));
}

#[test]
fn a_row_beyond_all_measure_is_refused_and_large_ones_are_read_a_few_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let id = sync(&path, 1, &world(3));
    let db = crate::raw::connect(&path, folder.path());
    let large = c1z_resource(9 << 20);
    db.execute("UPDATE v1_resources SET data = ?1", [&large]).unwrap();
    drop(db);
    crate::raw::pack(&folder.path().join("unpacked.db"), &path);
    let reader = crate::world::read(&path);
    let all = c1z::ResourceFilter::default();
    let rows: Vec<_> = reader.resources(&id, &all).map(|one| one.unwrap().row).collect();
    assert_eq!(rows, [1, 2, 3, 4, 5]);

    let db = crate::raw::connect(&path, folder.path());
    db.execute(
        "UPDATE v1_resources SET data = zeroblob(70000000) WHERE id = 2",
        [],
    )
    .unwrap();
    drop(db);
    crate::raw::pack(&folder.path().join("unpacked.db"), &path);
    let reader = crate::world::read(&path);
    let records: Vec<_> = reader.resources(&id, &all).collect();
    assert!(matches!(records.last(), Some(Err(Error::Database(_)))));
}

/// A message of that many bytes, nearly.
fn c1z_resource(bytes: usize) -> Vec<u8> {
    let resource = proto::connector_v2::Resource {
        description: "x".repeat(bytes),
        ..proto::connector_v2::Resource::default()
    };
    resource.encode_to_vec()
}
