//! Files that were handed over, and which of them may go.

use chrono::TimeDelta;
use governance::repository::Uploads as _;
use governance::{Content, Digest, Upload, UploadId, UploadState};
use model::SyncId;
use store::Database;

use crate::world::{add_connector, at, attempt_id, connector, connector_id, task_id};

fn upload_id(number: u8) -> UploadId {
    UploadId::new(at(0), [number; 16])
}

/// A sync of connector 1 on its way since second 0, that may be removed after second 100.
fn sync(number: u8) -> Upload {
    Upload {
        id: upload_id(number),
        connector: connector_id(1),
        task: task_id(number),
        attempt: attempt_id(number),
        content: Content::Sync(SyncId::new(format!("sync {number}"))),
        size: 5_000_000_000,
        digest: Digest([number; 32]),
        key: format!("connector/{number}.c1z"),
        state: UploadState::Storing { since: at(0) },
        keep_until: at(100),
    }
}

fn log(number: u8) -> Upload {
    Upload {
        content: Content::DebugLog,
        ..sync(number)
    }
}

fn kept(upload: Upload, seconds: i64) -> Upload {
    Upload {
        state: UploadState::Kept { at: at(seconds) },
        ..upload
    }
}

async fn add(database: &Database, uploads: impl IntoIterator<Item = Upload>) {
    for upload in uploads {
        database.add_upload(&upload).await.unwrap();
    }
}

/// Those that may be removed at that second, when nothing counts as interrupted.
async fn removable(database: &Database, seconds: i64) -> Vec<UploadId> {
    let long_ago = at(0) - TimeDelta::days(1);
    let found = database
        .uploads_to_remove(at(seconds), long_ago, 10)
        .await
        .unwrap();
    found.into_iter().map(|upload| upload.id).collect()
}

pub(crate) async fn a_file_is_there_once_it_is_kept(database: &Database) {
    add(database, [sync(1), kept(log(2), 1)]).await;
    assert_eq!(database.uploads_of(&attempt_id(1)).await.unwrap(), []);
    database.keep_upload(&upload_id(1), at(5)).await.unwrap();
    assert_eq!(
        database.uploads_of(&attempt_id(1)).await.unwrap(),
        [kept(sync(1), 5)]
    );
    let newest = [kept(sync(1), 5), kept(log(2), 1)];
    assert_eq!(database.uploads(&connector_id(1), 10).await.unwrap(), newest);
    assert_eq!(database.uploads(&connector_id(1), 1).await.unwrap(), newest[..1]);
    assert_eq!(database.uploads(&connector_id(2), 10).await.unwrap(), []);
}

pub(crate) async fn the_newest_sync_is_never_removed(database: &Database) {
    let of_another = Upload {
        connector: connector_id(2),
        ..kept(sync(5), 1)
    };
    add_connector(database, &connector(1)).await;
    add_connector(database, &connector(2)).await;
    // The fourth is newer than all, but not here yet; the sixth was kept in the same moment as the third.
    add(
        database,
        [
            kept(sync(1), 10),
            kept(sync(2), 20),
            kept(sync(3), 30),
            sync(4),
            of_another,
            kept(sync(6), 30),
        ],
    )
    .await;
    assert_eq!(removable(database, 99).await, []);
    assert_eq!(removable(database, 100).await, [1, 2, 3].map(upload_id));
    database.keep_upload(&upload_id(4), at(40)).await.unwrap();
    assert_eq!(removable(database, 100).await, [1, 2, 3, 6].map(upload_id));
    let some = database.uploads_to_remove(at(100), at(0), 2).await.unwrap();
    assert_eq!(some, [kept(sync(1), 10), kept(sync(2), 20)]);
}

pub(crate) async fn what_was_interrupted_is_removed(database: &Database) {
    let later = Upload {
        state: UploadState::Storing { since: at(50) },
        ..sync(2)
    };
    add(database, [sync(1), later, kept(sync(3), 0)]).await;
    let interrupted = async |before| {
        let found = database.uploads_to_remove(at(60), at(before), 10).await.unwrap();
        found.into_iter().map(|upload| upload.id).collect::<Vec<_>>()
    };
    assert_eq!(interrupted(0).await, []);
    assert_eq!(interrupted(50).await, [upload_id(1)]);
    assert_eq!(interrupted(51).await, [1, 2].map(upload_id));
}

pub(crate) async fn logs_are_removed_when_their_time_is_over(database: &Database) {
    add_connector(database, &connector(1)).await;
    add(database, [kept(log(1), 10), kept(sync(2), 20), kept(log(3), 30)]).await;
    assert_eq!(removable(database, 99).await, []);
    assert_eq!(removable(database, 100).await, [1, 3].map(upload_id));
}

pub(crate) async fn those_of_tasks_are_found(database: &Database) {
    add(database, [kept(sync(1), 10), kept(log(2), 20), sync(3)]).await;
    let of = async |connector, tasks: &[u8]| {
        let tasks: Vec<_> = tasks.iter().copied().map(task_id).collect();
        database
            .uploads_of_tasks(&connector_id(connector), &tasks)
            .await
            .unwrap()
    };
    assert_eq!(of(1, &[1, 2, 3]).await, [kept(log(2), 20), kept(sync(1), 10)]);
    assert_eq!(of(1, &[1, 9]).await, [kept(sync(1), 10)]);
    assert_eq!(of(2, &[1]).await, []);
    assert_eq!(of(1, &[]).await, []);
}

pub(crate) async fn what_is_removed_is_gone(database: &Database) {
    add(database, [kept(sync(1), 10), kept(sync(2), 20)]).await;
    database.remove_upload(&upload_id(1)).await.unwrap();
    database.remove_upload(&upload_id(1)).await.unwrap();
    let left = database.uploads(&connector_id(1), 10).await.unwrap();
    assert_eq!(left, [kept(sync(2), 20)]);
}
