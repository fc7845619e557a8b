//! Syncs that cannot be: each with its words and exit code, and the old file untouched.

use std::net::TcpListener;

use cloudflare_sim::{Endpoint, Fault, Options, When};
use insta::assert_snapshot;

use crate::world::{Run, World};

#[test]
fn a_rejected_token() {
    let world = World::new();
    let run = Run::of(world.command().env("BATON_API_TOKEN", "cfut_wrong"));
    assert!(!run.stderr.contains("cfut_wrong"));
    assert!(world.names().is_empty(), "{:?}", world.names());
    assert_snapshot!(world.plain(&run.end()));
}

#[test]
fn a_rejected_key() {
    let world = World::new();
    let run = Run::of(
        world
            .command()
            .env_remove("BATON_API_TOKEN")
            .env("BATON_EMAIL_ID", "ada.moreau@example.com")
            .env("BATON_API_KEY", "wrong"),
    );
    assert_snapshot!(world.plain(&run.end()));
}

#[test]
fn a_token_for_another_account() {
    let world = World::new();
    let run = Run::of(
        world
            .command()
            .env("BATON_ACCOUNT_ID", "ffffffffffffffffffffffffffffffff"),
    );
    assert!(world.names().is_empty(), "{:?}", world.names());
    assert_snapshot!(world.plain(&run.end()));
}

#[test]
fn an_unreachable_host() {
    let world = World::new();
    // A port that was free a moment ago, and that nobody listens on now.
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let run = Run::of(
        world
            .command()
            .env("BATON_BASE_URL", format!("http://127.0.0.1:{port}/client/v4")),
    );
    assert_snapshot!(run.end().replace(&port.to_string(), "[port]"));
}

#[test]
fn a_server_that_never_answers() {
    let world = World::new();
    // The system takes the connection; nobody ever reads from it.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/client/v4", silent.local_addr().unwrap());
    let run = Run::of(
        world
            .command()
            .env("BATON_BASE_URL", base)
            .args(["--http-timeout-seconds", "1"]),
    );
    assert_eq!(run.code, Some(4), "{}", run.stderr);
    assert!(
        run.last_words().contains("did not answer within 1 s"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_address_that_is_not_the_api() {
    let world = World::new();
    world.sim.faults().add(When::every(), Fault::Garbage);
    assert_snapshot!(world.plain(&world.run(&[]).end()));
}

#[test]
fn an_empty_member_list_is_no_empty_company() {
    let options = Options {
        empty_lists: [Endpoint::Members].into(),
        ..Options::unlimited()
    };
    let world = World::with(options);
    let run = world.run(&[]);
    assert!(!world.path("sync.c1z").exists());
    assert_snapshot!(world.plain(&run.end()));
}

#[test]
fn a_file_that_is_another_programs() {
    untouched("notes.txt", b"shopping list");
}

#[test]
fn a_v3_file() {
    untouched("v3.c1z", b"C1Z3\0and a manifest of some other program");
}

#[test]
fn a_damaged_file() {
    untouched("damaged.c1z", b"C1ZF\0\x28\xb5\x2f\xfd and then nothing sensible");
}

/// Runs with `bytes` where the file should go: they stay, nothing is read.
fn untouched(name: &str, bytes: &[u8]) {
    let world = World::new();
    std::fs::write(world.path(name), bytes).unwrap();
    let run = world.run(&["-f", name]);
    assert_eq!(std::fs::read(world.path(name)).unwrap(), bytes);
    assert_eq!(world.names(), [name]);
    assert_eq!(world.sim.journal().len(), 0, "found out before anything is read");
    assert_snapshot!(
        format!("untouched_{}", name.replace('.', "_")),
        world.plain(&run.end())
    );
}

#[test]
fn folders_that_take_no_file() {
    let world = World::new();
    std::fs::write(world.path("file"), "x").unwrap();
    let end = |path: &str| format!("-f {path}\n{}\n", world.plain(&world.run(&["-f", path]).end()));
    let ends = ["/proc/sync.c1z", "nowhere/sync.c1z", "file/sync.c1z", "."].map(end);
    assert_eq!(world.sim.journal().len(), 0, "found out before anything is read");
    assert_snapshot!(ends.join("\n"));
}

#[test]
fn a_log_file_that_cannot_be_written() {
    let world = World::new();
    assert_snapshot!(world.run(&["--log-path", "nowhere/a.log"]).end());
}

#[test]
fn a_file_that_another_run_is_writing() {
    let world = World::with(Options {
        latency: std::time::Duration::from_millis(300),
        ..Options::unlimited()
    });
    let mut first = world.spawn(&[]);
    assert!(world.wait_for_calls(3, &mut first));
    let second = world.run(&[]);
    first.kill().unwrap();
    first.wait().unwrap();
    assert_snapshot!(world.plain(&second.end()));
}

#[test]
fn a_failing_part_leaves_the_old_file_and_the_next_run_continues() {
    let world = World::new();
    assert_eq!(world.run(&[]).code, Some(0));
    let before = std::fs::read(world.path("sync.c1z")).unwrap();
    world
        .sim
        .faults()
        .add(When::every().of("/accounts/*/iam/user_groups"), Fault::Garbage);
    let run = world.run(&["--workers", "1"]);
    assert_eq!(std::fs::read(world.path("sync.c1z")).unwrap(), before);
    assert_snapshot!(world.plain(&run.end()));
    world.sim.faults().clear();
    let again = world.run(&[]);
    assert_eq!(again.code, Some(0), "{}", again.stderr);
    assert!(again.said("resumed previous sync"));
    assert_eq!(world.names(), ["sync.c1z"]);
}
