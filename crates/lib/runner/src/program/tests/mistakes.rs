//! Changes that are refused, with the text, the hint and the exit code of each.

use insta::assert_snapshot;

use crate::testing::{World, each};

#[test]
fn ids_that_the_file_does_not_have() {
    let world = World::new();
    let cases = [
        &[
            "--grant-entitlement",
            "role:nope:member",
            "--grant-principal",
            "u1",
            "--grant-principal-type",
            "user",
        ][..],
        &[
            "--grant-entitlement",
            "role:r1:member",
            "--grant-principal",
            "nope",
            "--grant-principal-type",
            "user",
        ],
        &[
            "--grant-entitlement",
            "role:r1:member",
            "--grant-principal",
            "nope",
        ],
        &["--grant-entitlement", "role:r1:member", "--grant-principal", "x1"],
        &["--revoke-grant", "nope"],
    ];
    assert_snapshot!(each(&cases, |arguments| world.run(arguments)));
}

#[test]
fn files_that_are_no_use() {
    let grant = ["grant", "ada@example.com", "Billing"];
    let missing = World::empty();
    let other = World::empty();
    std::fs::write(other.file(), "not a c1z").unwrap();
    let unread = World::empty();
    crate::testing::open(&unread.file()).save().unwrap();
    let ends = [missing, other, unread].map(|world| world.run(&grant).all());
    assert_snapshot!(ends.join("\n"));
}

#[test]
fn what_the_connector_cannot_do_or_refuses() {
    let world = World::new();
    let grant = ["grant", "ada@example.com", "Billing"];
    let refused = |answer| world.run(&[&grant[..], &["--answer", answer]].concat());
    let cases = [
        &["--delete-resource", "r1", "--delete-resource-type", "role"][..],
        &[
            "--rotate-credentials",
            "u1",
            "--rotate-credentials-type",
            "user",
            "--dry-run",
        ],
        &["--invoke-action", "nope"],
        &["--invoke-action", "noop", "--invoke-action-resource-type", "user"],
        &["--invoke-action", "disable_token"],
        &[
            "--invoke-action",
            "disable_token",
            "--invoke-action-args",
            r#"{"quiet": "yes", "reasons": [1], "colour": "red"}"#,
        ],
        &["run", "noop", "--answer", "refuse"],
    ];
    let ends = each(&cases, |arguments| world.run(arguments));
    let refusals = ["refuse", "contend"]
        .map(|answer| refused(answer).all())
        .join("\n");
    assert_snapshot!(format!("{ends}\n{refusals}"));
}

#[test]
fn settings_that_make_no_change() {
    let world = World::empty();
    let cases = [
        &["--dry-run"][..],
        &["--invoke-action", "noop", "--dry-run"],
        &["--delete-resource", "x"],
        &["--rotate-credentials", "x"],
        &["--rotate-credentials", "x", "--rotate-credentials-type", "token"],
        &["--create-account-profile", "{b"],
        &["--create-account-profile", "[]"],
        &[
            "--create-account-email",
            "a@example.com",
            "--create-account-resource-type",
            "role",
        ],
        &["--invoke-action", "noop", "--invoke-action-args", "{b"],
        &["--grant-principal-type", "user"],
        &[
            "--revoke-grant",
            "a",
            "--delete-resource",
            "b",
            "--delete-resource-type",
            "c",
        ],
    ];
    assert_snapshot!(each(&cases, |arguments| world.run(arguments)));
}
