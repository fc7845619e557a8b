//! What is different from the base. Both have the same numbers for the same things, so numbers are compared.

mod entitlements;
mod grants;
mod resources;

use std::collections::HashMap;

use governance::access::{Changed, Difference, GrantsLost, SnapshotId, TypeChange, TypeCounts};
use governance::repository::Stored;
use model::ResourceTypeId;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, EntityTrait};

use super::{life, look, sql};
use crate::errors::failed;

pub(super) async fn difference(
    connection: &DatabaseConnection,
    id: SnapshotId,
    samples: u64,
) -> Stored<Option<Difference>> {
    let Some(moment) = look::at(connection, id).await? else {
        return Ok(None);
    };
    let Some(new) = life::snapshot(&moment, id).await? else {
        return Ok(None);
    };
    let Some(base) = new.base else { return Ok(None) };
    let Some(old) = life::snapshot(&moment, base).await? else {
        return Ok(None);
    };
    let sides = Sides {
        connection: &moment,
        new: id.number(),
        old: base.number(),
        samples: i64::try_from(samples).unwrap_or(i64::MAX),
    };
    let (by_type, resources) = sides.resources().await?;
    Ok(Some(Difference {
        base: old.of.upload.clone(),
        types: types(&new.types, &old.types, &by_type),
        resources,
        entitlements: sides.entitlements().await?,
        grants_before: old.grants(),
        grants: sides.grants().await?,
    }))
}

/// How many grants of the base are gone, without what follows from others or has to do with these types.
pub(super) async fn grants_lost(
    connection: &DatabaseConnection,
    id: SnapshotId,
    left_out: &[ResourceTypeId],
) -> Stored<Option<GrantsLost>> {
    let Some(moment) = look::at(connection, id).await? else {
        return Ok(None);
    };
    let Some(base) = life::snapshot(&moment, id).await?.and_then(|new| new.base) else {
        return Ok(None);
    };
    let lost = grants::lost(&moment, [base.number(), id.number()], left_out).await;
    lost.map(Some).map_err(failed)
}

/// Two snapshots, by number, and how many samples are wanted.
struct Sides<'c, C> {
    connection: &'c C,
    new: i64,
    old: i64,
    samples: i64,
}

/// Rows that are different: of `one`, the first snapshot, and their others in the second where there are any.
#[derive(Clone, Copy)]
struct Rows {
    from: &'static str,
    order: &'static str,
    snapshots: [i64; 2],
}

/// How many of each type.
type ByType = HashMap<String, u64>;

impl<C: ConnectionTrait> Sides<'_, C> {
    /// The first rows, of `one` or of `other`, in the same order.
    async fn some<E: EntityTrait>(&self, side: &str, rows: Rows) -> Result<Vec<E::Model>, DbErr> {
        let Rows { from, order, .. } = rows;
        let select = format!("SELECT {side}.* {from} ORDER BY {order} LIMIT ?");
        let [first, second] = rows.snapshots;
        let values = vec![first.into(), second.into(), self.samples.into()];
        let select = sql::statement(self.connection, &select, values);
        E::find().from_raw_sql(select).all(self.connection).await
    }

    /// Where the samples are not as many as were wanted, they are all: looking through a million grants once is enough.
    async fn count(&self, rows: Rows, samples: usize) -> Result<u64, DbErr> {
        let samples = i64::try_from(samples).unwrap_or(i64::MAX);
        if samples < self.samples {
            return Ok(samples.unsigned_abs());
        }
        let count = format!("SELECT count(*) {}", rows.from);
        let values = rows.snapshots.map(Into::into).to_vec();
        let count = sql::number(self.connection, &count, values).await?;
        Ok(count.unwrap_or_default().unsigned_abs())
    }

    async fn by_type(&self, rows: Rows) -> Result<ByType, DbErr> {
        let select = format!(
            "SELECT one.resource_type, count(*) {} GROUP BY one.resource_type",
            rows.from
        );
        let values = rows.snapshots.map(Into::into).to_vec();
        let rows = sql::rows(self.connection, &select, values).await?;
        let counts = rows.iter().map(|row| {
            let count: i64 = row.try_get_by_index(1)?;
            Ok((row.try_get_by_index(0)?, count.unsigned_abs()))
        });
        counts.collect()
    }
}

/// Each type that either side has.
fn types(new: &[TypeCounts], old: &[TypeCounts], [added, removed, altered]: &[ByType; 3]) -> Vec<TypeChange> {
    let is_gone = |one: &&TypeCounts| !new.iter().any(|other| other.of.id == one.of.id);
    let before = |one: &TypeCounts| {
        old.iter()
            .find(|other| other.of.id == one.of.id)
            .map(|one| one.resources)
    };
    let all = new.iter().chain(old.iter().filter(is_gone));
    let count =
        |counts: &ByType, one: &TypeCounts| counts.get(one.of.id.as_str()).copied().unwrap_or_default();
    let changes = all.map(|one| TypeChange {
        of: one.of.clone(),
        before: before(one).unwrap_or_default(),
        added: count(added, one),
        removed: count(removed, one),
        altered: count(altered, one),
    });
    changes.collect()
}

/// How many, and some of them.
fn changed(count: u64, samples: Vec<governance::access::Change>) -> Changed {
    Changed { count, samples }
}
