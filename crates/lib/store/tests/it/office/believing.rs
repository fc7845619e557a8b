//! What becomes of a sync: believed, held for a person, or counted as failed.

use governance::access::{
    ChangeLog as _, ChangeQuery, PageRequest, Projections as _, ResourceKind, ResourceQuery, Snapshot,
    Verdict,
};
use governance::repository::{Places as _, Tasks as _, Uploads as _};
use governance::{
    Actor, AppName, AppSource, AttemptId, AuditAction, Connector, Content, Digest, End, Failure, Judged,
    OfficeError, Role, Task, TaskId, TaskKind, TaskState, Upload, UploadId, UploadState, Work,
};
use model::{ResourceId, SyncId};
use store::Database;

use super::Town;
use crate::access::company::{Company, crowd, kind, names, of, resource};
use crate::world::at;

/// A file of a sync of that number.
async fn upload(database: &Database, connector: &Connector, number: u8) -> Upload {
    let upload = Upload {
        id: UploadId::new(at(i64::from(number)), [number; 16]),
        connector: connector.id.clone(),
        task: task_id(number),
        attempt: AttemptId::new(at(0), [number; 16]),
        content: Content::Sync(SyncId::new(format!("sync {number}"))),
        size: 10,
        digest: Digest([number; 32]),
        key: format!("{number}"),
        state: UploadState::Kept {
            at: at(i64::from(number)),
        },
        keep_until: at(1000),
    };
    database.add_upload(&upload).await.unwrap();
    upload
}

fn task_id(number: u8) -> TaskId {
    TaskId::new(at(i64::from(number)), [number; 16])
}

/// What that file says, as it is projected.
async fn projected(database: &Database, upload: &Upload, company: &Company) -> Snapshot {
    let new = governance::access::NewSnapshot {
        upload: upload.id.clone(),
        ..of(&upload.connector)
    };
    let mut draft = database.begin_snapshot(&new, at(0)).await.unwrap().unwrap();
    for rows in company.rows() {
        draft.add(&rows, at(1)).await.unwrap();
    }
    draft.complete(at(2)).await.unwrap().unwrap()
}

struct Read {
    town: Town,
    owner: Actor,
    connector: Connector,
}

impl Read {
    /// A connector of Ada's, of which a sync with a hundred people is believed.
    async fn new(database: &Database) -> Self {
        let town = Town::new(database);
        let (ada, owner) = town.person(1, "ada", &[Role::ConnectorAdministrator]).await;
        let connector = town
            .connector(&owner, "Example", std::slice::from_ref(&ada.id))
            .await;
        let read = Self {
            town,
            owner,
            connector,
        };
        assert_eq!(read.sync(1, &crowd(100)).await, Judged::Believed);
        read
    }

    async fn sync(&self, number: u8, company: &Company) -> Judged {
        let database = &self.town.database;
        let upload = upload(database, &self.connector, number).await;
        let candidate = projected(database, &upload, company).await;
        self.town.office.judge(&candidate, &upload).await.unwrap()
    }

    /// How many people there are in what is believed.
    async fn believed(&self) -> usize {
        let current = self.town.database.current_snapshot(&self.connector.id).await;
        let current = current.unwrap().unwrap();
        let all = names(&self.town.database, current.id, ResourceQuery::default()).await;
        all.iter().filter(|name| name.starts_with("crowd")).count()
    }

    async fn is_held(&self) -> bool {
        let found = self.town.database.installation(&self.connector.id).await;
        found.unwrap().unwrap().value.held.is_some()
    }

    async fn written(&self, action: AuditAction) -> usize {
        let trail = self.town.trail().await;
        let of_it = trail.iter().filter(|entry| entry.draft.action == action.as_str());
        of_it.count()
    }

