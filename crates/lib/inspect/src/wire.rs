//! Small conversions to wire messages.

use c1z::{Stats, SyncRun};
use proto::{reader_v2 as wire, to_timestamp};

/// A sync and how much it holds.
pub(crate) fn sync_run(run: &SyncRun, stats: &Stats) -> wire::SyncRun {
    wire::SyncRun {
        id: run.id.to_string(),
        started_at: Some(to_timestamp(run.started_at)),
        ended_at: run.ended_at.map(to_timestamp),
        sync_token: run.token.clone(),
        sync_type: run.kind.to_string(),
        parent_sync_id: run.parent.as_ref().map(ToString::to_string).unwrap_or_default(),
        stats: Some(sync_stats(stats)),
    }
}

fn sync_stats(stats: &Stats) -> wire::SyncStats {
    let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let by_type = |numbers: &std::collections::BTreeMap<String, u64>| {
        numbers
            .iter()
            .map(|(kind, number)| (kind.clone(), signed(*number)))
            .collect()
    };
    wire::SyncStats {
        resource_types: signed(stats.resource_types),
        resources: signed(stats.resources),
        entitlements: signed(stats.entitlements),
        grants: signed(stats.grants),
        resources_by_resource_type: by_type(&stats.resources_by_resource_type),
        grants_by_resource_type: by_type(&stats.grants_by_resource_type),
        entitlements_by_resource_type: by_type(&stats.entitlements_by_resource_type),
        ..wire::SyncStats::default()
    }
}
