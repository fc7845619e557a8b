//! Grants that are different.

use governance::access::{Change, Changed, Changes, EntitlementName, HeldHow};
use governance::repository::Stored;
use sea_orm::ConnectionTrait;

use super::super::lookup::Lookup;
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
