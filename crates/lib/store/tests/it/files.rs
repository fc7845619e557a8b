//! What a database in a file leaves on the disk.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use governance::repository::Connectors as _;
use store::Database;

use crate::world::{add_connector, connector};

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

/// Every file in a folder, with its mode.
fn modes(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap();
    let files = files.map(|file| file.unwrap().path());
    let mut said: Vec<_> = files
        .map(|file| format!("{} {:o}", file.file_name().unwrap().display(), mode(&file)))
        .collect();
    said.sort();
    said
}

#[tokio::test]
async fn nobody_else_may_read_it() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("new/folder");
    let database = Database::sqlite(&folder.join("rollcall.db")).await.unwrap();
    add_connector(&database, &connector(1)).await;
    assert_eq!((mode(&outer.path().join("new")), mode(&folder)), (0o700, 0o700));
    insta::assert_debug_snapshot!(modes(&folder), @r#"
    [
        "rollcall.db 600",
        "rollcall.db-shm 600",
        "rollcall.db-wal 600",
        "rollcall.db.lock 600",
    ]
    "#);
}

#[tokio::test]
async fn its_lock_is_another_file_whatever_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rollcall.lock");
    for _ in 0..2 {
        let database = Database::sqlite(&file).await.unwrap();
        if database.connectors().await.unwrap().is_empty() {
            add_connector(&database, &connector(1)).await;
        }
        database.close().await.unwrap();
    }
    let database = Database::sqlite(&file).await.unwrap();
    assert_eq!(database.connectors().await.unwrap(), [connector(1)]);
}

#[tokio::test]
async fn what_is_no_database_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.txt");
    let letter = "Dear Ada, this is not a database. ".repeat(100);
    std::fs::write(&file, &letter).unwrap();
    let error = Database::sqlite(&file).await.unwrap_err().to_string();
    let said = error.replace(&folder.path().display().to_string(), "[folder]");
    insta::assert_snapshot!(said, @"the database does not answer as it should: cannot open [folder]/letter.txt: error returned from database: (code: 26) file is not a database");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), letter);
}

#[tokio::test]
async fn a_file_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file/rollcall.db");
    std::fs::write(folder.path().join("file"), "").unwrap();
    let error = Database::sqlite(&file).await.unwrap_err().to_string();
    let said = error.replace(&folder.path().display().to_string(), "[folder]");
    insta::assert_snapshot!(said, @"the database does not answer as it should: cannot use [folder]/file/rollcall.db: Not a directory (os error 20)");
}
