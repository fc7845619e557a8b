//! What only one task may work on at a time.

use governance::repository::{Tasks as _, Written};
use governance::{Task, TaskState};
use store::Database;
use tokio::task::JoinSet;

use crate::world::{at, change, connector_id, locked, started, stored_task, task, task_id};

/// How many want the same lock.
const TAKERS: u8 = 20;

async fn take(database: Database, number: u8) -> Written {
    change(&database, number, |task| started(task, number, "h1", at(60))).await
}

pub(crate) async fn one_of_many_takers_gets_a_lock(database: &Database) {
    for number in 0..TAKERS {
        database.add_task(&locked(number)).await.unwrap();
    }
    let mut takers = JoinSet::new();
    for number in 0..TAKERS {
        takers.spawn(take(database.clone(), number));
    }
    let written = takers.join_all().await;
    assert_eq!(written.iter().filter(|one| **one == Written::Yes).count(), 1);

    let mut running = 0;
    for number in 0..TAKERS {
        let found = stored_task(database, number).await;
        let runs = u8::from(found.value.attempt().is_some());
        assert_eq!((found.version, found.value.tries), (runs.into(), runs.into()));
        running += runs;
    }
    assert_eq!(running, 1);
}

pub(crate) async fn a_lock_is_free_when_its_task_is_over(database: &Database) {
    for number in [1, 2] {
        database.add_task(&locked(number)).await.unwrap();
    }
    assert_eq!(take(database.clone(), 1).await, Written::Yes);
    assert_eq!(take(database.clone(), 2).await, Written::Outdated);
    // Whoever has it goes on having it, sign of life by sign of life.
    let beaten = change(database, 1, |task| {
        let claim = crate::world::claim(1, "h1");
        task.beat(&claim, at(70), &governance::TaskRules::default())
            .unwrap()
            .0
    });
    assert_eq!(beaten.await, Written::Yes);
    assert_eq!(take(database.clone(), 2).await, Written::Outdated);

    let over = change(database, 1, |task| Task {
        state: TaskState::Finished {
            at: at(80),
            end: governance::End::Cancelled,
            by: None,
        },
        ..task
    });
    assert_eq!(over.await, Written::Yes);
    assert_eq!(take(database.clone(), 2).await, Written::Yes);
}

pub(crate) async fn a_lock_is_each_connectors_own(database: &Database) {
    let other = Task {
        connector: connector_id(2),
        ..locked(2)
    };
    database.add_task(&locked(1)).await.unwrap();
    database.add_task(&other).await.unwrap();
    for number in [1, 2] {
        assert_eq!(take(database.clone(), number).await, Written::Yes);
    }
}

pub(crate) async fn what_wants_a_held_lock_is_not_ready(database: &Database) {
    for one in [locked(1), locked(2), task(3)] {
        database.add_task(&one).await.unwrap();
    }
    let ready = async || {
        let found = database.tasks_ready(&connector_id(1), at(60), 10).await.unwrap();
        found.into_iter().map(|one| one.value.id).collect::<Vec<_>>()
    };
    assert_eq!(ready().await, [1, 2, 3].map(task_id));
    take(database.clone(), 1).await;
    assert_eq!(ready().await, [task_id(3)]);
}
