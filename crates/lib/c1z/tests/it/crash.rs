//! Interruptions at every step, played by dropping the draft and by copying its folder as it is.

use std::path::Path;

use c1z::{Origin, SyncKind};
use testkit::canonical;

use crate::world::{CHECKPOINT, FINAL, at, id, names, open, put, read, sync, world};

/// What `kill -9` leaves: the files as they are at that moment, without a clean close.
fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for name in names(from) {
        std::fs::copy(from.join(&name), to.join(&name)).unwrap();
    }
}

#[test]
fn a_dropped_draft_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    sync(&path, 1, &world(2));
    let before = std::fs::read(&path).unwrap();
    let mut draft = open(&path);
    draft.start(id(2), &SyncKind::Full, at(20)).unwrap();
    put(&mut draft, &world(3), at(21));
    drop(draft);
    assert_eq!(std::fs::read(&path).unwrap(), before);

    let mut draft = open(&path);
    assert_eq!(*draft.origin(), Origin::Interrupted);
    let found = draft.unfinished(&SyncKind::Full, at(30)).unwrap().unwrap();
    assert_eq!((found.id.clone(), found.started_at), (id(2), at(20)));
    assert_eq!(found.checkpoint, CHECKPOINT);
    draft.resume(found.id).unwrap();
    assert_eq!(draft.counts().unwrap().resources, 5);
    draft.finish(FINAL, at(31)).unwrap();
    draft.save().unwrap();
    let syncs = read(&path).syncs().unwrap();
    assert_eq!(
        syncs.iter().map(|run| run.id.clone()).collect::<Vec<_>>(),
        [id(1), id(2)]
    );
    assert_eq!(names(folder.path()), ["a.c1z"]);
}

#[test]
fn a_committed_batch_survives_a_kill_and_an_open_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let killed = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let mut draft = open(&path);
    draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
    put(&mut draft, &world(400), at(1));
    let work = draft.work_folder();
    let mut batch = draft.batch(at(2)).unwrap();
    batch.set_checkpoint("never").unwrap();
    batch.put_resources(&world(2000).resources).unwrap();
    copy_folder(&work, &killed.path().join("a.c1z.work"));
    drop(batch);
    drop(draft);

    let draft = open(&killed.path().join("a.c1z"));
    let found = draft.unfinished(&SyncKind::Full, at(3)).unwrap().unwrap();
    assert_eq!(found.checkpoint, CHECKPOINT);
    let mut draft = draft;
    draft.resume(found.id).unwrap();
    assert_eq!(draft.counts().unwrap().resources, 402);
}

/// The first steps of a sync.
fn play(draft: &mut c1z::Draft, steps: usize) {
    let all: [fn(&mut c1z::Draft); 4] = [
        |draft| draft.start(id(1), &SyncKind::Full, at(0)).unwrap(),
        |draft| put(draft, &world(5), at(1)),
        |draft| draft.prepare_expansion().unwrap(),
        |draft| drop(draft.finish(FINAL, at(2)).unwrap()),
    ];
    all.iter().take(steps).for_each(|step| step(draft));
}

#[test]
fn a_kill_after_every_step_ends_in_the_same_content() {
    let whole = tempfile::tempdir().unwrap();
    let expected = whole.path().join("a.c1z");
    sync(&expected, 1, &world(5));
    let expected = canonical(&expected).unwrap();
    for steps in 0..=4 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.c1z");
        let mut draft = open(&path);
        play(&mut draft, steps);
        let killed = tempfile::tempdir().unwrap();
        copy_folder(&draft.work_folder(), &killed.path().join("a.c1z.work"));
        drop(draft);

        let path = killed.path().join("a.c1z");
        let mut draft = open(&path);
        match draft.unfinished(&SyncKind::Full, at(9)).unwrap() {
            Some(found) => draft.resume(found.id).unwrap(),
            None => draft.start(id(9), &SyncKind::Full, at(9)).unwrap(),
        }
        put(&mut draft, &world(5), at(10));
        draft.finish(FINAL, at(11)).unwrap();
        draft.save().unwrap();
        assert_eq!(canonical(&path).unwrap(), expected, "killed after {steps} steps");
        let unfinished = read(&path)
            .syncs()
            .unwrap()
            .into_iter()
            .find(|run| run.ended_at.is_none());
        assert_eq!(unfinished, None, "killed after {steps} steps");
    }
}

