use std::fs;
use std::path::Path;

use mail::{Folder, LetterId, SendError, Sender as _};

use crate::world::{from, letter};

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap();
    names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[tokio::test]
async fn each_letter_is_a_file_of_its_own() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("state/mail");
    let folder = Folder::new(&path, from());
    folder.send(&letter()).await.unwrap();
    // Sent again, it is still one letter.
    folder.send(&letter()).await.unwrap();
    assert_eq!(names(&path), ["20260302T101530Z-2XcHUH9kZzVwNSfMhyp3oYhKtbA.eml"]);
}

#[tokio::test]
async fn what_an_interrupted_attempt_left_is_in_nobodys_way() {
    let place = tempfile::tempdir().unwrap();
    let left = place
        .path()
        .join(".20260302T101530Z-2XcHUH9kZzVwNSfMhyp3oYhKtbA.eml.new");
    fs::write(&left, "From: Roll").unwrap();
    Folder::new(place.path(), from()).send(&letter()).await.unwrap();
    assert_eq!(
        names(place.path()),
        ["20260302T101530Z-2XcHUH9kZzVwNSfMhyp3oYhKtbA.eml"]
    );
}

#[tokio::test]
async fn a_folder_that_cannot_be_is_named() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("file/mail");
    fs::write(place.path().join("file"), "").unwrap();
    let refused = Folder::new(&path, from()).send(&letter()).await.unwrap_err();
    assert!(matches!(&refused, SendError::Folder { path: named, .. } if *named == path));
    assert!(!refused.is_permanent());
}

#[test]
fn an_id_is_nothing_that_leads_out_of_the_folder() {
    for wrong in ["", "..", "a/b", "a b", "ä", "a\n", &"a".repeat(65)] {
        assert!(wrong.parse::<LetterId>().is_err(), "{wrong}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn letters_are_for_this_user_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("mail");
    Folder::new(&path, from()).send(&letter()).await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o700);
    assert_eq!(mode(&path.join(&names(&path)[0])), 0o600);
}
