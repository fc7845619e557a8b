//! The commands for people.

use insta::assert_snapshot;

use crate::testing::{World, each};

/// What was done, or why not.
fn title(world: &World, arguments: &[&str]) -> String {
    let ran = world.run(arguments);
    if ran.code == 0 {
        ran.json()["change"]["title"].as_str().unwrap().to_owned()
    } else {
        ran.all()
    }
}

#[test]
fn people_use_names() {
    let world = World::new();
    assert_eq!(
        title(&world, &["grant", "ada@example.com", "billing"]),
        "Grant Billing Member on Billing: Ada Lovelace (user:u1)"
    );
    assert_eq!(
        title(
            &world,
            &["revoke", "Ada Lovelace", "purge", "--on", "example.org"]
        ),
        "Revoke Cache Purge on example.org: Ada Lovelace (user:u1)"
    );
    for what in ["user:u1", "bid:r:user/u1", "ada@example.com"] {
        assert_eq!(title(&world, &["remove", what]), "Remove user:u1");
    }
    assert_eq!(
        title(&world, &["remove", "grace@example.com"]),
        "Remove invitation:i1"
    );
    assert_eq!(title(&world, &["remove", "CI deploy"]), "Remove token:t1");
    assert_eq!(
        title(&world, &["remove", "kim@example.com", "--type", "invitation"]),
        "Remove invitation:i4"
    );
    assert_eq!(
        title(&world, &["rotate", "ci deploy", "--dry-run"]),
        "Replace the secret of token:t1"
    );
}

#[test]
fn an_invitation_takes_a_flag_for_each_field() {
    let ran = World::empty().run(&[
        "invite",
        "ada@example.com",
        "--first-name",
        "Ada",
        "--roles",
        "r1, r2",
        "--roles",
        "r3",
    ]);
    assert_eq!(
        ran.json()["change"]["after"][0],
        r#"{"first_name":"Ada","roles":["r1","r2","r3"]}"#
    );
}

#[test]
fn an_action_takes_its_arguments_by_name() {
    let arguments = [
        "run",
        "disable_token",
        "id=t1",
        "quiet=yes=no",
        "reasons=a,b",
        "reasons=c",
    ];
    let world = World::empty();
    assert_eq!(world.run(&arguments).code, 3, "quiet is neither true nor false");
    let ran = world.run(&[
        "run",
        "disable_token",
        "id=a=b",
        "quiet=true",
        "reasons=a,b",
        "reasons=c",
    ]);
    let response = &ran.json()["response"]["response"];
    assert_eq!(
        *response,
        serde_json::json!({"id": "a=b", "quiet": true, "reasons": ["a", "b", "c"]})
    );
}

#[test]
fn actions_are_listed_without_any_settings() {
    let world = World::empty();
    assert_snapshot!(world.show(&["actions"]).all(), @r"
    exit code 0
    disable_token (on token)
      Makes a token unusable.
      takes id (a text, required), quiet (true or false), reasons (a list of texts)

    noop
      Does nothing.
      takes no arguments
    ");
    let environment = [("BATON_KEY", "")];
    assert_eq!(world.run_in(&environment, &["actions"], None).code, 0);
}

#[test]
fn flags_stand_before_or_after_the_command() {
    let world = World::new();
    let remove = ["remove", "user:u1"];
    for arguments in [
        ["--answer", "already", remove[0], remove[1]],
        [remove[0], remove[1], "--answer", "already"],
        [remove[0], "--answer", "already", remove[1]],
    ] {
        assert_eq!(
            world.run(&arguments).json()["effect"],
            "already_so",
            "{arguments:?}"
        );
    }
    let both = ["--answer", "refuse", "remove", "user:u1", "--answer", "already"];
    assert_eq!(world.run(&both).json()["effect"], "already_so");
}

#[test]
fn what_cannot_be_told_apart_or_found() {
    let world = World::new();
    let cases = [
        &["grant", "sam", "Billing"][..],
        &["grant", "ada@example.com", "Cache Purge"],
        &["grant", "ada@example.com", "Biling"],
        &["grant", "ada@example.com", "SSL", "--on", "example.com"],
        &["grant", "ada@exampel.com", "Billing"],
        &["grant", "zz", "Billing"],
        &["grant", "user:u7", "Billing"],
        &["remove", "kim@example.com"],
        &["remove", "Billing"],
        &["rotate", "ada@example.com", "--dry-run"],
    ];
    assert_snapshot!(each(&cases, |arguments| world.run(arguments)));
}

#[test]
fn command_lines_that_cannot_be_meant() {
    let world = World::empty();
    let cases = [
        &["grant", "ada@example.com"][..],
        &["grant", "Ada", "Lovelace", "Billing"],
        &["invite", "ada"],
        &["run", "disable_token", "t1"],
        &["run", "disable_token", "id=1", "id=2"],
        &["run", "noop", "--dry-run"],
        &["rotate", "token:t1"],
        &["rotate", "token:t1", "--recipient", "@/nope/keys.txt"],
        &["remove", "user:u1", "--revoke-grant", "g"],
        &["grant", "--bogus"],
    ];
    assert_snapshot!(each(&cases, |arguments| world.run(arguments)));
}

#[test]
fn a_recipient_that_is_none_is_refused_before_anything_is_replaced() {
    let ran = World::empty().run(&["rotate", "token:t1", "--recipient", "hush"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.last_words.starts_with("error: recipient: "),
        "{}",
        ran.last_words
    );
    assert!(!ran.last_words.contains("hush"));
}

#[test]
fn commands_have_help_with_examples() {
    let world = World::empty();
    let names = ["grant", "revoke", "invite", "remove", "rotate", "run", "actions"];
    let own = |name: &&str| {
        let text = world.run(&[name, "--help"]).out;
        let (own, _) = text.split_once("\nWhat to read:").unwrap();
        let (_, examples) = text.split_once("\nExamples:").unwrap();
        format!("{own}\nExamples:{examples}")
    };
    assert_snapshot!(names.iter().map(own).collect::<Vec<_>>().join("\n"));
}
