//! What can be held, where it is different.

use governance::access::{Change, Changed, Changes, EntitlementName, ListedEntitlement};
use governance::repository::Stored;
use sea_orm::ConnectionTrait;

use super::super::lookup::Lookup;
use super::{Rows, Sides, changed};
use crate::entity::access::entitlement::{Entity, Model};
use crate::errors::failed;

const ONLY_IN: &str = "FROM access_entitlements one WHERE one.snapshot = ? AND one.known AND NOT EXISTS \
    (SELECT 1 FROM access_entitlements other \
    WHERE other.snapshot = ? AND other.number = one.number AND other.known)";

const ALTERED: &str = "FROM access_entitlements one JOIN access_entitlements other \
    ON other.number = one.number \
    WHERE one.snapshot = ? AND other.snapshot = ? AND one.known AND other.known \
    AND (one.name <> other.name OR one.description <> other.description \
    OR one.resource <> other.resource OR one.immutable <> other.immutable)";

const ORDER: &str = "one.sort_name, one.number";

impl<C: ConnectionTrait> Sides<'_, C> {
    pub(super) async fn entitlements(&self) -> Stored<Changes> {
        let rows = |from, snapshots| Rows {
            from,
            order: ORDER,
            snapshots,
        };
        let (new, old) = (self.new, self.old);
        Ok(Changes {
            added: self.of_entitlements(rows(ONLY_IN, [new, old])).await?,
            removed: self.of_entitlements(rows(ONLY_IN, [old, new])).await?,
            altered: self.of_entitlements(rows(ALTERED, [new, old])).await?,
        })
    }

    async fn of_entitlements(&self, rows: Rows) -> Stored<Changed> {
        let found = self.some::<Entity>("one", rows).await.map_err(failed)?;
        let count = self.count(rows, found.len()).await.map_err(failed)?;
        let [snapshot, other] = rows.snapshots;
        let found = self.listed(snapshot, found).await?;
        let mut samples: Vec<Change> = found.iter().map(named).collect();
        if rows.from == ALTERED && !samples.is_empty() {
            let before = self.some::<Entity>("other", rows).await.map_err(failed)?;
            let before = self.listed(other, before).await?;
            for ((sample, now), before) in samples.iter_mut().zip(&found).zip(&before) {
                sample.altered = now.entitlement.altered_since(&before.entitlement);
            }
        }
        Ok(changed(count, samples))
    }

    /// The same rows with what they are on.
    async fn listed(&self, snapshot: i64, rows: Vec<Model>) -> Stored<Vec<ListedEntitlement>> {
        let lookup = Lookup::of_entitlements(self.connection, snapshot, &rows).await?;
        let listed = rows.into_iter().map(|row| {
            let on = lookup.resource(row.resource)?;
            row.on(on)
        });
        listed.collect()
    }
}

fn named(one: &ListedEntitlement) -> Change {
    Change {
        resource: one.on.clone(),
        entitlement: Some(EntitlementName {
            id: one.entitlement.id.clone(),
            name: one.entitlement.name.clone(),
        }),
        altered: String::new(),
    }
}
