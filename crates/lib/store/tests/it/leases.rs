//! Which of several services runs a connector.

use governance::ServiceId;
use governance::repository::{Leases as _, Ledger as _, Write, Written};
use store::Database;

use crate::world::{at, connector_id};

fn service(number: u8) -> ServiceId {
    ServiceId::new(at(0), [number; 16])
}

async fn holds(database: &Database, number: u8, from: i64, until: i64) -> bool {
    let wanted = [connector_id(1)];
    let times = (at(from), at(until));
    let held = database.hold_leases(&service(number), &wanted, times).await;
    held.unwrap() == wanted
}

pub(crate) async fn one_of_many_services_has_a_lease(database: &Database) {
    let all = (1..=8).map(|number| {
        let database = database.clone();
        tokio::spawn(async move { holds(&database, number, 0, 10).await })
    });
    let mut count = 0;
    for one in all.collect::<Vec<_>>() {
        count += usize::from(one.await.unwrap());
    }
    assert_eq!(count, 1);
}

pub(crate) async fn it_is_free_when_it_is_over_or_let_go(database: &Database) {
    assert!(holds(database, 1, 0, 10).await);
    assert!(!holds(database, 2, 9, 19).await);
    assert!(holds(database, 1, 9, 20).await);
    assert!(!holds(database, 2, 19, 29).await);
    assert!(holds(database, 2, 20, 30).await);
    assert!(!holds(database, 1, 21, 31).await);
    database.let_leases_go(&service(1)).await.unwrap();
    assert!(!holds(database, 1, 22, 32).await);
    database.let_leases_go(&service(2)).await.unwrap();
    assert!(holds(database, 1, 23, 33).await);
}

pub(crate) async fn what_needs_it_is_written_by_its_holder_only(database: &Database) {
    assert!(holds(database, 1, 0, 10).await);
    let write = |number, second| [Write::HoldsLease(connector_id(1), service(number), at(second))];
    for (number, second, expected) in [
        (1, 9, Written::Yes),
        (1, 10, Written::Outdated),
        (2, 9, Written::Outdated),
    ] {
        let written = database.commit(&write(number, second), &[]).await.unwrap();
        assert_eq!(written, expected, "{number} {second}");
    }
}
