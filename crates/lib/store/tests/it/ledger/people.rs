//! Wrong tries, codes, sessions that are forgotten.

use chrono::{DateTime, TimeDelta, Utc};
use governance::repository::{People as _, Write};
use governance::{SealedSecret, SecondFactor, SignIn};
use store::Database;
use tokio::task::JoinSet;

use super::world::{link, operator, operator_id, session, session_id, write};
use crate::world::at;

async fn with_sign_in(database: &Database) {
    let second = SecondFactor {
        secret: SealedSecret(vec![1]),
        last_step: 0,
        recovery: String::new(),
        confirmed_at: Some(at(0)),
    };
    let sign_in = SignIn {
        second: Some(second),
        ..SignIn::none(operator_id(1))
    };
    let writes = [Write::AddOperator(operator(1)), Write::PutSignIn(sign_in)];
    write(database, &writes).await;
}

async fn locked_until(database: &Database) -> Option<DateTime<Utc>> {
    let found = database.sign_in(&operator_id(1)).await.unwrap().unwrap();
    found.locked_until
}

/// None is lost, and the fifth locks for two minutes.
pub(crate) async fn wrong_tries_at_once_are_all_counted(database: &Database) {
    with_sign_in(database).await;
    let mut tries = JoinSet::new();
    for _ in 0..5 {
        let database = database.clone();
        tries.spawn(async move { database.note_failure(&operator_id(1), at(0)).await.unwrap() });
    }
    let mut counted: Vec<u32> = tries
        .join_all()
        .await
        .into_iter()
        .map(|sign_in| sign_in.failures)
        .collect();
    counted.sort_unstable();
    assert_eq!(counted, [1, 2, 3, 4, 5]);
    assert_eq!(locked_until(database).await, Some(at(120)));
}

/// Whoever goes on trying meanwhile neither opens the lock nor makes it longer.
pub(crate) async fn a_lock_ends_with_its_time_and_not_before(database: &Database) {
    with_sign_in(database).await;
    let fail = async |seconds| database.note_failure(&operator_id(1), at(seconds)).await.unwrap();
    for _ in 0..5 {
        fail(0).await;
    }
    for seconds in [0, 60, 119] {
        let during = fail(seconds).await;
        assert_eq!((during.failures, during.locked_until), (5, Some(at(120))));
        assert_eq!(locked_until(database).await, Some(at(120)));
    }
    for count in 6..10 {
        let after = fail(120).await;
        assert_eq!(after.failures, count);
        assert!(!after.is_locked(at(120)));
    }
    assert_eq!(
        fail(120).await.locked_until,
        Some(at(120) + TimeDelta::minutes(4))
    );
    assert_eq!(
        locked_until(database).await,
        Some(at(120) + TimeDelta::minutes(4))
    );
    // Nothing of what they sign in with was touched.
    let found = database.sign_in(&operator_id(1)).await.unwrap().unwrap();
    assert!(found.second.unwrap().secret == SealedSecret(vec![1]));
}

pub(crate) async fn a_try_of_nobody_is_noted_nowhere(database: &Database) {
    let noted = database.note_failure(&operator_id(1), at(0)).await.unwrap();
    assert_eq!(noted.operator, operator_id(1));
    assert!(database.sign_in(&operator_id(1)).await.unwrap().is_none());
}

pub(crate) async fn a_code_is_good_once(database: &Database) {
    with_sign_in(database).await;
    let mut users = JoinSet::new();
    for _ in 0..12 {
        let database = database.clone();
        users.spawn(async move { database.use_step(&operator_id(1), 50).await.unwrap() });
    }
    let used = users.join_all().await;
    assert_eq!(used.iter().filter(|used| **used).count(), 1);
    assert!(!database.use_step(&operator_id(1), 49).await.unwrap());
    assert!(database.use_step(&operator_id(1), 51).await.unwrap());
    assert!(!database.use_step(&operator_id(2), 60).await.unwrap());
}

pub(crate) async fn a_recovery_code_is_good_once(database: &Database) {
    with_sign_in(database).await;
    let mut users = JoinSet::new();
    for number in 0..12 {
        let (database, left) = (database.clone(), format!("left by {number}"));
        users.spawn(async move {
            let spent = database.spend_recovery_code(&operator_id(1), "", &left).await;
            spent.unwrap()
        });
    }
    let spent = users.join_all().await;
    assert_eq!(spent.iter().filter(|spent| **spent).count(), 1);
}

pub(crate) async fn a_session_is_never_seen_earlier_than_before(database: &Database) {
    let writes = [Write::AddOperator(operator(1)), Write::AddSession(session(1, 1))];
    write(database, &writes).await;
    let seen = async |seconds| {
        database.session_seen(&session_id(1), at(seconds)).await.unwrap();
        let (session, _) = database.session(&session(1, 1).token).await.unwrap().unwrap();
        session.seen_at
    };
    assert_eq!(seen(30).await, at(30));
    assert_eq!(seen(20).await, at(30));
    assert_eq!(seen(31).await, at(31));
}

pub(crate) async fn old_sessions_and_links_are_forgotten(database: &Database) {
    let writes = [
        Write::AddOperator(operator(1)),
        Write::AddSession(session(1, 1)),
        Write::AddSession(session(2, 1)),
        Write::AddLink(link(1)),
    ];
    write(database, &writes).await;
    assert_eq!(database.forget_sessions(at(1)).await.unwrap(), 0);
    assert_eq!(database.forget_sessions(at(2)).await.unwrap(), 1);
    assert_eq!(database.session(&session(1, 1).token).await.unwrap(), None);
    assert!(database.session(&session(2, 1).token).await.unwrap().is_some());
    assert!(database.link(&link(1).token).await.unwrap().is_some());
    assert_eq!(database.forget_sessions(at(101)).await.unwrap(), 2);
    assert_eq!(database.link(&link(1).token).await.unwrap(), None);
}
