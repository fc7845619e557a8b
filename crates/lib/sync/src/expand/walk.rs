//! Walking the edges over the draft, a bounded number of rows at a time.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::Arc;

use c1z::Draft;
use chrono::{DateTime, Utc};
use model::{EntitlementId, Grant, ResourceId};

use super::edge::Edge;
use super::order::Group;

/// Grants read at a time.
const PAGE: u32 = 1_000;
/// Grants read and edges left before the work is committed and may be stopped.
pub(super) const STRETCH: usize = 4_000;

/// Where the walk is.
#[derive(Debug)]
pub(super) struct Walk {
    groups: VecDeque<Group>,
    /// Edges still to walk in this round; the first one is under way.
    ahead: VecDeque<Arc<Edge>>,
    /// The edges of a cycle, walked again while that changes anything.
    round: Vec<Arc<Edge>>,
    changed: bool,
    /// The last row that was read for the edge under way.
    after: i64,
    done: usize,
    total: usize,
    stretch: usize,
    fresh: Fresh,
}

/// Grants that follow but are not written yet.
#[derive(Debug, Default)]
struct Fresh {
    grants: BTreeMap<(EntitlementId, ResourceId), Grant>,
    targets: HashSet<EntitlementId>,
}

impl Walk {
    /// A walk over groups in their order, in stretches of so many grants.
    pub(super) fn new(groups: Vec<Group>, stretch: usize) -> Self {
        let total = groups
            .iter()
            .map(|group| group.incoming.len() + group.inner.len())
            .sum();
        let mut walk = Self {
            groups: groups.into(),
            ahead: VecDeque::new(),
            round: Vec::new(),
            changed: false,
            after: 0,
            done: 0,
            total,
            stretch,
            fresh: Fresh::default(),
        };
        walk.refill();
        walk
    }

    /// Whether all edges were walked.
    pub(super) fn is_over(&self) -> bool {
        self.ahead.is_empty()
    }

    /// Edges walked.
    pub(super) fn done(&self) -> usize {
        self.done
    }

    /// Edges in all, those of cycles counted once.
    pub(super) fn total(&self) -> usize {
        self.total
    }

    /// Walks one stretch and commits it.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub(super) fn on(mut self, draft: &mut Draft, now: DateTime<Utc>) -> Result<Self, c1z::Error> {
        let mut effort = 0;
        while effort < self.stretch
            && let Some(edge) = self.ahead.front().cloned()
        {
            effort += 1 + self.read_page(draft, &edge, now)?;
        }
        self.fresh.write(draft, now)?;
        Ok(self)
    }

    /// Passes on one page of the grants of an edge's source; says how many there were.
    fn read_page(&mut self, draft: &mut Draft, edge: &Edge, now: DateTime<Utc>) -> Result<usize, c1z::Error> {
        if self.fresh.targets.contains(&edge.source) {
            self.fresh.write(draft, now)?;
        }
        let rows = draft.grants_of(&edge.source, self.after, PAGE)?;
        for (row, given) in &rows {
            self.after = *row;
            if edge.admits(given) {
                self.changed |= self.fresh.pass_on(draft, edge, given)?;
            }
        }
        if rows.is_empty() {
            self.leave_edge();
        }
        Ok(rows.len())
    }

    fn leave_edge(&mut self) {
        self.ahead.pop_front();
        self.after = 0;
        self.done = (self.done + 1).min(self.total);
        if self.ahead.is_empty() {
            self.refill();
        }
    }

    /// Another round of the same cycle if the last one changed anything, else the next group.
    fn refill(&mut self) {
        if !std::mem::take(&mut self.changed) {
            let group = self.groups.pop_front().unwrap_or_default();
            self.round = group.inner.into_iter().map(Arc::new).collect();
            self.ahead = group.incoming.into_iter().map(Arc::new).collect();
        }
        self.ahead.extend(self.round.iter().cloned());
        if self.ahead.is_empty() && !self.groups.is_empty() {
            self.refill();
        }
    }
}

impl Fresh {
    /// Adds what follows from `given`; says whether that is anything new.
    fn pass_on(&mut self, draft: &Draft, edge: &Edge, given: &Grant) -> Result<bool, c1z::Error> {
        let key = (edge.target.clone(), given.principal.clone());
        let follows = match self.grants.get(&key) {
            Some(held) => edge.pass_on(given, Some(held)),
            None => edge.pass_on(given, draft.grant(&key.0, &key.1)?.as_ref()),
        };
        let Some(grant) = follows else { return Ok(false) };
        self.targets.insert(edge.target.clone());
        self.grants.insert(key, grant);
        Ok(true)
    }

    fn write(&mut self, draft: &mut Draft, now: DateTime<Utc>) -> Result<(), c1z::Error> {
        if self.grants.is_empty() {
            return Ok(());
        }
        let grants: Vec<_> = std::mem::take(&mut self.grants).into_values().collect();
        self.targets.clear();
        let mut batch = draft.batch(now)?;
        batch.put_expanded_grants(&grants)?;
        batch.commit()
    }
}