    /// Adds the syncs whose files there are, up to that number.
    async fn asked_for(&self, most: u8) {
        for number in 1..=most {
            let begun = Task::new(
                task_id(number),
                self.connector.id.clone(),
                Work::new(TaskKind::Sync, None, Vec::new()),
                at(i64::from(number)),
            );
            self.town.database.add_task(&begun).await.unwrap();
        }
    }

    /// Adds a sync that ended so, and looks at what there is to be counted.
    async fn ended(&self, number: u8, end: End) {
        let work = Work::new(TaskKind::Sync, None, Vec::new());
        let begun = Task::new(
            task_id(number),
            self.connector.id.clone(),
            work,
            at(i64::from(number)),
        );
        let state = TaskState::Finished {
            at: at(i64::from(number)),
            end,
            by: None,
        };
        let ended = Task { state, ..begun };
        self.town.database.add_task(&ended).await.unwrap();
        self.town.office.count_syncs().await.unwrap();
        self.town.office.count_syncs().await.unwrap();
    }
}

/// A crowd in which the directory has these apps, by their ids.
fn with_apps(apps: &[(&str, &str)]) -> Company {
    let mut company = crowd(100);
    let app = |(id, name): &(&str, &str)| resource(ResourceId::new("app", *id), ResourceKind::App, name);
    company.types.push(kind("app", "App", ResourceKind::App));
    company.resources.extend(apps.iter().map(app));
    company
}

impl Read {
    /// The names of the apps that were found, with a sign where one is found no more, and of the others.
    async fn apps(&self) -> Vec<String> {
        let all = self.town.database.apps().await.unwrap();
        let name = |app: &governance::App| {
            let is_gone = matches!(
                app.source,
                AppSource::Connector {
                    gone_since: Some(_),
                    ..
                }
            );
            format!("{}{}", if is_gone { "-" } else { "" }, app.name)
        };
        let own = |app: &&governance::App| app.name.as_str() != "Example's app";
        all.iter().filter(own).map(name).collect()
    }
}

/// Told again it changes nothing, told otherwise it changes what is not seen to.
pub(crate) async fn apps_are_found_renamed_and_gone(database: &Database) {
    let read = Read::new(database).await;
    let first = with_apps(&[("a1", "Chat"), ("a2", "Mail"), ("a3", "Mail")]);
    for number in [2, 3] {
        assert_eq!(read.sync(number, &first).await, Judged::Believed);
        assert_eq!(read.apps().await, ["Chat", "Mail", "Mail (a3)"]);
        assert_eq!(read.written(AuditAction::AppAdded).await, 3 + 1);
        assert_eq!(read.written(AuditAction::AppChanged).await, 0);
    }
    let (grace, by) = read.town.person(2, "grace", &[Role::SuperAdministrator]).await;
    let chat = database
        .app_named(&AppName::parse("Chat").unwrap())
        .await
        .unwrap()
        .unwrap()
        .value;
    read.town
        .office
        .promote_apps(&by, std::slice::from_ref(&chat.id), &[grace.id])
        .await
        .unwrap();
    let second = with_apps(&[("a1", "Talk"), ("a2", "Post")]);
    assert_eq!(read.sync(4, &second).await, Judged::Believed);
    assert_eq!(read.apps().await, ["Chat", "-Mail (a3)", "Post"]);
    assert_eq!(read.sync(5, &first).await, Judged::Believed);
    assert_eq!(read.apps().await, ["Chat", "Mail", "Mail (a3)"]);
}

fn failed() -> End {
    End::Failed(Failure {
        code: 14,
        message: "the account does not answer".to_owned(),
        retryable: false,
    })
}

