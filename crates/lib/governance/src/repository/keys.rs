//! Keys with which programs act for people.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::Stored;
use crate::{ApiKey, ApiKeyId, Operator, OperatorId, TokenHash};

/// Keys with which programs act for people.
#[async_trait]
pub trait ApiKeys {
    /// The key with that secret, and whose it is.
    async fn api_key(&self, token: &TokenHash) -> Stored<Option<(ApiKey, Operator)>>;
    /// The key with that id.
    async fn api_key_with_id(&self, id: &ApiKeyId) -> Stored<Option<ApiKey>>;
    /// Those of somebody that were not taken back, the newest first.
    async fn api_keys_of(&self, operator: &OperatorId) -> Stored<Vec<ApiKey>>;
    /// All that were not taken back, with whose they are, the newest first.
    async fn api_keys(&self) -> Stored<Vec<(ApiKey, Operator)>>;
    /// Notes that a key is used; never earlier than it was before.
    async fn api_key_used(&self, id: &ApiKeyId, at: DateTime<Utc>) -> Stored<()>;
}
