//! Grants that are different.

use governance::access::{Change, Changed, Changes, EntitlementName, GrantsLost, HeldHow};
use governance::repository::Stored;
use model::ResourceTypeId;
use sea_orm::{ConnectionTrait, DbErr, Value};

use super::super::lookup::Lookup;
use super::super::sql;
use super::{Rows, Sides, changed};
use crate::entity::access::grant::{Entity, Model};
use crate::errors::failed;

const ONLY_IN: &str = "FROM access_grants one WHERE one.snapshot = ? AND NOT EXISTS \
    (SELECT 1 FROM access_grants other WHERE other.snapshot = ? AND other.principal = one.principal \
    AND other.entitlement = one.entitlement AND other.id_key = one.id_key)";

const ALTERED: &str = "FROM access_grants one JOIN access_grants other \
    ON other.principal = one.principal AND other.entitlement = one.entitlement AND other.id_key = one.id_key \
    WHERE one.snapshot = ? AND other.snapshot = ? \
    AND (one.direct <> other.direct OR one.sources <> other.sources)";

/// That of the key, so that nothing has to be put in order.
const ORDER: &str = "one.principal, one.entitlement, one.id_key";

/// Grants that were given to the holder itself, with the types of what they are on and of who holds them.
const GIVEN: &str = "FROM access_grants one \
    JOIN access_entitlements held ON held.snapshot = one.snapshot AND held.number = one.entitlement \
    JOIN access_resources thing ON thing.snapshot = one.snapshot AND thing.number = held.resource \
    JOIN access_resources holder ON holder.snapshot = one.snapshot AND holder.number = one.principal \
    WHERE one.snapshot = ? AND one.direct";

/// Those that another snapshot has not.
const GONE: &str = "AND NOT EXISTS (SELECT 1 FROM access_grants other WHERE other.snapshot = ? \
    AND other.principal = one.principal AND other.entitlement = one.entitlement AND other.id_key = one.id_key)";

/// How many were given in the first snapshot, and how many of them the second has not.
pub(super) async fn lost<C: ConnectionTrait>(
    connection: &C,
    [old, new]: [i64; 2],
    left_out: &[ResourceTypeId],
) -> Result<GrantsLost, DbErr> {
    // No type has no name; a list of none is none that PostgreSQL knows.
    let marks = format!("''{}", ", ?".repeat(left_out.len()));
    let types = || left_out.iter().map(|id| Value::from(id.as_str()));
    let count = async |gone: &str, snapshots: &[i64]| {
        let count = format!(
            "SELECT count(*) {GIVEN} {gone} AND thing.resource_type NOT IN ({marks}) \
            AND holder.resource_type NOT IN ({marks})"
        );
        let snapshots = snapshots.iter().map(|number| Value::from(*number));
        let values = snapshots.chain(types()).chain(types()).collect();
        let count = sql::number(connection, &count, values).await?;
        Ok::<_, DbErr>(count.unwrap_or_default().unsigned_abs())
    };
    Ok(GrantsLost {
        before: count("", &[old]).await?,
        removed: count(GONE, &[old, new]).await?,
    })
}

impl<C: ConnectionTrait> Sides<'_, C> {
    pub(super) async fn grants(&self) -> Stored<Changes> {
        let rows = |from, snapshots| Rows {
            from,
            order: ORDER,
            snapshots,
        };
        let (new, old) = (self.new, self.old);
        Ok(Changes {
            added: self.of_grants(rows(ONLY_IN, [new, old])).await?,
            removed: self.of_grants(rows(ONLY_IN, [old, new])).await?,
            altered: self.of_grants(rows(ALTERED, [new, old])).await?,
        })
    }

    async fn of_grants(&self, rows: Rows) -> Stored<Changed> {
        let found = self.some::<Entity>("one", rows).await.map_err(failed)?;
        let count = self.count(rows, found.len()).await.map_err(failed)?;
        let [snapshot, other] = rows.snapshots;
        let lookup = Lookup::of_grants(self.connection, snapshot, &found).await?;
        let mut samples = found
            .iter()
            .map(|row| named(&lookup, row))
            .collect::<Stored<Vec<_>>>()?;
        if rows.from == ALTERED && !samples.is_empty() {
            let before = self.some::<Entity>("other", rows).await.map_err(failed)?;
            let was = Lookup::of_grants(self.connection, other, &before).await?;
            for ((sample, row), before) in samples.iter_mut().zip(&found).zip(&before) {
                sample.altered = how(&lookup, row)?.altered_since(&how(&was, before)?);
            }
        }
        Ok(changed(count, samples))
    }
}

fn named(lookup: &Lookup, row: &Model) -> Stored<Change> {
    let entitlement = lookup.entitlement(row.entitlement)?;
    Ok(Change {
        resource: lookup.resource(row.principal)?.called()?,
        entitlement: Some(EntitlementName {
            id: entitlement.id.as_str().into(),
            name: entitlement.name.clone(),
        }),
        altered: String::new(),
    })
}

fn how(lookup: &Lookup, row: &Model) -> Stored<HeldHow> {
    let through = lookup.through(row)?;
    Ok(HeldHow {
        direct: row.direct,
        through: through.into_iter().map(|one| one.on.name).collect(),
    })
}
