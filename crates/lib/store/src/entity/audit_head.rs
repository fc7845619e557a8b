//! `audit_head`: one row, the newest entry of the audit trail.

use sea_orm::entity::prelude::*;

/// How the table is called.
pub(crate) const TABLE: &str = "audit_head";
/// The id of the row.
pub(crate) const ONLY: i64 = 1;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_head")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i64,
    pub(crate) number: i64,
    pub(crate) hash: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
