//! Grants that name what they may not.

use super::{Book, entitlement, expandable, grant};

#[test]
fn a_source_that_was_not_read_passes_nothing_on() {
    let entitlements = [entitlement("role:r1", "assigned")];
    let lost = expandable(
        grant("role:r1", "assigned", "group:g1"),
        "group:g1:member",
        false,
        &[],
    );
    let mut book = Book::new(&entitlements, &[lost]);
    let gathered = book.expand(4_000, usize::MAX).unwrap();
    assert_eq!(gathered.missing, ["group:g1:member".into()]);
    assert_eq!(book.holdings(&entitlements).len(), 1);
    insta::assert_snapshot!(super::super::missing(&gathered).unwrap().message, @"expandable grants that name an entitlement which was not read, and so pass nothing on: 1; the first names `group:g1:member`");
}

#[test]
fn a_source_on_somebody_else_stops_the_run() {
    let entitlements = [
        entitlement("role:r1", "assigned"),
        entitlement("group:g2", "member"),
    ];
    let foreign = expandable(
        grant("role:r1", "assigned", "group:g1"),
        "group:g2:member",
        false,
        &[],
    );
    let error = Book::new(&entitlements, &[foreign])
        .expand(4_000, usize::MAX)
        .unwrap_err();
    insta::assert_snapshot!(error, @"source entitlement resource id did not match grant principal id: `group:g2:member` is not on `group:g1`");
}
