//! The three facts behind a connector's label.

use chrono::{DateTime, Utc};

use crate::{
    CheckOutcome, Connector, ConnectorSettings, End, Hosting, Installation, Task, TaskState, Worker,
};

/// All that is known of how a connector is.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// When it reads, and whether it is paused.
    pub connector: &'a Connector,
    /// Where it belongs.
    pub installation: &'a Installation,
    /// How it reaches its account, when that is ours to know.
    pub settings: Option<&'a ConnectorSettings>,
    /// Who reports for it.
    pub workers: &'a [Worker],
    /// Its newest sync.
    pub sync: Option<&'a Task>,
}

/// The facts that people see beside the label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Whether the account lets it in.
    pub credentials: CredentialsFact,
    /// Whether somebody runs it.
    pub worker: WorkerFact,
    /// How the newest sync went.
    pub sync: SyncFact,
}

/// Whether the account lets a connector in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialsFact {
    /// There are none yet.
    None,
    /// They are with whoever runs it.
    Elsewhere,
    /// There is no account to come into.
    NotNeeded,
    /// There are some, and nobody knows yet.
    Unchecked,
    /// It does.
    Valid,
    /// It does, and something is missing.
    Insufficient(usize),
    /// It does not.
    Rejected(String),
}

/// Whether somebody runs a connector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkerFact {
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
        count: usize,
    },
}

/// How the newest sync went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyncFact {
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

impl Facts {
    /// What is to be said of a connector.
    pub fn of(known: &Known<'_>, now: DateTime<Utc>) -> Self {
        Self {
            credentials: credentials(known),
            worker: match known.installation.hosting {
                Hosting::ByHand => WorkerFact::NotNeeded,
                Hosting::Hosted | Hosting::SelfHosted => worker(known.workers, now),
            },
            sync: sync(known),
        }
    }
}

fn credentials(known: &Known<'_>) -> CredentialsFact {
    let Some(settings) = known.settings else {
        return match known.installation.hosting {
            Hosting::Hosted => CredentialsFact::None,
            Hosting::SelfHosted => CredentialsFact::Elsewhere,
            Hosting::ByHand => CredentialsFact::NotNeeded,
        };
    };
    // What a sync was told is newer than what a test said, unless the settings were saved since.
    if let Some(TaskState::Finished { at, end, .. }) = known.sync.map(|task| &task.state)
        && *at > settings.saved_at
        && settings.checked.as_ref().is_none_or(|checked| checked.at < *at)
    {
        match end {
            End::Succeeded(_) if !is_insufficient(settings) => return CredentialsFact::Valid,
            End::Failed(failure) if failure.is_refusal() => {
                return CredentialsFact::Rejected(failure.message.clone());
            }
            _ => {}
        }
    }
    match settings.checked.as_ref().map(|checked| &checked.outcome) {
        None => CredentialsFact::Unchecked,
        Some(CheckOutcome::Good) => CredentialsFact::Valid,
        Some(CheckOutcome::Insufficient { missing }) => CredentialsFact::Insufficient(missing.len()),
        Some(CheckOutcome::Rejected { why }) => CredentialsFact::Rejected(why.clone()),
    }
}

fn is_insufficient(settings: &ConnectorSettings) -> bool {
    let outcome = settings.checked.as_ref().map(|checked| &checked.outcome);
    matches!(outcome, Some(CheckOutcome::Insufficient { .. }))
}

fn worker(workers: &[Worker], now: DateTime<Utc>) -> WorkerFact {
    let count = workers.iter().filter(|worker| worker.is_present(now)).count();
    let last = workers.iter().map(|worker| worker.last_seen_at).max();
    match (count, last) {
        (0, None) => WorkerFact::Never,
        (0, Some(since)) => WorkerFact::Absent { since },
        (count, _) => WorkerFact::Present { count },
    }
}

fn sync(known: &Known<'_>) -> SyncFact {
    if let Some(held) = &known.installation.held {
        return SyncFact::Held {
            why: held.why.clone(),
        };
    }
    let is_counted = known
        .sync
        .is_none_or(|task| known.installation.counted.as_ref() == Some(&task.id));
    match known.sync.map(|task| &task.state) {
        None => SyncFact::Never,
        Some(TaskState::Finished {
            end: End::Succeeded(_),
            ..
        }) if !is_counted => SyncFact::Believing,
        Some(TaskState::Waiting { .. }) => SyncFact::Waiting,
        Some(TaskState::Running(attempt)) => SyncFact::Running { since: attempt.since },
        Some(TaskState::Finished { at, end, .. }) => match end {
            End::Succeeded(_) => SyncFact::Succeeded { at: *at },
            End::Failed(failure) => SyncFact::Failed {
                at: *at,
                why: failure.message.clone(),
            },
            End::Cancelled => SyncFact::Failed {
                at: *at,
                why: "it was cancelled".to_owned(),
            },
        },
    }
}
