//! Many feeds and many records.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use connector::{Owned, Record};
use model::Trait;
use tokio::sync::Barrier;

use super::support::account::{entitlement, grant, resource};
use super::support::desk::{Desk, everything};
use super::support::scripted::{Act, Scripted};
use super::support::{feed, kind};
use crate::Request;
use crate::engine::Pace;

/// `feeds` feeds, each with a page of users and the grants of one role to them.
fn many(feeds: usize, page: usize) -> Scripted {
    let mut connector = Scripted {
        types: vec![kind("user", Trait::User), kind("role", Trait::Role)],
        ..Scripted::default()
    };
    let role = vec![
        Record::Resource(resource("role:r")),
        Record::Entitlement(entitlement("role:r")),
    ];
    connector
        .plan
        .push(feed("role", &[], vec![Owned::Resources("role".into())]));
    connector.scripts.insert("role".into(), vec![Act::Give(role)]);
    for number in 0..feeds {
        let id = format!("users/{number}");
        let names = (0..page).map(|user| format!("user:{number}-{user}"));
        let records = names.flat_map(|name| {
            [
                Record::Resource(resource(&name)),
                Record::Grant(grant("role:r", &name)),
            ]
        });
        connector.plan.push(feed(
            &id,
            &[],
            vec![Owned::GrantsOn(super::support::id("group:none"))],
        ));
        connector
            .scripts
            .insert(id.as_str().into(), vec![Act::Give(records.collect())]);
    }
    connector
}

#[test]
fn as_many_feeds_at_once_as_workers_and_never_more() {
    let mut connector = many(39, 3);
    let meeting = Arc::new(Barrier::new(3));
    for (_, acts) in connector.scripts.iter_mut().filter(|(id, _)| id.0 != "role") {
        acts.push(Act::Meet(Arc::clone(&meeting)));
    }
    let connector = Arc::new(connector);
    let request = Request {
        workers: 3,
        ..everything()
    };
    let summary = Desk::new()
        .run(Pace::default(), Arc::clone(&connector) as _, request)
        .unwrap();
    assert_eq!(connector.most_at_once.load(Ordering::SeqCst), 3);
    assert_eq!(summary.counts.grants, 117);
}

#[test]
fn many_records_of_many_feeds_all_arrive() {
    let desk = Desk::new();
    let request = Request {
        workers: 4,
        ..everything()
    };
    let summary = desk
        .run(Pace::default(), Arc::new(many(50, 100)), request)
        .unwrap();
    assert_eq!((summary.counts.resources, summary.counts.grants), (5_001, 5_000));
}
