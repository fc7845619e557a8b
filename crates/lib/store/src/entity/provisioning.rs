//! `provisioning`: one row, how directories are let in.

use governance::repository::{RepositoryError, Versioned};
use governance::{GroupRole, Provisioning, Role};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, text};

/// Its name.
pub(crate) const TABLE: &str = "provisioning";
/// The id of the row.
pub(crate) const ONLY: i64 = 1;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provisioning")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i64,
    pub(crate) adopts: i64,
    pub(crate) invites: i64,
    pub(crate) roles: String,
    pub(crate) version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns that change, without the version. A role and a group stand in a line; no name has a line feed.
pub(crate) fn row(provisioning: &Provisioning) -> ActiveModel {
    let line = |one: &GroupRole| format!("{}\t{}", one.role.as_str(), text(&one.group));
    let lines: Vec<_> = provisioning.roles.iter().map(line).collect();
    ActiveModel {
        adopts: Set(provisioning.adopts.into()),
        invites: Set(provisioning.invites.into()),
        roles: Set(lines.join("\n")),
        ..Default::default()
    }
}

impl TryFrom<Model> for Versioned<Provisioning> {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "provisioning",
            id: "the only one",
        };
        let group_role = |line: &str| {
            let (role, group) = line.split_once('\t')?;
            Some(GroupRole {
                group: group.to_owned(),
                role: Role::parse(role)?,
            })
        };
        let roles = model.roles.lines().map(group_role).collect::<Option<_>>();
        let value = Provisioning {
            adopts: model.adopts != 0,
            invites: model.invites != 0,
            roles: row.needed("roles", roles)?,
        };
        Ok(Self {
            value,
            version: model.version,
        })
    }
}
