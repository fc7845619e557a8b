//! `directory_groups`: groups of a directory.

use governance::repository::{RepositoryError, Versioned};
use governance::{Group, GroupId, GroupSays};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, owners, stored, text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "directory_groups")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) name_key: String,
    pub(crate) external_id: Option<String>,
    pub(crate) members: String,
    pub(crate) created_at: i64,
    pub(crate) version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns of a group, without its version.
pub(crate) fn row(group: &Group) -> ActiveModel {
    let members: Vec<_> = group.says.members.iter().cloned().collect();
    ActiveModel {
        id: Set(group.id.to_string()),
        name: Set(text(&group.says.name)),
        name_key: Set(text(&Group::key(&group.says.name))),
        external_id: Set(group.says.external_id.as_deref().map(text)),
        members: Set(owners(&members)),
        created_at: Set(stored(group.created_at)),
        ..Default::default()
    }
}

impl TryFrom<Model> for Versioned<Group> {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "directory_groups",
            id: &model.id,
        };
        let says = GroupSays {
            name: model.name.clone(),
            external_id: model.external_id.clone(),
            members: row.owners("members", &model.members)?.into_iter().collect(),
        };
        let value = Group {
            id: row.read("id", GroupId::parse(&model.id))?,
            says,
            created_at: row.time("created_at", model.created_at)?,
        };
        Ok(Self {
            value,
            version: model.version,
        })
    }
}
