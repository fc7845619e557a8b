//! A connector that is removed leaves nothing behind but what was written about it in the audit trail.

use chrono::TimeDelta;
use governance::access::Projections as _;
use governance::repository::{
    Connectors as _, Credentials as _, Ledger as _, Logs as _, Places as _, Tasks as _, Uploads as _,
    Workers as _, Write,
};
use governance::{
    AccessToken, AppSource, ConnectorId, ConnectorSettings, Content, Credential, Digest, LogLevel, LogLine,
    LogPage, LogQuery, Task, TokenHash, Upload, UploadId, UploadState, Work, Worker,
};
use model::SyncId;
use store::Database;

use super::strategies;
use super::world::{app, entry, is_outdated, write};
use crate::access::company::{candidate, company, current};
use crate::strategies::some;
use crate::world::{
    add_connector, add_credential, at, attempt_id, connector, connector_id, credential, credential_id,
    started, task, task_id,
};

fn upload(number: u8) -> Upload {
    Upload {
        id: UploadId::new(at(0), [number; 16]),
        connector: connector_id(number),
        task: task_id(number),
        attempt: attempt_id(number),
        content: Content::Sync(SyncId::new("sync")),
        size: 10,
        digest: Digest([number; 32]),
        key: "somewhere".to_owned(),
        state: UploadState::Kept { at: at(1) },
        keep_until: at(0) + TimeDelta::days(365),
    }
}

/// A connector with everything that one can have.
async fn furnish(database: &Database, number: u8) {
    let id = connector_id(number);
    add_connector(database, &connector(number)).await;
    add_credential(
        database,
        &Credential {
            connector: id.clone(),
            ..credential(number)
        },
    )
    .await;
    let token = AccessToken {
        hash: TokenHash([number; 32]),
        credential: credential_id(number),
        connector: id.clone(),
        expires_at: at(1000),
    };
    database.add_token(&token, at(0)).await.unwrap();
    database
        .use_nonce(&credential_id(number), "0f", at(1000))
        .await
        .unwrap();
    let worker = Worker {
        connector: id.clone(),
        ..some(&crate::strategies::worker(), 1).remove(0)
    };
    database.hello(&worker).await.unwrap();
    let work = Work::new(governance::TaskKind::Sync, None, Vec::new());
    let sync = Task::new(task_id(number), id.clone(), work, at(0));
    database.add_task(&sync).await.unwrap();
    let found = database.task(&task_id(number)).await.unwrap().unwrap();
    let running = found.with(started(sync, number, "h1", at(1)));
    database.replace_task(&running).await.unwrap();
    database.add_upload(&upload(number)).await.unwrap();
    furnish_with_what_it_read(database, number).await;
}

/// Its log, settings, the app that it found, and what pages show of it.
async fn furnish_with_what_it_read(database: &Database, number: u8) {
    let id = connector_id(number);
    let line = LogLine {
        connector: id.clone(),
        attempt: Some(attempt_id(number)),
        at: at(1),
        level: LogLevel::Info,
        message: "hello".to_owned(),
        fields: Vec::new(),
    };
    database.add_log(&[line]).await.unwrap();
    let settings = ConnectorSettings {
        connector: id.clone(),
        ..some(&strategies::settings(), 1).remove(0)
    };
    let found_app = governance::App {
        source: AppSource::Connector {
            connector: id,
            resource: "r".to_owned(),
            gone_since: None,
        },
        ..app(number)
    };
    write(
        database,
        &[Write::SaveSettings(settings), Write::AddApp(found_app)],
    )
    .await;
    current(database, number, &company()).await;
    candidate(database, number, &company()).await;
}

/// How much there is of each kind of thing.
async fn left(database: &Database, number: u8) -> Vec<(&'static str, usize)> {
    let id = connector_id(number);
    let log = database
        .log(&LogQuery::all(id.clone()), LogPage::Newest, 10)
        .await
        .unwrap();
    let current = database.current_snapshot(&id).await.unwrap();
    vec![
        (
            "connector",
            usize::from(database.connector(&id).await.unwrap().is_some()),
        ),
        (
            "installation",
            usize::from(database.installation(&id).await.unwrap().is_some()),
        ),
        (
            "settings",
            usize::from(database.settings(&id).await.unwrap().is_some()),
        ),
        ("credentials", database.credentials(&id).await.unwrap().len()),
        ("tokens", usize::from(is_token(database, number).await)),
        ("workers", database.workers(&id).await.unwrap().len()),
        ("tasks", database.tasks(&id, None, 10).await.unwrap().len()),
        (
            "tries",
            usize::from(database.task_of(&attempt_id(number)).await.unwrap().is_some()),
        ),
        ("log", log.len()),
        ("snapshot", usize::from(current.is_some())),
        ("candidates", database.candidates(&id).await.unwrap().len()),
        ("found apps", found_by(database, &id).await),
    ]
}

async fn is_token(database: &Database, number: u8) -> bool {
    let found = database.token(&TokenHash([number; 32])).await.unwrap();
    found.is_some()
}

async fn found_by(database: &Database, id: &ConnectorId) -> usize {
    let apps = database.apps().await.unwrap();
    let by = |app: &&governance::App| matches!(&app.source, AppSource::Connector { connector, .. } if connector == id);
    apps.iter().filter(by).count()
}

async fn removable(database: &Database) -> Vec<UploadId> {
    let found = database.uploads_to_remove(at(100), at(0), 10).await.unwrap();
    found.into_iter().map(|upload| upload.id).collect()
}

pub(crate) async fn a_removed_connector_leaves_nothing_behind(database: &Database) {
    furnish(database, 1).await;
    furnish(database, 2).await;
    let all_of_it = left(database, 1).await;
    assert!(all_of_it.iter().all(|(_, count)| *count == 1), "{all_of_it:?}");
    assert_eq!(removable(database).await, []);

    let removal = [Write::RemoveConnector(connector_id(1))];
    database.commit(&removal, &[entry("removed")]).await.unwrap();

    let after = left(database, 1).await;
    assert!(after.iter().all(|(_, count)| *count == 0), "{after:?}");
    assert_eq!(left(database, 2).await, all_of_it);
    // Its file may go, although its time is not over and there is no newer one.
    assert_eq!(removable(database).await, [upload(1).id]);
    // The app that it found stays.
    assert_eq!(database.apps().await.unwrap().len(), 2);
    assert_eq!(database.audit_after(0, 10).await.unwrap().len(), 1);
    assert!(is_outdated(database, Write::RemoveConnector(connector_id(1))).await);
    // Another one may take the name.
    add_connector(
        database,
        &governance::Connector {
            id: connector_id(3),
            ..connector(1)
        },
    )
    .await;
    assert_eq!(database.task(&task(1).id).await.unwrap(), None);
}
