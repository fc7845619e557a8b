//! What a file says, without what differs between two runs that read the same.

use std::path::Path;

use c1z::{EntitlementFilter, Error, GrantFilter, ReadOptions, Reader, ResourceFilter, SyncChoice};
use model::SyncId;
use proto::json::to_json;
use serde_json::{Value, json};

/// The newest finished sync of the file: its kind and all records by id, without the sync's id, times
/// of writing and the order of rows. Two files of equal content give equal values.
///
/// # Errors
/// When the file cannot be read, or holds no finished sync.
pub fn canonical(path: &Path) -> Result<Value, Error> {
    let reader = Reader::open(path, &ReadOptions::default())?;
    let run = reader.choose(&SyncChoice::Newest)?;
    let mut content = canonical_sync(&reader, &run.id)?;
    if let Some(fields) = content.as_object_mut() {
        fields.insert("kind".to_owned(), run.kind.as_str().into());
    }
    Ok(content)
}

/// The records of one sync, by id.
///
/// # Errors
/// When a row cannot be read.
pub fn canonical_sync(reader: &Reader, sync: &SyncId) -> Result<Value, Error> {
    let resources = ResourceFilter::default();
    let entitlements = EntitlementFilter::default();
    let grants = GrantFilter::default();
    Ok(json!({
        "resourceTypes": sorted(reader.resource_types(sync).map(|one| Ok(to_json(&one?.message))))?,
        "resources": sorted(reader.resources(sync, &resources).map(|one| Ok(to_json(&one?.message))))?,
        "entitlements": sorted(reader.entitlements(sync, &entitlements).map(|one| Ok(to_json(&one?.message))))?,
        "grants": sorted(reader.grants(sync, &grants).map(|one| Ok(grant(&one?))))?,
    }))
}

fn grant(record: &c1z::GrantRecord) -> Value {
    json!({
        "grant": to_json(&record.message),
        "expansion": record.expansion.as_ref().map(to_json),
    })
}

/// In the order of their text, which is that of nothing in the file.
fn sorted(records: impl Iterator<Item = Result<Value, Error>>) -> Result<Vec<Value>, Error> {
    let mut records = records.collect::<Result<Vec<_>, _>>()?;
    records.sort_by_cached_key(Value::to_string);
    Ok(records)
}
