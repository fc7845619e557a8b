//! What is continued, and what is not.

use std::sync::Arc;

use super::support::account::account;
use super::support::content::content;
use super::support::desk::{Desk, EACH, everything};
use super::support::feed;
use super::support::scripted::{Fault, Scripted};
use crate::{Request, Scope, Summary};

fn one_by_one() -> Request {
    Request {
        workers: 1,
        ..everything()
    }
}

/// A desk with a run that failed at the first act after the feed `users`.
fn interrupted() -> Desk {
    let desk = Desk::new();
    let connector = Scripted {
        fault: Some((7, Fault::Error)),
        ..account()
    };
    desk.run(EACH, Arc::new(connector), one_by_one()).unwrap_err();
    desk
}

fn why(summary: &Summary) -> Vec<&str> {
    let found = summary
        .notes
        .iter()
        .filter(|note| note.code == "run-not-continued");
    found.map(|note| note.message.as_str()).collect()
}

#[test]
fn what_was_read_whole_is_not_read_again() {
    let desk = interrupted();
    let connector = Arc::new(account());
    let summary = desk.run(EACH, Arc::clone(&connector) as _, one_by_one()).unwrap();
    assert!(summary.resumed);
    assert_eq!(
        connector.reads(),
        [
            "roles",
            "groups",
            "roles-of-people",
            "roles-of-groups",
            "members/group:g1",
            "members/group:g2"
        ]
    );
    assert_eq!(content(&desk.file()).run.id, summary.sync_id);
}

#[test]
fn the_number_of_workers_may_change() {
    let request = Request {
        workers: 7,
        ..everything()
    };
    assert!(
        interrupted()
            .run(EACH, Arc::new(account()), request)
            .unwrap()
            .resumed
    );
}

#[test]
fn another_account_is_read_anew() {
    let desk = interrupted();
    let other = Scripted {
        source: "scripted/2".into(),
        ..account()
    };
    let summary = desk.run(EACH, Arc::new(other), one_by_one()).unwrap();
    assert!(!summary.resumed);
    assert_eq!(
        why(&summary),
        ["an interrupted run was not continued: it was reading another account"]
    );
}

#[test]
fn another_selection_is_read_anew() {
    let desk = interrupted();
    let request = Request {
        scope: Scope::Types(vec!["user".into()]),
        ..one_by_one()
    };
    let summary = desk.run(EACH, Arc::new(account()), request).unwrap();
    assert!(!summary.resumed);
    assert_eq!(
        why(&summary),
        ["an interrupted run was not continued: it was asked for another part of the account"]
    );
}

#[test]
fn another_plan_is_read_anew() {
    let desk = interrupted();
    let mut newer = account();
    newer.plan.push(feed("new", &[], vec![]));
    let summary = desk.run(EACH, Arc::new(newer), one_by_one()).unwrap();
    assert!(!summary.resumed);
    assert_eq!(
        why(&summary),
        ["an interrupted run was not continued: the connector now reads the account in other pieces"]
    );
}

#[test]
fn another_kind_of_sync_is_neither_continued_nor_disturbed() {
    let desk = interrupted();
    let request = Request {
        resources_only: true,
        ..one_by_one()
    };
    let summary = desk.run(EACH, Arc::new(account()), request).unwrap();
    assert!(!summary.resumed);
    assert_eq!(why(&summary), [""; 0]);
    assert!(desk.run(EACH, Arc::new(account()), one_by_one()).unwrap().resumed);
}
