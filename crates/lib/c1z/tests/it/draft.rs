//! What batches write, and that nothing else is written.

use c1z::{Error, Origin, Rows, SyncKind};
use model::{EntitlementId, Expandable, GrantSource, ResourceId};

use crate::raw::{connect, rows};
use crate::world::{CHECKPOINT, FINAL, at, id, names, open, put, sync, world};

#[test]
fn a_new_file_appears_only_when_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let mut draft = open(&path);
    assert_eq!(*draft.origin(), Origin::Nothing);
    draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
    put(&mut draft, &world(3), at(1));
    draft.finish(FINAL, at(2)).unwrap();
    assert_eq!(names(folder.path()), ["a.c1z.work"]);

    let saved = draft.save().unwrap();
    assert_eq!(names(folder.path()), ["a.c1z"]);
    assert_eq!(saved.path, path.canonicalize().unwrap());
    assert_eq!(saved.compressed_bytes, path.metadata().unwrap().len());
    assert_eq!(saved.decompressed_bytes, crate::raw::unpack(&path).len() as u64);
}

#[test]
fn a_draft_without_a_sync_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(&folder.path().join("a.c1z")));
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn a_record_that_comes_again_keeps_its_row_and_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let mut draft = open(&path);
    draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
    let mut world = world(2);
    put(&mut draft, &world, at(1));
    world.resources[0].display_name = "Renamed".to_owned();
    put(&mut draft, &world, at(5));
    draft.finish(FINAL, at(6)).unwrap();
    draft.save().unwrap();

    let db = connect(&path, folder.path());
    for table in [
        "v1_resource_types",
        "v1_resources",
        "v1_entitlements",
        "v1_grants",
    ] {
        let times = rows(&db, &format!("SELECT DISTINCT discovered_at FROM {table}"));
        assert_eq!(times, ["2026-11-23 14:39:38.962026165"], "{table}");
    }
    let first = rows(
        &db,
        "SELECT id, external_id, instr(data, 'Renamed') > 0 FROM v1_resources LIMIT 1",
    );
    assert_eq!(first, ["1 | user:u1 | 1"]);
}

#[test]
fn a_record_that_comes_again_after_the_preparation_keeps_its_row_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let mut draft = open(&path);
    draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
    let mut world = world(2);
    put(&mut draft, &world, at(1));
    world.grants[3].expandable = None;
    put(&mut draft, &world, at(2));
    assert_eq!(draft.counts().unwrap().grants, 8);
    draft.prepare_expansion().unwrap();
    assert_eq!(draft.counts().unwrap().grants, 4);
    assert_eq!(draft.expandable_grants(0, 9).unwrap(), []);
    world.resources[1].display_name = "Renamed".to_owned();
    put(&mut draft, &world, at(3));
    let users = draft.resources(&"user".into(), 0, 9).unwrap();
    assert_eq!((users.len(), users[1].0), (2, 2));
    assert_eq!(users[1].1, world.resources[1]);
}

#[test]
fn a_dropped_batch_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut draft = open(&folder.path().join("a.c1z"));
    draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
    let mut batch = draft.batch(at(1)).unwrap();
    batch.put_resources(&world(2).resources).unwrap();
    batch.set_checkpoint(CHECKPOINT).unwrap();
    drop(batch);
    assert_eq!(draft.counts().unwrap().resources, 0);
    assert_eq!(draft.unfinished(&SyncKind::Full, at(2)).unwrap(), None);
}

#[test]
fn forgetting_is_exact() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    sync(&path, 1, &world(3));
    let mut draft = open(&path);
    draft.start(id(2), &SyncKind::Full, at(20)).unwrap();
    put(&mut draft, &world(3), at(21));
    let left_after = |draft: &mut c1z::Draft, rows: Rows| {
        let mut batch = draft.batch(at(22)).unwrap();
        batch.forget(&rows).unwrap();
        batch.commit().unwrap();
        let left = draft.counts().unwrap();
        [left.resources, left.entitlements, left.grants]
    };
    let to_groups = Rows::GrantsFromTo {
        on: "role".into(),
        to: "group".into(),
    };
    assert_eq!(left_after(&mut draft, to_groups), [5, 2, 4]);
    assert_eq!(
        left_after(&mut draft, Rows::GrantsOn(ResourceId::new("group", "g1"))),
        [5, 2, 1]
    );
    assert_eq!(
        left_after(&mut draft, Rows::EntitlementsOn("role".into())),
        [5, 1, 1]
    );
    assert_eq!(
        left_after(&mut draft, Rows::ResourcesOf("user".into())),
        [2, 1, 1]
    );
    drop(draft);
    let untouched = crate::world::read(&path).count(&id(1)).unwrap();
    assert_eq!((untouched.resources, untouched.grants), (5, 5));
}

