//! What remains to be done when all rows are there: counting.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use governance::access::{AccessType, ResourceKind, SnapshotId};
use governance::repository::Written;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use sea_orm::{
    ColumnTrait as _, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, EntityTrait as _,
    QueryFilter as _, TransactionTrait as _,
};

use super::{life, sql};
use crate::entity::access::type_counts::{self, Counts};
use crate::entity::access::{code, snapshot, tally};
use crate::entity::stored;

/// How many numbers one transaction looks at.
const AT_ONCE: i64 = 5000;

const HOLDERS: &str = "UPDATE access_entitlements SET \
    holders = (SELECT count(*) FROM access_grants g \
        WHERE g.snapshot = access_entitlements.snapshot AND g.entitlement = access_entitlements.number), \
    direct_holders = (SELECT count(*) FROM access_grants g \
        WHERE g.snapshot = access_entitlements.snapshot AND g.entitlement = access_entitlements.number \
        AND g.direct) \
    WHERE snapshot = ? AND number > ? AND number <= ?";

const HOLDS: &str = "UPDATE access_resources SET \
    holds = (SELECT count(*) FROM access_grants g \
        WHERE g.snapshot = access_resources.snapshot AND g.principal = access_resources.number) \
    WHERE snapshot = ? AND number > ? AND number <= ?";

const RESOURCES: &str = "SELECT resource_type, count(*), CAST(0 AS bigint), CAST(0 AS bigint) \
    FROM access_resources WHERE snapshot = ? AND known GROUP BY resource_type";

/// By the type of what an entitlement is on.
const ENTITLEMENTS: &str = "SELECT r.resource_type, \
        CAST(sum(CASE WHEN e.known THEN 1 ELSE 0 END) AS bigint), \
        CAST(sum(e.holders) AS bigint), CAST(sum(e.direct_holders) AS bigint) \
    FROM access_entitlements e JOIN access_resources r ON r.snapshot = e.snapshot AND r.number = e.resource \
    WHERE e.snapshot = ? GROUP BY r.resource_type";

const ACCOUNTS: &str = "SELECT resource_type, lifecycle, second_factor, count(*) FROM access_resources \
    WHERE snapshot = ? AND kind = ? AND known GROUP BY resource_type, lifecycle, second_factor \
    ORDER BY resource_type, lifecycle, second_factor";

/// A snapshot of which all rows are there.
pub(super) struct Rest<'a> {
    pub(super) connection: &'a DatabaseConnection,
    pub(super) id: SnapshotId,
    pub(super) types: &'a [AccessType],
    pub(super) greatest_resource: i64,
    pub(super) greatest_entitlement: i64,
}

impl Rest<'_> {
    pub(super) async fn complete(&self, now: DateTime<Utc>) -> Result<Written, DbErr> {
        self.explain_to_planner().await?;
        for (update, greatest) in [
            (HOLDERS, self.greatest_entitlement),
            (HOLDS, self.greatest_resource),
        ] {
            if self.count(update, greatest, now).await? == Written::Outdated {
                return Ok(Written::Outdated);
            }
        }
        let types = self.count_types().await?;
        let tallies = self.tally_accounts().await?;
        let transaction = self.connection.begin().await?;
        if self.end(&transaction, now).await? == Written::Outdated {
            return Ok(Written::Outdated);
        }
        insert_all::<type_counts::Entity, _>(&transaction, types).await?;
        insert_all::<tally::Entity, _>(&transaction, tallies).await?;
        transaction.commit().await?;
        Ok(Written::Yes)
    }

    /// PostgreSQL plans by what it knows of a table, which after so many new rows is nothing.
    async fn explain_to_planner(&self) -> Result<(), DbErr> {
        if self.connection.get_database_backend() == DbBackend::Postgres {
            let tables = "ANALYZE access_resources, access_entitlements, access_grants";
            self.connection.execute_unprepared(tables).await?;
        }
        Ok(())
    }

    async fn count(&self, update: &str, greatest: i64, now: DateTime<Utc>) -> Result<Written, DbErr> {
        let mut after = 0;
        while after < greatest {
            let transaction = self.connection.begin().await?;
            if life::touch(&transaction, self.id, now).await? == Written::Outdated {
                return Ok(Written::Outdated);
            }
            let values = vec![self.id.number().into(), after.into(), (after + AT_ONCE).into()];
            sql::execute(&transaction, update, values).await?;
            transaction.commit().await?;
            after += AT_ONCE;
        }
        Ok(Written::Yes)
    }

    /// How much there is of each type; with types at the end that only grants name.
    async fn count_types(&self) -> Result<Vec<type_counts::ActiveModel>, DbErr> {
        let mut resources = self.by_type(RESOURCES).await?;
        let mut rights = self.by_type(ENTITLEMENTS).await?;
        let rows = self.types.iter().enumerate().map(|(position, of)| {
            let (resources, ..) = resources.remove(of.id.as_str()).unwrap_or_default();
            let (entitlements, grants, direct_grants) = rights.remove(of.id.as_str()).unwrap_or_default();
            let counts = Counts {
                resources,
                entitlements,
                grants,
                direct_grants,
            };
            type_counts::row(self.id.number(), position, of, counts)
        });
        Ok(rows.collect())
    }

    async fn by_type(&self, select: &str) -> Result<HashMap<String, (i64, i64, i64)>, DbErr> {
        let rows = sql::rows(self.connection, select, vec![self.id.number().into()]).await?;
        let rows = rows.iter().map(|row| {
            let counts = (
                row.try_get_by_index(1)?,
                row.try_get_by_index(2)?,
                row.try_get_by_index(3)?,
            );
            Ok((row.try_get_by_index(0)?, counts))
        });
        rows.collect()
    }

    async fn tally_accounts(&self) -> Result<Vec<tally::ActiveModel>, DbErr> {
        let of = vec![self.id.number().into(), code::kind(ResourceKind::User).into()];
        let rows = sql::rows(self.connection, ACCOUNTS, of).await?;
        let rows = (0..).zip(&rows).map(|(position, row)| {
            Ok(tally::ActiveModel {
                snapshot: Set(self.id.number()),
                position: Set(position),
                resource_type: Set(row.try_get_by_index(0)?),
                lifecycle: Set(row.try_get_by_index(1)?),
                second_factor: Set(row.try_get_by_index(2)?),
                accounts: Set(row.try_get_by_index(3)?),
            })
        });
        rows.collect()
    }

    async fn end(&self, transaction: &DatabaseTransaction, now: DateTime<Utc>) -> Result<Written, DbErr> {
        let update = snapshot::Entity::update_many()
            .col_expr(snapshot::Column::State, Expr::value(snapshot::CANDIDATE))
            .col_expr(snapshot::Column::StateSince, Expr::value(stored(now)))
            .col_expr(snapshot::Column::ProjectedAt, Expr::value(stored(now)))
            .filter(snapshot::Column::Id.eq(self.id.number()))
            .filter(snapshot::Column::State.eq(snapshot::FILLING));
        Ok(match update.exec(transaction).await?.rows_affected {
            0 => Written::Outdated,
            _ => Written::Yes,
        })
    }
}

async fn insert_all<E, A>(transaction: &DatabaseTransaction, rows: Vec<A>) -> Result<(), DbErr>
where
    E: sea_orm::EntityTrait,
    A: sea_orm::ActiveModelTrait<Entity = E>,
{
    for row in rows {
        E::insert(row).exec_without_returning(transaction).await?;
    }
    Ok(())
}
