//! Taking tasks, working on them, and stopping.

use std::collections::HashSet;

use governance::repository::Tasks as _;
use governance::{
    Beat, Content, DeskError, End, Failure, OfficeError, Outcome, Refusal, Task, TaskKind, TaskState, Work,
};
use store::Database;
use tokio::task::JoinSet;

use super::{Office, asked, claim_of, sync_content, sync_work, tester};
use crate::place::Place;
use crate::world::{connector_id, task_id};

/// Something that another try may not meet.
fn busy() -> Failure {
    Failure {
        code: 14,
        message: "interrupted".to_owned(),
        retryable: true,
    }
}

fn done() -> Outcome {
    Outcome::Succeeded(Vec::new())
}

async fn state(database: &Database, task: &Task) -> TaskState {
    database.task(&task.id).await.unwrap().unwrap().value.state
}

fn is_unknown<T: std::fmt::Debug>(result: &Result<T, DeskError>) -> bool {
    matches!(result, Err(DeskError::Unknown("task")))
}

/// What is somebody else's does not exist, and nothing can be learnt about it.
pub(crate) async fn each_sees_only_its_own_tasks(database: &Database) {
    let office = Office::new(database);
    let [mine, theirs] = [office.connector("Mine").await, office.connector("Theirs").await];
    let me = office.caller(&mine, 1).await;
    let them = office.caller(&theirs, 2).await;
    let task = office.ask(&mine, TaskKind::Hello).await;

    assert_eq!(office.take(&them, "h1", 9).await, []);
    let [taken] = office.take(&me, "h1", 9).await.try_into().unwrap();
    let claim = claim_of(&taken);
    assert!(is_unknown(&office.desk.beat(&them, &claim).await));
    assert!(is_unknown(&office.desk.working_on(&them, &claim).await));
    assert!(is_unknown(&office.desk.finish(&them, &claim, done()).await));

    assert_eq!(office.desk.working_on(&me, &claim).await.unwrap().0.id, task.id);
    assert_eq!(office.desk.beat(&me, &claim).await.unwrap(), Beat::Continue);
    office.desk.finish(&me, &claim, done()).await.unwrap();
    // The answer can be lost on the way.
    office.desk.finish(&me, &claim, done()).await.unwrap();
    assert!(is_unknown(&office.desk.finish(&them, &claim, done()).await));
}

pub(crate) async fn many_instances_share_the_tasks_out(database: &Database) {
    let office = Office::new(database);
    let connector = office.connector("Example").await;
    let caller = office.caller(&connector, 1).await;
    for _ in 0..30 {
        office.ask(&connector, TaskKind::Grant).await;
    }
    let mut workers = JoinSet::new();
    for number in 0..6 {
        let (desk, caller) = (office.desk.clone(), caller.clone());
        workers.spawn(async move {
            desk.take(&caller, &asked(&format!("h{number}"), 10))
                .await
                .unwrap()
        });
    }
    let taken: Vec<_> = workers.join_all().await.into_iter().flatten().collect();
    let mut ids: HashSet<_> = HashSet::new();
    for one in &taken {
        let of = database.task_of(&one.attempt.id).await.unwrap().unwrap();
        assert_eq!(of.value.attempt(), Some(&one.attempt));
        assert!(ids.insert(of.value.id), "two have the same");
    }
    assert!(ids.len() >= 10, "whoever came first had its ten: {}", ids.len());
}

/// The database gives up in the middle: what was written before is somebody's already, and they have to hear of it.
pub(crate) async fn what_was_taken_is_handed_out_whatever_follows(place: &Place) {
    let database = place.open().await;
    place
        .execute(match place {
            Place::File(_) => {
                "CREATE TRIGGER broken BEFORE UPDATE ON tasks WHEN NEW.kind = 'sync'
                 BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
            }
            Place::Server(_) => {
                "ALTER TABLE tasks ADD CONSTRAINT broken CHECK (kind <> 'sync' OR state <> 'running')"
            }
        })
        .await;
    let office = Office::new(&database);
    let connector = office.connector("Example").await;
    let caller = office.caller(&connector, 1).await;
    let grant = office.ask(&connector, TaskKind::Grant).await;
    office.ask(&connector, TaskKind::Sync).await;
    let [taken] = office.take(&caller, "h1", 9).await.try_into().unwrap();
    assert!(matches!(state(&database, &grant).await, TaskState::Running(of) if of == taken.attempt));
    // Nothing was taken before it this time.
    let error = office.desk.take(&caller, &asked("h1", 9)).await.unwrap_err();
    assert!(matches!(error, DeskError::Store(_)), "{error:?}");
}

