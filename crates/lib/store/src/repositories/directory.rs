//! What directories say, and how they are let in.

use async_trait::async_trait;
use governance::repository::{Directory, RepositoryError, Stored, Versioned};
use governance::{Group, GroupId, Provisioning};
use sea_orm::{EntityTrait as _, QueryOrder as _};

use super::{value, values};
use crate::Database;
use crate::entity::{group, provisioning};
use crate::errors::failed;

#[async_trait]
impl Directory for Database {
    async fn provisioning(&self) -> Stored<Versioned<Provisioning>> {
        let found = provisioning::Entity::find_by_id(provisioning::ONLY);
        let found = value(found.one(&self.connection).await.map_err(failed)?)?;
        found.ok_or_else(|| RepositoryError::Impossible {
            what: "`provisioning` has no row".to_owned(),
        })
    }

    async fn group(&self, id: &GroupId) -> Stored<Option<Versioned<Group>>> {
        let found = group::Entity::find_by_id(id.as_str()).one(&self.connection).await;
        value(found.map_err(failed)?)
    }

    async fn groups(&self) -> Stored<Vec<Versioned<Group>>> {
        let all = group::Entity::find()
            .order_by_asc(group::Column::NameKey)
            .order_by_asc(group::Column::Id);
        values(all.all(&self.connection).await.map_err(failed)?)
    }
}
