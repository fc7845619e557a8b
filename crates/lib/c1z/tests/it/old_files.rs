//! Files of older and of other writers.

use c1z::{GrantFilter, Origin, ResourceFilter, SyncChoice};
use prost::Message as _;
use proto::connector_v2 as wire;

use crate::raw::{file_of, frame, pack, rows, unpack, with_magic};
use crate::world::{at, id, open, read, sync, world};

/// The first form of the format: no indexes, none of the later columns.
const OLD: &str = "
    CREATE TABLE v1_resource_types (id integer primary key, external_id text not null, data blob not null, sync_id text not null, discovered_at datetime not null);
    CREATE TABLE v1_resources (id integer primary key, resource_type_id text not null, external_id text not null, parent_resource_type_id text, parent_resource_id text, data blob not null, sync_id text not null, discovered_at datetime not null);
    CREATE TABLE v1_entitlements (id integer primary key, resource_type_id text not null, resource_id text not null, external_id text not null, data blob not null, sync_id text not null, discovered_at datetime not null);
    CREATE TABLE v1_grants (id integer primary key, resource_type_id text not null, resource_id text not null, entitlement_id text not null, principal_resource_type_id text not null, principal_resource_id text not null, external_id text not null, data blob not null, sync_id text not null, discovered_at datetime not null);
    CREATE TABLE v1_sync_runs (id integer primary key, sync_id text not null, started_at datetime not null, ended_at datetime, sync_token text not null);
    INSERT INTO v1_sync_runs (sync_id, started_at, ended_at, sync_token) VALUES ('old', '2026-11-01T08:00:00Z', 1793520060, '');
    INSERT INTO v1_resources VALUES (7, 'user', 'user:u1', NULL, NULL, x'', 'old', 'not a time');
";

fn expandable_grant() -> wire::Grant {
    let expandable = wire::GrantExpandable {
        entitlement_ids: vec!["group:g1:member".to_owned()],
        ..wire::GrantExpandable::default()
    };
    wire::Grant {
        id: "g".to_owned(),
        annotations: vec![prost_types::Any::from_msg(&expandable).unwrap()],
        ..wire::Grant::default()
    }
}

fn old_file(folder: &std::path::Path) -> std::path::PathBuf {
    use std::fmt::Write as _;
    let mut hex = String::new();
    for byte in expandable_grant().encode_to_vec() {
        write!(hex, "{byte:02x}").unwrap();
    }
    let grant = format!(
        "INSERT INTO v1_grants VALUES (3, 'role', 'r1', 'role:r1:member', 'group', 'g1', 'g', x'{hex}', 'old', '2026-11-01 08:00:30');"
    );
    file_of(folder, &format!("{OLD}{grant}"))
}

#[test]
fn an_old_file_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let reader = read(&old_file(folder.path()));
    let run = reader.choose(&SyncChoice::NewestFull).unwrap();
    assert_eq!((run.id.as_str(), run.stats.clone()), ("old", None));
    assert_eq!(run.started_at.to_rfc3339(), "2026-11-01T08:00:00+00:00");
    assert_eq!(run.ended_at.unwrap().timestamp(), 1_793_520_060);
    assert_eq!(reader.stats(&run.id).unwrap().resources, 1);
    let user = reader
        .resources(&run.id, &ResourceFilter::default())
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(
        (user.row, user.discovered_at.to_rfc3339().as_str()),
        (7, "0001-01-01T00:00:00+00:00")
    );
    let grant = reader
        .grants(&run.id, &GrantFilter::default())
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(grant.expansion.unwrap().entitlement_ids, ["group:g1:member"]);
    assert_eq!(grant.message.annotations, []);
    assert_eq!(grant.message.entitlement.unwrap().id, "role:r1:member");
    assert_eq!(grant.message.principal.unwrap().id.unwrap().resource, "g1");
}

#[test]
fn an_old_file_is_brought_up_when_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = old_file(folder.path());
    sync(&path, 1, &world(2));
    let db = crate::raw::connect(&path, folder.path());
    let grant =
        "SELECT length(expansion), needs_expansion, length(data) FROM v1_grants WHERE sync_id = 'old'";
    assert_eq!(rows(&db, grant), ["17 | 1 | 3"]);
    assert_eq!(
        rows(
            &db,
            "SELECT sync_id, sync_type, grants_backfilled FROM v1_sync_runs"
        ),
        ["old | full | 1", &format!("{} | full | 1", id(1))]
    );
    assert_eq!(
        rows(&db, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'idx_%'"),
        ["16"]
    );
    assert_eq!(
        rows(&db, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"),
        ["7"]
    );
}

#[test]
fn other_settings_of_the_database_are_read_and_put_right() {
    for settings in [
        "PRAGMA journal_mode = WAL;",
        "PRAGMA encoding = 'UTF-16';",
        "PRAGMA page_size = 65536; PRAGMA auto_vacuum = FULL; PRAGMA user_version = 9;",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = file_of(folder.path(), &format!("{settings}{OLD}"));
        let reader = read(&path);
        let users = reader.resources(&"old".into(), &ResourceFilter::default());
        assert_eq!(users.count(), 1, "{settings}");
        let draft = open(&path);
        assert_eq!(*draft.origin(), Origin::Target);
        drop(draft);
        sync(&path, 1, &world(2));
        let database = unpack(&path);
        assert_eq!(database[16..20], [0x10, 0, 1, 1], "{settings}");
        assert_eq!(
            database[52..64],
            [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
            "{settings}"
        );
        assert_eq!(read(&path).syncs().unwrap().len(), 2, "{settings}");
    }
}

#[test]
fn frames_of_other_writers_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    sync(&path, 1, &world(2));
    let database = unpack(&path);
    let (first, second) = database.split_at(database.len() / 3);
    let skippable = [0x5E, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3];
    let variants = [
        with_magic(&frame(&database, false)),
        with_magic(&[frame(first, true), frame(second, false)].concat()),
        with_magic(&[&skippable[..], &frame(&database, true), &skippable].concat()),
        with_magic(&zstd::encode_all(&database[..], 19).unwrap()),
    ];
    for (index, bytes) in variants.iter().enumerate() {
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(read(&path).syncs().unwrap().len(), 1, "variant {index}");
    }
}

#[test]
fn magic_alone_is_an_empty_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    std::fs::write(&path, with_magic(b"")).unwrap();
    let reader = read(&path);
    assert_eq!(reader.syncs().unwrap(), []);
    assert!(matches!(
        reader.choose(&SyncChoice::Newest),
        Err(c1z::Error::NoFinishedSync)
    ));
    sync(&path, 1, &world(1));
    assert_eq!(read(&path).syncs().unwrap().len(), 1);
}

#[test]
fn a_file_with_an_unfinished_sync_only_opens_but_shows_nothing_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let id = sync(&path, 1, &world(2));
    let db = crate::raw::connect(&path, folder.path());
    db.execute("UPDATE v1_sync_runs SET ended_at = NULL", []).unwrap();
    drop(db);
    pack(&folder.path().join("unpacked.db"), &path);
    let reader = read(&path);
    assert!(matches!(
        reader.choose(&SyncChoice::Newest),
        Err(c1z::Error::NoFinishedSync)
    ));
    assert_eq!(
        reader.choose(&SyncChoice::Id(id.clone())).unwrap().started_at,
        at(10)
    );
    assert_eq!(reader.resources(&id, &ResourceFilter::default()).count(), 4);
}
