//! Rows of grants: the message, its expansion beside it, and what a slim writer left out.

use prost::Message as _;
use proto::connector_v2::{Entitlement, Grant, GrantExpandable, Resource, ResourceId};
use proto::is_type;
use rusqlite::Row;

use crate::time::StoredTime;
use crate::{Error, GrantRecord, message};

const TABLE: &str = "v1_grants";

/// What [`decode`] reads, in its order.
pub(crate) const COLUMNS: &str = "id, discovered_at, data, expansion, entitlement_id, resource_type_id, \
     resource_id, principal_resource_type_id, principal_resource_id";

/// Decodes a row of [`COLUMNS`].
pub(crate) fn decode(row: &Row<'_>) -> Result<GrantRecord, Error> {
    let id = row.get(0)?;
    let mut grant: Grant = message::decode(TABLE, id, row.get_ref(2)?)?;
    let kept_inside = take_expandable(&mut grant).map_err(|error| message::unreadable(TABLE, id, error))?;
    let kept_beside = row
        .get::<_, Option<Vec<u8>>>(3)?
        .map(|bytes| message::decode(TABLE, id, bytes.as_slice().into()))
        .transpose()?;
    complete(&mut grant, row)?;
    Ok(GrantRecord {
        row: id,
        discovered_at: row.get::<_, StoredTime>(1)?.0,
        message: grant,
        expansion: kept_beside.or(kept_inside),
    })
}

/// Cuts the expansion out of the annotations; older writers left it there.
pub(crate) fn take_expandable(grant: &mut Grant) -> Result<Option<GrantExpandable>, prost::DecodeError> {
    let Some(index) = grant.annotations.iter().position(is_type::<GrantExpandable>) else {
        return Ok(None);
    };
    let any = grant.annotations.remove(index);
    GrantExpandable::decode(any.value.as_slice()).map(Some)
}

/// Whether some entitlement is named; otherwise there is nothing to expand.
pub(crate) fn expands(expandable: &GrantExpandable) -> bool {
    expandable.entitlement_ids.iter().any(|id| !id.trim().is_empty())
}

/// Puts ids from the columns where a slim writer left out the messages.
fn complete(grant: &mut Grant, row: &Row<'_>) -> Result<(), Error> {
    if grant.entitlement.is_none() {
        grant.entitlement = Some(Entitlement {
            id: row.get(4)?,
            resource: Some(stub(row.get(5)?, row.get(6)?)),
            ..Entitlement::default()
        });
    }
    if grant.principal.is_none() {
        grant.principal = Some(stub(row.get(7)?, row.get(8)?));
    }
    Ok(())
}

fn stub(resource_type: String, resource: String) -> Resource {
    let id = ResourceId {
        resource_type,
        resource,
        ..ResourceId::default()
    };
    Resource {
        id: Some(id),
        ..Resource::default()
    }
}
