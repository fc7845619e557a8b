//! Letters.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use governance::Letter;
use governance::repository::{Letters, Stored, Versioned, Written};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::{up_to, values};
use crate::Database;
use crate::entity::letter::{ActiveModel, Column, Entity, WAITING, row};
use crate::entity::stored;
use crate::errors::failed;

#[async_trait]
impl Letters for Database {
    async fn letters_due(&self, now: DateTime<Utc>, at_most: u64) -> Stored<Vec<Versioned<Letter>>> {
        let due = Entity::find()
            .filter(Column::State.eq(WAITING))
            .filter(Column::StateAt.lte(stored(now)))
            .order_by_asc(Column::StateAt)
            .limit(up_to(at_most));
        values(due.all(&self.connection).await.map_err(failed)?)
    }

    async fn replace_letter(&self, changed: &Versioned<Letter>) -> Stored<Written> {
        let row = ActiveModel {
            id: NotSet,
            version: Set(changed.version + 1),
            ..row(&changed.value)
        };
        let update = Entity::update_many()
            .set(row)
            .filter(Column::Id.eq(changed.value.id.as_str()))
            .filter(Column::Version.eq(changed.version));
        let updated = update.exec(&self.connection).await.map_err(failed)?;
        Ok(super::written(updated.rows_affected))
    }

    async fn letters(&self, at_most: u64) -> Stored<Vec<Letter>> {
        let newest = Entity::find()
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id)
            .limit(up_to(at_most));
        let newest: Vec<Versioned<Letter>> = values(newest.all(&self.connection).await.map_err(failed)?)?;
        Ok(newest.into_iter().map(|one| one.value).collect())
    }
}
