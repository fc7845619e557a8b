//! `access_types`: how much there is of each type, in the file's order.

use governance::access::{AccessType, TypeCounts};
use governance::repository::RepositoryError;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::code;
use crate::entity::{Row, text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_types")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) snapshot: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) position: i32,
    pub(crate) resource_type: String,
    pub(crate) name: String,
    pub(crate) kind: i16,
    pub(crate) volatile: bool,
    pub(crate) resources: i64,
    pub(crate) entitlements: i64,
    pub(crate) grants: i64,
    pub(crate) direct_grants: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How much there is of a type.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) resources: i64,
    pub(crate) entitlements: i64,
    pub(crate) grants: i64,
    pub(crate) direct_grants: i64,
}

pub(crate) fn row(snapshot: i64, position: usize, of: &AccessType, counts: Counts) -> ActiveModel {
    ActiveModel {
        snapshot: Set(snapshot),
        position: Set(i32::try_from(position).unwrap_or(i32::MAX)),
        resource_type: Set(text(of.id.as_str())),
        name: Set(text(&of.name)),
        kind: Set(code::kind(of.kind)),
        volatile: Set(of.volatile),
        resources: Set(counts.resources),
        entitlements: Set(counts.entitlements),
        grants: Set(counts.grants),
        direct_grants: Set(counts.direct_grants),
    }
}

impl TryFrom<Model> for TypeCounts {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "access_types",
            id: &model.resource_type,
        };
        let of = AccessType {
            kind: row.needed("kind", code::to_kind(model.kind))?,
            volatile: model.volatile,
            id: model.resource_type.as_str().into(),
            name: model.name,
        };
        Ok(Self {
            of,
            resources: model.resources.unsigned_abs(),
            entitlements: model.entitlements.unsigned_abs(),
            grants: model.grants.unsigned_abs(),
        })
    }
}
