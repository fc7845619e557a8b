//! `api_keys`: with what programs act for people.

use governance::repository::RepositoryError;
use governance::{ApiKey, ApiKeyId, KeyScope, OperatorId, TokenHash};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored, text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_keys")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) token: Vec<u8>,
    pub(crate) last_four: String,
    pub(crate) name: String,
    pub(crate) operator_id: String,
    pub(crate) scope: String,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) used_at: Option<i64>,
    pub(crate) revoked_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::operator::Entity",
        from = "Column::OperatorId",
        to = "super::operator::Column::Id"
    )]
    Operator,
}

impl Related<super::operator::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Operator.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(key: &ApiKey) -> ActiveModel {
    let TokenHash(token) = key.token;
    ActiveModel {
        id: Set(key.id.to_string()),
        token: Set(token.to_vec()),
        last_four: Set(text(&key.last_four)),
        name: Set(text(&key.name)),
        operator_id: Set(key.operator.to_string()),
        scope: Set(key.scope.as_str().to_owned()),
        created_at: Set(stored(key.created_at)),
        expires_at: Set(stored(key.expires_at)),
        used_at: Set(key.used_at.map(stored)),
        revoked_at: Set(key.revoked_at.map(stored)),
    }
}

impl TryFrom<Model> for ApiKey {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "api_keys",
            id: &model.id,
        };
        let token = <[u8; 32]>::try_from(model.token.as_slice());
        Ok(Self {
            id: row.read("id", ApiKeyId::parse(&model.id))?,
            token: TokenHash(row.read("token", token)?),
            operator: row.read("operator_id", OperatorId::parse(&model.operator_id))?,
            scope: row.needed("scope", KeyScope::parse(&model.scope))?,
            created_at: row.time("created_at", model.created_at)?,
            expires_at: row.time("expires_at", model.expires_at)?,
            used_at: row.maybe_time("used_at", model.used_at)?,
            revoked_at: row.maybe_time("revoked_at", model.revoked_at)?,
            last_four: model.last_four,
            name: model.name,
        })
    }
}
