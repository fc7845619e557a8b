//! `access_tallies`: how many accounts have what matters in common.

use governance::access::AccountTally;
use governance::repository::RepositoryError;
use sea_orm::entity::prelude::*;

use super::code;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_tallies")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) snapshot: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) position: i32,
    pub(crate) resource_type: String,
    pub(crate) lifecycle: i32,
    pub(crate) second_factor: Option<bool>,
    pub(crate) accounts: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for AccountTally {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        Ok(Self {
            resource_type: model.resource_type.into(),
            lifecycle: code::to_lifecycle(model.lifecycle),
            second_factor: model.second_factor,
            accounts: model.accounts.unsigned_abs(),
        })
    }
}
