//! Mistakes in the settings: all told at once, before anything is read.

use insta::assert_snapshot;
use tempfile::TempDir;

use crate::world::{Run, bare};

const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";

/// Runs with the given environment and arguments in a folder with the given configuration file.
fn run(file: &str, environment: &[(&str, &str)], arguments: &[&str]) -> Run {
    let folder = TempDir::new().unwrap();
    if !file.is_empty() {
        std::fs::write(folder.path().join(".baton.yaml"), file).unwrap();
    }
    let run = Run::of(
        bare(folder.path())
            .envs(environment.iter().copied())
            .args(arguments),
    );
    assert_eq!(run.stdout, "");
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        left.iter().all(|name| name == ".baton.yaml"),
        "nothing may be written: {left:?}"
    );
    run
}

/// How each command line ends, under the command line.
fn each(cases: &[&[&str]], end: impl Fn(&[&str]) -> String) -> String {
    let ends: Vec<String> = cases
        .iter()
        .map(|case| format!("{}\n{}\n", case.join(" "), end(case)))
        .collect();
    ends.join("\n")
}

/// Runs with a whole set of credentials, and then some.
fn with_token(arguments: &[&str]) -> String {
    let environment = [("BATON_ACCOUNT_ID", ACCOUNT), ("BATON_API_TOKEN", "secret-token")];
    let run = run("", &environment, arguments);
    assert!(!run.stderr.contains("secret-token"));
    run.end()
}

#[test]
fn no_credentials() {
    assert_snapshot!(run("", &[], &[]).end());
}

#[test]
fn both_kinds_of_credentials() {
    let environment = [
        ("BATON_ACCOUNT_ID", ACCOUNT),
        ("BATON_API_KEY", "secret"),
        ("BATON_EMAIL_ID", "a@example.com"),
    ];
    assert_snapshot!(run("api-token: secret\n", &environment, &[]).end());
}

#[test]
fn e_mail_and_key_in_the_environment_select_their_group() {
    assert_snapshot!(
        run(
            "",
            &[("BATON_EMAIL_ID", "a@example.com"), ("BATON_API_KEY", "secret")],
            &[]
        )
        .end()
    );
}

#[test]
fn half_of_the_key_group() {
    assert_snapshot!(
        run(
            "",
            &[("BATON_ACCOUNT_ID", ACCOUNT), ("BATON_API_KEY", "secret")],
            &[]
        )
        .end()
    );
}

#[test]
fn account_ids_that_are_none() {
    let cases = [
        &["--account-id", "0123"][..],
        &["--account-id", "0123456789abcdeg"],
        &["--account-id", "Example"],
    ];
    assert_snapshot!(each(&cases, |arguments| run(
        "",
        &[("BATON_API_TOKEN", "secret")],
        arguments
    )
    .end()));
}

#[test]
fn a_token_with_a_line_break_inside() {
    let run = run(
        "",
        &[("BATON_ACCOUNT_ID", ACCOUNT), ("BATON_API_TOKEN", "hush\nhush")],
        &[],
    );
    assert!(!run.stderr.contains("hush"));
    assert_snapshot!(run.end());
}

#[test]
fn many_mistakes_are_told_together_with_their_sources() {
    let environment = [
        ("BATON_STORAGE_ENGINE", "foo"),
        ("BATON_TMPDIR", "/nope"),
        ("BATON_KEEP_SYNC_COUNT", "many"),
    ];
    let arguments = [
        "--account-id",
        "x",
        "--grant-entitlement",
        "e",
        "--rate-limit",
        "fast",
        "--ticketing=maybe",
    ];
    assert_snapshot!(
        run(
            "task-concurrency: 101\nlog-level: loud\n",
            &environment,
            &arguments
        )
        .end()
    );
}

#[test]
fn flags_and_commands_that_do_not_exist() {
    let cases = [
        &["--bogus"][..],
        &["--acount-id", "x"],
        &["--api-tokn=hush"],
        &["bogus"],
        &["capabilties"],
        &["--event-feed"],
        &["-f"],
        &["capabilities", "--account-id", "x"],
        &["completion", "tcsh"],
        &["completion"],
        &["health-check", "--timeout", "soon"],
        &["cfut_ThisLooksLikeASecret0123456789"],
    ];
    assert_snapshot!(each(&cases, |arguments| run("", &[], arguments).end()));
}

