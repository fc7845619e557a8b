//! Whatever interrupts a run, at whichever message: the next run ends in the same file.

use std::sync::Arc;
use std::time::Duration;

use super::support::account::account;
use super::support::content::content;
use super::support::desk::{Desk, EACH, Recorder, everything, runtime};
use super::support::scripted::{Fault, Scripted};
use crate::engine::Pace;
use crate::run::run_at;
use crate::{Event, Request, SyncError};

/// What the feeds of the account do, each act counted.
const ACTS: usize = 18;

fn undisturbed() -> Vec<String> {
    let desk = Desk::new();
    desk.run(EACH, Arc::new(account()), everything()).unwrap();
    content(&desk.file()).lines
}

fn faulty(at: usize, fault: Fault) -> Arc<Scripted> {
    Arc::new(Scripted {
        fault: Some((at, fault)),
        ..account()
    })
}

/// Runs until the fault; with a silent connector until the run is dropped together with its runtime.
fn run_into(desk: &Desk, pace: Pace, connector: &Arc<Scripted>) -> Result<(), SyncError> {
    let runtime = runtime();
    let job = desk.job(Arc::clone(connector) as _, everything());
    let silence = async {
        while !connector.is_faulted() || connector.fault.is_some_and(|(_, fault)| fault != Fault::Silence) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    runtime.block_on(async {
        tokio::select! {
            result = run_at(pace, job) => result.map(|_| ()),
            () = silence => Err(SyncError::Stopped),
        }
    })
}

fn sweep(pace: Pace, fault: Fault) {
    let expected = undisturbed();
    for at in 1.. {
        let desk = Desk::new();
        let connector = faulty(at, fault);
        let result = run_into(&desk, pace, &connector);
        if !connector.is_faulted() {
            result.unwrap();
            assert_eq!(at, ACTS + 1, "the sweep ended early");
            return;
        }
        result.unwrap_err();
        assert!(!desk.file().exists(), "a failed run left a file, at {at}");
        let summary = desk.run(pace, Arc::new(account()), everything()).unwrap();
        assert!(summary.resumed, "not continued, at {at}");
        assert_eq!(content(&desk.file()).lines, expected, "{fault:?} at {at}");
        assert_eq!(
            notes(&summary),
            ["u1 u2 u3", "u3 is odd", "what no listing shows"],
            "{fault:?} at {at}"
        );
    }
}

fn notes(summary: &crate::Summary) -> Vec<&str> {
    let of_feeds = summary.notes.iter().filter(|note| note.code == "test");
    let mut notes: Vec<_> = of_feeds.map(|note| note.message.as_str()).collect();
    notes.sort_unstable();
    notes
}

#[test]
fn an_error_at_every_act() {
    sweep(EACH, Fault::Error);
}

#[test]
fn an_error_at_every_act_with_rare_commits() {
    sweep(
        Pace {
            records: 3,
            interval: Duration::from_mins(1),
        },
        Fault::Error,
    );
}

#[test]
fn a_panic_at_every_act() {
    sweep(EACH, Fault::Panic);
}

#[test]
fn a_sudden_end_at_every_act() {
    sweep(EACH, Fault::Silence);
}

#[test]
fn failures_again_and_again_come_to_an_end() {
    let desk = Desk::new();
    let longest_feed = 6;
    let attempts = (1..10).find(|_| {
        let connector = faulty(longest_feed + 1, Fault::Error);
        let request = Request {
            workers: 1,
            ..everything()
        };
        desk.run(EACH, connector, request).is_ok()
    });
    assert_eq!(attempts, Some(4));
    assert_eq!(content(&desk.file()).lines, undisturbed());
}

#[test]
fn a_stop_at_every_event() {
    let expected = undisturbed();
    for at in 1.. {
        let desk = Desk::new();
        let mut job = desk.job(Arc::new(account()), everything());
        let recorder = Arc::new(Recorder {
            stop_at: Some((at, job.stop.clone())),
            ..Recorder::default()
        });
        job.progress = Arc::clone(&recorder) as _;
        let result = runtime().block_on(run_at(EACH, job));
        let last = recorder.events.lock().unwrap().last().cloned();
        if matches!(last, Some(Event::Finished { .. })) {
            result.unwrap();
            assert!(at > 20, "the sweep ended too early, at {at}");
            return;
        }
        assert!(matches!(result, Err(SyncError::Stopped)), "{result:?} at {at}");
        let summary = desk.run(EACH, Arc::new(account()), everything()).unwrap();
        assert!(summary.resumed, "not continued, at {at}");
        assert_eq!(content(&desk.file()).lines, expected, "stopped at {at}");
    }
}
