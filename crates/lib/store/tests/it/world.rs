//! Small connectors, tasks and files, and shorthands for them.

use chrono::{DateTime, TimeDelta, Utc};
use governance::repository::{Connectors as _, Ledger as _, Stored, Tasks as _, Versioned, Write, Written};
use governance::{
    AttemptId, Claim, Connector, ConnectorId, ConnectorKind, ConnectorName, Credential, CredentialId, HostId,
    Hosting, Installation, LockKey, PublicKey, Schedule, Taker, Task, TaskId, TaskKind, TaskRules, Work,
};
use store::Database;

pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_444_777, 962_026_000).unwrap() + TimeDelta::seconds(seconds)
}

pub(crate) fn host(name: &str) -> HostId {
    HostId::parse(name).unwrap()
}

pub(crate) fn connector_id(number: u8) -> ConnectorId {
    ConnectorId::new(at(0), [number; 16])
}

pub(crate) fn credential_id(number: u8) -> CredentialId {
    CredentialId::new(at(0), [number; 16])
}

pub(crate) fn task_id(number: u8) -> TaskId {
    TaskId::new(at(0), [number; 16])
}

pub(crate) fn attempt_id(number: u8) -> AttemptId {
    AttemptId::new(at(0), [number; 16])
}

pub(crate) fn connector(number: u8) -> Connector {
    let name = ConnectorName::parse(&format!("Connector {number}")).unwrap();
    Connector::new(connector_id(number), name, Schedule::Never, at(0))
}

pub(crate) async fn try_add_connector(database: &Database, connector: &Connector) -> Stored<Written> {
    let installation = Installation::new(connector.id.clone(), ConnectorKind::Baton, Hosting::SelfHosted);
    database
        .commit(&[Write::AddConnector(connector.clone(), installation)], &[])
        .await
}

pub(crate) async fn add_connector(database: &Database, connector: &Connector) {
    assert_eq!(
        try_add_connector(database, connector).await.unwrap(),
        Written::Yes
    );
}

pub(crate) async fn add_credential(database: &Database, credential: &Credential) {
    let write = Write::AddCredential(credential.clone());
    assert_eq!(database.commit(&[write], &[]).await.unwrap(), Written::Yes);
}

pub(crate) async fn revoke_credential(database: &Database, id: &CredentialId, at: DateTime<Utc>) -> bool {
    let write = Write::RevokeCredential(id.clone(), at);
    database.commit(&[write], &[]).await.unwrap() == Written::Yes
}

pub(crate) fn credential(number: u8) -> Credential {
    Credential {
        id: credential_id(number),
        connector: connector_id(1),
        client_id: format!("amber-otter-{number}@rollcall.example.com/spc"),
        public_key: PublicKey([number; 32]),
        created_at: at(i64::from(number)),
        expires_at: None,
        revoked_at: None,
        last_used_at: None,
    }
}

/// A task of connector 1, asked for in the second of its number, that anybody may work on.
pub(crate) fn task(number: u8) -> Task {
    task_with(number, Work::new(TaskKind::Hello, None, Vec::new()))
}

pub(crate) fn task_with(number: u8, work: Work) -> Task {
    Task::new(task_id(number), connector_id(1), work, at(i64::from(number)))
}

pub(crate) fn locked(number: u8) -> Task {
    task_with(
        number,
        Work::new(TaskKind::Grant, Some(LockKey::resource("user", "u1")), Vec::new()),
    )
}

pub(crate) fn claim(attempt: u8, host_name: &str) -> Claim {
    Claim {
        attempt: attempt_id(attempt),
        host: host(host_name),
    }
}

pub(crate) fn started(task: Task, attempt: u8, host_name: &str, now: DateTime<Utc>) -> Task {
    let taker = Taker {
        host: host(host_name),
        credential: credential_id(1),
        beats_all: true,
    };
    task.start(taker, attempt_id(attempt), now, &TaskRules::default())
        .unwrap()
}

pub(crate) async fn stored_task(database: &Database, number: u8) -> Versioned<Task> {
    database.task(&task_id(number)).await.unwrap().unwrap()
}

pub(crate) async fn stored_connector(database: &Database, number: u8) -> Versioned<Connector> {
    database.connector(&connector_id(number)).await.unwrap().unwrap()
}

/// Writes what becomes of a stored task.
pub(crate) async fn change(database: &Database, number: u8, change: impl FnOnce(Task) -> Task) -> Written {
    let found = stored_task(database, number).await;
    let changed = found.with(change(found.value.clone()));
    database.replace_task(&changed).await.unwrap()
}
