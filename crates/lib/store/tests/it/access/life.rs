//! What becomes of a snapshot, and that nobody ever sees half of one.

use governance::access::{PageRequest, Projections as _, ResourceQuery, SnapshotState, SnapshotsOver};
use governance::repository::Written;
use store::Database;

use super::company::{begin, candidate, company, crowd, current, make_current, names, retire};
use crate::place::Place;
use crate::world::{at, connector_id};

pub(crate) async fn nobody_sees_one_that_is_not_whole(database: &Database) {
    let mut draft = begin(database, 1).await;
    for rows in company().rows() {
        draft.add(&rows, at(1)).await.unwrap();
        assert_eq!(database.snapshot(draft.id()).await.unwrap(), None);
        assert_eq!(database.overview(draft.id()).await.unwrap(), None);
        let query = ResourceQuery::default();
        let page = database
            .resources(draft.id(), &query, PageRequest::new(0, 10))
            .await;
        assert_eq!(page.unwrap(), None);
        assert_eq!(make_current(database, draft.id(), at(2)).await, Written::Outdated);
    }
    assert_eq!(database.candidates(&connector_id(1)).await.unwrap(), []);
    assert_eq!(database.current_snapshot(&connector_id(1)).await.unwrap(), None);
}

pub(crate) async fn a_candidate_becomes_current(database: &Database) {
    let made = candidate(database, 1, &company()).await;
    assert_eq!((made.state, made.base), (SnapshotState::Candidate, None));
    assert_eq!((made.projected_at, made.since), (at(2), at(2)));
    assert_eq!(
        database.candidates(&connector_id(1)).await.unwrap(),
        std::slice::from_ref(&made)
    );
    assert_eq!(database.current_snapshot(&connector_id(1)).await.unwrap(), None);

    assert_eq!(make_current(database, made.id, at(3)).await, Written::Yes);
    let current = database
        .current_snapshot(&connector_id(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (current.id, current.state, current.since),
        (made.id, SnapshotState::Current, at(3))
    );
    assert_eq!(database.candidates(&connector_id(1)).await.unwrap(), []);
    assert_eq!(make_current(database, made.id, at(4)).await, Written::Outdated);
}

pub(crate) async fn the_next_takes_the_place_of_its_base_only(database: &Database) {
    let first = current(database, 1, &company()).await;
    let [second, third] = [
        candidate(database, 1, &company()).await,
        candidate(database, 1, &company()).await,
    ];
    assert_eq!((second.base, third.base), (Some(first.id), Some(first.id)));
    let waiting = database.candidates(&connector_id(1)).await.unwrap();
    assert_eq!(
        waiting.iter().map(|one| one.id).collect::<Vec<_>>(),
        [third.id, second.id]
    );

    assert_eq!(make_current(database, second.id, at(4)).await, Written::Yes);
    for retired in [first.id, third.id] {
        let state = database.snapshot(retired).await.unwrap().unwrap().state;
        assert_eq!(state, SnapshotState::Retired);
        assert_eq!(make_current(database, retired, at(5)).await, Written::Outdated);
        // Whoever turns its pages can go on for a while.
        assert_eq!(names(database, retired, ResourceQuery::default()).await.len(), 6);
    }
}

pub(crate) async fn the_first_place_is_taken_once(database: &Database) {
    let [first, second] = [
        candidate(database, 1, &company()).await,
        candidate(database, 1, &company()).await,
    ];
    let both = tokio::join!(
        make_current(database, first.id, at(3)),
        make_current(database, second.id, at(3))
    );
    let both = [both.0, both.1];
    assert_eq!(both.iter().filter(|one| **one == Written::Yes).count(), 1);
}

pub(crate) async fn one_that_is_not_believed_is_retired(database: &Database) {
    let first = current(database, 1, &company()).await;
    let second = candidate(database, 1, &company()).await;
    assert_eq!(retire(database, second.id, at(4)).await, Written::Yes);
    for id in [first.id, second.id] {
        assert_eq!(retire(database, id, at(5)).await, Written::Outdated);
    }
    let now = database
        .current_snapshot(&connector_id(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(now.id, first.id);
}

pub(crate) async fn each_connector_has_its_own(database: &Database) {
    let first = current(database, 1, &company()).await;
    let second = current(database, 2, &crowd(3)).await;
    assert_eq!((first.base, second.base), (None, None));
    for (connector, id, count) in [(1, first.id, 6), (2, second.id, 4)] {
        let current = database
            .current_snapshot(&connector_id(connector))
            .await
            .unwrap()
            .unwrap();
        assert_eq!((current.id, current.of.connector), (id, connector_id(connector)));
        assert_eq!(names(database, id, ResourceQuery::default()).await.len(), count);
    }
}

/// Whoever drops the work half-way leaves what was there.
pub(crate) async fn what_is_dropped_half_way_changes_nothing(database: &Database) {
    let first = current(database, 1, &company()).await;
    let mut draft = begin(database, 1).await;
    let [types, resources, entitlements, _] = crowd(2000).rows();
    draft.add(&types, at(4)).await.unwrap();
    tokio::select! {
        biased;
        _ = draft.add(&resources, at(4)) => panic!("no database is that fast"),
        () = std::future::ready(()) => {}
    }
    // Rows of that portion are missing, so it never becomes whole.
    assert_eq!(draft.add(&entitlements, at(4)).await.unwrap(), Written::Outdated);
    assert_eq!(draft.complete(at(5)).await.unwrap(), None);
    let current = database
        .current_snapshot(&connector_id(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(current, first);
    assert_eq!(names(database, first.id, ResourceQuery::default()).await.len(), 6);
}

/// A process that ends after any of its steps leaves what was there, and rows that are removed later.
pub(crate) async fn a_crash_after_any_step_leaves_what_was_there(place: &Place) {
    let database = place.open().await;
    let first = current(&database, 1, &company()).await;
    database.close().await.unwrap();
    for steps in 0..=4 {
        let database = place.open().await;
        let mut draft = begin(&database, 1).await;
        for rows in crowd(20).rows().iter().take(steps) {
            draft.add(rows, at(4)).await.unwrap();
        }
        drop(draft);
        database.close().await.unwrap();
    }
    let database = place.open().await;
    let current = database.current_snapshot(&connector_id(1)).await.unwrap();
    assert_eq!(current.as_ref(), Some(&first));
    assert_eq!(database.candidates(&connector_id(1)).await.unwrap(), []);
    let over = SnapshotsOver {
        silent_since: at(10),
        retired_before: at(10),
    };
    let mut removed = 0;
    loop {
        match database.remove_snapshots(&over, 1000).await.unwrap() {
            0 => break,
            rows => removed += rows,
        }
    }
    // Three times the users and their role, twice the right, once the grants; and five that were never whole.
    assert_eq!(removed, 3 * 21 + 2 + 20 + 5);
    assert_eq!(
        names(&database, first.id, ResourceQuery::default()).await.len(),
        6
    );
}
