//! Which tasks there are, in which order, for whom.

use governance::repository::{Connectors as _, Tasks as _, Versioned, Written};
use governance::{
    Connector, Failure, Finish, Outcome, Task, TaskId, TaskKind, TaskRules, TaskState, Urgency, Work,
};
use store::Database;

use crate::world::{
    add_connector, at, attempt_id, change, claim, connector, connector_id, started, stored_connector,
    stored_task, task, task_id, task_with,
};

fn ids(tasks: Vec<Versioned<Task>>) -> Vec<TaskId> {
    tasks.into_iter().map(|task| task.value.id).collect()
}

async fn ready(database: &Database, seconds: i64, at_most: u64) -> Vec<TaskId> {
    let id = connector_id(1);
    ids(database.tasks_ready(&id, at(seconds), at_most).await.unwrap())
}

pub(crate) async fn the_second_of_two_writers_is_outdated(database: &Database) {
    database.add_task(&task(1)).await.unwrap();
    let read = stored_task(database, 1).await;
    let first = read.with(started(task(1), 1, "h1", at(5)));
    let second = read.with(started(task(1), 2, "h2", at(5)));
    assert_eq!(database.replace_task(&first).await.unwrap(), Written::Yes);
    assert_eq!(database.replace_task(&second).await.unwrap(), Written::Outdated);
    let found = stored_task(database, 1).await;
    assert_eq!((found.value, found.version), (first.value, 1));
    // Nobody was told of the second try, so there never was one.
    assert_eq!(database.task_of(&attempt_id(2)).await.unwrap(), None);
}

pub(crate) async fn the_most_urgent_comes_first_then_the_oldest(database: &Database) {
    let asked = |number: u8, urgency: Urgency, seconds: i64| Task {
        work: Work {
            urgency,
            ..task(number).work
        },
        ..Task::new(task_id(number), connector_id(1), task(number).work, at(seconds))
    };
    for one in [
        asked(1, Urgency::Background, 1),
        asked(2, Urgency::Soon, 9),
        asked(3, Urgency::Soon, 2),
        asked(6, Urgency::Now, 30),
        asked(5, Urgency::Now, 30),
        asked(4, Urgency::Now, 31),
    ] {
        database.add_task(&one).await.unwrap();
    }
    let other = Task {
        connector: connector_id(2),
        ..task(9)
    };
    database.add_task(&other).await.unwrap();
    assert_eq!(ready(database, 60, 10).await, [5, 6, 4, 3, 2, 1].map(task_id));
    assert_eq!(ready(database, 60, 2).await, [5, 6].map(task_id));
}

pub(crate) async fn what_waits_is_not_ready(database: &Database) {
    database.add_task(&task(10)).await.unwrap();
    assert_eq!(ready(database, 9, 10).await, []);
    assert_eq!(ready(database, 10, 10).await, [task_id(10)]);
    change(database, 10, |task| started(task, 1, "h1", at(10))).await;
    assert_eq!(ready(database, 10, 10).await, []);
    change(database, 10, |task| task.cancel(at(11)).unwrap()).await;
    assert_eq!(ready(database, 9999, 10).await, []);
}

pub(crate) async fn a_paused_connector_has_nothing_ready(database: &Database) {
    add_connector(database, &connector(1)).await;
    database.add_task(&task(1)).await.unwrap();
    for (paused, expected) in [(true, vec![]), (false, vec![task_id(1)])] {
        let read = stored_connector(database, 1).await;
        let changed = Connector {
            paused,
            ..read.value.clone()
        };
        database.replace_connector(&read.with(changed)).await.unwrap();
        assert_eq!(ready(database, 60, 10).await, expected);
    }
}

pub(crate) async fn any_number_may_be_asked_for(database: &Database) {
    database.add_task(&task(1)).await.unwrap();
    assert_eq!(ready(database, 60, 0).await, []);
    assert_eq!(ready(database, 60, u64::MAX).await, [task_id(1)]);
    let newest = database.tasks(&connector_id(1), None, u64::MAX).await.unwrap();
    assert_eq!(newest, [task(1)]);
}

pub(crate) async fn those_have_expired_whose_lease_is_over(database: &Database) {
    let lease = TaskRules::default().first_lease;
    for (number, since) in [(1, 20), (2, 10), (3, 21), (4, 0)] {
        database.add_task(&task(number)).await.unwrap();
        change(database, number, |task| {
            started(task, number, "h1", at(since + 4))
        })
        .await;
    }
    change(database, 4, |task| succeeded(task, 4)).await;
    let expired = async |at_most| {
        let found = database.tasks_expired(at(24) + lease, at_most).await.unwrap();
        ids(found)
    };
    assert_eq!(expired(10).await, [2, 1].map(task_id));
    assert_eq!(expired(1).await, [task_id(2)]);
}

fn succeeded(task: Task, attempt: u8) -> Task {
    finished(task, attempt, Outcome::Succeeded(Vec::new()))
}

fn finished(task: Task, attempt: u8, outcome: Outcome) -> Task {
    let by = claim(attempt, "h1");
    match task.finish(&by, outcome, at(30), &TaskRules::default()).unwrap() {
        Finish::Changed(task) => *task,
        Finish::Repeated => panic!("nothing was reported before"),
    }
}

/// Whoever finishes late is to hear that the task is somebody else's now, and not that there is none.
pub(crate) async fn an_earlier_try_leads_to_its_task(database: &Database) {
    database.add_task(&task(1)).await.unwrap();
    change(database, 1, |task| started(task, 1, "h1", at(5))).await;
    let lost = Failure {
        code: 14,
        message: "the connection was lost".to_owned(),
        retryable: true,
    };
    change(database, 1, |task| finished(task, 1, Outcome::Failed(lost))).await;
    change(database, 1, |task| started(task, 2, "h2", at(60))).await;

    let found = stored_task(database, 1).await;
    assert!(matches!(&found.value.state, TaskState::Running(attempt) if attempt.id == attempt_id(2)));
    for number in [1, 2] {
        let of_try = database.task_of(&attempt_id(number)).await.unwrap();
        assert_eq!(of_try.as_ref(), Some(&found));
    }
    assert_eq!(database.task_of(&attempt_id(3)).await.unwrap(), None);
}

pub(crate) async fn when_a_try_began_is_remembered(database: &Database) {
    database.add_task(&task(1)).await.unwrap();
    change(database, 1, |task| started(task, 1, "h1", at(5))).await;
    let tries = [1, 2].map(attempt_id);
    let begun = database.tries_begun(&tries).await.unwrap();
    assert_eq!(begun, [(attempt_id(1), at(5))]);
    assert_eq!(database.tries_begun(&[]).await.unwrap(), []);
}

pub(crate) async fn the_newest_come_first(database: &Database) {
    for number in [2, 1, 3] {
        database.add_task(&task(number)).await.unwrap();
    }
    let sync = task_with(4, Work::new(TaskKind::Sync, None, Vec::new()));
    database.add_task(&sync).await.unwrap();
    let newest = async |kind, at_most| database.tasks(&connector_id(1), kind, at_most).await.unwrap();
    assert_eq!(newest(None, 2).await, [sync.clone(), task(3)]);
    assert_eq!(newest(Some(TaskKind::Sync), 9).await, [sync]);
    assert_eq!(newest(Some(TaskKind::Hello), 9).await, [3, 2, 1].map(task));
    assert_eq!(database.tasks(&connector_id(2), None, 9).await.unwrap(), []);
}
