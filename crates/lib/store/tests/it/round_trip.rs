//! What is written is read as it was.

use governance::repository::{
    Connectors as _, Credentials as _, Logs as _, Tasks as _, Uploads as _, Workers as _,
};
use governance::{Failure, LockKey, LogPage, LogQuery, TaskState, UploadState, Work, Worker};
use store::Database;

use crate::strategies::{self, some};
use crate::world::{
    add_connector, add_credential, at, connector_id, host, stored_task, task, task_id, task_with,
};

/// How many of each.
const COUNT: usize = 100;

pub(crate) async fn any_task_is_read_as_it_was_written(database: &Database) {
    for task in some(&strategies::task(), COUNT) {
        database.add_task(&task).await.unwrap();
        let found = database.task(&task.id).await.unwrap().unwrap();
        assert_eq!((found.value, found.version), (task, 0));
    }
}

pub(crate) async fn any_connector_is_read_as_it_was_written(database: &Database) {
    for connector in some(&strategies::connector(), COUNT) {
        add_connector(database, &connector).await;
        let found = database.connector(&connector.id).await.unwrap().unwrap();
        assert_eq!(
            Some(&found),
            database.connector_named(&connector.name).await.unwrap().as_ref()
        );
        assert_eq!((found.value, found.version), (connector, 0));
    }
}

pub(crate) async fn any_credential_is_read_as_it_was_written(database: &Database) {
    for credential in some(&strategies::credential(), COUNT) {
        add_credential(database, &credential).await;
        let found = database.credential(&credential.client_id).await.unwrap();
        assert_eq!(found.as_ref(), Some(&credential));
        assert_eq!(
            database.credentials(&credential.connector).await.unwrap(),
            [credential]
        );
    }
}

pub(crate) async fn any_worker_is_read_as_it_was_written(database: &Database) {
    for worker in some(&strategies::worker(), COUNT) {
        database.hello(&worker).await.unwrap();
        assert_eq!(database.workers(&worker.connector).await.unwrap(), [worker]);
    }
}

pub(crate) async fn any_upload_is_read_as_it_was_written(database: &Database) {
    for upload in some(&strategies::upload(), COUNT) {
        database.add_upload(&upload).await.unwrap();
        let kept = database.uploads_of(&upload.attempt).await.unwrap();
        if let UploadState::Kept { .. } = upload.state {
            assert_eq!(kept, [upload]);
        } else {
            assert_eq!(kept, []);
            let interrupted = database.uploads_to_remove(at(0), far_away(), 1000).await.unwrap();
            assert!(interrupted.contains(&upload), "{upload:?}");
        }
    }
}

pub(crate) async fn any_log_line_is_read_as_it_was_written(database: &Database) {
    for line in some(&strategies::log_line(), COUNT) {
        database.add_log(std::slice::from_ref(&line)).await.unwrap();
        let all = LogQuery::all(line.connector.clone());
        let found = database.log(&all, LogPage::Newest, 10).await.unwrap();
        let found: Vec<_> = found.into_iter().map(|entry| entry.line).collect();
        assert_eq!(found, [line]);
    }
}

fn far_away() -> chrono::DateTime<chrono::Utc> {
    at(0) + chrono::TimeDelta::days(365 * 500)
}

/// PostgreSQL has no text with a zero in it, and some of what connectors say is theirs to choose.
pub(crate) async fn what_no_database_holds_is_replaced(database: &Database) {
    let mut failed = task_with(
        1,
        Work {
            lock: Some(LockKey::resource("user", "a\0b")),
            ..task(1).work
        },
    );
    failed.state = TaskState::Waiting {
        not_before: at(0),
        last: Some(Failure {
            code: 2,
            message: "broken \0 pipe".to_owned(),
            retryable: true,
        }),
        by: None,
    };
    database.add_task(&failed).await.unwrap();
    let found = stored_task(database, 1).await.value;
    assert_eq!(found.id, task_id(1));
    assert_eq!(found.work.lock.unwrap().as_str(), "resource:user:a\u{fffd}b");
    assert!(matches!(
        found.state,
        TaskState::Waiting { last: Some(Failure { message, .. }), .. } if message == "broken \u{fffd} pipe"
    ));

    let worker = Worker {
        connector: connector_id(1),
        host: host("h1"),
        first_seen_at: at(0),
        last_seen_at: at(0),
        program: "p\0".to_owned(),
        system: "s\0".to_owned(),
        resource_types: vec!["t\0".to_owned()],
        metadata: vec![0],
    };
    database.hello(&worker).await.unwrap();
    let [found] = database
        .workers(&connector_id(1))
        .await
        .unwrap()
        .try_into()
        .unwrap();
    assert_eq!(
        (found.program.as_str(), found.system.as_str()),
        ("p\u{fffd}", "s\u{fffd}")
    );
    assert_eq!(found.resource_types, ["t\u{fffd}"]);

    assert_eq!(database.credential("a\0@b/c").await.unwrap(), None);
}
