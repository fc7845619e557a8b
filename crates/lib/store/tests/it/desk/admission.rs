//! Who is let in.

use std::time::Duration;

use chrono::TimeDelta;
use governance::{DeskError, TokenHash};
use store::Database;

use super::{LIFE, Office, tester};
use crate::world::at;

pub(crate) async fn whoever_shows_no_good_token_is_turned_away(database: &Database) {
    let office = Office::new(database);
    let connector = office.connector("Example").await;
    let caller = office.caller(&connector, 7).await;
    assert_eq!(caller.connector(), &connector.id);

    let unknown = office.desk.admit(&TokenHash([8; 32])).await.unwrap_err();
    assert!(matches!(unknown, DeskError::Token), "{unknown:?}");

    office.later(LIFE.saturating_sub(Duration::from_secs(1)));
    office.desk.admit(&TokenHash([7; 32])).await.unwrap();
    office.later(Duration::from_secs(1));
    let expired = office.desk.admit(&TokenHash([7; 32])).await.unwrap_err();
    assert_eq!(
        expired.to_string(),
        "the access token is not valid, or has expired"
    );
}

pub(crate) async fn a_revoked_credential_ends_its_tokens(database: &Database) {
    let office = Office::new(database);
    let connector = office.connector("Example").await;
    let caller = office.caller(&connector, 7).await;
    office
        .people
        .revoke_credential(&tester(), caller.credential())
        .await
        .unwrap();
    let revoked = office.desk.admit(&TokenHash([7; 32])).await.unwrap_err();
    assert_eq!(
        revoked.to_string(),
        format!("this credential was revoked at {}", at(0))
    );
    let again = office
        .people
        .revoke_credential(&tester(), caller.credential())
        .await
        .unwrap_err();
    assert_eq!(again.to_string(), "there is no such credential");
}

pub(crate) async fn an_expired_credential_ends_its_tokens(database: &Database) {
    let office = Office::new(database);
    let connector = office.connector("Example").await;
    let minute = Duration::from_mins(1);
    let credential = office
        .credential(&connector, Some(at(0) + TimeDelta::minutes(1)))
        .await;
    assert!(office.token(&credential, "0f", 7).await.unwrap());
    office.later(minute);
    office.desk.admit(&TokenHash([7; 32])).await.unwrap_err();
    let refused = office.token(&credential, "10", 8).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        format!("this credential expired at {}", at(60))
    );
    // It was refused before the nonce was looked at, and no token was kept.
    office.desk.admit(&TokenHash([8; 32])).await.unwrap_err();
}

pub(crate) async fn a_signed_nonce_gives_one_token(database: &Database) {
    let office = Office::new(database);
    let connector = office.connector("Example").await;
    let credential = office.credential(&connector, None).await;
    assert!(office.token(&credential, "0f", 7).await.unwrap());
    assert!(!office.token(&credential, "0f", 8).await.unwrap());
    assert!(office.token(&credential, "10", 9).await.unwrap());
    office.desk.admit(&TokenHash([7; 32])).await.unwrap();
    office.desk.admit(&TokenHash([8; 32])).await.unwrap_err();
    office.desk.admit(&TokenHash([9; 32])).await.unwrap();
}
