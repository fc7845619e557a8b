//! Files to hand over.

use std::path::Path;

use c1z::{Draft, DraftOptions, SyncKind};
use chrono::{DateTime, Utc};
use model::{Resource, ResourceId, ResourceType, SyncId};
use prost::Message as _;
use proto::c1z_v3::C1zManifestV3;
use tempfile::TempDir;

fn now() -> DateTime<Utc> {
    "2026-10-01T08:00:00Z".parse().unwrap()
}

fn kind(id: &&str) -> ResourceType {
    ResourceType {
        id: (*id).into(),
        display_name: (*id).to_owned(),
        traits: Vec::new(),
        annotations: Vec::new(),
        description: String::new(),
    }
}

fn begun(path: &Path, types: &[&str]) -> (Draft, SyncId) {
    let mut draft = Draft::open(path, DraftOptions::default()).unwrap();
    let id = c1z::new_sync_id(now(), [3; 16]);
    draft.start(id.clone(), &SyncKind::Full, now()).unwrap();
    let types: Vec<ResourceType> = types.iter().map(kind).collect();
    let mut batch = draft.batch(now()).unwrap();
    batch.put_resource_types(&types).unwrap();
    batch
        .put_resources(&[Resource::new(ResourceId::new("user", "ada"), "Ada Moreau")])
        .unwrap();
    batch.set_checkpoint("{\"version\":1}").unwrap();
    batch.commit().unwrap();
    (draft, id)
}

/// A file with a finished sync of these types, and the id of that sync.
pub(crate) fn finished(types: &[&str]) -> (Vec<u8>, SyncId) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("sync.c1z");
    let (mut draft, id) = begun(&path, types);
    draft.finish("{\"version\":1}", now()).unwrap();
    draft.save().unwrap();
    (std::fs::read(path).unwrap(), id)
}

/// A file whose sync was never finished.
pub(crate) fn unfinished() -> Vec<u8> {
    const MAGIC: &[u8] = b"C1ZF\0";
    let (bytes, _) = finished(&["user"]);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("raw.db");
    std::fs::write(&path, zstd::decode_all(&bytes[MAGIC.len()..]).unwrap()).unwrap();
    let database = rusqlite::Connection::open(&path).unwrap();
    database
        .execute("UPDATE v1_sync_runs SET ended_at = NULL", [])
        .unwrap();
    database.close().unwrap();
    let packed = zstd::encode_all(&*std::fs::read(&path).unwrap(), 1).unwrap();
    [MAGIC, &packed].concat()
}

/// The start of a file in the other container.
pub(crate) fn pebble() -> Vec<u8> {
    let manifest = C1zManifestV3 {
        engine: "pebble3".to_owned(),
        ..C1zManifestV3::default()
    };
    let manifest = manifest.encode_to_vec();
    let length = u32::try_from(manifest.len()).unwrap().to_be_bytes();
    [b"C1Z3\0", &length[..], &manifest, b"payload"].concat()
}
