//! Readers while one snapshot takes the place of another, and the old one is removed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use governance::access::{PageRequest, Projections as _, ResourceKind, ResourceQuery, SnapshotsOver};
use store::Database;
use tokio::task::JoinSet;

use super::company::{crowd, current};
use crate::world::{at, connector_id};

/// How often it is replaced.
const TIMES: u32 = 8;

/// Looks until it is told to stop; gives how often it saw something.
async fn look(database: Database, stop: Arc<AtomicBool>) -> u32 {
    let mut seen = 0;
    let query = ResourceQuery {
        kind: Some(ResourceKind::User),
        ..ResourceQuery::default()
    };
    while !stop.load(Ordering::Relaxed) {
        let Some(current) = database.current_snapshot(&connector_id(1)).await.unwrap() else {
            continue;
        };
        let users = current
            .types
            .iter()
            .find(|one| one.of.id.as_str() == "user")
            .unwrap()
            .resources;
        let page = database
            .resources(current.id, &query, PageRequest::new(0, 1000))
            .await
            .unwrap();
        let overview = database.overview(current.id).await.unwrap();
        // Removed before it could be asked for, or whole.
        if let Some(page) = page {
            assert_eq!((page.total, page.rows.len() as u64), (users, users));
            assert!(page.rows.iter().all(|row| row.holds == 1));
            seen += 1;
        }
        if let Some(overview) = overview {
            assert_eq!(overview.direct_grants, users);
        }
    }
    seen
}

pub(crate) async fn only_whole_snapshots_are_seen(database: &Database) {
    let stop = Arc::new(AtomicBool::new(false));
    current(database, 1, &crowd(100)).await;
    let mut readers = JoinSet::new();
    for _ in 0..3 {
        readers.spawn(look(database.clone(), Arc::clone(&stop)));
    }
    let over = SnapshotsOver {
        silent_since: at(0),
        retired_before: at(1000),
    };
    for time in 0..TIMES {
        current(database, 1, &crowd(100 + time * 37)).await;
        while database.remove_snapshots(&over, 50).await.unwrap() > 0 {}
    }
    stop.store(true, Ordering::Relaxed);
    for seen in readers.join_all().await {
        assert!(seen > 0);
    }
}