#[test]
fn values_that_are_not_allowed() {
    let cases = [
        &["--storage-engine", "foo"][..],
        &["--storage-engine", "pebble"],
        &["--task-concurrency", "101"],
        &["--task-concurrency", "0"],
        &["--http-timeout-seconds", "0"],
        &["--http-timeout-seconds", "5000"],
        &["--workers", "few"],
        &["--log-level", "loud"],
        &["--log-format", "xml"],
        &["--skip-grants"],
        &["--skip-full-sync"],
        &["--c1z-temp-dir", "/nope"],
        &["--sync-resource-types", "user,zz"],
        &["--sync-resources", "user/1"],
        &[
            "--sync-resources",
            "bid:r:user/1",
            "--sync-resource-types",
            "user",
        ],
        &["--external-resource-c1z", "x.c1z"],
        &["--external-resource-traits", "user"],
        &[
            "--external-resource-c1z",
            "/dev/null",
            "--external-resource-traits",
            "trait_user,x",
        ],
        &["--base-url", "localhost"],
        &["--base-url", "ftp://example.com"],
        &["--base-url", "http://api.example.com/client/v4"],
        &["--rate-limit", "0/300"],
    ];
    assert_snapshot!(each(&cases, with_token));
}

#[test]
fn settings_that_contradict_or_lack_each_other() {
    let cases = [
        &["--grant-entitlement", "e"][..],
        &["--grant-entitlement", "e", "--grant-principal", "p"],
        &[
            "--grant-entitlement",
            "e",
            "--grant-principal",
            "p",
            "--grant-principal-type",
            "t",
            "--revoke-grant",
            "g",
        ],
        &["--client-id", "a@b/c"],
        &["--client-id", "a", "--client-secret", "b"],
        &["--create-account-profile", "[]"],
        &["--invoke-action", "a", "--invoke-action-args", "{b"],
        &["--delete-resource", "x"],
        &["--rotate-credentials-type", "x"],
        &["--diff-syncs", "--base-sync-id", "x"],
        &["--compact-syncs"],
        &["--event-feed", "true", "--event-feed-start-at", "yesterday"],
    ];
    assert_snapshot!(each(&cases, with_token));
}

#[test]
fn what_comes_later_is_refused_and_no_sync_runs_instead() {
    for arguments in [
        &["--event-feed", "true"][..],
        &["--create-ticket", "--ticket-template-path", "t"],
        &["--list-ticket-schemas"],
        &["--diff-syncs", "--base-sync-id", "a", "--applied-sync-id", "b"],
        &["--external-resource-c1z", "/dev/null"],
    ] {
        let environment = [("BATON_ACCOUNT_ID", ACCOUNT), ("BATON_API_TOKEN", "secret")];
        let run = run("", &environment, arguments);
        assert_eq!(run.code, Some(12), "{arguments:?}: {}", run.stderr);
        assert!(
            run.stderr
                .starts_with("error: not available in this version yet: "),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn configuration_files_with_mistakes() {
    let end = |text: &str| {
        format!(
            "{text}{}\n",
            run(text, &[("BATON_ACCOUNT_ID", ACCOUNT)], &[]).end()
        )
    };
    let ends = [
        "account-id: x\napi-token: [secret\n",
        "account-id: x\naccount-id: y\n",
        "- account-id\n",
        "api-token:\n  nested: secret\n",
    ]
    .map(end);
    assert_snapshot!(ends.join("\n"));
}

#[test]
fn configuration_files_that_are_named() {
    let end = |path: &str| format!("{path}\n{}\n", run("", &[("BATON_CONFIG_PATH", path)], &[]).end());
    assert_snapshot!(["settings.toml", "settings.yaml"].map(end).join("\n"));
}

#[test]
fn health_checks() {
    let cases = [
        &["health-check", "--endpoint", "foo"][..],
        &["health-check", "--health-check-port", "1"],
    ];
    assert_snapshot!(each(&cases, |arguments| run("", &[], arguments).end()));
}

#[test]
fn a_key_that_is_written_wrong_is_told_with_what_is_missing() {
    let file = format!("account-id: \"{ACCOUNT}\"\napi-tokn: secret\n");
    assert_snapshot!(run(&file, &[], &["--auth-method", "nonsense"]).end());
}

#[test]
fn names_that_are_no_places() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let path = file.to_str().unwrap();
    let ends = [with_token(&["-f", ""]), with_token(&["--c1z-temp-dir", path])];
    assert_snapshot!(ends.join("\n").replace(path, "[file]"));
}
