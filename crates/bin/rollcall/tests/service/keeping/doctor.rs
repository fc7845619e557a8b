//! A look at everything.

use serde_json::Value;

use super::{add_hosted, output};
use crate::world::World;

fn findings(world: &World, code: i32) -> Vec<(String, String, String)> {
    let (exit, out, err) = output(&mut world.rollcall(&["doctor", "-o", "json"]));
    assert_eq!(exit, Some(code), "{out}{err}");
    let answer: Value = serde_json::from_str(&out).unwrap();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let all = answer["findings"].as_array().unwrap().iter();
    all.map(|finding| {
        (
            text(finding, "check"),
            text(finding, "state"),
            text(finding, "says"),
        )
    })
    .collect()
}

fn state<'a>(findings: &'a [(String, String, String)], check: &str) -> Vec<&'a str> {
    let of = findings.iter().filter(|(name, ..)| name == check);
    of.map(|(_, state, _)| state.as_str()).collect()
}

#[test]
fn a_service_that_is_well_has_nothing_wrong() {
    let world = World::new();
    let connector = add_hosted(&world, "Hosted");
    let task = world.ask_sync(&connector.id);
    world.end_of(&task);
    let found = findings(&world, 0);
    for check in [
        "folder",
        "certificate",
        "database",
        "clock",
        "audit trail",
        "keys",
        "files",
        "connectors",
    ] {
        assert_eq!(state(&found, check), ["fine"], "{check}: {found:#?}");
    }
    // Nobody has set the console up, and letters go to nobody.
    assert_eq!(
        (state(&found, "people"), state(&found, "mail")),
        (vec!["look"], vec!["look"])
    );
    let (code, page, _) = output(&mut world.rollcall(&["doctor"]));
    assert_eq!(code, Some(0));
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"fine   /\S+data/keys", "fine   [KEYS]");
    settings.add_filter(r"/\S+/data", "[DATA]");
    settings.add_filter(r"until \d{4}-\d\d-\d\d", "until [DAY]");
    settings.add_filter(r"whole, \d+ entries", "whole, [COUNT] entries");
    settings.add_filter(r"-{20,}", "[RULE]");
    // What there is room for is the machine's.
    settings.add_filter(r"(?m)^disk .*\n", "");
    settings.bind(|| insta::assert_snapshot!(page));
}

#[cfg(unix)]
#[test]
fn what_is_wrong_is_named_and_told_by_the_exit_code() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = World::new();
    let connector = add_hosted(&world, "Hosted");
    let task = world.ask_sync(&connector.id);
    world.end_of(&task);
    let open = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(world.path("data"), open).unwrap();
    std::fs::remove_file(world.path("data/tls/certificate.pem")).unwrap();
    std::fs::rename(world.path("data/keys"), world.path("data/away")).unwrap();
    std::fs::remove_dir_all(world.path("data/files")).unwrap();
    std::fs::create_dir(world.path("data/files")).unwrap();
    std::fs::write(world.path("data/files/stray"), "whose?").unwrap();
    let found = findings(&world, 1);
    for check in ["folder", "certificate", "keys"] {
        assert_eq!(state(&found, check), ["wrong"], "{check}: {found:#?}");
    }
    assert_eq!(state(&found, "files"), ["wrong", "look"], "{found:#?}");
    assert_eq!(state(&found, "database"), ["fine"]);
}

#[test]
fn what_is_about_to_go_wrong_is_worth_a_look() {
    let world = World::new();
    add_hosted(&world, "Hosted");
    world.add_connector("Elsewhere");
    world.say(&["credentials", "add", "Elsewhere", "--expires-in", "5"]);
    world.say(&["keys", "add"]);
    let listed = world.say(&["keys"]);
    let added = listed.lines().find(|line| line.contains("former")).unwrap();
    world.say(&["keys", "use", added.split_whitespace().next().unwrap()]);
    let found = findings(&world, 0);
    for check in ["credentials", "keys"] {
        assert_eq!(state(&found, check), ["look"], "{check}: {found:#?}");
    }
}

#[test]
fn a_mail_server_that_is_away_is_wrong() {
    let world = World::new();
    let nobody = testkit::free_port().unwrap();
    let mail = format!("smtp://127.0.0.1:{}", nobody.port());
    let (code, out, _) = output(&mut world.rollcall(&["doctor", "-o", "json", "--mail", &mail]));
    assert_eq!(code, Some(1));
    assert!(out.contains("check host and port of the mail server"), "{out}");
}

#[test]
fn where_nothing_is_that_is_said() {
    let world = World::new();
    let (code, out, _) = output(&mut world.rollcall(&["doctor", "-o", "json", "--data", "nowhere"]));
    assert_eq!(code, Some(1));
    assert!(out.contains("there is none in nowhere/rollcall.db"), "{out}");
    assert!(!world.path("nowhere").exists());
}
