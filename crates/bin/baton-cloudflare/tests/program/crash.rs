//! Runs that are killed at any moment: the next one continues, and ends in the same content.

use std::process::Command;
use std::time::Duration;

use cloudflare_sim::Options;
use serde_json::Value;

use crate::world::{Run, World};

/// Slow enough that the program can be killed between any two calls.
fn slow() -> World {
    World::with(Options {
        latency: Duration::from_millis(5),
        ..Options::unlimited()
    })
}

fn content(world: &World) -> Value {
    testkit::canonical(&world.path("sync.c1z")).unwrap()
}

/// What a run without interruptions gives, and how many calls it takes.
fn undisturbed() -> (Value, usize) {
    let world = slow();
    assert_eq!(world.run(&[]).code, Some(0));
    (content(&world), world.sim.journal().len())
}

/// Kills the program `pause` after its call number `call`; true when it was still running.
fn kill_at(world: &World, call: usize, pause: Duration) -> bool {
    world.sim.journal().clear();
    let mut child = world.spawn(&[]);
    let reached = world.wait_for_calls(call, &mut child);
    world.pause(pause);
    let running = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    reached && running
}

#[test]
fn killed_at_every_call() {
    let (expected, calls) = undisturbed();
    let mut resumed = 0;
    for call in 1..=calls {
        let world = slow();
        // Multiples of 1.7 ms: some while the call is under way, some while its answer is written down.
        let killed = kill_at(&world, call, Duration::from_micros(1700 * (call as u64 % 7)));
        assert!(!killed || !world.path("sync.c1z").exists() || content(&world) == expected);
        let run = world.run(&[]);
        assert_eq!(run.code, Some(0), "after call {call}: {}", run.stderr);
        assert!(
            content(&world) == expected,
            "killed at call {call}, the content differs"
        );
        assert_eq!(world.names(), ["sync.c1z"], "killed at call {call}");
        resumed += usize::from(run.said("resumed previous sync"));
    }
    assert!(
        resumed > calls / 2,
        "most runs must have had something to continue: {resumed} of {calls}"
    );
}

#[test]
fn killed_again_and_again_over_an_old_file() {
    let world = slow();
    assert_eq!(world.run(&[]).code, Some(0));
    let (expected, old) = (content(&world), std::fs::read(world.path("sync.c1z")).unwrap());
    for call in [5, 4, 9, 2, 7, 3] {
        let killed = kill_at(&world, call, Duration::from_millis(3));
        let now = std::fs::read(world.path("sync.c1z")).unwrap();
        assert!(
            now == old || !killed || content(&world) == expected,
            "the file is the old one or a whole new one"
        );
    }
    let run = world.run(&[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(content(&world) == expected);
    assert_eq!(world.names(), ["sync.c1z"]);
}

#[cfg(unix)]
#[test]
fn asked_to_stop() {
    for signal in ["INT", "TERM"] {
        let world = World::with(Options {
            latency: Duration::from_millis(200),
            ..Options::unlimited()
        });
        let mut child = world.spawn(&[]);
        assert!(world.wait_for_calls(4, &mut child));
        let sent = Command::new("kill")
            .args([format!("-{signal}"), child.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
        let run = Run::from(child.wait_with_output().unwrap());
        insta::assert_snapshot!(format!("stopped_by_{signal}"), world.plain(&run.end()));
        assert!(!world.path("sync.c1z").exists());
        let again = world.run(&[]);
        assert_eq!(again.code, Some(0), "{}", again.stderr);
        assert!(again.said("resumed previous sync"));
    }
}
