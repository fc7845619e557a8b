//! Wrong tries, sessions and links: when each is over.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use crate::{
    EndOfSession, Link, LinkId, LinkPurpose, OperatorId, Proof, Session, SessionId, SessionScope, SignIn,
    TokenHash,
};

fn now() -> DateTime<Utc> {
    "2026-11-25T10:00:00Z".parse().unwrap()
}

fn ada() -> OperatorId {
    OperatorId::new(now(), [1; 16])
}

/// Somebody who tries again as soon as they are answered.
#[test]
fn waits_double_up_to_an_hour() {
    let (mut sign_in, mut time, mut waits) = (SignIn::none(ada()), now(), Vec::new());
    while waits.len() < 8 {
        sign_in = sign_in.failed(time);
        if let Some(until) = sign_in.locked_until.filter(|until| time < *until) {
            waits.push((sign_in.failures, (until - time).num_minutes()));
            time = until;
        }
    }
    let expected = [
        (5, 2),
        (10, 4),
        (15, 8),
        (20, 16),
        (25, 32),
        (30, 64),
        (35, 64),
        (40, 64),
    ];
    assert_eq!(waits, expected);
}

#[test]
fn a_lock_ends_to_the_moment() {
    let locked = (0..5).fold(SignIn::none(ada()), |sign_in, _| sign_in.failed(now()));
    let end = now() + TimeDelta::minutes(2);
    assert!(locked.is_locked(end - TimeDelta::microseconds(1)));
    assert!(!locked.is_locked(end));
    let forgiven = locked.succeeded();
    assert!(!forgiven.is_locked(now()));
    assert_eq!(forgiven.failures, 0);
}

proptest! {
    /// However tries are spread over time, no more than five are looked at in any two minutes.
    #[test]
    fn no_rhythm_gets_more_tries(steps in proptest::collection::vec(0..90_i64, 1..120)) {
        let (mut sign_in, mut time, mut answered) = (SignIn::none(ada()), now(), Vec::new());
        for step in steps {
            time += TimeDelta::seconds(step);
            if !sign_in.is_locked(time) {
                answered.push(time);
            }
            let locked = sign_in.locked_until.filter(|until| time < *until);
            sign_in = sign_in.failed(time);
            prop_assert!(locked.is_none() || sign_in.locked_until == locked);
        }
        for window in answered.windows(10) {
            prop_assert!(window[9] - window[0] >= TimeDelta::minutes(2));
        }
    }
}

fn session(scope: SessionScope) -> Session {
    Session {
        id: SessionId::new(now(), [1; 16]),
        token: TokenHash([1; 32]),
        operator: ada(),
        created_at: now(),
        seen_at: now(),
        ended_at: None,
        from: None,
        agent: String::new(),
        scope,
        proof: Proof::Password,
    }
}

/// The last moment at which a session that is used every minute is good.
fn longest(scope: SessionScope) -> TimeDelta {
    let mut used = session(scope);
    while used.end(used.seen_at).is_none() {
        used.seen_at += TimeDelta::minutes(1);
    }
    assert_eq!(used.end(used.seen_at), Some(EndOfSession::Old));
    used.seen_at - now()
}

#[test]
fn a_session_ends_however_much_it_is_used() {
    assert_eq!(longest(SessionScope::Full), TimeDelta::hours(12));
    assert_eq!(longest(SessionScope::SetUpOnly), TimeDelta::minutes(30));
    assert_eq!(longest(SessionScope::AwaitingCode), TimeDelta::minutes(5));
}

#[test]
fn a_session_ends_when_it_is_not_used() {
    let idle = session(SessionScope::Full);
    let end = now() + Session::IDLE;
    assert_eq!(idle.end(end - TimeDelta::microseconds(1)), None);
    assert_eq!(idle.end(end), Some(EndOfSession::Idle));
    let ended = Session {
        ended_at: Some(now()),
        ..session(SessionScope::Full)
    };
    assert_eq!(ended.end(now()), Some(EndOfSession::Ended));
}

#[test]
fn a_session_is_not_written_at_every_click() {
    let used = session(SessionScope::Full);
    assert!(!used.is_to_be_noted(now() + TimeDelta::seconds(59)));
    assert!(used.is_to_be_noted(now() + TimeDelta::seconds(60)));
    assert!(Session::EXACT * 10 < Session::IDLE);
}

#[test]
fn a_link_is_good_once_and_for_a_while() {
    for (purpose, hours) in [
        (LinkPurpose::FirstStart, 1),
        (LinkPurpose::Welcome(ada()), 72),
        (LinkPurpose::Demo(ada()), 12),
    ] {
        let link = Link {
            id: LinkId::new(now(), [1; 16]),
            token: TokenHash([1; 32]),
            created_at: now(),
            expires_at: now() + Link::life(&purpose),
            purpose,
            used_at: None,
        };
        let end = now() + TimeDelta::hours(hours);
        assert!(link.is_good(end - TimeDelta::microseconds(1)));
        assert!(!link.is_good(end));
        let used = Link {
            used_at: Some(now()),
            ..link
        };
        assert!(!used.is_good(now()));
    }
}
