//! The domain's desk over a real database: who is let in, what they see, and what happens by itself.

mod admission;
mod sweeping;
mod working;

pub(crate) use admission::*;
pub(crate) use sweeping::*;
pub(crate) use working::*;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use governance::repository::Uploads as _;
use governance::{
    Actor, Asked, Caller, Claim, Connector, Content, Credential, Desk, DeskError, Digest, LockKey,
    NewConnector, PublicKey, Schedule, Taken, Task, TaskKind, TaskRules, TokenHash, Upload, UploadState,
    Work,
};
use model::{Clock, SeededIds, SyncId};
use store::Database;

use crate::world::{at, host};

/// How long a token is good.
const LIFE: Duration = Duration::from_hours(1);

/// A clock that is put forward by hand.
#[derive(Debug)]
pub(crate) struct Watch(pub(crate) Mutex<DateTime<Utc>>);

impl Clock for Watch {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// A desk, its clock, and the database that both it and the test look at.
struct Office {
    desk: Desk,
    people: governance::Office,
    watch: Arc<Watch>,
    database: Database,
}

impl Office {
    fn new(database: &Database) -> Self {
        let watch = Arc::new(Watch(Mutex::new(at(0))));
        Self {
            desk: desk(database, &watch, 0),
            people: governance::Office::new(
                Arc::new(database.clone()),
                Arc::clone(&watch) as Arc<dyn Clock>,
                Arc::new(SeededIds::new(1 << 40)),
            ),
            watch,
            database: database.clone(),
        }
    }

    fn later(&self, time: Duration) {
        let mut now = self.watch.0.lock().unwrap();
        *now += TimeDelta::from_std(time).unwrap();
    }

    async fn connector(&self, name: &str) -> Connector {
        self.scheduled(name, Schedule::Never).await
    }

    async fn scheduled(&self, name: &str, schedule: Schedule) -> Connector {
        let new = NewConnector::self_hosted(name, schedule);
        let tester = tester();
        let added = self.people.add_connector(&tester, &new, "rollcall.example.com");
        added.await.unwrap()
    }

    async fn credential(&self, connector: &Connector, expires_at: Option<DateTime<Utc>>) -> Credential {
        let client_id = |id: &_| format!("amber-otter-1@rollcall.example.com/{id}");
        let tester = tester();
        let credential = self.people.add_credential(
            &tester,
            &connector.id,
            client_id,
            (PublicKey([1; 32]), expires_at),
        );
        credential.await.unwrap()
    }

    /// Whether that token was given out.
    async fn token(&self, credential: &Credential, nonce: &str, token: u8) -> Result<bool, DeskError> {
        let nonce = (nonce, self.desk.now() + LIFE);
        let hash = TokenHash([token; 32]);
        self.desk.give_token(credential, nonce, hash, LIFE).await
    }

    /// Somebody of that connector who was let in; the token's number is nobody else's.
    async fn caller(&self, connector: &Connector, token: u8) -> Caller {
        let credential = self.credential(connector, None).await;
        assert!(self.token(&credential, "0f", token).await.unwrap());
        self.desk.admit(&TokenHash([token; 32])).await.unwrap()
    }

    async fn ask(&self, connector: &Connector, kind: TaskKind) -> Task {
        let work = Work::new(kind, None, Vec::new());
        self.desk.ask(&connector.id, work).await.unwrap()
    }

    async fn take(&self, caller: &Caller, name: &str, at_most: u64) -> Vec<Taken> {
        self.desk.take(caller, &asked(name, at_most)).await.unwrap()
    }

    /// Keeps a file of that try, as a transport does that has received one.
    async fn keep(&self, task: &Task, taken: &Taken, content: Content) {
        let upload = Upload {
            id: self.desk.new_upload_id(),
            connector: task.connector.clone(),
            task: task.id.clone(),
            attempt: taken.attempt.id.clone(),
            content,
            size: 10,
            digest: Digest([0; 32]),
            key: "somewhere".to_owned(),
            state: UploadState::Kept { at: self.desk.now() },
            keep_until: self.desk.now(),
        };
        self.database.add_upload(&upload).await.unwrap();
    }
}

fn tester() -> Actor {
    Actor::command("tests")
}

fn desk(database: &Database, watch: &Arc<Watch>, seed: u64) -> Desk {
    let ids = Arc::new(SeededIds::new(seed));
    Desk::new(
        Arc::new(database.clone()),
        Arc::clone(watch) as Arc<dyn Clock>,
        ids,
        TaskRules::default(),
    )
}

fn asked(name: &str, at_most: u64) -> Asked {
    Asked {
        host: host(name),
        beats_all: true,
        at_most,
    }
}

fn claim_of(taken: &Taken) -> Claim {
    Claim {
        attempt: taken.attempt.id.clone(),
        host: taken.attempt.host.clone(),
    }
}

fn sync_work() -> Work {
    Work::new(TaskKind::Sync, Some(LockKey::sync()), Vec::new())
}

fn sync_content() -> Content {
    Content::Sync(SyncId::new("2pN0Q1xyz"))
}
