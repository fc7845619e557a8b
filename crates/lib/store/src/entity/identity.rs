//! `identities`: what people are known by at providers.

use governance::repository::RepositoryError;
use governance::{Identity, OperatorId};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored, text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identities")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) issuer: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) subject: String,
    pub(crate) operator_id: String,
    pub(crate) linked_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(identity: &Identity) -> ActiveModel {
    ActiveModel {
        issuer: Set(text(&identity.issuer)),
        subject: Set(text(&identity.subject)),
        operator_id: Set(identity.operator.to_string()),
        linked_at: Set(stored(identity.linked_at)),
    }
}

impl TryFrom<Model> for Identity {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "identities",
            id: &model.subject,
        };
        Ok(Self {
            operator: row.read("operator_id", OperatorId::parse(&model.operator_id))?,
            linked_at: row.time("linked_at", model.linked_at)?,
            issuer: model.issuer.clone(),
            subject: model.subject.clone(),
        })
    }
}
