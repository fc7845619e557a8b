//! Resources that are different.

use governance::access::{Change, Changed, Changes, ListedResource};
use governance::repository::Stored;
use sea_orm::ConnectionTrait;

use super::{ByType, Rows, Sides, changed};
use crate::entity::access::resource::{Entity, Model};
use crate::errors::failed;

/// Rows of `one` that `other` has not.
const ONLY_IN: &str = "FROM access_resources one WHERE one.snapshot = ? AND one.known AND NOT EXISTS \
    (SELECT 1 FROM access_resources other WHERE other.snapshot = ? AND other.number = one.number AND other.known)";

/// Rows of `one` that are different in `other`.
const ALTERED: &str = "FROM access_resources one JOIN access_resources other \
    ON other.number = one.number \
    WHERE one.snapshot = ? AND other.snapshot = ? AND one.known AND other.known \
    AND one.fingerprint <> other.fingerprint";

const ORDER: &str = "one.resource_type, one.sort_name, one.number";

impl<C: ConnectionTrait> Sides<'_, C> {
    /// How many of each type are new, gone and altered, and the same together.
    pub(super) async fn resources(&self) -> Stored<([ByType; 3], Changes)> {
        let rows = |from, snapshots| Rows {
            from,
            order: ORDER,
            snapshots,
        };
        let (new, old) = (self.new, self.old);
        let added = self.of_resources(rows(ONLY_IN, [new, old])).await?;
        let removed = self.of_resources(rows(ONLY_IN, [old, new])).await?;
        let altered = self.of_resources(rows(ALTERED, [new, old])).await?;
        let changes = Changes {
            added: added.1,
            removed: removed.1,
            altered: altered.1,
        };
        Ok(([added.0, removed.0, altered.0], changes))
    }

    async fn of_resources(&self, rows: Rows) -> Stored<(ByType, Changed)> {
        let by_type = self.by_type(rows).await.map_err(failed)?;
        let count = by_type.values().sum();
        if count == 0 {
            return Ok((by_type, Changed::default()));
        }
        let found = self.some::<Entity>("one", rows).await.map_err(failed)?;
        let samples = if rows.from == ALTERED {
            let before = self.some::<Entity>("other", rows).await.map_err(failed)?;
            let pairs = found.into_iter().zip(before);
            pairs.map(altered).collect::<Stored<_>>()?
        } else {
            found.iter().map(named).collect::<Stored<_>>()?
        };
        Ok((by_type, changed(count, samples)))
    }
}

fn named(row: &Model) -> Stored<Change> {
    Ok(Change {
        resource: row.called()?,
        entitlement: None,
        altered: String::new(),
    })
}

fn altered((row, before): (Model, Model)) -> Stored<Change> {
    let named = named(&row)?;
    let (now, before) = (ListedResource::try_from(row)?, ListedResource::try_from(before)?);
    Ok(Change {
        altered: now.resource.altered_since(&before.resource),
        ..named
    })
}