pub(crate) async fn a_sync_that_lost_much_is_held_and_believed_by_a_person(database: &Database) {
    let read = Read::new(database).await;
    assert_eq!(read.believed().await, 100);
    // A few less are nothing special.
    assert_eq!(read.sync(2, &crowd(90)).await, Judged::Believed);
    assert_eq!(read.sync(3, &crowd(20)).await, Judged::Held);
    assert!(read.is_held().await);
    assert_eq!(read.believed().await, 90);
    assert_eq!(read.written(AuditAction::SyncHeld).await, 1);
    assert_eq!(
        read.town.letters().await,
        ["ada@example.com: A sync of Example is held"]
    );
    let office = &read.town.office;
    assert_eq!(office.to_project().await.unwrap(), []);

    office
        .confirm_held(&read.owner, &read.connector.id)
        .await
        .unwrap();
    assert!(!read.is_held().await);
    assert_eq!(read.believed().await, 20);
    assert_eq!(read.written(AuditAction::SyncConfirmed).await, 1);
    let again = office.confirm_held(&read.owner, &read.connector.id).await;
    assert!(matches!(again, Err(OfficeError::Conflict(_))), "{again:?}");
    assert_eq!(read.written(AuditAction::SyncConfirmed).await, 1);
}

pub(crate) async fn a_sync_that_is_discarded_changes_nothing(database: &Database) {
    let read = Read::new(database).await;
    assert_eq!(read.sync(2, &crowd(20)).await, Judged::Held);
    let office = &read.town.office;
    // Who only sees it does not decide.
    let (_, auditor) = read.town.person(2, "grace", &[Role::Auditor]).await;
    let denied = office.discard_held(&auditor, &read.connector.id).await;
    assert!(matches!(denied, Err(OfficeError::Denied(_))), "{denied:?}");
    office
        .discard_held(&read.owner, &read.connector.id)
        .await
        .unwrap();
    assert!(!read.is_held().await);
    assert_eq!(read.believed().await, 100);
    assert_eq!(read.written(AuditAction::SyncDiscarded).await, 1);
    assert_eq!(database.candidates(&read.connector.id).await.unwrap(), []);
    // It is not looked at again; the next one is.
    assert_eq!(office.to_project().await.unwrap(), []);
    assert_eq!(read.sync(3, &crowd(99)).await, Judged::Believed);
}

pub(crate) async fn what_was_left_out_on_purpose_is_no_loss(database: &Database) {
    let read = Read::new(database).await;
    // The role that all hold is gone, and with it all that they hold.
    let only_people = |count| {
        let mut company = crowd(count);
        company.resources.retain(|one| one.kind == ResourceKind::User);
        Company {
            entitlements: Vec::new(),
            grants: Vec::new(),
            ..company
        }
    };
    let asked_for = async |number: u8, types: &[&str]| {
        let work = Work {
            types: types.iter().map(|id| (*id).into()).collect(),
            ..Work::new(TaskKind::Sync, None, Vec::new())
        };
        let of = read.connector.id.clone();
        let task = Task::new(task_id(number), of, work, at(i64::from(number)));
        database.add_task(&task).await.unwrap();
    };
    asked_for(2, &[]).await;
    assert_eq!(read.sync(2, &only_people(100)).await, Judged::Held);
    let office = &read.town.office;
    office
        .discard_held(&read.owner, &read.connector.id)
        .await
        .unwrap();
    asked_for(3, &["user"]).await;
    assert_eq!(read.sync(3, &only_people(100)).await, Judged::Believed);
    // What it was asked for is looked at as ever.
    asked_for(4, &["user"]).await;
    assert_eq!(read.sync(4, &only_people(20)).await, Judged::Held);
}

/// Whoever has said that any loss is right is not asked.
pub(crate) async fn without_a_guard_nothing_is_held(database: &Database) {
    let read = Read::new(database).await;
    let office = &read.town.office;
    office
        .set_guard(&read.owner, &read.connector.id, None)
        .await
        .unwrap();
    assert_eq!(read.sync(2, &crowd(1)).await, Judged::Believed);
    assert_eq!(read.believed().await, 1);
}