#[test]
fn expanded_grants_leave_the_expansion_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let mut draft = open(&path);
    draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
    let world = world(2);
    put(&mut draft, &world, at(1));
    draft.prepare_expansion().unwrap();

    let (_, mut through_group) = draft.expandable_grants(0, 10).unwrap().remove(0);
    assert_eq!(Some(&through_group), world.grants.last());
    let source = EntitlementId::on(&ResourceId::new("group", "g1"), "member");
    through_group.expandable = None;
    through_group.sources = [(source, GrantSource { is_direct: true })].into();
    let mut made = through_group.clone();
    made.id = "made".into();
    made.expandable = Some(Expandable::default());
    let mut batch = draft.batch(at(2)).unwrap();
    batch.put_expanded_grants(&[through_group, made]).unwrap();
    batch.commit().unwrap();
    assert_eq!(draft.expandable_grants(0, 10).unwrap().len(), 1);
    draft.finish(FINAL, at(3)).unwrap();
    draft.save().unwrap();

    let db = connect(&path, folder.path());
    let columns = rows(
        &db,
        "SELECT external_id, expansion IS NOT NULL, needs_expansion FROM v1_grants WHERE id > 3",
    );
    assert_eq!(columns, ["role:r1:member:group:g1 | 1 | 1", "made | 0 | 0"]);
}

#[test]
fn an_expansion_that_names_nothing_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut draft = open(&folder.path().join("a.c1z"));
    draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
    let mut world = world(1);
    for grant in &mut world.grants {
        grant.expandable = Some(Expandable {
            entitlements: vec![" ".into()],
            ..Expandable::default()
        });
    }
    put(&mut draft, &world, at(1));
    assert_eq!(draft.expandable_grants(0, 10).unwrap(), []);
}

#[test]
fn the_current_sync_can_be_read_in_pages() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    sync(&path, 1, &world(4));
    let mut draft = open(&path);
    draft.start(id(2), &SyncKind::Full, at(20)).unwrap();
    let world = world(3);
    put(&mut draft, &world, at(21));

    let first = draft.resources(&"user".into(), 0, 2).unwrap();
    let rest = draft.resources(&"user".into(), first[1].0, 2).unwrap();
    let users: Vec<_> = first.into_iter().chain(rest).map(|(_, user)| user).collect();
    assert_eq!(users, world.resources[..3]);
    let member = &world.entitlements[0];
    assert_eq!(draft.entitlement(&member.id).unwrap().as_ref(), Some(member));
    assert_eq!(draft.grants_of(&member.id, 0, 10).unwrap().len(), 3);
    let grant = draft.grant(&member.id, &world.resources[1].id).unwrap();
    assert_eq!(grant.as_ref(), Some(&world.grants[1]));
    assert_eq!(
        draft
            .grant(&member.id, &ResourceId::new("user", "nobody"))
            .unwrap(),
        None
    );
}

#[test]
fn calls_in_the_wrong_order_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut draft = open(&folder.path().join("a.c1z"));
    assert!(matches!(draft.batch(at(0)), Err(Error::NotStarted)));
    assert!(matches!(draft.counts(), Err(Error::NotStarted)));
    assert!(matches!(draft.finish(FINAL, at(0)), Err(Error::NotStarted)));
    assert!(matches!(draft.resume(id(1)), Err(Error::UnknownSync(_))));
    draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
    let early = draft.batch(at(1)).unwrap().put_expanded_grants(&[]);
    assert!(matches!(early, Err(Error::NotPrepared)));
    assert!(matches!(draft.save(), Err(Error::NotFinished(_))));
}
