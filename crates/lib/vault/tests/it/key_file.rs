use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Barrier};

use tempfile::TempDir;
use vault::{KeyId, KeyRing, LiveRing, VaultError};

use crate::world::{Dry, Seeded};

struct Place {
    folder: TempDir,
    path: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.keys");
        Self { folder, path }
    }

    fn load(&self, seed: u64) -> KeyRing {
        KeyRing::load_or_create(&self.path, &Seeded::new(seed)).unwrap()
    }

    fn files(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

#[test]
fn a_ring_that_was_made_is_found_again() {
    let place = Place::new();
    let made = place.load(1).current_id();
    assert_eq!(place.load(2).current_id(), made);
    assert_eq!(place.files(), ["vault.keys", "vault.keys.lock"]);
}

#[test]
fn those_who_start_at_once_have_the_same_ring() {
    let place = Arc::new(Place::new());
    let start = Arc::new(Barrier::new(8));
    let threads: Vec<_> = (0..8)
        .map(|seed| {
            let (place, start) = (place.clone(), start.clone());
            std::thread::spawn(move || {
                start.wait();
                place.load(seed).current_id()
            })
        })
        .collect();
    let ids: Vec<KeyId> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(place.load(9).key_ids().count(), 1);
}

#[test]
fn those_who_rotate_at_once_lose_no_key() {
    let place = Arc::new(Place::new());
    place.load(1);
    let threads: Vec<_> = (10..18)
        .map(|seed| {
            let place = place.clone();
            std::thread::spawn(move || {
                let random = Seeded::new(seed);
                KeyRing::change_file(&place.path, |ring| ring.rotate(&random).map(drop)).unwrap()
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(place.load(9).key_ids().count(), 9);
}

#[test]
fn a_change_that_fails_leaves_the_file() {
    let place = Place::new();
    let current = place.load(1).current_id();
    let before = fs::read(&place.path).unwrap();
    let refused = KeyRing::change_file(&place.path, |ring| ring.retire(&current)).unwrap_err();
    assert!(matches!(refused, VaultError::RetireCurrent { .. }));
    assert_eq!(fs::read(&place.path).unwrap(), before);
}

#[test]
fn there_is_nothing_to_change_in_a_file_that_is_missing() {
    let place = Place::new();
    let refused = KeyRing::change_file(&place.path, |_| Ok(())).unwrap_err();
    assert!(matches!(refused, VaultError::File { source, .. } if source.kind() == io::ErrorKind::NotFound));
    assert_eq!(place.files(), [""; 0]);
}

#[test]
fn what_an_interrupted_start_left_is_in_nobodys_way() {
    let place = Place::new();
    fs::write(place.folder.path().join("vault.keys.new"), "curr").unwrap();
    let made = place.load(1).current_id();
    assert_eq!(place.load(2).current_id(), made);
    assert_eq!(place.files(), ["vault.keys", "vault.keys.lock"]);
}

#[test]
fn a_damaged_file_is_never_replaced() {
    let place = Place::new();
    place.load(1);
    let cut = fs::read_to_string(&place.path).unwrap().replace("=\n", "\n");
    fs::write(&place.path, &cut).unwrap();
    let refused = KeyRing::load_or_create(&place.path, &Seeded::new(2)).unwrap_err();
    assert!(matches!(refused, VaultError::Ring { .. }), "{refused:?}");
    assert_eq!(fs::read_to_string(&place.path).unwrap(), cut);
}

#[test]
fn without_randomness_there_is_no_file() {
    let place = Place::new();
    assert!(KeyRing::load_or_create(&place.path, &Dry).is_err());
    assert!(!place.path.exists());
}

#[test]
fn whoever_runs_for_long_sees_another_ring() {
    let place = Place::new();
    let live = LiveRing::open(&place.path, &Seeded::new(1)).unwrap();
    let first = live.ring().current_id();
    let changed = KeyRing::change_file(&place.path, |ring| ring.rotate(&Seeded::new(2)).map(drop)).unwrap();
    assert_eq!(live.ring().current_id(), changed.current_id());
    assert_ne!(live.ring().current_id(), first);
    fs::write(&place.path, "no ring").unwrap();
    assert_eq!(live.ring().current_id(), changed.current_id());
    fs::remove_file(&place.path).unwrap();
    assert_eq!(live.ring().current_id(), changed.current_id());
}

#[cfg(unix)]
mod rights {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn the_file_is_for_this_user_only_also_after_a_change() {
        let place = Place::new();
        place.load(1);
        let mode = || fs::metadata(&place.path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(), 0o600);
        KeyRing::change_file(&place.path, |ring| ring.rotate(&Seeded::new(2)).map(drop)).unwrap();
        assert_eq!(mode(), 0o600);
    }

    #[test]
    fn a_file_that_everybody_can_read_is_refused() {
        let place = Place::new();
        place.load(1);
        let allow = |mode| fs::set_permissions(&place.path, fs::Permissions::from_mode(mode)).unwrap();
        allow(0o644);
        let refused = KeyRing::load_or_create(&place.path, &Seeded::new(2)).unwrap_err();
        assert!(matches!(refused, VaultError::Exposed { .. }));
        allow(0o660);
        place.load(2);
    }

    #[test]
    fn a_link_stays_a_link() {
        let place = Place::new();
        place.load(1);
        let link = place.folder.path().join("link");
        std::os::unix::fs::symlink(&place.path, &link).unwrap();
        KeyRing::change_file(&link, |ring| ring.rotate(&Seeded::new(2)).map(drop)).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(place.load(3).key_ids().count(), 2);
    }
}
