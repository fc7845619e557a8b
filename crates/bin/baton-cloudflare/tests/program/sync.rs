//! Syncs that succeed.

use c1z::{ReadOptions, Reader, SyncChoice};

use cloudflare_sim::{Fault, When};

use crate::world::{Run, World, bare};

#[test]
fn a_sync_writes_a_file_and_logs_json() {
    let world = World::new();
    let run = world.run(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{}", run.stderr);
    assert_eq!(world.names(), ["sync.c1z"], "no working copy stays behind");
    assert_eq!(run.last_words(), "", "without a terminal there is only the log");
    for line in run.log() {
        let keys: Vec<&str> = line
            .as_object()
            .unwrap()
            .keys()
            .take(4)
            .map(String::as_str)
            .collect();
        assert_eq!(keys, ["level", "ts", "caller", "msg"]);
        assert!(line["ts"].is_f64());
    }
    let calls = world.sim.journal().len();
    let saved = run
        .log()
        .into_iter()
        .find(|line| line["msg"] == "c1z: saved")
        .unwrap();
    assert_eq!(
        (saved["resources"].as_u64(), saved["calls"].as_u64()),
        (Some(146), Some(calls as u64))
    );
}

#[test]
fn the_log_tells_each_part() {
    let world = World::new();
    let run = world.run(&["--workers", "1"]);
    let lines: Vec<String> = run
        .log()
        .iter()
        .map(|line| {
            let count = line
                .get("count")
                .map(|count| format!(" {count}"))
                .unwrap_or_default();
            format!(
                "{} {}{count}",
                line["level"].as_str().unwrap(),
                line["msg"].as_str().unwrap()
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn console_lines_go_to_the_files_that_are_named() {
    let world = World::new();
    let run = world.run(&[
        "--log-format",
        "console",
        "--log-path",
        "a.log,b.log",
        "--log-level",
        "debug",
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let text = std::fs::read_to_string(world.path("a.log")).unwrap();
    assert_eq!(text, std::fs::read_to_string(world.path("b.log")).unwrap());
    assert!(text.lines().all(|line| line.split('\t').count() >= 4), "{text}");
    assert!(!text.contains(&world.sim.token()));
}

#[test]
fn the_log_at_any_level_holds_no_secret() {
    let world = World::new();
    let run = world.run(&["--log-level", "debug"]);
    assert!(run.stderr.contains("\"debug\""));
    assert!(!run.stderr.contains(&world.sim.token()));
}

#[test]
fn the_key_in_the_environment_is_enough() {
    let world = World::new();
    let (email, key) = world.sim.key();
    let run = Run::of(
        world
            .command()
            .env_remove("BATON_API_TOKEN")
            .env("BATON_EMAIL_ID", email)
            .env("BATON_API_KEY", key),
    );
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

#[test]
fn auth_method_decides_between_two_credentials() {
    let world = World::new();
    let both = |method: &str| {
        Run::of(
            world
                .command()
                .env("BATON_EMAIL_ID", "x@example.com")
                .env("BATON_API_KEY", "wrong")
                .args(["--auth-method", method]),
        )
    };
    assert_eq!(both("api-token-group").code, Some(0));
    assert_eq!(both("api-key-group").code, Some(16));
}

#[test]
fn settings_come_from_a_file_and_digits_stay_text() {
    let world = World::new();
    let file = format!(
        "account-id: {}\napi-token: \"{}\"\nbase-url: {}\nfile: other.c1z\nsync-resource-types: [user, role]\nshoe-size: 12\n",
        world.sim.account_id(),
        world.sim.token(),
        world.sim.base_url(),
    );
    std::fs::write(world.path(".baton.yaml"), file).unwrap();
    let run = Run::of(&mut bare(world.folder()));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(world.path("other.c1z").exists());
    assert!(run.said("`shoe-size` in the configuration file is not a setting"));
    assert_eq!(kinds(&world, "other.c1z"), ["role", "user"]);
}

#[test]
fn parts_of_the_account() {
    let world = World::new();
    assert_eq!(
        world
            .run(&["--sync-resource-types", "user", "-f", "users.c1z"])
            .code,
        Some(0)
    );
    assert_eq!(kinds(&world, "users.c1z"), ["user"]);
    let run = world.run(&["--skip-entitlements-and-grants", "-f", "only.c1z"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let reader = Reader::open(&world.path("only.c1z"), &ReadOptions::default()).unwrap();
    let sync = reader.choose(&SyncChoice::Newest).unwrap();
    assert_eq!(sync.kind.as_str(), "resources_only");
}

#[test]
fn single_resources() {
    let world = World::new();
    assert_eq!(
        world
            .run(&["--sync-resource-types", "user", "-f", "users.c1z"])
            .code,
        Some(0)
    );
    let content = testkit::canonical(&world.path("users.c1z")).unwrap();
    let id = content["resources"][0]["id"]["resource"].as_str().unwrap();
    let run = world.run(&[
        "--sync-resources",
        &format!("bid:r:user/{id},bid:r:user/nobody"),
        "-f",
        "one.c1z",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let content = testkit::canonical(&world.path("one.c1z")).unwrap();
    assert_eq!(content["kind"], "partial");
    assert_eq!(content["resources"].as_array().unwrap().len(), 1);
}

#[test]
fn earlier_syncs_stay_as_many_as_wanted() {
    let world = World::new();
    for _ in 0..3 {
        assert_eq!(world.run(&[]).code, Some(0));
    }
    let syncs = || {
        Reader::open(&world.path("sync.c1z"), &ReadOptions::default())
            .unwrap()
            .syncs()
            .unwrap()
            .len()
    };
    assert_eq!(syncs(), 2);
    assert_eq!(
        Run::of(world.command().env("BATON_SKIP_CLEANUP", "true")).code,
        Some(0)
    );
    assert_eq!(syncs(), 3);
    assert_eq!(
        Run::of(world.command().env("BATON_KEEP_SYNC_COUNT", "1")).code,
        Some(0)
    );
    assert_eq!(syncs(), 1);
}

#[test]
fn waits_that_cloudflare_asks_for_are_told_and_kept() {
    let world = World::new();
    let busy = Fault::Status {
        status: 429,
        code: 971,
        message: "slow down".to_owned(),
        retry_after: Some(2),
    };
    world.sim.faults().add(When::call(5), busy);
    let run = world.run(&[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.said("Cloudflare asks to wait 2 s"), "{}", run.stderr);
}

/// The types of the resources in a file.
fn kinds(world: &World, name: &str) -> Vec<String> {
    let content = testkit::canonical(&world.path(name)).unwrap();
    let resources = content["resources"].as_array().unwrap();
    let mut kinds: Vec<String> = resources
        .iter()
        .map(|one| one["id"]["resourceType"].as_str().unwrap().to_owned())
        .collect();
    kinds.sort();
    kinds.dedup();
    kinds
}
