//! What each event makes of each state, as a table that people can read.

use super::super::{Attempt, Beat, End, Failure, Finish, Outcome, Refusal, Task, TaskRules, TaskState};
use super::{at, attempt_id, claim, host, taker, task};
use crate::TaskKind;

/// When everything happens; tries began a hundred seconds before.
const NOW: i64 = 1000;

fn failure(code: i32, retryable: bool) -> Failure {
    Failure {
        code,
        message: "it broke".to_owned(),
        retryable,
    }
}

fn waiting(not_before: i64) -> TaskState {
    TaskState::Waiting {
        not_before: at(not_before),
        last: None,
        by: None,
    }
}

/// A try has failed, and said so.
fn waiting_after(attempt: u8) -> TaskState {
    TaskState::Waiting {
        not_before: at(NOW + 5),
        last: Some(failure(14, true)),
        by: Some(attempt_id(attempt)),
    }
}

/// The first try, by h1.
fn running(since: i64, lease_until: i64, stop_asked: bool) -> TaskState {
    let taker = taker(1);
    TaskState::Running(Attempt {
        id: attempt_id(1),
        host: taker.host,
        credential: taker.credential,
        since: at(since),
        lease_until: at(lease_until),
        stop_asked_at: stop_asked.then(|| at(since + 1)),
    })
}

fn finished(end: End, by: Option<u8>) -> TaskState {
    TaskState::Finished {
        at: at(NOW - 10),
        end,
        by: by.map(attempt_id),
    }
}

fn with(kind: TaskKind, tries: u32, state: TaskState) -> Task {
    Task {
        tries,
        state,
        ..task(kind)
    }
}

/// One task in each state.
fn each() -> Vec<(&'static str, Task)> {
    let grant = |tries, state| with(TaskKind::Grant, tries, state);
    let since = NOW - 100;
    vec![
        ("waits", grant(0, waiting(NOW))),
        ("waits longer", grant(1, waiting(NOW + 1))),
        ("waits, said its try", grant(1, waiting_after(1))),
        ("runs", grant(1, running(since, NOW + 1, false))),
        ("is to stop", grant(1, running(since, NOW + 1, true))),
        ("was lost", grant(1, running(since, NOW, false))),
        ("was lost, is to stop", grant(1, running(since, NOW, true))),
        ("runs for an hour", grant(1, running(NOW - 3600, NOW, false))),
        ("is on its last try", grant(5, running(since, NOW, false))),
        (
            "may not repeat",
            with(TaskKind::InvokeAction, 1, running(since, NOW, false)),
        ),
        ("was done", grant(1, finished(End::Succeeded(vec![1]), Some(1)))),
        (
            "failed",
            grant(1, finished(End::Failed(failure(3, false)), Some(1))),
        ),
        ("was called off", grant(0, finished(End::Cancelled, None))),
    ]
}

/// What becomes of the task in each state.
fn table(event: impl Fn(Task) -> String) -> String {
    let row = |(name, task)| format!("{name:<22}{}", event(task));
    each().into_iter().map(row).collect::<Vec<_>>().join("\n")
}

fn told(task: &Task) -> String {
    let seconds = |time: chrono::DateTime<chrono::Utc>| (time - at(NOW)).num_seconds();
    match &task.state {
        TaskState::Waiting { not_before, last, by } => {
            let last = last.as_ref().map(|last| format!(", after: {}", last.message));
            let by = by.as_ref().map(|_| ", by a try").unwrap_or_default();
            format!("waits {} s{}{by}", seconds(*not_before), last.unwrap_or_default())
        }
        TaskState::Running(attempt) => format!(
            "try {} of {} for {} s more{}",
            task.tries,
            attempt.host,
            seconds(attempt.lease_until),
            attempt.stop_asked_at.map(|_| ", is to stop").unwrap_or_default()
        ),
        TaskState::Finished { at, end, by } => format!(
            "{} at {} s{}",
            match end {
                End::Succeeded(_) => "done".to_owned(),
                End::Failed(failure) => format!("failed ({}: {})", failure.code, failure.message),
                End::Cancelled => "called off".to_owned(),
            },
            seconds(*at),
            by.as_ref().map(|_| " by a try").unwrap_or_default(),
        ),
    }
}

fn refused(refusal: &Refusal) -> String {
    format!("refused: {refusal}")
}

fn finish(outcome: Outcome) -> impl Fn(Task) -> String {
    move |task| match task.finish(&claim(1, 1), outcome.clone(), at(NOW), &TaskRules::default()) {
        Ok(Finish::Changed(task)) => told(&task),
        Ok(Finish::Repeated) => "repeated".to_owned(),
        Err(refusal) => refused(&refusal),
    }
}

