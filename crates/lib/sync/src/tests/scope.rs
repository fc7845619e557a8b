//! Parts of an account.

use std::sync::Arc;

use c1z::SyncKind;

use super::support::account::account;
use super::support::content::content;
use super::support::desk::{Desk, EACH, everything};
use super::support::id;
use crate::{Request, Scope, Summary};

fn read(request: Request) -> (Summary, Vec<String>, Desk) {
    let desk = Desk::new();
    let connector = Arc::new(account());
    let summary = desk.run(EACH, Arc::clone(&connector) as _, request).unwrap();
    let mut reads = connector.reads();
    reads.sort();
    (summary, reads, desk)
}

fn only(types: &[&str]) -> Request {
    Request {
        scope: Scope::Types(types.iter().map(|name| (*name).into()).collect()),
        ..everything()
    }
}

fn counts(summary: &Summary) -> [u64; 4] {
    let counts = &summary.counts;
    [
        counts.resource_types,
        counts.resources,
        counts.entitlements,
        counts.grants,
    ]
}

#[test]
fn everything_is_read_and_expanded() {
    let (summary, reads, desk) = read(everything());
    assert_eq!(reads.len(), 7);
    assert_eq!(content(&desk.file()).run.kind, SyncKind::Full);
    assert_eq!(counts(&summary), [3, 7, 4, 17]);
}

#[test]
fn feeds_that_yield_nothing_wanted_are_not_read() {
    let (summary, reads, desk) = read(only(&["user"]));
    assert_eq!(reads, ["users"]);
    assert_eq!(counts(&summary), [1, 3, 0, 0]);
    assert_eq!(content(&desk.file()).run.kind, SyncKind::Full);
}

#[test]
fn grants_need_both_ends() {
    let (summary, reads, _) = read(only(&["role", "user"]));
    assert_eq!(reads, ["roles", "roles-of-people", "users"]);
    assert_eq!(counts(&summary), [2, 5, 2, 2]);
    let (summary, reads, _) = read(only(&["role"]));
    assert_eq!(reads, ["roles"]);
    assert_eq!(counts(&summary), [1, 2, 2, 0]);
}

#[test]
fn found_feeds_are_subject_to_the_selection_too() {
    let (summary, reads, _) = read(only(&["group"]));
    assert_eq!(reads, ["groups", "members/group:g1", "members/group:g2"]);
    assert_eq!(
        counts(&summary),
        [1, 2, 2, 4],
        "each group is in the other and, through it, in itself"
    );
}

#[test]
fn resources_only_leaves_out_who_has_what() {
    let (summary, reads, desk) = read(Request {
        resources_only: true,
        ..everything()
    });
    assert_eq!(reads, ["groups", "roles", "users"]);
    assert_eq!(counts(&summary), [3, 7, 0, 0]);
    assert_eq!(content(&desk.file()).run.kind, SyncKind::ResourcesOnly);
}

#[test]
fn without_expansion_only_what_was_read_is_there() {
    let (summary, reads, desk) = read(Request {
        skip_expansion: true,
        ..everything()
    });
    assert_eq!(reads.len(), 7);
    assert_eq!(counts(&summary), [3, 7, 4, 8]);
    assert_eq!(content(&desk.file()).run.kind, SyncKind::Full);
}

#[test]
fn single_resources_come_with_what_hangs_on_them() {
    let ids = vec![id("role:r2"), id("role:r9"), id("role:r2")];
    let (summary, reads, desk) = read(Request {
        scope: Scope::Targets {
            ids,
            skip_grants: false,
        },
        ..everything()
    });
    assert_eq!(reads, [""; 0]);
    assert_eq!(counts(&summary), [3, 1, 1, 2]);
    assert_eq!(content(&desk.file()).run.kind, SyncKind::Partial);
    let note = summary
        .notes
        .iter()
        .find(|note| note.code == "target-not-found")
        .unwrap();
    assert_eq!(note.message, "`role:r9` was not found and is not in the file");
}

#[test]
fn single_resources_can_be_had_without_grants() {
    let scope = Scope::Targets {
        ids: vec![id("role:r2")],
        skip_grants: true,
    };
    let (summary, ..) = read(Request {
        scope,
        ..everything()
    });
    assert_eq!(counts(&summary), [3, 1, 1, 0]);
}
