//! Files from which no rows are made.

use c1z::{ReadOptions, SyncKind};
use governance::access::Projections as _;
use model::{FixedClock, Resource, ResourceId, SyncId};
use projection::{File, project};

use crate::world::{Uploaded, at, connector_id, database, file, projected};

fn refusal(uploaded: &Uploaded, sync: &SyncId) -> String {
    let opened = File::open(&uploaded.path, sync, &ReadOptions::default());
    let error = opened.map(|_| ()).unwrap_err().to_string();
    error.replace(&uploaded.path.display().to_string(), "[file]")
}

#[test]
fn what_is_no_full_sync_does_not_tell_who_can_do_what() {
    let uploaded = file(&SyncKind::ResourcesOnly, |_| {});
    insta::assert_snapshot!(refusal(&uploaded, &uploaded.sync), @"the sync 3MVnoU9ZuM1HunR9e6s2SeXlUOX is not a full one but `resources_only`: it does not tell who can do what; ask for a full one");
}

#[test]
fn another_sync_than_that_in_the_file_is_missed() {
    let uploaded = file(&SyncKind::Full, |_| {});
    insta::assert_snapshot!(refusal(&uploaded, &SyncId::new("3MVZaKBsuLbuu41qJCnFPtwwqv9")), @"the file cannot be read: the file holds no sync 3MVZaKBsuLbuu41qJCnFPtwwqv9");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nameless_record_leaves_nothing_behind_that_is_seen() {
    let uploaded = file(&SyncKind::Full, |batch| {
        let fine = Resource::new(ResourceId::new("user", "u1"), "Ada");
        let nameless = Resource::new(ResourceId::new("user", ""), "Nobody");
        batch.put_resources(&[fine, nameless]).unwrap();
    });
    let database = database().await;
    let (options, clock) = (ReadOptions::default(), FixedClock(at(100)));
    let what = projected(&uploaded.sync);
    let error = project(&uploaded.path, &options, what, &database, &clock)
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @"a resource in the file has no id; the connector that wrote it is broken");
    assert_eq!(database.candidates(&connector_id()).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_file_at_all_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sync.c1z");
    std::fs::write(&path, "hello").unwrap();
    let database = database().await;
    let what = projected(&SyncId::new("3MVZaKBsuLbuu41qJCnFPtwwqv9"));
    let (options, clock) = (ReadOptions::default(), FixedClock(at(100)));
    let error = project(&path, &options, what, &database, &clock)
        .await
        .unwrap_err();
    assert!(
        error.to_string().starts_with("the file cannot be read: "),
        "{error}"
    );
}
