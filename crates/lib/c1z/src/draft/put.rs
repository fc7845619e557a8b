//! How records become rows (c1z-format, section 4).

use model::{Entitlement, Grant, Resource, ResourceType};
use prost::Message as _;
use proto::connector_v2 as wire;
use rusqlite::{Connection, params};

use crate::Error;
use crate::grant_row::expands;

/// Whose rows they are, and when they were discovered.
type Stamp<'a> = (&'a str, &'a str);

/// What happens to a record that is already there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// It is written once more; sealing merges the two.
    Append,
    /// It gets the new content.
    Replace,
    /// It gets the new message; the expansion of a grant stays, and a new one gets none.
    ReplaceMessage,
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

const RESOURCE: &str = "INSERT INTO v1_resources (resource_type_id, external_id, parent_resource_type_id, \
     parent_resource_id, data, sync_id, discovered_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const RESOURCE_AGAIN: &str = "ON CONFLICT (external_id, sync_id) DO UPDATE SET data = excluded.data";

pub(super) fn resource(
    db: &Connection,
    (sync, now): Stamp<'_>,
    resource: &Resource,
    again: Again,
) -> Result<(), Error> {
    let parent = resource.parent.as_ref();
    let on_conflict = if again == Again::Append {
        ""
    } else {
        RESOURCE_AGAIN
    };
    db.prepare_cached(&format!("{RESOURCE} {on_conflict}"))?
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
     discovered_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";

pub(super) fn grant(
    db: &Connection,
    (sync, now): Stamp<'_>,
    grant: &Grant,
    again: Again,
) -> Result<(), Error> {
    let expansion = expansion(grant, again);
    let on_conflict = grant_again(again);
    db.prepare_cached(&format!("{GRANT} {on_conflict}"))?
        .execute(params![
            grant.resource.id.resource_type.as_str(),
            grant.resource.id.object.as_str(),
            grant.entitlement.as_str(),
            grant.principal.resource_type.as_str(),
            grant.principal.object.as_str(),
            grant.id.as_str(),
            expansion,
            expansion.is_some(),
            wire::Grant::from(grant).encode_to_vec(),
            sync,
            now,
        ])?;
    Ok(())
}

fn grant_again(again: Again) -> &'static str {
    match again {
        Again::Append => "",
        Again::Replace => {
            "ON CONFLICT (external_id, sync_id) DO UPDATE SET data = excluded.data, \
             expansion = excluded.expansion, needs_expansion = excluded.needs_expansion"
        }
        Again::ReplaceMessage => "ON CONFLICT (external_id, sync_id) DO UPDATE SET data = excluded.data",
    }
}

/// The column for the expansion: nothing when no entitlement is named in it.
fn expansion(grant: &Grant, again: Again) -> Option<Vec<u8>> {
    let expandable = grant
        .expandable
        .as_ref()
        .filter(|_| again != Again::ReplaceMessage)?;
    let message = wire::GrantExpandable::from(expandable);
    expands(&message).then(|| message.encode_to_vec())
}
