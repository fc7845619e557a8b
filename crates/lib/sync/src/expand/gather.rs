//! Finding the edges.

use std::sync::Arc;

use c1z::Draft;
use model::{EntitlementId, Expandable, Grant};

use super::edge::Edge;
use crate::SyncError;

/// Expandable grants read at a time.
const PAGE: u32 = 1_000;

/// The edges of a sync.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) edges: Vec<Edge>,
    /// Entitlements that grants name but nothing yielded.
    pub(super) missing: Vec<EntitlementId>,
}

/// Reads all expandable grants.
pub(super) fn gather(draft: &mut Draft) -> Result<Gathered, SyncError> {
    let mut gathered = Gathered::default();
    let mut after = 0;
    loop {
        let rows = draft.expandable_grants(after, PAGE)?;
        let Some((last, _)) = rows.last() else { break };
        after = *last;
        rows.iter()
            .try_for_each(|(_, grant)| gathered.add(draft, grant))?;
    }
    if !gathered.edges.is_empty() {
        draft.prepare_expansion()?;
    }
    Ok(gathered)
}

impl Gathered {
    fn add(&mut self, draft: &Draft, grant: &Grant) -> Result<(), SyncError> {
        let Some(expandable) = &grant.expandable else {
            return Ok(());
        };
        for source in &expandable.entitlements {
            if exists(draft, source, grant)? {
                self.edges.extend(edge(source, grant, expandable));
            } else {
                self.missing.push(source.clone());
            }
        }
        Ok(())
    }
}

/// Whether the source was read; it must be on whoever holds the grant.
fn exists(draft: &Draft, source: &EntitlementId, grant: &Grant) -> Result<bool, SyncError> {
    match draft.entitlement(source)? {
        Some(entitlement) if entitlement.resource.id != grant.principal => {
            let (entitlement, principal) = (source.clone(), grant.principal.clone());
            Err(SyncError::ForeignSource {
                entitlement,
                principal,
            })
        }
        found => Ok(found.is_some()),
    }
}

/// The edge, unless it leads from an entitlement to itself and adds nothing.
fn edge(source: &EntitlementId, grant: &Grant, expandable: &Expandable) -> Option<Edge> {
    (*source != grant.entitlement).then(|| Edge {
        source: source.clone(),
        target: grant.entitlement.clone(),
        resource: Arc::clone(&grant.resource),
        shallow: expandable.shallow,
        types: expandable.resource_types.clone(),
    })
}
