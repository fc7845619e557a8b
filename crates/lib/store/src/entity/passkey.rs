//! `passkeys`: what authenticators keep for people.

use governance::repository::RepositoryError;
use governance::{OperatorId, Passkey, PasskeyId};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored, text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkeys")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) operator_id: String,
    pub(crate) credential: Vec<u8>,
    pub(crate) key: Vec<u8>,
    pub(crate) count: i64,
    pub(crate) name: String,
    pub(crate) created_at: i64,
    pub(crate) used_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(passkey: &Passkey) -> ActiveModel {
    ActiveModel {
        id: Set(passkey.id.to_string()),
        operator_id: Set(passkey.operator.to_string()),
        credential: Set(passkey.credential.clone()),
        key: Set(passkey.key.clone()),
        count: Set(passkey.count.into()),
        name: Set(text(&passkey.name)),
        created_at: Set(stored(passkey.created_at)),
        used_at: Set(passkey.used_at.map(stored)),
    }
}

impl TryFrom<Model> for Passkey {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "passkeys",
            id: &model.id,
        };
        Ok(Self {
            id: row.read("id", PasskeyId::parse(&model.id))?,
            operator: row.read("operator_id", OperatorId::parse(&model.operator_id))?,
            count: row.read("count", u32::try_from(model.count))?,
            created_at: row.time("created_at", model.created_at)?,
            used_at: row.maybe_time("used_at", model.used_at)?,
            credential: model.credential.clone(),
            key: model.key.clone(),
            name: model.name.clone(),
        })
    }
}
