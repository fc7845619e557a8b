//! Reading what the current sync has written so far.

use model::{Entitlement, EntitlementId, Grant, Resource, ResourceId, ResourceTypeId};
use proto::connector_v2 as wire;
use rusqlite::{Row, ToSql, params};

use super::Draft;
use crate::message::{self, unreadable};
use crate::{Error, Stats, grant_row};

impl Draft {
    /// Resources of a type after a row, in the order of writing; start with `i64::MIN` or 0.
    ///
    /// # Errors
    /// When no sync was started, or when a row cannot be read.
    pub fn resources(
        &self,
        resource_type: &ResourceTypeId,
        after_row: i64,
        limit: u32,
    ) -> Result<Vec<(i64, Resource)>, Error> {
        let sync = self.current()?.as_str();
        self.page(
            "SELECT id, data FROM v1_resources \
             WHERE sync_id = ?1 AND resource_type_id = ?2 AND id > ?3 ORDER BY id LIMIT ?4",
            params![sync, resource_type.as_str(), after_row, limit],
            resource,
        )
    }

    /// Grants that expand, after a row, in the order of writing.
    ///
    /// # Errors
    /// When no sync was started, or when a row cannot be read.
    pub fn expandable_grants(&self, after_row: i64, limit: u32) -> Result<Vec<(i64, Grant)>, Error> {
        let sync = self.current()?.as_str();
        let sql = format!(
            "SELECT {} FROM v1_grants \
             WHERE sync_id = ?1 AND expansion IS NOT NULL AND id > ?2 ORDER BY id LIMIT ?3",
            grant_row::COLUMNS
        );
        self.page(&sql, params![sync, after_row, limit], grant)
    }

    /// Grants of an entitlement after a row, in the order of writing.
    ///
    /// # Errors
    /// When no sync was started, or when a row cannot be read.
    pub fn grants_of(
        &self,
        entitlement: &EntitlementId,
        after_row: i64,
        limit: u32,
    ) -> Result<Vec<(i64, Grant)>, Error> {
        let sync = self.current()?.as_str();
        let sql = format!(
            "SELECT {} FROM v1_grants \
             WHERE entitlement_id = ?1 AND sync_id = ?2 AND id > ?3 ORDER BY id LIMIT ?4",
            grant_row::COLUMNS
        );
        self.page(&sql, params![entitlement.as_str(), sync, after_row, limit], grant)
    }

    /// The grant of an entitlement to a principal.
    ///
    /// # Errors
    /// When no sync was started, or when the row cannot be read.
    pub fn grant(&self, entitlement: &EntitlementId, principal: &ResourceId) -> Result<Option<Grant>, Error> {
        let sync = self.current()?.as_str();
        let sql = format!(
            "SELECT {} FROM v1_grants WHERE entitlement_id = ?1 AND principal_resource_type_id = ?2 \
             AND principal_resource_id = ?3 AND sync_id = ?4 ORDER BY id LIMIT 1",
            grant_row::COLUMNS
        );
        let kind = principal.resource_type.as_str();
        let values = params![entitlement.as_str(), kind, principal.object.as_str(), sync];
        let found = self.page(&sql, values, grant)?;
        Ok(found.into_iter().next().map(|(_, grant)| grant))
    }

    /// An entitlement.
    ///
    /// # Errors
    /// When no sync was started, or when the row cannot be read.
    pub fn entitlement(&self, id: &EntitlementId) -> Result<Option<Entitlement>, Error> {
        let sync = self.current()?.as_str();
        let sql = "SELECT id, data FROM v1_entitlements WHERE external_id = ?1 AND sync_id = ?2";
        let found = self.page(sql, params![id.as_str(), sync], entitlement)?;
        Ok(found.into_iter().next().map(|(_, entitlement)| entitlement))
    }

    /// How much the current sync holds so far.
    ///
    /// # Errors
    /// When no sync was started, or when the database cannot be read.
    pub fn counts(&self) -> Result<Stats, Error> {
        Ok(Stats::count(&self.db, self.current()?.as_str())?)
    }

    fn page<T>(
        &self,
        sql: &str,
        values: &[&dyn ToSql],
        decode: fn(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<(i64, T)>, Error> {
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(values)?;
        let mut page = Vec::new();
        while let Some(row) = rows.next()? {
            page.push((row.get(0)?, decode(row)?));
        }
        Ok(page)
    }
}

fn resource(row: &Row<'_>) -> Result<Resource, Error> {
    let id = row.get(0)?;
    let message: wire::Resource = message::decode("v1_resources", id, row.get_ref(1)?)?;
    Resource::try_from(message).map_err(|error| unreadable("v1_resources", id, error))
}

fn entitlement(row: &Row<'_>) -> Result<Entitlement, Error> {
    let id = row.get(0)?;
    let message: wire::Entitlement = message::decode("v1_entitlements", id, row.get_ref(1)?)?;
    Entitlement::try_from(message).map_err(|error| unreadable("v1_entitlements", id, error))
}

fn grant(row: &Row<'_>) -> Result<Grant, Error> {
    let record = grant_row::decode(row)?;
    let grant =
        Grant::try_from(record.message).map_err(|error| unreadable("v1_grants", record.row, error))?;
    Ok(Grant {
        expandable: record.expansion.map(Into::into),
        ..grant
    })
}
