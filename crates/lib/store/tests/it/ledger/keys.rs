//! Keys with which programs act: taken back once, used later and later.

use governance::repository::{ApiKeys as _, Write};
use store::Database;

use super::world::{api_key, api_key_id, is_outdated, operator, operator_id, write};
use crate::world::at;

async fn with_keys(database: &Database) {
    let writes = [
        Write::AddOperator(operator(1)),
        Write::AddOperator(operator(2)),
        Write::AddApiKey(api_key(1, 1)),
        Write::AddApiKey(api_key(2, 1)),
        Write::AddApiKey(api_key(3, 2)),
    ];
    write(database, &writes).await;
}

async fn revoked_at(database: &Database, number: u8) -> Option<chrono::DateTime<chrono::Utc>> {
    let found = database.api_key_with_id(&api_key_id(number)).await.unwrap();
    found.unwrap().revoked_at
}

pub(crate) async fn an_api_key_is_revoked_once(database: &Database) {
    with_keys(database).await;
    write(database, &[Write::RevokeApiKey(api_key_id(1), at(10))]).await;
    assert!(is_outdated(database, Write::RevokeApiKey(api_key_id(1), at(20))).await);
    assert!(is_outdated(database, Write::RevokeApiKey(api_key_id(9), at(20))).await);
    assert_eq!(revoked_at(database, 1).await, Some(at(10)));
    assert_eq!(revoked_at(database, 2).await, None);
}

pub(crate) async fn api_keys_of_somebody_end_together(database: &Database) {
    with_keys(database).await;
    write(database, &[Write::RevokeApiKey(api_key_id(1), at(10))]).await;
    write(database, &[Write::RevokeApiKeysOf(operator_id(1), at(20))]).await;
    assert_eq!(revoked_at(database, 1).await, Some(at(10)));
    assert_eq!(revoked_at(database, 2).await, Some(at(20)));
    assert_eq!(revoked_at(database, 3).await, None);
    // There is nothing to do a second time, and that is no mistake.
    write(database, &[Write::RevokeApiKeysOf(operator_id(1), at(30))]).await;
    assert_eq!(revoked_at(database, 2).await, Some(at(20)));
}

pub(crate) async fn an_api_key_is_never_used_earlier_than_before(database: &Database) {
    with_keys(database).await;
    let used = async |seconds| {
        database.api_key_used(&api_key_id(1), at(seconds)).await.unwrap();
        let found = database.api_key_with_id(&api_key_id(1)).await.unwrap();
        found.unwrap().used_at
    };
    assert_eq!(used(30).await, Some(at(30)));
    assert_eq!(used(20).await, Some(at(30)));
    assert_eq!(used(31).await, Some(at(31)));
    let other = database.api_key_with_id(&api_key_id(2)).await.unwrap();
    assert_eq!(other.unwrap().used_at, None);
}
