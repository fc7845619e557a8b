//! Running as a service, as far as that goes without a control plane.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command};

use insta::assert_snapshot;
use serde_json::Value;

use crate::world::{Run, World};

/// The private key of RFC 8037, appendix A.1.
const SECRET: &str = "secret-token:example.com:v1:eyJrdHkiOiJPS1AiLCJjcnYiOiJFZDI1NTE5IiwieCI6IjExcVlBWUt4Q3JmVlNfN1R5V1FI\
                      T2c3aGN2UGFwaU1scndJYWFQY0hVUm8iLCJkIjoibldHeG5lXzlXbUM2aEVyMGt1d3N4RVJKeFdsN01ta1pjRHVzQXh5dWYyQSJ9";

/// Nobody listens on this port.
const NOBODY: &str = "connector@127.0.0.1:1/valid";

fn service(world: &World) -> Command {
    let mut command = world.command();
    command
        .env("BATON_CLIENT_ID", NOBODY)
        .env("BATON_CLIENT_SECRET", SECRET)
        .env("BATON_C1Z_TEMP_DIR", world.folder());
    command
}

fn end(world: &World, environment: &[(&str, &str)], arguments: &[&str]) -> String {
    let mut command = service(world);
    let run = Run::of(command.envs(environment.iter().copied()).args(arguments));
    assert!(!run.stderr.contains("eyJ"), "{}", run.stderr);
    world.plain(&run.end())
}

/// Variables, and flags.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);

#[test]
fn settings_that_make_no_service() {
    let world = World::new();
    let long = "a".repeat(257);
    let cases: [Case<'_>; 12] = [
        (&[], &["--client-id", "connector"]),
        (&[("BATON_CLIENT_SECRET", "secret-token:example.com:v2:eyJ")], &[]),
        (
            &[(
                "BATON_CLIENT_SECRET",
                "secret-token:example.com:v1:eyJrdHkiOiJSU0EifQ",
            )],
            &[],
        ),
        (&[("BATON_C1_API_HOST", "https://rollcall.example.com/")], &[]),
        (&[("BATON_HOST_ID", &long)], &[]),
        (&[("BATON_GET_TASKS", "perhaps")], &[]),
        (&[], &["--task-concurrency", "0"]),
        (&[], &["--skip-grants", "--sync-resources", "bid:r:user/1"]),
        (&[], &["--storage-engine", "pebble"]),
        (&[], &["--sync-resource-types", "zz"]),
        (&[], &["--dry-run"]),
        (&[], &["--external-resource-c1z", "/dev/null"]),
    ];
    let ends = cases.map(|(environment, arguments)| {
        let names: Vec<&str> = environment.iter().map(|(name, _)| *name).collect();
        let given: Vec<&str> = names.iter().chain(arguments).copied().collect();
        format!("{}\n{}\n", given.join(" "), end(&world, environment, arguments))
    });
    assert_snapshot!(ends.join("\n"));
}

/// The lines of the log until one says this.
fn until(child: &mut Child, message: &str) -> Vec<Value> {
    let mut lines = Vec::new();
    for line in BufReader::new(child.stderr.as_mut().unwrap()).lines() {
        let line: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let last = line["msg"].as_str().unwrap().starts_with(message);
        lines.push(line);
        if last {
            break;
        }
    }
    lines
}

#[cfg(unix)]
#[test]
fn a_control_plane_that_is_away_is_waited_for_until_somebody_says_stop() {
    let world = World::new();
    let mut command = service(&world);
    command.stderr(std::process::Stdio::piped());
    // Flags that ask for one run do not count.
    let mut child = command
        .args(["--grant-entitlement", "e", "--grant-principal", "p"])
        .spawn()
        .unwrap();
    let log = until(&mut child, "no answer to hello");
    let last = log.last().unwrap();
    assert_snapshot!(
        format!("{}\n{}", last["msg"].as_str().unwrap(), last["hint"].as_str().unwrap()),
        @"
        no answer to hello, trying again: cannot connect to 127.0.0.1:1: Connection refused (os error 111)
        check the address and port, and that a firewall or proxy lets this machine out
        "
    );
    let sent = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
    let mut rest = String::new();
    child.stderr.as_mut().unwrap().read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{rest}");
    assert_eq!(world.names(), [""; 0], "no temporary file stays");
}
