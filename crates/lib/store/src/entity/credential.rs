//! `credentials`: client ids and the public halves of their keys.

use governance::repository::RepositoryError;
use governance::{ConnectorId, Credential, CredentialId, PublicKey};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credentials")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) connector_id: String,
    pub(crate) client_id: String,
    pub(crate) public_key: Vec<u8>,
    pub(crate) created_at: i64,
    pub(crate) expires_at: Option<i64>,
    pub(crate) revoked_at: Option<i64>,
    pub(crate) last_used_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(credential: &Credential) -> ActiveModel {
    let PublicKey(key) = credential.public_key;
    ActiveModel {
        id: Set(credential.id.to_string()),
        connector_id: Set(credential.connector.to_string()),
        client_id: Set(credential.client_id.clone()),
        public_key: Set(key.to_vec()),
        created_at: Set(stored(credential.created_at)),
        expires_at: Set(credential.expires_at.map(stored)),
        revoked_at: Set(credential.revoked_at.map(stored)),
        last_used_at: Set(credential.last_used_at.map(stored)),
    }
}

impl TryFrom<Model> for Credential {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "credentials",
            id: &model.id,
        };
        let key = <[u8; 32]>::try_from(model.public_key.as_slice());
        Ok(Self {
            id: row.read("id", CredentialId::parse(&model.id))?,
            connector: row.read("connector_id", ConnectorId::parse(&model.connector_id))?,
            public_key: PublicKey(row.read("public_key", key)?),
            created_at: row.time("created_at", model.created_at)?,
            expires_at: row.maybe_time("expires_at", model.expires_at)?,
            revoked_at: row.maybe_time("revoked_at", model.revoked_at)?,
            last_used_at: row.maybe_time("last_used_at", model.last_used_at)?,
            client_id: model.client_id.clone(),
        })
    }
}
