//! Removing what is over.

use governance::access::{Projections as _, ResourceQuery, SnapshotsOver};
use governance::repository::{Ledger as _, Write, Written};
use store::Database;

use super::company::{begin, candidate, company, crowd, current, names, of, retire};
use crate::world::{at, connector_id};

/// What was silent before the tenth second, or retired before the twentieth.
fn over() -> SnapshotsOver {
    SnapshotsOver {
        silent_since: at(10),
        retired_before: at(20),
    }
}

async fn remove_all(database: &Database) -> Vec<u64> {
    let mut portions = Vec::new();
    loop {
        match database.remove_snapshots(&over(), 100).await.unwrap() {
            0 => return portions,
            rows => portions.push(rows),
        }
    }
}

pub(crate) async fn what_is_over_goes_in_portions(database: &Database) {
    let old = current(database, 1, &crowd(250)).await;
    let new = current(database, 1, &company()).await;
    let portions = remove_all(database).await;
    // Two types of the four have rows, and their counts go with the snapshot.
    assert_eq!(portions, [100, 100, 50, 1, 100, 100, 51, 6]);
    assert_eq!(database.snapshot(old.id).await.unwrap(), None);
    assert_eq!(names(database, new.id, ResourceQuery::default()).await.len(), 6);
    // What it was compared with is gone.
    assert_eq!(database.difference(new.id, 10).await.unwrap(), None);
}

pub(crate) async fn what_is_needed_stays(database: &Database) {
    let now = current(database, 1, &company()).await;
    let held = candidate(database, 1, &company()).await;
    let mut alive = begin(database, 1).await;
    alive.add(&company().rows()[0], at(10)).await.unwrap();
    let refused = candidate(database, 1, &company()).await;
    assert_eq!(retire(database, refused.id, at(20)).await, Written::Yes);
    assert_eq!(remove_all(database).await, [0; 0]);
    for id in [now.id, held.id, refused.id] {
        assert!(database.snapshot(id).await.unwrap().is_some());
    }
    assert!(alive.complete(at(30)).await.unwrap().is_some());
}

pub(crate) async fn whoever_was_given_up_for_dead_is_told_so(database: &Database) {
    let mut slow = begin(database, 1).await;
    let mut slower = begin(database, 1).await;
    let [types, resources, ..] = company().rows();
    slow.add(&types, at(1)).await.unwrap();
    slow.add(&resources, at(2)).await.unwrap();
    slower.add(&types, at(3)).await.unwrap();
    assert_eq!(remove_all(database).await, [6, 1, 1]);
    assert_eq!(slow.add(&resources, at(11)).await.unwrap(), Written::Outdated);
    assert_eq!(slow.complete(at(12)).await.unwrap(), None);
    assert_eq!(slower.complete(at(12)).await.unwrap(), None);
    assert_eq!(remove_all(database).await, [0; 0]);
}

/// What is begun after its connector was removed leaves nothing, nor does what was under way.
pub(crate) async fn nothing_comes_of_a_connector_that_was_removed(database: &Database) {
    let now = current(database, 1, &company()).await;
    let other = current(database, 2, &company()).await;
    let held = candidate(database, 1, &company()).await;
    let mut draft = begin(database, 1).await;
    let removal = [Write::RemoveConnector(connector_id(1))];
    assert_eq!(database.commit(&removal, &[]).await.unwrap(), Written::Yes);
    assert!(
        database
            .begin_snapshot(&of(&connector_id(1)), at(4))
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(
        draft.add(&company().rows()[0], at(5)).await.unwrap(),
        Written::Outdated
    );
    assert_eq!(database.current_snapshot(&connector_id(1)).await.unwrap(), None);
    for id in [now.id, held.id] {
        assert_eq!(database.snapshot(id).await.unwrap(), None);
    }
    remove_all(database).await;
    assert_eq!(names(database, other.id, ResourceQuery::default()).await.len(), 6);
    // It can begin again.
    assert_eq!(current(database, 1, &company()).await.base, None);
}
