//! Where a connector belongs: kept apart from [`crate::Connector`], which a poll reads and a schedule writes, so that
//! people and the schedule never write over each other.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use model::ResourceTypeId;

use crate::{AppId, ConnectorId, OperatorId, SyncWork, Task, TaskId, UploadId};

/// How and for whom a connector was set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// Of which connector.
    pub connector: ConnectorId,
    /// What it reads.
    pub kind: ConnectorKind,
    /// Where it runs.
    pub hosting: Hosting,
    /// The app whose access it reads; `None` for one that was added by a command.
    pub app: Option<AppId>,
    /// Who answers for it.
    pub owners: Vec<OperatorId>,
    /// A colleague whose help is needed before it can start.
    pub waiting_for: Option<WaitingFor>,
    /// From which share on of what was there a sync that lost it is held for a person, in percent; `None` for never.
    pub guard: Option<u8>,
    /// The types that it reads; empty for everything, also what its account has only later.
    pub types: BTreeSet<ResourceTypeId>,
    /// A sync that is held.
    pub held: Option<Held>,
    /// Syncs in a row that failed.
    pub failures: u32,
    /// The newest sync whose end was counted.
    pub counted: Option<TaskId>,
    /// The newest file that was believed, or that a person did not believe.
    pub settled: Option<UploadId>,
}

/// What a connector reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConnectorKind {
    /// A Cloudflare account, by our own connector.
    Cloudflare,
    /// Whatever a connector of the Baton ecosystem reads.
    Baton,
    /// What a file says that somebody brings.
    File,
}

/// Where a connector runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hosting {
    /// Beside this service.
    Hosted,
    /// Where its owner runs it.
    SelfHosted,
    /// Nowhere: somebody brings its files.
    ByHand,
}

/// Who is asked for help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingFor {
    /// Whom.
    pub operator: OperatorId,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When they were last written to.
    pub asked_at: DateTime<Utc>,
}

/// A sync that lost a suspicious share of what was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The file that it handed over.
    pub upload: UploadId,
    /// Since when it is held.
    pub since: DateTime<Utc>,
    /// Why, for people.
    pub why: String,
}

impl Installation {
    /// From which share on a sync is held unless somebody says otherwise, in percent.
    pub const GUARD: u8 = 30;

    /// One that was just set up.
    pub fn new(connector: ConnectorId, kind: ConnectorKind, hosting: Hosting) -> Self {
        Self {
            connector,
            kind,
            hosting,
            app: None,
            owners: Vec::new(),
            waiting_for: None,
            guard: Some(Self::GUARD),
            types: BTreeSet::new(),
            held: None,
            failures: 0,
            counted: None,
            settled: None,
        }
    }

    /// A sync of it, of what it is to read. There is no other way to one: whoever asks gets what was chosen.
    pub fn sync(&self, id: TaskId, work: SyncWork, now: DateTime<Utc>) -> Task {
        Task::new(id, self.connector.clone(), work(&self.types), now)
    }

    /// After a sync failed.
    pub fn sync_failed(self, task: TaskId) -> Self {
        Self {
            failures: self.failures.saturating_add(1),
            counted: Some(task),
            ..self
        }
    }

    /// After what a sync read was believed.
    pub fn sync_believed(self, task: TaskId, upload: UploadId) -> Self {
        Self {
            failures: 0,
            counted: Some(task),
            settled: Some(upload),
            held: None,
            ..self
        }
    }
}

impl ConnectorKind {
    /// All of them, in the order of the catalogue.
    pub const ALL: [Self; 3] = [Self::Cloudflare, Self::Baton, Self::File];

    /// Its name in the database and in addresses, stable.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cloudflare => "cloudflare",
            Self::Baton => "baton",
            Self::File => "file",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Cloudflare => "Cloudflare v2",
            Self::Baton => "Baton",
            Self::File => "File",
        }
    }

    /// What it is for, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::Cloudflare => {
                "Members, roles, scoped policies, user groups, invitations and tokens of a Cloudflare account."
            }
            Self::Baton => {
                "Any connector of the Baton ecosystem that you run yourself and that reports here."
            }
            Self::File => "A .c1z file that a connector wrote elsewhere and that you bring.",
        }
    }

    /// Where it runs, by what somebody wants: only some kinds leave a choice.
    pub fn hosting(self, wanted: Option<Hosting>) -> Hosting {
        match self {
            Self::Cloudflare => wanted.unwrap_or(Hosting::SelfHosted),
            Self::Baton => Hosting::SelfHosted,
            Self::File => Hosting::ByHand,
        }
    }

    /// Whether it can run beside this service.
    pub fn can_be_hosted(self) -> bool {
        matches!(self, Self::Cloudflare)
    }
}

impl Hosting {
    /// Its name in the database and in forms, stable.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hosted => "hosted",
            Self::SelfHosted => "self-hosted",
            Self::ByHand => "by-hand",
        }
    }

    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Hosted, Self::SelfHosted, Self::ByHand]
            .into_iter()
            .find(|hosting| hosting.as_str() == name)
    }
}
