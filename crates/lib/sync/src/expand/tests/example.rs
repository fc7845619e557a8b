//! The example that was run with the Go engine.

use super::{Book, entitlement, expandable, grant};
use crate::SyncError;
use crate::tests::support::id;

fn book() -> (Book, Vec<model::Entitlement>) {
    let entitlements = vec![
        entitlement("group:g1", "member"),
        entitlement("group:g2", "member"),
        entitlement("role:r1", "assigned"),
        entitlement("role:r2", "assigned"),
    ];
    let grants = [
        grant("group:g1", "member", "user:u1"),
        grant("group:g1", "member", "user:u3"),
        grant("group:g2", "member", "user:u2"),
        grant("role:r1", "assigned", "user:u3"),
        expandable(
            grant("group:g1", "member", "group:g2"),
            "group:g2:member",
            false,
            &[],
        ),
        expandable(
            grant("role:r1", "assigned", "group:g1"),
            "group:g1:member",
            false,
            &[],
        ),
        expandable(
            grant("role:r2", "assigned", "group:g1"),
            "group:g1:member",
            true,
            &["user"],
        ),
    ];
    (Book::new(&entitlements, &grants), entitlements)
}

#[test]
fn gives_what_the_go_engine_gives() {
    let (mut book, entitlements) = book();
    book.expand(4_000, usize::MAX).unwrap();
    let lines: Vec<_> = book
        .holdings(&entitlements)
        .iter()
        .map(|((what, who), held)| {
            let sources: Vec<_> = held
                .sources
                .iter()
                .map(|(id, direct)| format!("{id} ({direct})"))
                .collect();
            let mark = if held.immutable { "immutable" } else { "direct" };
            format!("{what} to {who}: {mark} [{}]", sources.join(", "))
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    group:g1:member to group:g2: direct []
    group:g1:member to user:u1: direct []
    group:g1:member to user:u2: immutable [group:g2:member (true)]
    group:g1:member to user:u3: direct []
    group:g2:member to user:u2: direct []
    role:r1:assigned to group:g1: direct []
    role:r1:assigned to group:g2: immutable [group:g1:member (true)]
    role:r1:assigned to user:u1: immutable [group:g1:member (true)]
    role:r1:assigned to user:u2: immutable [group:g1:member (false)]
    role:r1:assigned to user:u3: direct [group:g1:member (true), role:r1:assigned (true)]
    role:r2:assigned to group:g1: direct []
    role:r2:assigned to user:u1: immutable [group:g1:member (true)]
    role:r2:assigned to user:u3: immutable [group:g1:member (true)]
    ");
}

#[test]
fn leaves_the_expansion_of_the_grants_in_place() -> Result<(), SyncError> {
    let (mut book, _) = book();
    let before = book.draft.expandable_grants(0, 100)?;
    book.expand(4_000, usize::MAX)?;
    assert_eq!(book.draft.expandable_grants(0, 100)?, before);
    Ok(())
}

#[test]
fn keeps_those_who_are_reached_only_through_a_cycle() {
    let entitlements = [
        entitlement("group:g1", "member"),
        entitlement("group:g2", "member"),
        entitlement("role:r1", "assigned"),
    ];
    let grants = [
        grant("group:g1", "member", "user:u1"),
        grant("group:g2", "member", "user:u2"),
        expandable(
            grant("group:g1", "member", "group:g2"),
            "group:g2:member",
            false,
            &[],
        ),
        expandable(
            grant("group:g2", "member", "group:g1"),
            "group:g1:member",
            false,
            &[],
        ),
        expandable(
            grant("role:r1", "assigned", "group:g1"),
            "group:g1:member",
            false,
            &[],
        ),
    ];
    let mut book = Book::new(&entitlements, &grants);
    book.expand(4_000, usize::MAX).unwrap();
    let holders = book.holdings(&entitlements[2..]).into_keys().map(|(_, who)| who);
    assert_eq!(
        holders.collect::<Vec<_>>(),
        ["group:g1", "group:g2", "user:u1", "user:u2"].map(id)
    );
}