#[test]
fn leftovers_of_an_interrupted_save_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    sync(&path, 1, &world(2));
    let work = folder.path().join("a.c1z.work");
    // Killed after the rename: the folder is still there, made from what the file was before.
    std::fs::create_dir(&work).unwrap();
    std::fs::write(work.join("origin"), "rollcall-draft-1 none\n").unwrap();
    std::fs::write(work.join("db"), "anything").unwrap();
    std::fs::write(work.join("vacuumed"), "half").unwrap();
    std::fs::write(
        folder.path().join("a.c1z.tmp"),
        "half of a file that is longer than the whole one",
    )
    .unwrap();
    let draft = open(&path);
    assert_eq!(*draft.origin(), Origin::Target);
    drop(draft);
    sync(&path, 2, &world(3));
    assert_eq!(names(folder.path()), ["a.c1z"]);
    assert_eq!(read(&path).syncs().unwrap().len(), 2);
}

#[test]
fn a_working_copy_of_another_content_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let other = folder.path().join("b.c1z");
    sync(&path, 1, &world(2));
    sync(&other, 5, &world(7));
    let mut draft = open(&path);
    draft.start(id(2), &SyncKind::Full, at(20)).unwrap();
    put(&mut draft, &world(3), at(21));
    drop(draft);
    std::fs::copy(&other, &path).unwrap();

    let draft = open(&path);
    assert_eq!(*draft.origin(), Origin::Target);
    assert_eq!(draft.unfinished(&SyncKind::Full, at(22)).unwrap(), None);
    drop(draft);
    assert_eq!(names(folder.path()), ["a.c1z", "b.c1z"]);
}

#[test]
fn a_working_copy_that_is_damaged_or_incomplete_is_given_up() {
    for damage in ["db", "origin"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.c1z");
        let mut draft = open(&path);
        draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
        put(&mut draft, &world(3), at(1));
        let work = draft.work_folder();
        drop(draft);
        std::fs::write(work.join(damage), vec![0x55; 9000]).unwrap();
        let draft = open(&path);
        assert_eq!(*draft.origin(), Origin::Nothing, "{damage}");
    }
}

#[test]
fn only_our_own_young_syncs_of_the_kind_are_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let mut draft = open(&path);
    draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
    put(&mut draft, &world(1), at(1));
    let week = 7 * 24 * 3600;
    assert!(draft.unfinished(&SyncKind::Full, at(week - 1)).unwrap().is_some());
    assert_eq!(draft.unfinished(&SyncKind::Full, at(week)).unwrap(), None);
    assert_eq!(draft.unfinished(&SyncKind::Partial, at(2)).unwrap(), None);
    let mut batch = draft.batch(at(2)).unwrap();
    batch.set_checkpoint(r#"{"actions_map":{},"version":1}"#).unwrap();
    batch.commit().unwrap();
    assert_eq!(draft.unfinished(&SyncKind::Full, at(2)).unwrap(), None);
}

#[test]
fn starting_over_gives_up_our_own_but_not_anothers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let mut draft = open(&path);
    draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
    put(&mut draft, &world(1), at(1));
    draft.start(id(2), &SyncKind::Full, at(2)).unwrap();
    let mut batch = draft.batch(at(2)).unwrap();
    batch.set_checkpoint(r#"{"actions_map":{},"version":1}"#).unwrap();
    batch.commit().unwrap();
    draft.start(id(3), &SyncKind::Full, at(3)).unwrap();
    put(&mut draft, &world(2), at(4));
    draft.finish(FINAL, at(5)).unwrap();
    draft.save().unwrap();
    let reader = read(&path);
    let ids: Vec<_> = reader.syncs().unwrap().into_iter().map(|run| run.id).collect();
    assert_eq!(ids, [id(2), id(3)]);
    assert_eq!(reader.count(&id(1)).unwrap(), c1z::Stats::default());
}
