//! What a v3 file says about itself; its records need a Pebble store to read.

use std::fmt;
use std::io::Read;

use chrono::{DateTime, Utc};
use prost::Message as _;
use proto::c1z_v3::{C1zManifestV3, SyncRunSummary};
use proto::storage_v3::SyncType;

/// The largest manifest that is read, in bytes.
const MANIFEST_MAX: u32 = 16 << 20;

/// What the manifest of a v3 file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PebbleFile {
    /// The name of the store, such as `pebble3`; empty when the manifest cannot be read.
    pub engine: String,
    /// The syncs in it; there is one.
    pub syncs: Vec<PebbleSync>,
}

/// A sync in a v3 file.
#[derive(Clone, Debug, PartialEq)]
pub struct PebbleSync {
    /// Its id.
    pub id: String,
    /// What it set out to read, such as `full`.
    pub kind: String,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was completed.
    pub ended_at: Option<DateTime<Utc>>,
    /// How many resources, entitlements and grants it has, when that was written down.
    pub counts: Option<[i64; 3]>,
}

/// Reads the manifest that follows the magic; one that cannot be read describes nothing.
pub(crate) fn describe(source: &mut impl Read) -> PebbleFile {
    let manifest = read_manifest(source).unwrap_or_default();
    PebbleFile {
        engine: manifest.engine,
        syncs: manifest.sync_runs.into_iter().map(PebbleSync::from).collect(),
    }
}

fn read_manifest(source: &mut impl Read) -> Option<C1zManifestV3> {
    let mut length = [0; 4];
    source.read_exact(&mut length).ok()?;
    let length = u32::from_be_bytes(length);
    if length > MANIFEST_MAX {
        return None;
    }
    let mut bytes = Vec::new();
    source.take(u64::from(length)).read_to_end(&mut bytes).ok()?;
    C1zManifestV3::decode(bytes.as_slice()).ok()
}

impl From<SyncRunSummary> for PebbleSync {
    fn from(run: SyncRunSummary) -> Self {
        Self {
            kind: kind(run.r#type()),
            id: run.sync_id,
            started_at: run.started_at.and_then(moment),
            ended_at: run.ended_at.and_then(moment),
            counts: run
                .stats
                .map(|stats| [stats.resources, stats.entitlements, stats.grants]),
        }
    }
}

fn kind(kind: SyncType) -> String {
    let name = kind.as_str_name().trim_start_matches("SYNC_TYPE_");
    name.to_lowercase()
}

fn moment(time: prost_types::Timestamp) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(time.seconds, u32::try_from(time.nanos).ok()?)
}

impl fmt::Display for PebbleFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, others)) = self.syncs.split_first() else {
            return f.write_str("it does not say which sync it holds");
        };
        write!(f, "it holds {first}")?;
        others.iter().try_for_each(|sync| write!(f, "; {sync}"))
    }
}

impl fmt::Display for PebbleSync {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} sync {}", self.kind, self.id)?;
        if let Some(start) = self.started_at {
            write!(f, ", begun {}", start.format("%Y-%m-%d %H:%M:%S UTC"))?;
        }
        match self.ended_at {
            Some(end) => write!(f, ", finished {}", end.format("%Y-%m-%d %H:%M:%S UTC"))?,
            None => f.write_str(", not finished")?,
        }
        match self.counts {
            Some([resources, entitlements, grants]) => write!(
                f,
                ", with {resources} resources, {entitlements} entitlements and {grants} grants"
            ),
            None => Ok(()),
        }
    }
}
