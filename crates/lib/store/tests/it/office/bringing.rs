//! Files that somebody brings: who may, what becomes of them, what is written down.

use governance::repository::{Ledger as _, Places as _, Uploads as _, Write};
use governance::{
    Actor, AuditAction, Connector, ConnectorKind, Digest, Held, Hosting, Installation, NewConnector, NewFile,
    NewPlace, OfficeError, Operator, Role, Schedule, SyncAsked, TaskState, UploadState, Work,
};
use model::SyncId;
use store::Database;

use super::{ADDRESS, Town};
use crate::world::at;

fn file(number: u8) -> NewFile {
    NewFile {
        sync: SyncId::new(format!("sync {number}")),
        size: 1234,
        digest: Digest([number; 32]),
        keep: chrono::TimeDelta::days(90),
    }
}

struct Archive {
    town: Town,
    owner: Actor,
    connector: Connector,
}

impl Archive {
    /// A connector for files, of somebody who may do nothing else.
    async fn new(database: &Database) -> Self {
        let town = Town::new(database);
        let (_, admin) = town.person(1, "ada", &[Role::SuperAdministrator]).await;
        let (owner, actor): (Operator, Actor) = town.person(2, "grace", &[Role::User]).await;
        let new = NewConnector {
            name: "Archive".to_owned(),
            kind: ConnectorKind::File,
            hosting: Hosting::SelfHosted,
            place: NewPlace::NewApp("Archive".to_owned()),
            owners: vec![owner.id],
            schedule: Schedule::every(std::time::Duration::from_hours(1)).unwrap(),
        };
        let connector = town.office.add_connector(&admin, &new, ADDRESS).await;
        Self {
            town,
            owner: actor,
            connector: connector.unwrap(),
        }
    }

    async fn installation(&self) -> Installation {
        let found = self.town.database.installation(&self.connector.id).await;
        found.unwrap().unwrap().value
    }
}

pub(crate) async fn a_file_that_is_brought_is_a_sync_that_succeeded(database: &Database) {
    let archive = Archive::new(database).await;
    let office = &archive.town.office;
    let id = &archive.connector.id;
    // Nothing runs for it, whatever was asked for.
    assert_eq!(archive.installation().await.hosting, Hosting::ByHand);
    assert_eq!(archive.connector.next_sync_at, None);
    assert!(archive.installation().await.waiting_for.is_some());

    let upload = office.begin_file(&archive.owner, id, &file(1)).await.unwrap();
    assert_eq!(upload.key, format!("{id}/{}.c1z", upload.id));
    assert_eq!(upload.state, UploadState::Storing { since: at(0) });
    assert_eq!(office.to_project().await.unwrap(), []);
    let task = office.finish_file(&archive.owner, &upload).await.unwrap();
    assert!(matches!(task.state, TaskState::Finished { .. }), "{task:?}");
    let due = office.to_project().await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!((&due[0].upload.id, &due[0].sync), (&upload.id, &file(1).sync));
    // Whoever was asked for help has helped.
    assert_eq!(archive.installation().await.waiting_for, None);
    let run = office.run(&archive.owner, id, &task.id).await.unwrap();
    assert_eq!(run.file().map(|file| file.id.clone()), Some(upload.id));
    let trail = archive.town.trail().await;
    let entry = &trail.last().unwrap().draft;
    assert_eq!(entry.action, AuditAction::FileBrought.as_str());
    let said = entry.changes[0].after.as_deref().unwrap();
    assert!(said.starts_with("1234 bytes, SHA-256 0101"), "{said}");
}

pub(crate) async fn only_who_may_brings_files_and_only_where_nothing_runs(database: &Database) {
    let archive = Archive::new(database).await;
    let office = &archive.town.office;
    let id = &archive.connector.id;
    let (ben, auditor) = archive.town.person(3, "ben", &[Role::Auditor]).await;
    let denied = office.begin_file(&auditor, id, &file(1)).await;
    assert!(matches!(denied, Err(OfficeError::Denied(_))), "{denied:?}");
    let (_, stranger) = archive.town.person(4, "eve", &[Role::User]).await;
    let unknown = office.may_bring(&stranger, id).await;
    assert!(matches!(unknown, Err(OfficeError::Unknown(_))), "{unknown:?}");
    let (_, admin) = archive
        .town
        .person(5, "zoe", &[Role::ConnectorAdministrator])
        .await;
    let hosted = archive
        .town
        .connector(&admin, "Example", std::slice::from_ref(&ben.id))
        .await;
    let conflict = office.may_bring(&admin, &hosted.id).await;
    assert!(matches!(conflict, Err(OfficeError::Conflict(_))), "{conflict:?}");
    // Nor can it be told to read, or given a credential.
    let work = |_: &_| Work::new(governance::TaskKind::Sync, None, Vec::new());
    let asked: Result<SyncAsked, _> = office.sync_now(&archive.owner, id, work).await;
    assert!(matches!(asked, Err(OfficeError::Conflict(_))), "{asked:?}");
    let paused = office.pause(&archive.owner, id).await;
    assert!(matches!(paused, Err(OfficeError::Conflict(_))), "{paused:?}");
    let key = (governance::PublicKey([1; 32]), None);
    let given = office
        .add_credential(&archive.owner, id, ToString::to_string, key)
        .await;
    assert!(matches!(given, Err(OfficeError::Conflict(_))), "{given:?}");
}

pub(crate) async fn a_file_that_comes_too_late_is_not_noted(database: &Database) {
    let archive = Archive::new(database).await;
    let office = &archive.town.office;
    let (id, owner) = (&archive.connector.id, &archive.owner);
    let late = office.begin_file(owner, id, &file(1)).await.unwrap();
    archive.town.later(chrono::TimeDelta::seconds(5));
    let newer = office.begin_file(owner, id, &file(2)).await.unwrap();
    office.finish_file(owner, &newer).await.unwrap();
    let change = async |change: &dyn Fn(Installation) -> Installation| {
        let found = database.installation(id).await.unwrap().unwrap();
        let after = found.with(change(found.value.clone()));
        database
            .commit(&[Write::ReplaceInstallation(after)], &[])
            .await
            .unwrap();
    };
    change(&|before| before.sync_believed(newer.task.clone(), newer.id.clone())).await;
    let refused = office.finish_file(owner, &late).await;
    assert!(matches!(refused, Err(OfficeError::Conflict(_))), "{refused:?}");

    // While one is held, no other takes its place; and none comes after the connector is gone.
    let held = Held {
        upload: newer.id.clone(),
        since: at(0),
        why: "half of it is gone".to_owned(),
    };
    change(&|before| Installation {
        held: Some(held.clone()),
        ..before
    })
    .await;
    let refused = office.begin_file(owner, id, &file(3)).await;
    assert!(matches!(refused, Err(OfficeError::Conflict(_))), "{refused:?}");
    change(&|before| Installation { held: None, ..before }).await;
    let last = office.begin_file(owner, id, &file(4)).await.unwrap();
    let removal = [Write::RemoveConnector(id.clone())];
    database.commit(&removal, &[]).await.unwrap();
    let gone = office.finish_file(owner, &last).await;
    assert!(matches!(gone, Err(OfficeError::Unknown(_))), "{gone:?}");
    assert_eq!(database.uploads(id, 10).await.unwrap().len(), 1);
}