#[test]
fn somebody_takes_it() {
    let start = |task: Task| {
        let started = task.start(taker(2), attempt_id(2), at(NOW), &TaskRules::default());
        started.map_or_else(|refusal| refused(&refusal), |task| told(&task))
    };
    insta::assert_snapshot!(table(start), @"
    waits                 try 1 of h2 for 60 s more
    waits longer          refused: this task cannot be taken now
    waits, said its try   refused: this task cannot be taken now
    runs                  refused: this task cannot be taken now
    is to stop            refused: this task cannot be taken now
    was lost              refused: this task cannot be taken now
    was lost, is to stop  refused: this task cannot be taken now
    runs for an hour      refused: this task cannot be taken now
    is on its last try    refused: this task cannot be taken now
    may not repeat        refused: this task cannot be taken now
    was done              refused: this task cannot be taken now
    failed                refused: this task cannot be taken now
    was called off        refused: this task cannot be taken now
    ");
}

#[test]
fn what_the_account_does_not_let_in_is_not_tried_again() {
    let refused = finish(Outcome::Failed(failure(Failure::UNAUTHENTICATED, true)));
    let unreachable = finish(Outcome::Failed(failure(14, true)));
    let running = with(TaskKind::Sync, 1, running(NOW - 100, NOW + 20, false));
    insta::assert_snapshot!(refused(running.clone()), @"failed (16: it broke) at 0 s by a try");
    insta::assert_snapshot!(unreachable(running), @"waits 10 s, after: it broke, by a try");
}

#[test]
fn who_gives_no_signs_of_life_has_it_for_longer() {
    let lease = |kind, beats_all| {
        let taker = super::Taker {
            beats_all,
            ..taker(2)
        };
        let started = with(kind, 0, waiting(NOW)).start(taker, attempt_id(2), at(NOW), &TaskRules::default());
        (started.unwrap().attempt().unwrap().lease_until - at(NOW)).num_seconds()
    };
    assert_eq!(lease(TaskKind::Grant, true), 60);
    assert_eq!(lease(TaskKind::Grant, false), 600);
    assert_eq!(lease(TaskKind::Sync, false), 60);
}

#[test]
fn its_worker_gives_a_sign_of_life() {
    let beat = |task: Task| match task.beat(&claim(1, 1), at(NOW), &TaskRules::default()) {
        Ok((task, Beat::Continue)) => format!("go on: {}", told(&task)),
        Ok((task, Beat::Stop)) => format!("stop: {}", told(&task)),
        Err(refusal) => refused(&refusal),
    };
    insta::assert_snapshot!(table(beat), @"
    waits                 refused: this task was not heard of for too long and is no longer `h1`'s to work on
    waits longer          refused: this task was not heard of for too long and is no longer `h1`'s to work on
    waits, said its try   refused: this task was not heard of for too long and is no longer `h1`'s to work on
    runs                  go on: try 1 of h1 for 90 s more
    is to stop            stop: try 1 of h1 for 90 s more, is to stop
    was lost              go on: try 1 of h1 for 90 s more
    was lost, is to stop  stop: try 1 of h1 for 90 s more, is to stop
    runs for an hour      stop: try 1 of h1 for 0 s more
    is on its last try    go on: try 5 of h1 for 90 s more
    may not repeat        go on: try 1 of h1 for 90 s more
    was done              refused: this task has ended already
    failed                refused: this task has ended already
    was called off        refused: this task was not heard of for too long and is no longer `h1`'s to work on
    ");
}

#[test]
fn its_worker_says_that_it_was_done() {
    insta::assert_snapshot!(table(finish(Outcome::Succeeded(vec![2]))), @"
    waits                 refused: this task was not heard of for too long and is no longer `h1`'s to work on
    waits longer          refused: this task was not heard of for too long and is no longer `h1`'s to work on
    waits, said its try   repeated
    runs                  done at 0 s by a try
    is to stop            done at 0 s by a try
    was lost              done at 0 s by a try
    was lost, is to stop  done at 0 s by a try
    runs for an hour      done at 0 s by a try
    is on its last try    done at 0 s by a try
    may not repeat        done at 0 s by a try
    was done              repeated
    failed                repeated
    was called off        refused: this task was not heard of for too long and is no longer `h1`'s to work on
    ");
}

#[test]
fn its_worker_says_that_it_failed_for_now() {
    insta::assert_snapshot!(table(finish(Outcome::Failed(failure(14, true)))), @"
    waits                 refused: this task was not heard of for too long and is no longer `h1`'s to work on
    waits longer          refused: this task was not heard of for too long and is no longer `h1`'s to work on
    waits, said its try   repeated
    runs                  waits 10 s, after: it broke, by a try
    is to stop            called off at 0 s by a try
    was lost              waits 10 s, after: it broke, by a try
    was lost, is to stop  called off at 0 s by a try
    runs for an hour      waits 10 s, after: it broke, by a try
    is on its last try    failed (14: it broke) at 0 s by a try
    may not repeat        failed (14: it broke) at 0 s by a try
    was done              repeated
    failed                repeated
    was called off        refused: this task was not heard of for too long and is no longer `h1`'s to work on
    ");
}

#[test]
fn its_worker_says_that_it_failed_for_good() {
    insta::assert_snapshot!(table(finish(Outcome::Failed(failure(7, false)))), @"
    waits                 refused: this task was not heard of for too long and is no longer `h1`'s to work on
    waits longer          refused: this task was not heard of for too long and is no longer `h1`'s to work on
    waits, said its try   repeated
    runs                  failed (7: it broke) at 0 s by a try
    is to stop            failed (7: it broke) at 0 s by a try
    was lost              failed (7: it broke) at 0 s by a try
    was lost, is to stop  failed (7: it broke) at 0 s by a try
    runs for an hour      failed (7: it broke) at 0 s by a try
    is on its last try    failed (7: it broke) at 0 s by a try
    may not repeat        failed (7: it broke) at 0 s by a try
    was done              repeated
    failed                repeated
    was called off        refused: this task was not heard of for too long and is no longer `h1`'s to work on
    ");
}

#[test]
fn its_worker_says_that_it_stopped() {
    insta::assert_snapshot!(table(finish(Outcome::Failed(failure(1, false)))), @"
    waits                 refused: this task was not heard of for too long and is no longer `h1`'s to work on
    waits longer          refused: this task was not heard of for too long and is no longer `h1`'s to work on
    waits, said its try   repeated
    runs                  failed (1: it broke) at 0 s by a try
    is to stop            called off at 0 s by a try
    was lost              failed (1: it broke) at 0 s by a try
    was lost, is to stop  called off at 0 s by a try
    runs for an hour      failed (1: it broke) at 0 s by a try
    is on its last try    failed (1: it broke) at 0 s by a try
    may not repeat        failed (1: it broke) at 0 s by a try
    was done              repeated
    failed                repeated
    was called off        refused: this task was not heard of for too long and is no longer `h1`'s to work on
    ");
}

#[test]
fn its_time_is_over() {
    let expire = |task: Task| {
        let expired = task.expire(at(NOW), &TaskRules::default());
        expired.map_or_else(|| "as it was".to_owned(), |task| told(&task))
    };
    insta::assert_snapshot!(table(expire), @"
    waits                 as it was
    waits longer          as it was
    waits, said its try   as it was
    runs                  as it was
    is to stop            as it was
    was lost              waits 10 s, after: `h1` took this at 2026-11-23 14:55:00 UTC and was not heard of again
    was lost, is to stop  called off at 0 s
    runs for an hour      waits 10 s, after: `h1` took this at 2026-11-23 13:56:40 UTC and did not end it in the time that there is for it
    is on its last try    failed (4: `h1` took this at 2026-11-23 14:55:00 UTC and was not heard of again) at 0 s
    may not repeat        failed (4: `h1` took this at 2026-11-23 14:55:00 UTC and was not heard of again) at 0 s
    was done              as it was
    failed                as it was
    was called off        as it was
    ");
}

#[test]
fn somebody_calls_it_off() {
    let cancel = |task: Task| {
        let cancelled = task.cancel(at(NOW));
        cancelled.map_or_else(|refusal| refused(&refusal), |task| told(&task))
    };
    insta::assert_snapshot!(table(cancel), @"
    waits                 called off at 0 s
    waits longer          called off at 0 s
    waits, said its try   called off at 0 s
    runs                  try 1 of h1 for 1 s more, is to stop
    is to stop            try 1 of h1 for 1 s more, is to stop
    was lost              try 1 of h1 for 0 s more, is to stop
    was lost, is to stop  try 1 of h1 for 0 s more, is to stop
    runs for an hour      try 1 of h1 for 0 s more, is to stop
    is on its last try    try 5 of h1 for 0 s more, is to stop
    may not repeat        try 1 of h1 for 0 s more, is to stop
    was done              refused: this task has ended already
    failed                refused: this task has ended already
    was called off        refused: this task has ended already
    ");
}

#[test]
fn only_the_one_who_has_it_may_speak_for_it() {
    let theirs = with(TaskKind::Grant, 2, running(NOW - 100, NOW + 1, false));
    for (attempt, by) in [(1, 2), (2, 1), (2, 2)] {
        let claim = claim(attempt, by);
        let refusal = Refusal::NotYours(host(by));
        let rules = TaskRules::default();
        assert_eq!(theirs.attempt_of(&claim), Err(refusal.clone()));
        assert_eq!(theirs.clone().beat(&claim, at(NOW), &rules), Err(refusal.clone()));
        let finish = theirs
            .clone()
            .finish(&claim, Outcome::Succeeded(Vec::new()), at(NOW), &rules);
        assert_eq!(finish, Err(refusal));
    }
}

#[test]
fn the_wait_doubles_up_to_a_limit() {
    let waits = |tries: u32| {
        let rules = TaskRules {
            tries: u32::MAX,
            ..TaskRules::default()
        };
        let task = with(TaskKind::Grant, tries, running(NOW - 100, NOW, false));
        match task.expire(at(NOW), &rules).unwrap().state {
            TaskState::Waiting { not_before, .. } => (not_before - at(NOW)).num_seconds(),
            other => panic!("{other:?}"),
        }
    };
    let seconds = [1, 2, 3, 4, 7, 8, 100, u32::MAX - 1].map(waits);
    assert_eq!(seconds, [10, 20, 40, 80, 640, 900, 900, 900]);
}
