//! Credentials, nonces and tokens.

use governance::repository::{Credentials as _, Ledger as _, Write};
use governance::{AccessToken, Credential, TokenHash};
use store::Database;
use tokio::task::JoinSet;

use crate::world::{add_credential, at, connector_id, credential, credential_id, revoke_credential};

fn token(number: u8, expires: i64) -> AccessToken {
    AccessToken {
        hash: TokenHash([number; 32]),
        credential: credential_id(1),
        connector: connector_id(1),
        expires_at: at(expires),
    }
}

pub(crate) async fn a_client_id_is_taken_once(database: &Database) {
    add_credential(database, &credential(1)).await;
    let again = Credential {
        client_id: credential(1).client_id,
        ..credential(2)
    };
    let write = Write::AddCredential(again);
    let error = database.commit(&[write], &[]).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is already a client id `amber-otter-1@rollcall.example.com/spc`"
    );
    assert_eq!(
        database.credentials(&connector_id(1)).await.unwrap(),
        [credential(1)]
    );
}

pub(crate) async fn a_nonce_is_used_once(database: &Database) {
    let mut users = JoinSet::new();
    for _ in 0..20 {
        let database = database.clone();
        users.spawn(async move { database.use_nonce(&credential_id(1), "0f", at(60)).await.unwrap() });
    }
    let used = users.join_all().await;
    assert_eq!(used.into_iter().filter(|used| *used).count(), 1);
}

pub(crate) async fn nonces_are_each_credentials_own(database: &Database) {
    for number in [1, 2] {
        assert!(
            database
                .use_nonce(&credential_id(number), "0f", at(60))
                .await
                .unwrap()
        );
    }
    assert!(!database.use_nonce(&credential_id(2), "0f", at(90)).await.unwrap());
}

pub(crate) async fn a_credential_is_revoked_once(database: &Database) {
    add_credential(database, &credential(1)).await;
    assert!(revoke_credential(database, &credential_id(1), at(10)).await);
    assert!(!revoke_credential(database, &credential_id(1), at(20)).await);
    assert!(!revoke_credential(database, &credential_id(9), at(20)).await);
    let found = database
        .credential(&credential(1).client_id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.revoked_at, Some(at(10)));
}

pub(crate) async fn a_token_comes_with_its_credential(database: &Database) {
    add_credential(database, &credential(1)).await;
    add_credential(database, &credential(2)).await;
    database.add_token(&token(7, 3600), at(5)).await.unwrap();
    let used = Credential {
        last_used_at: Some(at(5)),
        ..credential(1)
    };
    let found = database.token(&TokenHash([7; 32])).await.unwrap();
    assert_eq!(found, Some((token(7, 3600), used.clone())));
    assert_eq!(database.token(&TokenHash([8; 32])).await.unwrap(), None);
    assert_eq!(
        database.credentials(&connector_id(1)).await.unwrap(),
        [used, credential(2)]
    );
}

pub(crate) async fn a_token_without_its_credential_is_none(database: &Database) {
    database.add_token(&token(7, 3600), at(5)).await.unwrap();
    assert_eq!(database.token(&TokenHash([7; 32])).await.unwrap(), None);
}

pub(crate) async fn what_has_expired_is_forgotten(database: &Database) {
    add_credential(database, &credential(1)).await;
    database.add_token(&token(1, 60), at(0)).await.unwrap();
    database.add_token(&token(2, 61), at(0)).await.unwrap();
    database
        .use_nonce(&credential_id(1), "old", at(59))
        .await
        .unwrap();
    database
        .use_nonce(&credential_id(1), "new", at(61))
        .await
        .unwrap();

    assert_eq!(database.forget_expired(at(60)).await.unwrap(), 2);
    assert_eq!(database.token(&TokenHash([1; 32])).await.unwrap(), None);
    assert!(database.token(&TokenHash([2; 32])).await.unwrap().is_some());
    assert!(
        database
            .use_nonce(&credential_id(1), "old", at(99))
            .await
            .unwrap()
    );
    assert!(
        !database
            .use_nonce(&credential_id(1), "new", at(99))
            .await
            .unwrap()
    );
    assert_eq!(database.forget_expired(at(60)).await.unwrap(), 0);
}

pub(crate) async fn what_was_taken_back_is_forgotten_after_a_while(database: &Database) {
    for number in 1..=3 {
        add_credential(database, &credential(number)).await;
    }
    assert!(revoke_credential(database, &credential_id(1), at(10)).await);
    assert!(revoke_credential(database, &credential_id(2), at(20)).await);
    assert_eq!(database.forget_revoked(at(20)).await.unwrap(), 1);
    let left = database.credentials(&connector_id(1)).await.unwrap();
    let left: Vec<_> = left.into_iter().map(|left| left.id).collect();
    assert_eq!(left, [credential_id(2), credential_id(3)]);
}
