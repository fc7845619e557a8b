//! Runs that do not come to a file.

use std::sync::Arc;

use connector::{ErrorKind, Record};

use super::support::account::{account, resource};
use super::support::desk::{Desk, EACH, everything, runtime};
use super::support::id;
use super::support::scripted::{Act, Fault, Scripted};
use crate::run::run_at;
use crate::{Request, Scope, SyncError};

fn fail(connector: Scripted, request: Request) -> (SyncError, Desk) {
    let desk = Desk::new();
    let error = desk.run(EACH, Arc::new(connector), request).unwrap_err();
    (error, desk)
}

#[test]
fn a_connector_that_cannot_read_leaves_nothing_behind() {
    let (error, desk) = fail(
        Scripted {
            refuses: true,
            ..account()
        },
        everything(),
    );
    assert_eq!(error.to_string(), "the token is not accepted");
    assert_eq!(error.kind(), ErrorKind::Unauthenticated);
    assert!(desk.is_clean());
}

#[test]
fn an_unknown_type_is_refused_before_any_call() {
    let request = Request {
        scope: Scope::Types(vec!["user".into(), "usr".into()]),
        ..everything()
    };
    let (error, desk) = fail(
        Scripted {
            refuses: true,
            ..account()
        },
        request,
    );
    insta::assert_snapshot!(error, @"invalid resource type `usr` in filter");
    insta::assert_snapshot!(error.hint(), @"this connector has the types `user`, `group`, `role`");
    assert_eq!(error.kind().code(), 3);
    assert!(desk.is_clean());
}

#[test]
fn a_failed_feed_is_named() {
    let (error, _) = fail(
        Scripted {
            fault: Some((1, Fault::Error)),
            ..account()
        },
        Request {
            workers: 1,
            ..everything()
        },
    );
    insta::assert_snapshot!(error, @"reading users failed: scripted fault");
    assert_eq!(error.kind(), ErrorKind::Unavailable);
}

#[test]
fn a_panic_is_an_error_and_not_a_hang() {
    let (error, _) = fail(
        Scripted {
            fault: Some((1, Fault::Panic)),
            ..account()
        },
        Request {
            workers: 1,
            ..everything()
        },
    );
    insta::assert_snapshot!(error, @"reading users failed: the connector panicked: scripted panic");
    assert_eq!(error.kind(), ErrorKind::Internal);
}

#[test]
fn a_resource_without_the_trait_of_its_type_stops_the_run() {
    let mut connector = account();
    let bare = model::Resource::new(id("user:bare"), "bare");
    connector
        .scripts
        .insert("users".into(), vec![Act::Give(vec![Record::Resource(bare)])]);
    let (error, _) = fail(connector, everything());
    insta::assert_snapshot!(error, @"resource was missing expected trait c1.connector.v2.UserTrait: `user:bare`");
    assert_eq!(error.code(), "missing-trait");
}

#[test]
fn a_stop_is_obeyed_while_nothing_moves() {
    let desk = Desk::new();
    let silent = Scripted {
        fault: Some((1, Fault::Silence)),
        ..account()
    };
    let job = desk.job(Arc::new(silent), everything());
    let stop = job.stop.clone();
    let error = runtime().block_on(async {
        let stopper = async {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            stop.cancel();
        };
        tokio::join!(run_at(EACH, job), stopper).0.unwrap_err()
    });
    assert!(matches!(error, SyncError::Stopped));
    insta::assert_snapshot!(error.hint(), @"run the same command again to continue where it stopped");
}

#[test]
fn an_old_file_survives_a_failed_run() {
    let desk = Desk::new();
    desk.run(EACH, Arc::new(account()), everything()).unwrap();
    let before = std::fs::read(desk.file()).unwrap();
    let faulty = Scripted {
        fault: Some((9, Fault::Error)),
        ..account()
    };
    desk.run(EACH, Arc::new(faulty), everything()).unwrap_err();
    assert_eq!(std::fs::read(desk.file()).unwrap(), before);
}

#[test]
fn unusable_records_are_left_out_and_counted() {
    let mut connector = account();
    let mut records = vec![
        Record::Resource(resource("user:")),
        Record::Resource(resource("planet:mars")),
    ];
    records.push(Record::Resource(resource("user:u9")));
    connector.scripts.insert("users".into(), vec![Act::Give(records)]);
    let desk = Desk::new();
    let summary = desk.run(EACH, Arc::new(connector), everything()).unwrap();
    assert_eq!(summary.counts.resources_by_resource_type["user"], 1);
    let notes: Vec<_> = summary
        .notes
        .iter()
        .map(|note| note.message.as_str())
        .filter(|text| text.starts_with("users"))
        .collect();
    insta::assert_snapshot!(notes.join("\n"), @r"
    users: records that have an incomplete identity and were left out: 1
    users: records that are of a type that the connector does not declare and were left out: 1
    ");
}
