//! Connectors, and the tasks that come with a change of one.

use std::time::Duration;

use governance::repository::{Connectors as _, Tasks as _, Written};
use governance::{Connector, ConnectorName, Schedule};
use store::Database;
use tokio::task::JoinSet;

use crate::world::{
    add_connector, at, connector, connector_id, stored_connector, stored_task, task, task_id,
    try_add_connector,
};

fn renamed(connector: Connector, name: &str) -> Connector {
    Connector {
        name: ConnectorName::parse(name).unwrap(),
        ..connector
    }
}

pub(crate) async fn a_name_is_taken_once(database: &Database) {
    add_connector(database, &connector(1)).await;
    let again = renamed(connector(2), "Connector 1");
    let error = try_add_connector(database, &again).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is already a connector called `Connector 1`"
    );
    assert_eq!(database.connectors().await.unwrap(), [connector(1)]);
}

pub(crate) async fn the_second_of_two_writers_is_outdated(database: &Database) {
    add_connector(database, &connector(1)).await;
    let read = stored_connector(database, 1).await;
    let first = read.with(renamed(connector(1), "First"));
    let second = read.with(renamed(connector(1), "Second"));
    assert_eq!(database.replace_connector(&first).await.unwrap(), Written::Yes);
    assert_eq!(
        database.replace_connector(&second).await.unwrap(),
        Written::Outdated
    );
    let found = stored_connector(database, 1).await;
    assert_eq!((found.value, found.version), (first.value, 1));
}

/// Each adds a second to the interval until it is written.
pub(crate) async fn no_change_of_many_writers_is_lost(database: &Database) {
    let begun = Connector {
        schedule: Schedule::Every(Duration::ZERO),
        ..connector(1)
    };
    add_connector(database, &begun).await;
    let mut writers = JoinSet::new();
    for _ in 0..10 {
        writers.spawn(add_a_second(database.clone()));
    }
    writers.join_all().await;
    let found = stored_connector(database, 1).await;
    assert_eq!(found.value.schedule, Schedule::Every(Duration::from_secs(10)));
    assert_eq!(found.version, 10);
}

async fn add_a_second(database: Database) {
    loop {
        let read = stored_connector(&database, 1).await;
        let Schedule::Every(every) = read.value.schedule else {
            panic!("it has an interval");
        };
        let longer = Connector {
            schedule: Schedule::Every(every + Duration::from_secs(1)),
            ..read.value.clone()
        };
        if database.replace_connector(&read.with(longer)).await.unwrap() == Written::Yes {
            return;
        }
    }
}

pub(crate) async fn those_are_due_whose_time_has_come(database: &Database) {
    let due_at = |number: u8, seconds: Option<i64>, paused: bool| Connector {
        next_sync_at: seconds.map(at),
        paused,
        ..connector(number)
    };
    for one in [
        due_at(1, Some(60), false),
        due_at(2, Some(10), false),
        due_at(3, Some(61), false),
        due_at(4, Some(5), true),
        due_at(5, None, false),
    ] {
        add_connector(database, &one).await;
    }
    let due = database.connectors_due(at(60), 10).await.unwrap();
    let due: Vec<_> = due.into_iter().map(|one| one.value.id).collect();
    assert_eq!(due, [connector_id(2), connector_id(1)]);
    assert_eq!(database.connectors_due(at(60), 1).await.unwrap().len(), 1);
}

pub(crate) async fn they_are_listed_by_name(database: &Database) {
    let [beech, ash] = [renamed(connector(1), "Beech"), renamed(connector(2), "Ash")];
    add_connector(database, &beech).await;
    add_connector(database, &ash).await;
    assert_eq!(database.connectors().await.unwrap(), [ash, beech]);
}

pub(crate) async fn a_task_comes_with_the_change_or_not_at_all(database: &Database) {
    add_connector(database, &connector(1)).await;
    let read = stored_connector(database, 1).await;
    let changed = read.with(renamed(connector(1), "Changed"));
    let written = database.replace_connector_with_task(&changed, &task(1)).await;
    assert_eq!(written.unwrap(), Written::Yes);
    assert_eq!(stored_task(database, 1).await.value, task(1));

    let outdated = read.with(renamed(connector(1), "Outdated"));
    let written = database.replace_connector_with_task(&outdated, &task(2)).await;
    assert_eq!(written.unwrap(), Written::Outdated);
    assert_eq!(database.task(&task_id(2)).await.unwrap(), None);

    // The task cannot be added, since there is one: then nothing changes.
    let read = stored_connector(database, 1).await;
    let failing = read.with(renamed(connector(1), "Failing"));
    database
        .replace_connector_with_task(&failing, &task(1))
        .await
        .unwrap_err();
    assert_eq!(stored_connector(database, 1).await, read);
}
