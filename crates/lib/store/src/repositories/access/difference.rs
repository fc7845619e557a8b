//! What is different from the base. Both have the same numbers for the same things, so numbers are compared.

use std::collections::HashMap;

use governance::access::{
    Changed, Changes, Difference, GrantName, ResourceName, SnapshotId, TypeChange, TypeCounts,
};
use governance::repository::Stored;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait as _, QueryFilter as _,
};

use super::lookup::Lookup;
use super::{life, look, sql};
use crate::entity::access::{grant, resource};
use crate::errors::failed;

/// Rows of `one` that `other` has not.
const RESOURCES_ONLY_IN: &str = "FROM access_resources one WHERE one.snapshot = ? AND one.known AND NOT EXISTS \
    (SELECT 1 FROM access_resources other WHERE other.snapshot = ? AND other.number = one.number AND other.known)";

/// Rows of `one` that are different in `other`.
const RESOURCES_ALTERED: &str = "FROM access_resources one JOIN access_resources other \
    ON other.number = one.number \
    WHERE one.snapshot = ? AND other.snapshot = ? AND one.known AND other.known \
    AND one.fingerprint <> other.fingerprint";

const GRANTS_ONLY_IN: &str = "FROM access_grants one WHERE one.snapshot = ? AND NOT EXISTS \
    (SELECT 1 FROM access_grants other WHERE other.snapshot = ? AND other.principal = one.principal \
    AND other.entitlement = one.entitlement AND other.id_key = one.id_key)";

const GRANTS_ALTERED: &str = "FROM access_grants one JOIN access_grants other \
    ON other.principal = one.principal AND other.entitlement = one.entitlement AND other.id_key = one.id_key \
    WHERE one.snapshot = ? AND other.snapshot = ? \
    AND (one.direct <> other.direct OR one.sources <> other.sources)";

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
        new: id.number(),
        old: base.number(),
        samples: i64::try_from(samples).unwrap_or(i64::MAX),
    };
    let (by_type, resources) = sides.resources(&moment).await?;
    Ok(Some(Difference {
        types: types(&new.types, &old.types, &by_type),
        resources,
        grants_before: old.grants(),
        grants: sides.grants(&moment).await?,
    }))
}

/// Two snapshots, by number, and how many samples are wanted.
#[derive(Clone, Copy)]
struct Sides {
    new: i64,
    old: i64,
    samples: i64,
}

/// How many of each type.
type ByType = HashMap<String, u64>;

impl Sides {
    async fn resources(
        self,
        connection: &impl ConnectionTrait,
    ) -> Stored<([ByType; 3], Changes<ResourceName>)> {
        let Self { new, old, .. } = self;
        let added = self
            .of_resources(connection, RESOURCES_ONLY_IN, [new, old])
            .await?;
        let removed = self
            .of_resources(connection, RESOURCES_ONLY_IN, [old, new])
            .await?;
        let altered = self
            .of_resources(connection, RESOURCES_ALTERED, [new, old])
            .await?;
        let changes = Changes {
            added: added.1,
            removed: removed.1,
            altered: altered.1,
        };
        Ok(([added.0, removed.0, altered.0], changes))
    }

    async fn of_resources(
        self,
        connection: &impl ConnectionTrait,
        from: &str,
        sides: [i64; 2],
    ) -> Stored<(ByType, Changed<ResourceName>)> {
        let by_type = by_type(connection, from, sides).await.map_err(failed)?;
        let numbers = self.numbers(connection, from, sides).await.map_err(failed)?;
        let found = resource::Entity::find()
            .filter(resource::Column::Snapshot.eq(sides[0]))
            .filter(resource::Column::Number.is_in(numbers.iter().copied()));
        let found = found.all(connection).await.map_err(failed)?;
        let found: HashMap<i64, resource::Model> = found.into_iter().map(|one| (one.number, one)).collect();
        let samples = numbers.iter().filter_map(|number| found.get(number));
        let changed = Changed {
            count: by_type.values().sum(),
            samples: samples.map(resource::Model::called).collect::<Stored<_>>()?,
        };
        Ok((by_type, changed))
    }

    async fn numbers(
        self,
        connection: &impl ConnectionTrait,
        from: &str,
        sides: [i64; 2],
    ) -> Result<Vec<i64>, DbErr> {
        let order = "ORDER BY one.resource_type, one.sort_name, one.number";
        let select = format!("SELECT one.number {from} {order} LIMIT ?");
        let values = vec![sides[0].into(), sides[1].into(), self.samples.into()];
        let rows = sql::rows(connection, &select, values).await?;
        rows.iter().map(|row| row.try_get_by_index(0)).collect()
    }

    async fn grants(self, connection: &impl ConnectionTrait) -> Stored<Changes<GrantName>> {
        let Self { new, old, .. } = self;
        Ok(Changes {
            added: self.of_grants(connection, GRANTS_ONLY_IN, [new, old]).await?,
            removed: self.of_grants(connection, GRANTS_ONLY_IN, [old, new]).await?,
            altered: self.of_grants(connection, GRANTS_ALTERED, [new, old]).await?,
        })
    }

    async fn of_grants(
        self,
        connection: &impl ConnectionTrait,
        from: &str,
        sides: [i64; 2],
    ) -> Stored<Changed<GrantName>> {
        let rows = self.some_grants(connection, from, sides).await.map_err(failed)?;
        let count = self.count_grants(connection, from, sides, rows.len()).await;
        let lookup = Lookup::of_grants(connection, sides[0], &rows).await?;
        let samples = rows.iter().map(|row| {
            let entitlement = lookup.entitlement(row.entitlement)?;
            Ok(GrantName {
                entitlement: entitlement.id.as_str().into(),
                entitlement_name: entitlement.name.clone(),
                principal: lookup.resource(row.principal)?.called()?,
            })
        });
        Ok(Changed {
            count: count.map_err(failed)?,
            samples: samples.collect::<Stored<_>>()?,
        })
    }

    /// Where the samples are not as many as were wanted, they are all: looking through a million grants once is enough.
    async fn count_grants(
        self,
        connection: &impl ConnectionTrait,
        from: &str,
        sides: [i64; 2],
        samples: usize,
    ) -> Result<u64, DbErr> {
        let samples = i64::try_from(samples).unwrap_or(i64::MAX);
        if samples < self.samples {
            return Ok(samples.unsigned_abs());
        }
        let count = format!("SELECT count(*) {from}");
        let count = sql::number(connection, &count, sides.map(Into::into).to_vec()).await?;
        Ok(count.unwrap_or_default().unsigned_abs())
    }

    async fn some_grants(
        self,
        connection: &impl ConnectionTrait,
        from: &str,
        sides: [i64; 2],
    ) -> Result<Vec<grant::Model>, DbErr> {
        let order = "ORDER BY one.principal, one.entitlement, one.id_key";
        let select = format!("SELECT one.* {from} {order} LIMIT ?");
        let values = vec![sides[0].into(), sides[1].into(), self.samples.into()];
        let select = sql::statement(connection, &select, values);
        grant::Entity::find().from_raw_sql(select).all(connection).await
    }
}

async fn by_type(connection: &impl ConnectionTrait, from: &str, sides: [i64; 2]) -> Result<ByType, DbErr> {
    let select = format!("SELECT one.resource_type, count(*) {from} GROUP BY one.resource_type");
    let rows = sql::rows(connection, &select, sides.map(Into::into).to_vec()).await?;
    let counts = rows.iter().map(|row| {
        let count: i64 = row.try_get_by_index(1)?;
        Ok((row.try_get_by_index(0)?, count.unsigned_abs()))
    });
    counts.collect()
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