/// The first answer was lost on the way. Once somebody else has it, it is theirs alone.
pub(crate) async fn a_failure_may_be_said_again(database: &Database) {
    let office = Office::new(database);
    let connector = office.connector("Example").await;
    let caller = office.caller(&connector, 1).await;
    let task = office.ask(&connector, TaskKind::Grant).await;
    let [taken] = office.take(&caller, "h1", 1).await.try_into().unwrap();
    let claim = claim_of(&taken);
    let failed = || Outcome::Failed(busy());
    office.desk.finish(&caller, &claim, failed()).await.unwrap();
    let before = state(database, &task).await;
    office.desk.finish(&caller, &claim, failed()).await.unwrap();
    office.desk.finish(&caller, &claim, done()).await.unwrap();
    assert_eq!(state(database, &task).await, before, "the first word counts");
    office.later(office.desk.rules().retry_after);
    assert_eq!(office.take(&caller, "h2", 1).await.len(), 1);
    let late = office.desk.finish(&caller, &claim, failed()).await.unwrap_err();
    assert!(matches!(late, DeskError::Task(Refusal::NotYours(_))), "{late:?}");
}

pub(crate) async fn a_sync_without_its_file_is_tried_again(database: &Database) {
    let office = Office::new(database);
    let connector = office.connector("Example").await;
    let caller = office.caller(&connector, 1).await;
    let task = office.desk.ask(&connector.id, sync_work()).await.unwrap();
    let [taken] = office.take(&caller, "h1", 1).await.try_into().unwrap();
    // A log is no sync.
    office.keep(&task, &taken, Content::DebugLog).await;
    office
        .desk
        .finish(&caller, &claim_of(&taken), done())
        .await
        .unwrap();

    let TaskState::Waiting {
        last: Some(failure),
        not_before,
        ..
    } = state(database, &task).await
    else {
        panic!("it is not tried again");
    };
    assert_eq!(
        failure.message,
        "the sync was reported as done, but no file of it was handed over"
    );
    assert_eq!((failure.code, failure.retryable), (15, true));
    assert_eq!(not_before, office.desk.now() + office.desk.rules().retry_after);
    assert_eq!(office.take(&caller, "h1", 1).await, []);
    office.later(office.desk.rules().retry_after);
    assert_eq!(office.take(&caller, "h1", 1).await.len(), 1);
}

pub(crate) async fn a_sync_with_its_file_is_believed(database: &Database) {
    let office = Office::new(database);
    let connector = office.connector("Example").await;
    let caller = office.caller(&connector, 1).await;
    let task = office.desk.ask(&connector.id, sync_work()).await.unwrap();
    let [taken] = office.take(&caller, "h1", 1).await.try_into().unwrap();
    office.keep(&task, &taken, sync_content()).await;
    office
        .desk
        .finish(&caller, &claim_of(&taken), done())
        .await
        .unwrap();
    let state = state(database, &task).await;
    assert!(
        matches!(
            state,
            TaskState::Finished {
                end: End::Succeeded(_),
                ..
            }
        ),
        "{state:?}"
    );
}

pub(crate) async fn work_for_nobody_is_refused(database: &Database) {
    let office = Office::new(database);
    let work = Work::new(TaskKind::Hello, None, Vec::new());
    let error = office.desk.ask(&connector_id(9), work).await.unwrap_err();
    assert_eq!(error.to_string(), "there is no such connector");
    assert_eq!(database.tasks(&connector_id(9), None, 9).await.unwrap(), []);
    let unknown = office.people.cancel(&tester(), &task_id(9)).await;
    assert!(matches!(unknown, Err(OfficeError::Unknown("task"))));
}

pub(crate) async fn what_waits_is_cancelled_at_once(database: &Database) {
    let office = Office::new(database);
    let connector = office.connector("Example").await;
    let caller = office.caller(&connector, 1).await;
    let task = office.ask(&connector, TaskKind::Grant).await;
    let cancelled = office.people.cancel(&tester(), &task.id).await.unwrap();
    assert!(matches!(
        cancelled.state,
        TaskState::Finished {
            end: End::Cancelled,
            by: None,
            ..
        }
    ));
    assert_eq!(office.take(&caller, "h1", 9).await, []);
    let again = office.people.cancel(&tester(), &task.id).await.unwrap_err();
    assert!(matches!(again, OfficeError::Task(Refusal::Ended)), "{again:?}");
}

pub(crate) async fn what_runs_is_told_to_stop(database: &Database) {
    let office = Office::new(database);
    let connector = office.connector("Example").await;
    let caller = office.caller(&connector, 1).await;
    let task = office.ask(&connector, TaskKind::Grant).await;
    let [taken] = office.take(&caller, "h1", 9).await.try_into().unwrap();
    let claim = claim_of(&taken);
    office.people.cancel(&tester(), &task.id).await.unwrap();
    assert_eq!(office.desk.beat(&caller, &claim).await.unwrap(), Beat::Stop);
    // Whatever stopped it: it is not begun again, since nobody wants it.
    office
        .desk
        .finish(&caller, &claim, Outcome::Failed(busy()))
        .await
        .unwrap();
    let state = state(database, &task).await;
    assert!(
        matches!(
            state,
            TaskState::Finished {
                end: End::Cancelled,
                ..
            }
        ),
        "{state:?}"
    );
}
