//! Every fault at every request: a run ends in the same content, or stops clearly and can be continued.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cloudflare_sim::{Fault, When};
use serde_json::Value;

use crate::world::World;

/// What can go wrong with one answer. Refusals (403) are not faults: they are about rights.
fn faults() -> Vec<Fault> {
    let slow = Fault::Slow {
        pieces: 5,
        pause: Duration::from_millis(10),
    };
    let mut faults = vec![
        Fault::edge(),
        Fault::Reset,
        Fault::Truncated,
        Fault::Garbage,
        Fault::Empty,
        slow,
    ];
    faults.extend([400, 408, 500, 503, 504, 520].map(Fault::status));
    faults.push(Fault::Problem {
        status: 502,
        retry_after: Some(0),
    });
    faults.push(Fault::Status {
        status: 429,
        code: 10_429,
        message: "one too many".to_owned(),
        retry_after: Some(1),
    });
    faults
}

/// What an undisturbed run gives, and how many calls it takes.
fn undisturbed() -> (Value, usize) {
    let world = World::new();
    assert_eq!(world.run(&[]).code, Some(0));
    (
        testkit::canonical(&world.path("sync.c1z")).unwrap(),
        world.sim.journal().len(),
    )
}

/// Runs the program with faults set up by `break_it`; if it stops, it must say why, leave no file, and
/// end in the expected content once the faults are over. True when it stopped.
fn survives(expected: &Value, what: &str, break_it: impl FnOnce(&World)) -> bool {
    let world = World::new();
    break_it(&world);
    let first = world.run(&[]);
    let stopped = first.code != Some(0);
    if stopped {
        assert!(!world.path("sync.c1z").exists(), "{what}: half a file");
        assert!(
            first.last_words().starts_with("error: "),
            "{what}: {}",
            first.last_words()
        );
        world.sim.faults().clear();
        let second = world.run(&[]);
        assert_eq!(second.code, Some(0), "{what}: {}", second.stderr);
    }
    let content = testkit::canonical(&world.path("sync.c1z")).unwrap();
    assert!(content == *expected, "{what}: the content differs");
    assert_eq!(world.names(), ["sync.c1z"], "{what}");
    stopped
}

/// Does `work` for every job, several at a time: most of their time is spent waiting for the next attempt.
fn in_parallel<T: Send>(jobs: Vec<T>, work: impl Fn(T) + Sync) {
    let jobs = Mutex::new(jobs);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                loop {
                    let Some(job) = jobs.lock().unwrap().pop() else {
                        return;
                    };
                    work(job);
                }
            });
        }
    });
}

#[test]
fn once_at_every_request() {
    let (expected, calls) = undisturbed();
    let every_call = (1..=calls).flat_map(|call| faults().into_iter().map(move |fault| (call, fault)));
    let stops = AtomicUsize::new(0);
    in_parallel(every_call.collect(), |(call, fault)| {
        let what = format!("{fault:?} at call {call}");
        let stopped = survives(&expected, &what, |world| {
            world.sim.faults().add(When::call(call as u64), fault);
        });
        stops.fetch_add(usize::from(stopped), Ordering::Relaxed);
    });
    // Answers that make no sense are not asked for again; everything else is.
    assert!(
        stops.into_inner() >= calls,
        "some faults must stop a run, or nothing was broken"
    );
}

#[test]
fn for_good_from_every_request_on() {
    let (expected, calls) = undisturbed();
    in_parallel((1..=calls).collect(), |call| {
        let stopped = survives(&expected, &format!("dead from call {call} on"), |world| {
            for later in call..call + 200 {
                world
                    .sim
                    .faults()
                    .add(When::call(later as u64), Fault::status(503));
            }
        });
        assert!(stopped, "nothing answers from call {call} on");
    });
}
