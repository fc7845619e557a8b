//! `access_tokens`: what was given out, by its hash.

use governance::repository::RepositoryError;
use governance::{AccessToken, ConnectorId, CredentialId, TokenHash};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_tokens")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) hash: Vec<u8>,
    pub(crate) credential_id: String,
    pub(crate) connector_id: String,
    pub(crate) expires_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::credential::Entity",
        from = "Column::CredentialId",
        to = "super::credential::Column::Id"
    )]
    Credential,
}

impl Related<super::credential::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Credential.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(token: &AccessToken) -> ActiveModel {
    let TokenHash(hash) = token.hash;
    ActiveModel {
        hash: Set(hash.to_vec()),
        credential_id: Set(token.credential.to_string()),
        connector_id: Set(token.connector.to_string()),
        expires_at: Set(stored(token.expires_at)),
    }
}

impl TryFrom<Model> for AccessToken {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        // A hash of a secret is not for messages.
        let row = Row {
            table: "access_tokens",
            id: &model.credential_id,
        };
        let hash = <[u8; 32]>::try_from(model.hash.as_slice());
        Ok(Self {
            hash: TokenHash(row.read("hash", hash)?),
            credential: row.read("credential_id", CredentialId::parse(&model.credential_id))?,
            connector: row.read("connector_id", ConnectorId::parse(&model.connector_id))?,
            expires_at: row.time("expires_at", model.expires_at)?,
        })
    }
}
