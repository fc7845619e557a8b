//! The machine on its own.

mod any_run;
mod world;

use connector::{ConnectorError, ErrorKind, Feed, Note, Owned, Severity};
use model::ResourceId;

use super::{Decision, Event, Origin, Rules, State};
use crate::SyncError;

const RULES: Rules = Rules {
    workers: 2,
    expands: true,
};

/// A feed that owns the grants on a resource of its own name.
fn feed(id: &str, after: &[&str]) -> Feed {
    Feed {
        id: id.into(),
        title: id.to_owned(),
        after: after.iter().map(|id| (*id).into()).collect(),
        owns: vec![Owned::GrantsOn(ResourceId::new("feed", id))],
    }
}

fn found(by: &str, id: &str) -> Event {
    Event::Found {
        by: by.into(),
        feed: feed(id, &[]),
    }
}

fn note(text: &str) -> Note {
    Note {
        severity: Severity::Info,
        code: "test".into(),
        message: text.into(),
        hint: String::new(),
    }
}

/// Decisions as short words.
fn words(decisions: Vec<Decision>) -> Vec<String> {
    decisions.into_iter().map(word).collect()
}

fn word(decision: Decision) -> String {
    match decision {
        Decision::Forget(owned) => match owned.as_slice() {
            [Owned::GrantsOn(resource)] => format!("forget {}", resource.object),
            _ => "forget ?".to_owned(),
        },
        Decision::Read(feed) => format!("read {}", feed.id),
        Decision::Expand => "expand".to_owned(),
        Decision::Seal => "seal".to_owned(),
        Decision::Stop(error) => format!("stop: {error}"),
    }
}

/// What a process that takes over from a checkpoint finds.
fn reborn(state: &State) -> State {
    serde_json::from_str(&serde_json::to_string(state).unwrap()).unwrap()
}

#[test]
fn reads_in_the_planned_order_within_the_limit_then_expands_and_seals() {
    let mut state = State::new(vec![feed("a", &[]), feed("b", &["a"]), feed("c", &[])]);
    assert_eq!(words(state.advance(Event::Begun, RULES)), ["read a", "read c"]);
    assert_eq!(words(state.advance(Event::Finished("c".into()), RULES)), [""; 0]);
    assert_eq!(
        words(state.advance(Event::Finished("a".into()), RULES)),
        ["read b"]
    );
    assert_eq!(
        words(state.advance(Event::Finished("b".into()), RULES)),
        ["expand"]
    );
    assert_eq!(words(state.advance(Event::Expanded, RULES)), ["seal"]);
}

#[test]
fn an_empty_plan_and_no_workers_still_come_to_an_end() {
    let rules = Rules {
        workers: 0,
        expands: false,
    };
    assert_eq!(words(State::new(vec![]).advance(Event::Begun, rules)), ["seal"]);
    let mut one = State::new(vec![feed("a", &[])]);
    assert_eq!(words(one.advance(Event::Begun, rules)), ["read a"]);
}

#[test]
fn feeds_that_are_not_planned_are_not_waited_for() {
    let mut state = State::new(vec![feed("a", &["left-out"])]);
    assert_eq!(words(state.advance(Event::Begun, RULES)), ["read a"]);
}

#[test]
fn feeds_that_wait_for_each_other_stop_the_run() {
    let mut state = State::new(vec![feed("a", &["b"]), feed("b", &["a"])]);
    assert_eq!(
        words(state.advance(Event::Begun, RULES)),
        ["stop: the connector planned feeds that wait for each other: `a`, `b`"]
    );
}

#[test]
fn a_found_feed_waits_until_the_one_that_found_it_is_complete() {
    let mut state = State::new(vec![feed("groups", &[])]);
    state.advance(Event::Begun, RULES);
    assert_eq!(words(state.advance(found("groups", "g1"), RULES)), [""; 0]);
    assert_eq!(
        words(state.advance(Event::Finished("groups".into()), RULES)),
        ["read g1"]
    );
}

#[test]
fn a_restarted_feed_takes_back_what_it_wrote_said_and_found() {
    let mut state = State::new(vec![feed("groups", &[])]);
    state.advance(Event::Begun, RULES);
    state.advance(found("groups", "gone"), RULES);
    state.advance(Event::Noted(Origin::Feed("groups".into()), note("gone")), RULES);
    assert_eq!(
        words(state.advance(Event::Restarted("groups".into()), RULES)),
        ["forget groups"]
    );
    state.advance(found("groups", "g1"), RULES);
    assert_eq!(
        words(state.advance(Event::Finished("groups".into()), RULES)),
        ["read g1"]
    );
    assert_eq!(state.notes(), []);
}

#[test]
fn an_interrupted_feed_is_forgotten_before_it_is_read_again() {
    let mut state = State::new(vec![feed("a", &[]), feed("b", &[])]);
    state.advance(Event::Begun, RULES);
    state.advance(Event::Finished("a".into()), RULES);
    let mut state = reborn(&state);
    assert_eq!(words(state.advance(Event::Begun, RULES)), ["forget b", "read b"]);
}

#[test]
fn later_phases_are_done_again_and_reading_is_not() {
    let mut state = State::new(vec![]);
    assert_eq!(words(state.advance(Event::Begun, RULES)), ["expand"]);
    state.advance(Event::Noted(Origin::Expansion, note("cycle")), RULES);
    let mut state = reborn(&state);
    assert_eq!(words(state.advance(Event::Begun, RULES)), ["expand"]);
    assert_eq!(state.notes(), []);
    state.advance(Event::Expanded, RULES);
    assert_eq!(words(reborn(&state).advance(Event::Begun, RULES)), ["seal"]);
}

#[test]
fn a_failed_feed_stops_the_run_and_is_read_again_by_the_next_one() {
    let mut state = State::new(vec![feed("a", &[])]);
    state.advance(Event::Begun, RULES);
    let error = ConnectorError::new(ErrorKind::Unavailable, "no route to host");
    let mut decisions = state.advance(Event::Failed("a".into(), error), RULES);
    let Some(Decision::Stop(SyncError::Feed { feed, .. })) = decisions.pop() else {
        panic!("not stopped")
    };
    assert_eq!(feed, "a".into());
    assert_eq!(
        words(reborn(&state).advance(Event::Begun, RULES)),
        ["forget a", "read a"]
    );
}

#[test]
fn the_same_note_from_several_feeds_is_kept_once() {
    let mut state = State::new(vec![feed("a", &[]), feed("b", &[])]);
    for id in ["a", "b"] {
        state.advance(
            Event::Noted(Origin::Feed(id.into()), note("no right to read tokens")),
            RULES,
        );
    }
    assert_eq!(state.notes(), [note("no right to read tokens")]);
}

#[test]
fn a_state_fits_only_the_plan_it_came_from() {
    let plan = vec![feed("a", &[]), feed("b", &["a"])];
    let mut state = State::new(plan.clone());
    state.advance(Event::Begun, RULES);
    state.advance(found("a", "x"), RULES);
    state.advance(Event::Finished("a".into()), RULES);
    assert!(state.fits(&plan));
    assert!(!state.fits(&[feed("a", &[])]), "a feed is no longer planned");
    assert!(!state.fits(&[feed("a", &[]), feed("b", &[])]), "a feed changed");
    assert!(
        !state.fits(&[feed("a", &[]), feed("b", &["a"]), feed("c", &[])]),
        "a feed came"
    );
}
