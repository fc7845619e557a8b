//! How many syncs stay, and which one is shown.

use c1z::{Draft, DraftOptions, Error, Retention, SyncChoice, SyncKind};

use crate::world::{CHECKPOINT, FINAL, at, id, open, put, read, sync, sync_as, world};

fn ids(path: &std::path::Path) -> Vec<model::SyncId> {
    read(path)
        .syncs()
        .unwrap()
        .into_iter()
        .map(|run| run.id)
        .collect()
}

#[test]
fn two_full_syncs_stay_with_their_rows_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    for number in 1..=4 {
        sync(&path, number, &world(3));
    }
    assert_eq!(ids(&path), [id(3), id(4)]);
    let db = crate::raw::connect(&path, folder.path());
    let owners = crate::raw::rows(&db, "SELECT DISTINCT sync_id FROM v1_grants ORDER BY 1");
    assert_eq!(owners, [id(3).to_string(), id(4).to_string()]);
}

#[test]
fn a_smaller_sync_takes_a_place_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    sync(&path, 1, &world(1));
    sync(&path, 2, &world(1));
    sync_as(&path, 3, &SyncKind::ResourcesOnly, &world(1), 2);
    assert_eq!(ids(&path), [id(2), id(3)]);
    sync(&path, 4, &world(1));
    assert_eq!(ids(&path), [id(2), id(3), id(4)]);
    // It goes with a full sync that began after it ended, not with an older one.
    sync(&path, 5, &world(1));
    assert_eq!(ids(&path), [id(3), id(4), id(5)]);
    sync(&path, 6, &world(1));
    assert_eq!(ids(&path), [id(5), id(6)]);
}

#[test]
fn the_last_full_sync_outlives_a_smaller_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    sync_as(&path, 1, &SyncKind::Full, &world(1), 1);
    sync_as(&path, 2, &SyncKind::Partial, &world(1), 1);
    assert_eq!(ids(&path), [id(1), id(2)]);
    let partial = read(&path).choose(&SyncChoice::Newest).unwrap();
    assert_eq!((partial.kind, partial.parent), (SyncKind::Partial, Some(id(1))));
    sync_as(&path, 3, &SyncKind::Full, &world(1), 1);
    assert_eq!(ids(&path), [id(2), id(3)]);
}

#[test]
fn everything_stays_when_asked_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let all = DraftOptions {
        retention: Retention::KeepAll,
        ..DraftOptions::default()
    };
    for number in 1..=4 {
        let mut draft = Draft::open(&path, all.clone()).unwrap();
        draft
            .start(id(number), &SyncKind::Full, at(i64::from(number)))
            .unwrap();
        draft.finish(FINAL, at(i64::from(number))).unwrap();
        draft.save().unwrap();
    }
    assert_eq!(ids(&path), [id(1), id(2), id(3), id(4)]);
}

#[test]
fn the_newest_finished_sync_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    sync(&path, 1, &world(2));
    sync_as(&path, 2, &SyncKind::ResourcesOnly, &world(1), 5);
    let mut draft = Draft::open(&path, crate::world::keeping(5)).unwrap();
    draft.start(id(3), &SyncKind::Partial, at(40)).unwrap();
    put(&mut draft, &world(1), at(41));
    draft.start(id(4), &SyncKind::ResourcesOnly, at(50)).unwrap();
    draft.finish(FINAL, at(51)).unwrap();
    draft.save().unwrap();

    let reader = read(&path);
    let chosen = |choice| reader.choose(&choice).map(|run| run.id);
    assert_eq!(chosen(SyncChoice::Newest).unwrap(), id(4));
    assert_eq!(chosen(SyncChoice::NewestFull).unwrap(), id(1));
    let open = reader.choose(&SyncChoice::Id(id(3))).unwrap();
    assert_eq!((open.ended_at, open.token.as_str()), (None, CHECKPOINT));
    assert!(matches!(
        chosen(SyncChoice::Id("nope".into())),
        Err(Error::UnknownSync(_))
    ));
}

#[test]
fn the_record_of_a_finished_sync_is_complete() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let mut draft = open(&path);
    draft.start(id(1), &SyncKind::Full, at(10)).unwrap();
    put(&mut draft, &world(2), at(11));
    let stats = draft.finish(FINAL, at(12)).unwrap();
    draft.save().unwrap();
    let reader = read(&path);
    let run = reader.choose(&SyncChoice::Newest).unwrap();
    assert_eq!(run.stats.as_ref(), Some(&stats));
    assert_eq!(reader.stats(&run.id).unwrap(), reader.count(&run.id).unwrap());
    assert_eq!((run.started_at, run.ended_at), (at(10), Some(at(12))));
    assert!(run.supports_diff && run.grants_backfilled);
    let db = crate::raw::connect(&path, folder.path());
    insta::assert_snapshot!(crate::raw::rows(&db, "SELECT * FROM v1_sync_runs").join("\n"));
}
