//! Where files are put, and when that is refused.

use c1z::{Draft, DraftOptions, Error, SyncKind};

use crate::world::{FINAL, at, id, names, open, put, read, sync, world};

#[test]
fn two_writers_of_one_file_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let first = open(&path);
    let second = Draft::open(&path, DraftOptions::default());
    assert!(matches!(second, Err(Error::Busy(_))));
    drop(first);
    open(&path);
}

#[test]
fn the_working_copy_can_be_elsewhere_and_is_found_there() {
    let folder = tempfile::tempdir().unwrap();
    let temp = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let options = DraftOptions {
        temp_dir: Some(temp.path().to_owned()),
        ..DraftOptions::default()
    };
    let mut draft = Draft::open(&path, options.clone()).unwrap();
    draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
    put(&mut draft, &world(2), at(1));
    drop(draft);
    assert_eq!(names(folder.path()), Vec::<String>::new());
    assert_eq!(names(temp.path()).len(), 1);

    let mut draft = Draft::open(&path, options).unwrap();
    let found = draft.unfinished(&SyncKind::Full, at(2)).unwrap().unwrap();
    draft.resume(found.id).unwrap();
    draft.finish(FINAL, at(3)).unwrap();
    draft.save().unwrap();
    assert_eq!(names(folder.path()), ["a.c1z"]);
    assert_eq!(names(temp.path()), Vec::<String>::new());
}

#[test]
fn a_file_changed_meanwhile_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let mut draft = open(&path);
    draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
    put(&mut draft, &world(2), at(1));
    draft.finish(FINAL, at(2)).unwrap();
    std::fs::write(&path, "somebody else's").unwrap();
    assert!(matches!(draft.save(), Err(Error::TargetChanged(_))));
    assert_eq!(std::fs::read(&path).unwrap(), b"somebody else's");
    assert_eq!(names(folder.path()), ["a.c1z", "a.c1z.work"]);
}

#[test]
fn a_save_that_the_system_refuses_leaves_only_the_working_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let mut draft = open(&path);
    draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
    put(&mut draft, &world(2), at(1));
    draft.finish(FINAL, at(2)).unwrap();
    std::fs::create_dir(&path).unwrap();
    draft.save().unwrap_err();
    assert_eq!(names(folder.path()), ["a.c1z", "a.c1z.work"]);

    std::fs::remove_dir(&path).unwrap();
    open(&path).save().unwrap();
    assert_eq!(read(&path).syncs().unwrap().len(), 1);
    assert_eq!(names(folder.path()), ["a.c1z"]);
}

#[test]
fn half_of_a_file_is_removed_when_nobody_writes_it_and_it_is_ours() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let half = folder.path().join("a.c1z.tmp");
    std::fs::write(&half, b"C1ZF\0half").unwrap();
    let writing = std::fs::File::options().write(true).open(&half).unwrap();
    writing.lock().unwrap();
    drop(open(&path));
    assert_eq!(names(folder.path()), ["a.c1z.tmp"], "another run writes it");
    drop(writing);
    drop(open(&path));
    assert_eq!(names(folder.path()), Vec::<String>::new());

    std::fs::write(&half, "notes of mine").unwrap();
    drop(open(&path));
    assert_eq!(names(folder.path()), ["a.c1z.tmp"]);
}

#[test]
fn folders_that_are_missing_or_in_the_way_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Draft::open(&folder.path().join("no/a.c1z"), DraftOptions::default());
    assert!(matches!(missing, Err(Error::NoFolder(path)) if path.ends_with("no")));
    let in_the_way = Draft::open(folder.path(), DraftOptions::default());
    assert!(matches!(in_the_way, Err(Error::NotAFile(_))));
    std::fs::write(folder.path().join("file"), "x").unwrap();
    for below in ["file/a.c1z", "file/no/a.c1z"] {
        let refused = Draft::open(&folder.path().join(below), DraftOptions::default());
        assert!(matches!(refused, Err(Error::NoFolder(_))), "{below}");
    }
}

#[test]
fn an_empty_file_is_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    std::fs::write(&path, "").unwrap();
    sync(&path, 1, &world(2));
    assert_eq!(read(&path).syncs().unwrap().len(), 1);
}

#[test]
fn a_name_that_is_relative_or_odd_works() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file:a?b%20c'd \u{e4}.c1z");
    sync(&path, 1, &world(2));
    sync(&path, 2, &world(2));
    assert_eq!(read(&path).syncs().unwrap().len(), 2);
}

#[test]
fn readers_write_nothing_beside_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let temp = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    sync(&path, 1, &world(2));
    let before = std::fs::read(&path).unwrap();
    let options = c1z::ReadOptions {
        temp_dir: Some(temp.path().to_owned()),
        ..c1z::ReadOptions::default()
    };
    let reader = c1z::Reader::open(&path, &options).unwrap();
    assert_eq!(names(folder.path()), ["a.c1z"]);
    assert_eq!(names(temp.path()).len(), 1);
    drop(reader);
    assert_eq!(names(temp.path()), Vec::<String>::new());
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn the_rights_of_the_old_file_stay_and_the_working_copy_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    sync(&path, 1, &world(2));
    let any = folder.path().join("any");
    std::fs::write(&any, "").unwrap();
    assert_eq!(mode(&path), mode(&any), "a new one is like any new file");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let draft = open(&path);
    let work = draft.work_folder();
    assert_eq!(mode(&work), 0o700);
    let files: Vec<_> = names(&work).iter().map(|name| mode(&work.join(name))).collect();
    assert_eq!(files, vec![0o600; files.len()], "{:?}", names(&work));
    drop(draft);
    sync(&path, 2, &world(2));
    assert_eq!(mode(&path), 0o640);
}

