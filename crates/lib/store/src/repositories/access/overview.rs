//! What a first look shows: it was counted when the snapshot became whole.

use governance::access::{Overview, SnapshotId};
use governance::repository::Stored;
use sea_orm::{ColumnTrait as _, DatabaseConnection, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::look;
use crate::entity::access::{tally, type_counts};
use crate::errors::failed;
use crate::repositories::values;

pub(super) async fn overview(connection: &DatabaseConnection, id: SnapshotId) -> Stored<Option<Overview>> {
    let Some(moment) = look::at(connection, id).await? else {
        return Ok(None);
    };
    let types = type_counts::Entity::find()
        .filter(type_counts::Column::Snapshot.eq(id.number()))
        .order_by_asc(type_counts::Column::Position);
    let types = types.all(&moment).await.map_err(failed)?;
    let tallies = tally::Entity::find()
        .filter(tally::Column::Snapshot.eq(id.number()))
        .order_by_asc(tally::Column::Position);
    let tallies = tallies.all(&moment).await.map_err(failed)?;
    let sum = |number: fn(&type_counts::Model) -> i64| types.iter().map(number).sum::<i64>().unsigned_abs();
    Ok(Some(Overview {
        direct_grants: sum(|one| one.direct_grants),
        inherited_grants: sum(|one| one.grants - one.direct_grants),
        accounts: values(tallies)?,
        types: values(types)?,
    }))
}
