//! Passkeys, and the answers that they give.

use governance::repository::{Ledger as _, People as _, RepositoryError, Write, Written};
use governance::{Passkey, PasskeyId, PasskeyUse, SealedSecret, SecondFactor, SignIn};
use store::Database;
use tokio::task::JoinSet;

use super::world::{operator_id, write};
use crate::world::at;

fn passkey(number: u8, of: u8) -> Passkey {
    Passkey {
        id: PasskeyId::new(at(0), [number; 16]),
        operator: operator_id(of),
        credential: vec![0, number, 255],
        key: vec![number; 77],
        count: u32::from(number),
        name: format!("Passkey {number}"),
        created_at: at(i64::from(number)),
        used_at: None,
    }
}

pub(crate) async fn a_passkey_is_read_as_it_was_written_and_taken_once(database: &Database) {
    let (first, second, theirs) = (passkey(1, 1), passkey(2, 1), passkey(3, 2));
    let all = [second.clone(), theirs, first.clone()].map(Write::AddPasskey);
    write(database, &all).await;
    assert_eq!(database.passkey(&[0, 1, 255]).await.unwrap(), Some(first.clone()));
    assert_eq!(database.passkey(&[0, 1]).await.unwrap(), None);
    assert_eq!(
        database.passkeys(&operator_id(1)).await.unwrap(),
        [first.clone(), second]
    );
    let again = Passkey {
        id: PasskeyId::new(at(0), [9; 16]),
        operator: operator_id(2),
        ..first
    };
    match database.commit(&[Write::AddPasskey(again)], &[]).await {
        Err(RepositoryError::Taken { what }) => assert_eq!(what, "a passkey of that credential"),
        other => panic!("{other:?}"),
    }
}

/// The same answer comes many times at once; and another answer that was counted from the same.
pub(crate) async fn an_answer_of_a_passkey_is_good_once(database: &Database) {
    write(database, &[Write::AddPasskey(passkey(1, 1))]).await;
    let mut tries = JoinSet::new();
    for number in 0..8 {
        let database = database.clone();
        tries.spawn(async move {
            let used = PasskeyUse {
                id: PasskeyId::new(at(0), [1; 16]),
                before: 1,
                count: 2,
                challenge: [number % 2; 32],
                at: at(50),
            };
            let writes = [
                Write::UseChallenge(used.challenge, used.at),
                Write::UsePasskey(used),
            ];
            database.commit(&writes, &[]).await.unwrap() == Written::Yes
        });
    }
    let written = tries.join_all().await;
    assert_eq!(written.iter().filter(|written| **written).count(), 1);
    let found = database.passkey(&[0, 1, 255]).await.unwrap().unwrap();
    assert_eq!((found.count, found.used_at), (2, Some(at(50))));
    // Once nobody could come with it any more, an answer is forgotten.
    assert_eq!(database.forget_sessions(at(50)).await.unwrap(), 0);
    assert_eq!(database.forget_sessions(at(51)).await.unwrap(), 1);
}

pub(crate) async fn somebody_keeps_a_second_factor(database: &Database) {
    let passkeys = [passkey(1, 1), passkey(2, 1)].map(Write::AddPasskey);
    write(database, &passkeys).await;
    let remove = async |number: u8| {
        let id = PasskeyId::new(at(0), [number; 16]);
        let writes = [Write::RemovePasskey(id), Write::SecondFactorLeft(operator_id(1))];
        database.commit(&writes, &[]).await.unwrap()
    };
    let (one, other) = tokio::join!(remove(1), remove(2));
    assert!(
        (one == Written::Yes) != (other == Written::Yes),
        "{one:?} {other:?}"
    );
    assert_eq!(database.passkeys(&operator_id(1)).await.unwrap().len(), 1);
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
    write(database, &[Write::PutSignIn(sign_in)]).await;
    let left = if one == Written::Yes { 2 } else { 1 };
    assert_eq!(remove(left).await, Written::Yes);
}
