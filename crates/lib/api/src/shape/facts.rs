//! The three facts behind a connector's label.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

/// Why a connector is how it is.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Facts {
    /// Whether the account lets it in.
    credentials: CredentialsFact,
    /// Whether somebody runs it.
    worker: WorkerFact,
    /// How the newest sync went.
    sync: SyncFact,
}

/// Whether the account lets a connector in.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub(crate) enum CredentialsFact {
    /// Nothing is signed in to: somebody brings its files.
    NotNeeded,
    /// There are none yet.
    None,
    /// They are with whoever runs it.
    Elsewhere,
    /// There are some, and nobody knows yet.
    Unchecked,
    /// It does.
    Valid,
    /// It does, and something is missing.
    Insufficient {
        /// How many permissions.
        missing: u64,
    },
    /// It does not.
    Rejected {
        /// Why, and what to do.
        why: String,
    },
}

/// Whether somebody runs a connector.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub(crate) enum WorkerFact {
    /// There is nothing to run.
    NotNeeded,
    /// Nobody ever has.
    Never,
    /// Nobody does at present.
    Absent {
        /// When it was last heard of.
        since: DateTime<Utc>,
    },
    /// Somebody does.
    Present {
        /// How many instances.
        instances: u64,
    },
}

/// How the newest sync went.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub(crate) enum SyncFact {
    /// There was none.
    Never,
    /// It waits for somebody to begin it.
    Waiting,
    /// It runs.
    Running {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// It is done, and what it read is being looked at.
    Believing,
    /// It is held for a person.
    Held {
        /// Why.
        why: String,
    },
    /// It was believed.
    Succeeded {
        /// When it ended.
        at: DateTime<Utc>,
    },
    /// It failed.
    Failed {
        /// When it ended.
        at: DateTime<Utc>,
        /// Why, and what to do.
        why: String,
    },
}

impl From<governance::Facts> for Facts {
    fn from(facts: governance::Facts) -> Self {
        Self {
            credentials: facts.credentials.into(),
            worker: facts.worker.into(),
            sync: facts.sync.into(),
        }
    }
}

impl From<governance::CredentialsFact> for CredentialsFact {
    fn from(fact: governance::CredentialsFact) -> Self {
        use governance::CredentialsFact as Of;
        match fact {
            Of::NotNeeded => Self::NotNeeded,
            Of::None => Self::None,
            Of::Elsewhere => Self::Elsewhere,
            Of::Unchecked => Self::Unchecked,
            Of::Valid => Self::Valid,
            Of::Insufficient(missing) => Self::Insufficient {
                missing: missing as u64,
            },
            Of::Rejected(why) => Self::Rejected { why },
        }
    }
}

impl From<governance::WorkerFact> for WorkerFact {
    fn from(fact: governance::WorkerFact) -> Self {
        use governance::WorkerFact as Of;
        match fact {
            Of::NotNeeded => Self::NotNeeded,
            Of::Never => Self::Never,
            Of::Absent { since } => Self::Absent { since },
            Of::Present { count } => Self::Present {
                instances: count as u64,
            },
        }
    }
}

impl From<governance::SyncFact> for SyncFact {
    fn from(fact: governance::SyncFact) -> Self {
        use governance::SyncFact as Of;
        match fact {
            Of::Never => Self::Never,
            Of::Waiting => Self::Waiting,
            Of::Running { since } => Self::Running { since },
            Of::Believing => Self::Believing,
            Of::Held { why } => Self::Held { why },
            Of::Succeeded { at } => Self::Succeeded { at },
            Of::Failed { at, why } => Self::Failed { at, why },
        }
    }
}