/// At the third in a row, whatever comes after it, and once when it works again.
pub(crate) async fn owners_are_written_to_once_of_trouble_and_once_of_its_end(database: &Database) {
    let read = Read::new(database).await;
    for number in [10, 11] {
        read.ended(number, failed()).await;
    }
    assert_eq!(read.town.letters().await, [""; 0]);
    // One that a person stopped says nothing either way.
    read.ended(12, End::Cancelled).await;
    for number in [13, 14, 15] {
        read.ended(number, failed()).await;
        assert_eq!(
            read.town.letters().await,
            ["ada@example.com: Example has failed 3 times in a row"]
        );
    }
    read.ended(20, End::Succeeded(Vec::new())).await;
    assert_eq!(read.sync(20, &crowd(100)).await, Judged::Believed);
    read.ended(21, failed()).await;
    assert_eq!(read.sync(22, &crowd(100)).await, Judged::Believed);
    assert_eq!(
        read.town.letters().await,
        [
            "ada@example.com: Example has failed 3 times in a row",
            "ada@example.com: Example works again",
        ]
    );
}

pub(crate) async fn what_each_run_changed_is_kept(database: &Database) {
    let read = Read::new(database).await;
    assert_eq!(read.sync(2, &crowd(98)).await, Judged::Believed);
    assert_eq!(read.sync(3, &crowd(20)).await, Judged::Held);
    read.asked_for(3).await;
    let office = &read.town.office;
    let told = async || {
        let runs = office.runs(&read.owner, &read.connector.id, 10).await.unwrap();
        let told = runs.iter().map(|run| {
            let changes = run.changes.as_ref().unwrap();
            (
                changes.verdict,
                changes.base.is_some(),
                changes.counts.to_string(),
            )
        });
        told.collect::<Vec<_>>()
    };
    let first = (Verdict::Believed, false, "nothing changed".to_owned());
    let second = (Verdict::Believed, true, "4 removed".to_owned());
    let third = |verdict| (verdict, true, "156 removed".to_owned());
    assert_eq!(
        told().await,
        [third(Verdict::Held), second.clone(), first.clone()]
    );
    let (query, page) = (ChangeQuery::default(), PageRequest::new(0, 10));
    let which = (&read.connector.id, &task_id(2));
    let changes = office
        .changes_of_run(&read.owner, which, &query, page)
        .await
        .unwrap();
    let names = changes
        .rows
        .iter()
        .map(|one| format!("{} {}", one.subject.as_str(), one.change.resource.name));
    assert_eq!(
        names.collect::<Vec<_>>(),
        [
            "account crowd00098",
            "account crowd00099",
            "grant crowd00098",
            "grant crowd00099"
        ]
    );
    let held = office.held_run(&read.owner, &read.connector.id).await.unwrap();
    assert_eq!(held.map(|run| run.task.id), Some(task_id(3)));
    office
        .confirm_held(&read.owner, &read.connector.id)
        .await
        .unwrap();
    let held = office.held_run(&read.owner, &read.connector.id).await.unwrap();
    assert_eq!(held, None);
    assert_eq!(told().await, [third(Verdict::Believed), second, first]);
}

/// Whoever comes second with the same file would compare it with itself.
pub(crate) async fn what_another_service_believed_is_not_judged_again(database: &Database) {
    let read = Read::new(database).await;
    let upload = upload(database, &read.connector, 2).await;
    let [quick, slow] = [
        projected(database, &upload, &crowd(98)).await,
        projected(database, &upload, &crowd(98)).await,
    ];
    let office = &read.town.office;
    assert_eq!(office.judge(&quick, &upload).await.unwrap(), Judged::Believed);
    assert_eq!(office.judge(&slow, &upload).await.unwrap(), Judged::Outdated);
    let late = projected(database, &upload, &crowd(98)).await;
    assert_eq!(office.judge(&late, &upload).await.unwrap(), Judged::Outdated);
    assert_eq!(database.candidates(&read.connector.id).await.unwrap(), []);
    let kept = database
        .run_changes(std::slice::from_ref(&upload.id))
        .await
        .unwrap();
    assert_eq!(kept[0].counts.to_string(), "4 removed");
}
