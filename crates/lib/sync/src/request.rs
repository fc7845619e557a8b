//! What a run is asked to read.

use connector::Syncer;
use model::{ResourceId, ResourceTypeId};
use serde::{Deserialize, Serialize};

use crate::SyncError;

/// What to read, and how fast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which part of the account.
    pub scope: Scope,
    /// Whether to leave out entitlements and grants; of no effect on [`Scope::Targets`].
    pub resources_only: bool,
    /// Whether to leave out what holders of one entitlement hold through others: somebody else works that out.
    pub skip_expansion: bool,
    /// How many feeds are read at the same time, at least one.
    pub workers: usize,
}

impl Request {
    /// Checks the request against what the connector knows; makes no call and touches no file.
    ///
    /// # Errors
    /// When a selected type is none of the connector's.
    pub fn check(&self, syncer: &dyn Syncer) -> Result<(), SyncError> {
        let Scope::Types(selected) = &self.scope else {
            return Ok(());
        };
        let known: Vec<_> = syncer
            .resource_types()
            .into_iter()
            .map(|kind| kind.id.clone())
            .collect();
        match selected.iter().find(|name| !known.contains(name)) {
            Some(name) => Err(SyncError::UnknownType {
                name: name.clone(),
                known,
            }),
            None => Ok(()),
        }
    }

    /// What the checkpoint keeps of the request, to continue only what was asked for.
    pub(crate) fn identity(&self, syncer: &dyn Syncer) -> Identity {
        Identity {
            source: syncer.source(),
            scope: self.scope.clone(),
            resources_only: self.resources_only,
        }
    }

    /// Whether grants are passed on at the end.
    pub(crate) fn expands(&self) -> bool {
        !self.resources_only && !self.skip_expansion && !matches!(self.scope, Scope::Targets { .. })
    }
}

/// Which part of the account to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All of it.
    Everything,
    /// Resources of these types, and the grants between them.
    Types(Vec<ResourceTypeId>),
    /// Single resources with what hangs on them.
    Targets {
        /// The resources.
        ids: Vec<ResourceId>,
        /// Whether to leave out who holds their entitlements.
        skip_grants: bool,
    },
}

/// What two runs must share for one to continue the other; the number of workers is not part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    /// The account, as the connector names it.
    pub(crate) source: String,
    /// The part of it.
    pub(crate) scope: Scope,
    /// Whether entitlements and grants are left out.
    pub(crate) resources_only: bool,
}
