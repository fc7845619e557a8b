//! Instances that said hello.

use chrono::{DateTime, Utc};
use governance::repository::Workers as _;
use governance::{Sign, Worker};
use store::Database;

use crate::world::{at, connector_id, host};

fn worker(name: &str, seen: DateTime<Utc>) -> Worker {
    Worker {
        connector: connector_id(1),
        host: host(name),
        first_seen_at: seen,
        last_seen_at: seen,
        program: "baton-cloudflare 0.1.0".to_owned(),
        system: "linux".to_owned(),
        resource_types: vec!["user".to_owned(), "role".to_owned()],
        metadata: vec![1, 2],
    }
}

fn sign(name: &str, at: DateTime<Utc>) -> Sign {
    Sign {
        connector: connector_id(1),
        host: host(name),
        at,
    }
}

pub(crate) async fn hello_again_keeps_when_it_was_first_seen(database: &Database) {
    database.hello(&worker("h1", at(0))).await.unwrap();
    let newer = Worker {
        program: "baton-cloudflare 0.2.0".to_owned(),
        system: "linux, newer".to_owned(),
        resource_types: Vec::new(),
        metadata: Vec::new(),
        ..worker("h1", at(60))
    };
    database.hello(&newer).await.unwrap();
    let expected = Worker {
        first_seen_at: at(0),
        ..newer
    };
    assert_eq!(database.workers(&connector_id(1)).await.unwrap(), [expected]);
}

/// Desks on several machines have clocks that differ a little.
pub(crate) async fn what_is_seen_never_goes_back(database: &Database) {
    let last_seen = async || database.workers(&connector_id(1)).await.unwrap()[0].last_seen_at;
    database.hello(&worker("h1", at(30))).await.unwrap();
    for (seen, expected) in [(20, 30), (40, 40), (35, 40)] {
        database.seen(&[sign("h1", at(seen))]).await.unwrap();
        assert_eq!(last_seen().await, at(expected));
    }
    database.hello(&worker("h1", at(38))).await.unwrap();
    assert_eq!(last_seen().await, at(40));
}

pub(crate) async fn the_last_heard_of_comes_first(database: &Database) {
    for (name, seen) in [("h1", 0), ("h2", 10), ("h3", 5)] {
        database.hello(&worker(name, at(seen))).await.unwrap();
    }
    let other = Worker {
        connector: connector_id(2),
        ..worker("h4", at(99))
    };
    database.hello(&other).await.unwrap();
    // Nobody of the second name has said hello.
    let signs = [sign("h1", at(20)), sign("h4", at(99))];
    database.seen(&signs).await.unwrap();
    let workers = database.workers(&connector_id(1)).await.unwrap();
    let names: Vec<_> = workers.iter().map(|worker| worker.host.as_str()).collect();
    assert_eq!(names, ["h1", "h2", "h3"]);
}

pub(crate) async fn one_is_found_by_its_name(database: &Database) {
    let mine = worker("h1", at(0));
    database.hello(&mine).await.unwrap();
    let find = async |id, name| database.worker(&connector_id(id), &host(name)).await.unwrap();
    assert_eq!(find(1, "h1").await, Some(mine));
    assert_eq!(find(1, "h2").await, None);
    assert_eq!(find(2, "h1").await, None);
}

/// Whoever makes up host ids pushes out their own kind, and nobody else's.
pub(crate) async fn so_many_are_remembered_and_no_more(database: &Database) {
    let other = Worker {
        connector: connector_id(2),
        ..worker("other", at(0))
    };
    database.hello(&other).await.unwrap();
    let most = i64::try_from(Worker::MOST).unwrap();
    for number in 0..most {
        let seen = at(number);
        database
            .hello(&worker(&format!("h{number}"), seen))
            .await
            .unwrap();
    }
    // The oldest gives a sign of life, so the second is the one that was not heard of for the longest.
    database.seen(&[sign("h0", at(most))]).await.unwrap();
    database.hello(&worker("late", at(most + 1))).await.unwrap();
    let workers = database.workers(&connector_id(1)).await.unwrap();
    let names: Vec<_> = workers.iter().map(|worker| worker.host.as_str()).collect();
    assert_eq!(names.len() as u64, Worker::MOST);
    assert_eq!(names[..2], ["late", "h0"]);
    assert_eq!(names.last(), Some(&"h2"));
    assert_eq!(database.workers(&connector_id(2)).await.unwrap(), [other]);
}

pub(crate) async fn whoever_is_not_heard_of_is_forgotten(database: &Database) {
    for (name, seen) in [("h1", 0), ("h2", 10), ("h3", 5)] {
        database.hello(&worker(name, at(seen))).await.unwrap();
    }
    assert_eq!(database.forget_workers(at(10)).await.unwrap(), 2);
    assert_eq!(
        database.workers(&connector_id(1)).await.unwrap(),
        [worker("h2", at(10))]
    );
}
