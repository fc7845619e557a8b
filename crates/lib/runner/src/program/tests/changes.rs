//! What the flags of control planes do, and every form in which it is told.

use std::sync::Arc;

use c1z::SyncKind;
use insta::assert_snapshot;
use model::{Grant, GrantSource, Resource, ResourceId};

use crate::testing::{World, each, sync};

const GRANT: [&str; 6] = [
    "--grant-entitlement",
    "role:r1:member",
    "--grant-principal",
    "u1",
    "--grant-principal-type",
    "user",
];

fn with<'a>(arguments: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [arguments, more].concat()
}

#[test]
fn a_grant_is_one_line_for_machines_with_complete_records_looked_up() {
    assert_snapshot!(World::new().run(&GRANT).all(), @r#"
    exit code 0
    {"task":"grant","effect":"made","change":{"title":"Grant Billing Member on Billing: Ada Lovelace (user:u1)","before":["Viewer"],"after":["Viewer","Billing Member on Billing"],"calls":[{"method":"PUT","path":"/members/u1","body":{"roles":[{"id":"role:r1:member"}]}}]},"notes":[],"response":{}}
    "#);
}

#[test]
fn a_grant_is_told_to_people() {
    let world = World::new();
    let ends = [
        world.show(&GRANT),
        world.show(&with(&GRANT, &["--answer", "already"])),
        world.show(&with(&GRANT, &["--dry-run"])),
        world.show(&with(&GRANT, &["--answer", "notice"])),
    ];
    assert_snapshot!(ends.map(|ran| ran.all()).join("\n"), @r#"
    exit code 0
    Done: Grant Billing Member on Billing: Ada Lovelace (user:u1)

        Viewer
      + Billing Member on Billing

    exit code 0
    Nothing to do, it is so already: Grant Billing Member on Billing: Ada Lovelace (user:u1)

        Viewer
        Billing Member on Billing

    exit code 0
    Would be done: Grant Billing Member on Billing: Ada Lovelace (user:u1)

        Viewer
      + Billing Member on Billing

      PUT /members/u1
        {
          "roles": [
            {
              "id": "role:r1:member"
            }
          ]
        }

    Nothing was changed.

    exit code 0
    Done: Grant Billing Member on Billing: Ada Lovelace (user:u1)

        Viewer
      + Billing Member on Billing

    warning: somebody changed the member meanwhile
      hint: look at it again
    "#);
}

#[test]
fn effects_and_notes_are_told_to_machines() {
    let world = World::new();
    let effect = |more: &[&str]| world.run(&with(&GRANT, more)).json()["effect"].clone();
    assert_eq!(effect(&[]), "made");
    assert_eq!(effect(&["--answer", "already"]), "already_so");
    assert_eq!(effect(&["--dry-run"]), "planned");
    let noticed = world.run(&with(&GRANT, &["--answer", "notice"])).json();
    assert_snapshot!(noticed["notes"], @r#"[{"severity":"warning","code":"changed-meanwhile","message":"somebody changed the member meanwhile","hint":"look at it again"}]"#);
}

#[test]
fn what_is_so_already_is_said_in_the_answer_as_the_wire_says_it() {
    let world = World::new();
    let cases = [
        &GRANT[..],
        &["--revoke-grant", "role:r1:member:user:u1"],
        &["--delete-resource", "u1", "--delete-resource-type", "user"],
    ];
    let answers = cases.map(|arguments| {
        let ran = world.run(&with(arguments, &["--answer", "already"]));
        format!("{}: {}", ran.json()["task"], ran.json()["response"])
    });
    assert_snapshot!(answers.join("\n"), @r#"
    "grant": {"annotations":[{"@type":"type.googleapis.com/c1.connector.v2.GrantAlreadyExists"}]}
    "revoke": {"annotations":[{"@type":"type.googleapis.com/c1.connector.v2.GrantAlreadyRevoked"}]}
    "delete": {"annotations":[{"@type":"type.googleapis.com/c1.connector.v2.ResourceDoesNotExist"}]}
    "#);
}

#[test]
fn a_revocation_knows_the_entitlement_and_the_holder_whole() {
    let ran = World::new().run(&["--revoke-grant", "role:r1:member:user:u1"]);
    assert_eq!(ran.json()["task"], "revoke");
    assert_eq!(
        ran.json()["change"]["title"],
        "Revoke Billing Member on Billing: Ada Lovelace (user:u1)"
    );
}

#[test]
fn the_type_of_a_principal_is_looked_up_when_it_is_not_given() {
    let world = World::new();
    assert_eq!(world.run(&GRANT[..4]).json(), world.run(&GRANT).json());
}

#[test]
fn accounts() {
    let world = World::empty();
    let profile = r#"{"email": "in@example.com", "roles": ["r1", "r2"], "age": 7}"#;
    let cases = [
        &["--create-account-email", "ada@example.com"][..],
        &["--create-account-login", "ada@example.com"],
        &[
            "--create-account-login",
            "ada",
            "--create-account-email",
            "out@example.com",
            "--create-account-profile",
            profile,
        ],
        &["--create-account-email", "a@example.com", "--answer", "already"],
        &["--create-account-email", "a@example.com", "--answer", "known"],
        &["--create-account-email", "a@example.com", "--answer", "created"],
        &["--create-account-email", "a@example.com", "--dry-run"],
    ];
    assert_snapshot!("for_machines", each(&cases, |arguments| world.run(arguments)));
    assert_snapshot!("for_people", each(&cases, |arguments| world.show(arguments)));
}

#[test]
fn removal_needs_no_file() {
    let world = World::empty();
    let remove = ["--delete-resource", "u1", "--delete-resource-type", "user"];
    assert_snapshot!(world.run(&remove).all(), @r#"
    exit code 0
    {"task":"delete","effect":"made","change":{"title":"Remove user:u1","before":["user:u1"],"after":[],"calls":[{"method":"DELETE","path":"/user/u1"}]},"notes":[],"response":{}}
    "#);
    assert_snapshot!(world.show(&with(&remove, &["--dry-run"])).all(), @r"
    exit code 0
    Would be done: Remove user:u1

      - user:u1

      DELETE /user/u1

    Nothing was changed.
    ");
}

#[test]
fn a_rotation_can_be_looked_at_without_recipients() {
    let rotate = [
        "--rotate-credentials",
        "t1",
        "--rotate-credentials-type",
        "token",
        "--dry-run",
    ];
    assert_snapshot!(World::empty().run(&rotate).all(), @r#"
    exit code 0
    {"task":"rotate","effect":"planned","change":{"title":"Replace the secret of token:t1","before":[],"after":[],"calls":[]},"notes":[]}
    "#);
}

#[test]
fn actions_run_to_their_end() {
    let world = World::empty();
    let invoke = ["--invoke-action", "disable_token", "--invoke-action-args"];
    let run = with(
        &invoke,
        &[r#"{"id": "t1", "quiet": true, "reasons": ["a", "b"]}"#],
    );
    let mut json = world.run(&run).json();
    assert_eq!(json["response"]["id"].as_str().unwrap().len(), 32);
    json["response"]["id"] = "[id]".into();
    assert_snapshot!(json, @r#"{"task":"invoke_action","response":{"id":"[id]","status":"BATON_ACTION_STATUS_COMPLETE","response":{"id":"t1","quiet":true,"reasons":["a","b"]},"name":"disable_token"}}"#);
    assert_snapshot!(world.show(&run).all(), @r"
    exit code 0
    Complete: disable_token
      id: t1
      quiet: true
      reasons:
        a
        b
    ");
    let on_resource = world.run(&[
        "--invoke-resource-action",
        "disable_token",
        "--invoke-resource-action-resource-type",
        "token",
        "--invoke-resource-action-args",
        r#"{"id": "t1"}"#,
    ]);
    assert_eq!(
        on_resource.json()["response"]["status"],
        "BATON_ACTION_STATUS_COMPLETE"
    );
}

#[test]
fn actions_are_listed() {
    let world = World::empty();
    assert_snapshot!(world.run(&["--list-action-schemas"]).all(), @r#"
    exit code 0
    {"task":"list_actions","response":{"schemas":[{"name":"disable_token","arguments":[{"name":"id","displayName":"id","isRequired":true,"stringField":{}},{"name":"quiet","displayName":"quiet","boolField":{}},{"name":"reasons","displayName":"reasons","stringSliceField":{}}],"returnTypes":[{"name":"done","displayName":"done","boolField":{}}],"displayName":"Disable a token","description":"Makes a token unusable.","actionType":["ACTION_TYPE_RESOURCE_DISABLE"],"resourceTypeId":"token"},{"name":"noop","displayName":"Nothing","description":"Does nothing.","actionType":["ACTION_TYPE_DYNAMIC"]}]}}
    "#);
    let of_a_type = world.run(&["--list-resource-actions", "token"]).json();
    let names: Vec<_> = of_a_type["response"]["schemas"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(names, ["disable_token"]);
    let none = world.run(&["--list-resource-actions", "user"]);
    assert_eq!(none.out, "{\"task\":\"list_actions\",\"response\":{}}\n");
}

#[test]
fn settings_come_from_the_environment_too() {
    let environment = [
        ("BATON_DELETE_RESOURCE", "u1"),
        ("BATON_DELETE_RESOURCE_TYPE", "user"),
        ("BATON_DRY_RUN", "true"),
        // A sync would refuse it; a change does not care.
        ("BATON_STORAGE_ENGINE", "pebble"),
    ];
    let ran = World::empty().run_in(&environment, &[], None);
    assert_eq!(ran.json()["effect"], "planned");
}

#[test]
fn capabilities_are_those_of_the_definition() {
    assert_snapshot!(World::empty().run(&["capabilities"]).out);
}

#[test]
fn a_grant_that_only_follows_from_another_is_not_said_to_be_gone() {
    let world = World::new();
    let role = Resource::new(ResourceId::new("role", "r1"), "Billing");
    let mut grant = Grant::new(Arc::new(role), "member", ResourceId::new("user", "u2"));
    let source = GrantSource { is_direct: true };
    grant.sources.insert("team:ops:member".into(), source);
    sync(&world.file(), (SyncKind::Partial, 3), &[], &[], &[grant]);
    let ran = world.run(&["--revoke-grant", "role:r1:member:user:u2"]);
    assert_eq!((ran.code, ran.out.as_str()), (9, ""));
    assert_snapshot!(ran.last_words, @r"
    error: role:r1:member:user:u2 is held only through team:ops:member
    hint: revoke what it comes through instead: nothing was changed
    ");
}
