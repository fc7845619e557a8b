//! How records become rows (c1z-format, section 4).

use model::{Entitlement, Grant, Resource, ResourceType};
use prost::Message as _;
use proto::connector_v2 as wire;
use rusqlite::{Connection, params};

use crate::Error;
use crate::grant_row::expands;

/// Whose rows they are, and when they were discovered.
type Stamp<'a> = (&'a str, &'a str);

/// What happens to the expansion of a grant that is already there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expansion {
    /// It is replaced by the new one.
    Replace,
    /// It stays; a new row gets none.
    Leave,
}

pub(super) fn resource_type(
    db: &Connection,
    (sync, now): Stamp<'_>,
    kind: &ResourceType,
) -> Result<(), Error> {
    db.prepare_cached(
        "INSERT INTO v1_resource_types (external_id, data, sync_id, discovered_at) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (external_id, sync_id) DO UPDATE SET data = excluded.data",
    )?
    .execute(params![
        kind.id.as_str(),
        wire::ResourceType::from(kind).encode_to_vec(),
        sync,
        now
    ])?;
    Ok(())
}

pub(super) fn resource(db: &Connection, (sync, now): Stamp<'_>, resource: &Resource) -> Result<(), Error> {
    let parent = resource.parent.as_ref();
    db.prepare_cached(
        "INSERT INTO v1_resources (resource_type_id, external_id, parent_resource_type_id, parent_resource_id, \
         data, sync_id, discovered_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
         ON CONFLICT (external_id, sync_id) DO UPDATE SET data = excluded.data",
    )?
    .execute(params![
        resource.id.resource_type.as_str(),
        resource.id.to_string(),
        parent.map(|id| id.resource_type.as_str()),
        parent.map(|id| id.object.as_str()),
        wire::Resource::from(resource).encode_to_vec(),
        sync,
        now,
    ])?;
    Ok(())
}

pub(super) fn entitlement(
    db: &Connection,
    (sync, now): Stamp<'_>,
    entitlement: &Entitlement,
) -> Result<(), Error> {
    let on = &entitlement.resource.id;
    db.prepare_cached(
        "INSERT INTO v1_entitlements (resource_type_id, resource_id, external_id, data, sync_id, discovered_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (external_id, sync_id) DO UPDATE SET data = excluded.data",
    )?
    .execute(params![
        on.resource_type.as_str(),
        on.object.as_str(),
        entitlement.id.as_str(),
        wire::Entitlement::from(entitlement).encode_to_vec(),
        sync,
        now,
    ])?;
    Ok(())
}

const GRANT: &str = "INSERT INTO v1_grants (resource_type_id, resource_id, entitlement_id, \
     principal_resource_type_id, principal_resource_id, external_id, expansion, needs_expansion, data, sync_id, \
     discovered_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) \
     ON CONFLICT (external_id, sync_id) DO UPDATE SET data = excluded.data, expansion = excluded.expansion, \
     needs_expansion = excluded.needs_expansion";

const EXPANDED_GRANT: &str = "INSERT INTO v1_grants (resource_type_id, resource_id, entitlement_id, \
     principal_resource_type_id, principal_resource_id, external_id, expansion, needs_expansion, data, sync_id, \
     discovered_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) \
     ON CONFLICT (external_id, sync_id) DO UPDATE SET data = excluded.data";

pub(super) fn grant(
    db: &Connection,
    (sync, now): Stamp<'_>,
    grant: &Grant,
    expansion: Expansion,
) -> Result<(), Error> {
    let sql = if expansion == Expansion::Replace {
        GRANT
    } else {
        EXPANDED_GRANT
    };
    let expandable = expansion_of(grant, expansion);
    db.prepare_cached(sql)?.execute(params![
        grant.resource.id.resource_type.as_str(),
        grant.resource.id.object.as_str(),
        grant.entitlement.as_str(),
        grant.principal.resource_type.as_str(),
        grant.principal.object.as_str(),
        grant.id.as_str(),
        expandable,
        expandable.is_some(),
        wire::Grant::from(grant).encode_to_vec(),
        sync,
        now,
    ])?;
    Ok(())
}

/// The column for the expansion: nothing when no entitlement is named in it.
fn expansion_of(grant: &Grant, expansion: Expansion) -> Option<Vec<u8>> {
    let expandable = grant
        .expandable
        .as_ref()
        .filter(|_| expansion == Expansion::Replace)?;
    let message = wire::GrantExpandable::from(expandable);
    expands(&message).then(|| message.encode_to_vec())
}
