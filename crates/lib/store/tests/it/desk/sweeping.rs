//! What happens although nobody asks for it.

use std::time::Duration;

use governance::repository::{Connectors as _, Tasks as _};
use governance::{Counted, Schedule, TaskKind, TaskState};
use store::Database;

use super::{Office, desk, sync_work};

/// Two processes sweep one database at the same moment: each thing happens once.
pub(crate) async fn two_sweeps_do_things_once(database: &Database) {
    let office = Office::new(database);
    let every = Duration::from_hours(1);
    let due = office.scheduled("Due", Schedule::every(every).unwrap()).await;
    let idle = office.connector("Idle").await;
    let caller = office.caller(&idle, 1).await;
    let task = office.ask(&idle, TaskKind::Grant).await;
    assert_eq!(office.take(&caller, "h1", 1).await.len(), 1);
    office.later(office.desk.rules().first_lease);

    let second = desk(database, &office.watch, 1 << 32);
    let (first, second) = tokio::join!(office.desk.sweep(|_| sync_work()), second.sweep(|_| sync_work()));
    let (first, second) = (first.unwrap(), second.unwrap());
    let both = Counted {
        expired: first.expired + second.expired,
        due: first.due + second.due,
    };
    assert_eq!(both, Counted { expired: 1, due: 1 });

    let syncs = database.tasks(&due.id, None, 9).await.unwrap();
    assert_eq!(syncs.len(), 1);
    let next = database
        .connector(&due.id)
        .await
        .unwrap()
        .unwrap()
        .value
        .next_sync_at;
    assert_eq!(next, Some(office.desk.now() + every));
    let TaskState::Waiting {
        last: Some(failure), ..
    } = database.task(&task.id).await.unwrap().unwrap().value.state
    else {
        panic!("it was not taken away");
    };
    assert_eq!(
        failure.message,
        "`h1` took this at 2026-11-23 14:39:37 UTC and was not heard of again"
    );

    // The sync still waits an interval later: that one is meant, and there is no second.
    office.later(every);
    assert_eq!(
        office.desk.sweep(|_| sync_work()).await.unwrap(),
        Counted { expired: 0, due: 1 }
    );
    assert_eq!(database.tasks(&due.id, None, 9).await.unwrap().len(), 1);
    assert_eq!(
        office.desk.sweep(|_| sync_work()).await.unwrap(),
        Counted::default()
    );
}
