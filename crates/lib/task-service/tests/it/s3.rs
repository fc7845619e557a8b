//! Files in an S3 bucket, on a server that `ROLLCALL_TEST_S3` names.

use std::path::Path;

use futures_util::TryStreamExt as _;
use task_service::{FileStore, FileStoreError};
use tempfile::TempDir;

use crate::files::finished;
use crate::tasks::done;
use crate::uploads::{send, syncing, whole};
use crate::world::World;

/// More than two parts, and not a whole number of them.
const LARGE: usize = (20 << 20) + 77;

#[expect(clippy::disallowed_methods, reason = "the way to a server that only CI knows")]
fn server() -> String {
    std::env::var("ROLLCALL_TEST_S3").unwrap()
}

/// What a person has in the environment; and a variable that is none of the store's.
fn environment() -> Vec<(String, String)> {
    let pairs = [
        ("AWS_ENDPOINT", server()),
        ("AWS_ALLOW_HTTP", "true".to_owned()),
        ("AWS_ACCESS_KEY_ID", "test".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
        ("AWS_REGION", "us-east-1".to_owned()),
        ("AWS_PAGER", "less".to_owned()),
        ("HOME", "/".to_owned()),
    ];
    pairs.map(|(name, value)| (name.to_owned(), value)).to_vec()
}

/// A bucket of that name.
#[expect(
    clippy::disallowed_methods,
    reason = "what our own client never does: making a bucket"
)]
async fn make(bucket: &str) {
    // Whoever comes first says with what; the others find it said.
    rustls::crypto::ring::default_provider().install_default().ok();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let made = client.put(format!("{}/{bucket}", server())).send().await.unwrap();
    assert!(made.status().is_success(), "{made:?}");
}

fn store(bucket: &str, prefix: &str, spool: &Path) -> FileStore {
    FileStore::s3(bucket, prefix, spool, environment()).unwrap()
}

async fn content(store: &FileStore, key: &str) -> Result<Vec<u8>, FileStoreError> {
    let pieces: Vec<_> = store.get(key).await?.try_collect().await?;
    Ok(pieces.concat())
}

#[tokio::test]
#[ignore = "needs ROLLCALL_TEST_S3"]
async fn what_is_put_there_is_there_whole_until_it_is_removed() {
    let folder = TempDir::new().unwrap();
    make("kept").await;
    let here = store("kept", "rollcall/files", &folder.path().join("spool"));
    let elsewhere = store("kept", "other", &folder.path().join("spool"));
    let bytes: Vec<u8> = (0..LARGE).map(|at| (at % 251).to_le_bytes()[0]).collect();
    for (key, size) in [("c1/empty.c1z", 0), ("c1/small.c1z", 5), ("c1/large.c1z", LARGE)] {
        let file = folder.path().join("file");
        std::fs::write(&file, &bytes[..size]).unwrap();
        here.put(key, &file).await.unwrap();
        assert!(content(&here, key).await.unwrap() == bytes[..size], "{key}");
        // Another prefix is another place.
        content(&elsewhere, key).await.unwrap_err();
        here.remove(key).await.unwrap();
        content(&here, key).await.unwrap_err();
        // What was removed before the answer was lost is removed.
        here.remove(key).await.unwrap();
    }
}

#[tokio::test]
#[ignore = "needs ROLLCALL_TEST_S3"]
async fn a_bucket_that_is_not_there_takes_nothing() {
    let folder = TempDir::new().unwrap();
    let store = store("missing", "", &folder.path().join("spool"));
    let file = folder.path().join("file");
    std::fs::write(&file, vec![1; LARGE]).unwrap();
    let error = store.put("c1/large.c1z", &file).await.unwrap_err();
    assert!(matches!(error, FileStoreError::Objects(_)), "{error:?}");
    assert!(error.to_string().contains("NoSuchBucket"), "{error}");
}

/// The same service, with its files elsewhere.
#[tokio::test]
#[ignore = "needs ROLLCALL_TEST_S3"]
async fn an_upload_ends_in_the_bucket() {
    let folder = TempDir::new().unwrap();
    make("uploads").await;
    let files = store("uploads", "", &folder.path().join("spool"));
    let world = World::keeping(files.clone()).await;
    let (member, mut client, task) = syncing(&world).await;
    let (bytes, _) = finished(&["user"]);
    send(&mut client, whole(&task.id, &bytes)).await.unwrap();
    client.finish_task(done("one", &task.id)).await.unwrap();
    assert_eq!(world.label(&member).await, governance::Label::Syncing);
    let kept = world.desk.store().uploads(&member.connector.id, 9).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert!(content(&files, &kept[0].key).await.unwrap() == bytes);
}