#[cfg(target_os = "linux")]
fn mark(mark: &str, path: &std::path::Path) {
    let done = std::process::Command::new("chattr").arg(mark).arg(path).status();
    assert!(
        done.is_ok_and(|status| status.success()),
        "chattr {mark} {}",
        path.display()
    );
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs root and a file system with attributes: .ci/run runs it"]
fn an_immutable_file_is_named_before_anything_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    sync(&path, 1, &world(1));
    mark("+i", &path);
    let refused = Draft::open(&path, DraftOptions::default());
    mark("-i", &path);
    assert!(matches!(refused, Err(Error::NotReplaceable { .. })));
    assert_eq!(names(folder.path()), ["a.c1z"]);
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs root and a file system with attributes: .ci/run runs it"]
fn a_file_made_immutable_meanwhile_is_saved_by_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    sync(&path, 1, &world(1));
    let mut draft = open(&path);
    draft.start(id(2), &SyncKind::Full, at(20)).unwrap();
    draft.finish(FINAL, at(21)).unwrap();
    mark("+i", &path);
    let refused = draft.save();
    mark("-i", &path);
    assert!(matches!(refused, Err(Error::NotReplaceable { .. })));
    assert_eq!(names(folder.path()), ["a.c1z", "a.c1z.work"]);
    open(&path).save().unwrap();
    assert_eq!(read(&path).syncs().unwrap().len(), 2);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_stays_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("real.c1z");
    let link = folder.path().join("link.c1z");
    sync(&path, 1, &world(2));
    std::os::unix::fs::symlink(&path, &link).unwrap();
    sync(&link, 2, &world(2));
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(read(&path).syncs().unwrap().len(), 2);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_to_nothing_yet_is_followed_too() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("link.c1z");
    std::fs::create_dir(folder.path().join("data")).unwrap();
    std::os::unix::fs::symlink("second.c1z", &link).unwrap();
    std::os::unix::fs::symlink("data/real.c1z", folder.path().join("second.c1z")).unwrap();
    sync(&link, 1, &world(2));
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(names(&folder.path().join("data")), ["real.c1z"]);
    assert_eq!(read(&link).syncs().unwrap().len(), 1);

    let lost = folder.path().join("lost.c1z");
    std::os::unix::fs::symlink("nowhere/real.c1z", &lost).unwrap();
    let refused = Draft::open(&lost, DraftOptions::default());
    assert!(matches!(refused, Err(Error::NoFolder(path)) if path.ends_with("nowhere")));
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_files_is_named_before_anything_is_read() {
    let refused = Draft::open("/proc/a.c1z".as_ref(), DraftOptions::default());
    assert!(matches!(refused, Err(Error::ReadOnlyFolder { path, .. }) if path.ends_with("proc")));
}

#[test]
fn a_save_that_fails_leaves_the_old_file_and_the_working_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    sync(&path, 1, &world(1));
    let before = std::fs::read(&path).unwrap();
    let in_the_way = folder.path().join("a.c1z.tmp");
    std::fs::create_dir(&in_the_way).unwrap();
    let mut draft = open(&path);
    draft.start(id(2), &SyncKind::Full, at(20)).unwrap();
    put(&mut draft, &world(2), at(21));
    draft.finish(FINAL, at(22)).unwrap();
    assert!(matches!(draft.save(), Err(Error::Io { action: "create", .. })));
    assert_eq!(std::fs::read(&path).unwrap(), before);

    std::fs::remove_dir(&in_the_way).unwrap();
    open(&path).save().unwrap();
    assert_eq!(read(&path).syncs().unwrap().len(), 2);
}

#[test]
fn what_others_put_into_the_working_folder_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let work = folder.path().join("a.c1z.work");
    std::fs::create_dir(&work).unwrap();
    std::fs::write(work.join("notes.txt"), "mine").unwrap();
    sync(&path, 1, &world(1));
    assert_eq!(names(&work), ["notes.txt"]);
}

#[cfg(unix)]
#[test]
fn links_that_somebody_put_in_the_way_are_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let mine = folder.path().join("mine");
    std::fs::create_dir(&mine).unwrap();
    std::fs::write(mine.join("db"), "precious").unwrap();
    let work = folder.path().join("a.c1z.work");
    std::os::unix::fs::symlink(&mine, &work).unwrap();
    let refused = Draft::open(&path, DraftOptions::default());
    assert!(matches!(refused, Err(Error::Io { action: "use", .. })));
    std::fs::remove_file(&work).unwrap();

    std::os::unix::fs::symlink(mine.join("db"), folder.path().join("a.c1z.tmp")).unwrap();
    let mut draft = open(&path);
    draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
    draft.finish(FINAL, at(1)).unwrap();
    assert!(matches!(draft.save(), Err(Error::Io { action: "create", .. })));
    assert_eq!(std::fs::read(mine.join("db")).unwrap(), b"precious");
}
