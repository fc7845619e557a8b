//! The program as people run it.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::path::Path;
use std::process::Stdio;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use serde_json::Value;

fn rollcall(arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin!("rollcall"));
    command.args(arguments);
    command
}

fn stdout(command: &mut Command) -> String {
    let output = command.assert().success().get_output().clone();
    String::from_utf8(output.stdout).unwrap()
}

fn failure(arguments: &[&str], code: i32) -> String {
    let output = rollcall(arguments).assert().code(code).get_output().clone();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
    String::from_utf8(output.stderr).unwrap()
}

/// A file as the demo leaves it, and the page that the demo printed.
fn demo(folder: &Path) -> (String, String) {
    let file = folder.join("demo.c1z").to_str().unwrap().to_owned();
    let page = stdout(&mut rollcall(&["demo", "--file", &file]));
    (file, page)
}

fn inspect(file: &str, arguments: &[&str]) -> String {
    stdout(rollcall(&["inspect", "-f", file]).args(arguments))
}

fn json(file: &str, arguments: &[&str]) -> Value {
    serde_json::from_str(&inspect(file, &[arguments, &["-o", "json"]].concat())).unwrap()
}

#[test]
fn the_demo_shows_who_has_what_and_what_to_try_next() {
    let folder = tempfile::tempdir().unwrap();
    let (file, page) = demo(folder.path());
    let expected = [
        "Read the account of Example Retail",
        "Who has what",
        "Ada Moreau",
        "37 people, 2 Super Administrators",
        "Groups",
        "API tokens",
        "Invitations not accepted yet",
        "What stands out",
        "people without 2FA",
        "What to know of this run",
        &format!("rollcall inspect access chidi -f {file}"),
    ];
    for text in expected {
        assert!(page.contains(text), "{text}\n{page}");
    }
    assert!(!page.contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn the_demos_file_answers_every_question() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = demo(folder.path());
    assert_eq!(
        json(&file, &["resource-types"])["resourceTypes"]
            .as_array()
            .unwrap()
            .len(),
        6
    );
    assert_eq!(
        json(&file, &["resources", "-t", "user"])["resources"]
            .as_array()
            .unwrap()
            .len(),
        37
    );
    assert_eq!(
        json(&file, &["access", "chidi"])["principal"]["displayName"],
        "Chidi Eze"
    );
    assert!(inspect(&file, &["access", "chidi"]).contains("directly and through DNS operators"));
    assert!(
        inspect(
            &file,
            &[
                "principals",
                "-t",
                "role",
                "-r",
                "33666b9c79b9a5273fc7344ff42f953d"
            ]
        )
        .contains("Ada Moreau")
    );
    assert!(inspect(&file, &["check"]).contains("The file is sound"));
    assert!(inspect(&file, &["stats"]).contains("What to know of this run"));
    assert_eq!(json(&file, &["syncs"])["syncs"].as_array().unwrap().len(), 1);
    assert!(json(&file, &["findings"])["findings"].as_array().unwrap().len() > 5);
    for form in ["csv", "xlsx"] {
        let out = folder.path().join(form);
        assert_eq!(
            inspect(&file, &["export", form, "--out", out.to_str().unwrap()]),
            ""
        );
        assert!(out.metadata().unwrap().len() > 1000);
    }
}

#[test]
fn the_demo_leaves_an_existing_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.c1z");
    std::fs::write(&file, "mine").unwrap();
    let error = failure(&["demo", "--file", file.to_str().unwrap()], 2);
    assert!(
        error.contains("exists already") && error.contains("hint: "),
        "{error}"
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn mistakes_are_answered_with_a_hint_and_a_code() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = demo(folder.path());
    assert!(
        failure(&["inspect", "stats", "-f", "nowhere.c1z"], 2)
            .starts_with("error: nowhere.c1z does not exist\nhint: ")
    );
    assert!(
        failure(&["inspect", "stats", "-f", &file, "--sync-id", "nope"], 5)
            .starts_with("error: the file holds no sync nope\n")
    );
    assert!(failure(&["inspect", "access", "mallory", "-f", &file], 5).contains("`mallory`"));
    assert!(failure(&["inspect", "diff", "-f", &file], 2).contains("--other FILE"));
    assert!(failure(&["inspect", "grants", "-r", "x", "-f", &file], 2).contains("--resource-type"));
    assert!(failure(&["inspect", "bogus"], 2).contains("bogus"));
}

#[test]
fn a_reader_that_had_enough_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = demo(folder.path());
    let mut child = std::process::Command::new(cargo_bin!("rollcall"))
        .args(["inspect", "grants", "-o", "json", "-f", &file])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn it_says_what_it_is() {
    assert!(stdout(&mut rollcall(&["--version"])).starts_with("rollcall "));
    assert!(stdout(&mut rollcall(&["completion", "bash"])).contains("rollcall"));
    insta::assert_snapshot!(stdout(&mut rollcall(&["--help"])));
    insta::assert_snapshot!(stdout(&mut rollcall(&["inspect", "--help"])));
}
