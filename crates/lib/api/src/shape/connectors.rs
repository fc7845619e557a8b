//! Connectors.

use std::time::Duration;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use governance::{OfficeError, OperatorId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::Facts;
use super::people::Owner;
use super::{ConnectorKind, Hosting, Label};
use crate::page::{Cursor, Limit};
use crate::problem::Problem;

/// A connector: it reads one account and reports here.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Connector {
    /// Its id.
    pub(crate) id: String,
    /// What people call it; no two have the same.
    name: String,
    /// What it reads.
    kind: ConnectorKind,
    /// Where it runs.
    hosting: Hosting,
    /// How it is, in a word.
    label: Label,
    /// The facts behind the word.
    facts: Facts,
    /// Whether somebody paused it.
    paused: bool,
    /// When it reads.
    schedule: Schedule,
    /// When it reads next.
    next_sync_at: Option<DateTime<Utc>>,
    /// The app whose access it reads.
    app: Option<AppName>,
    /// Who answers for it.
    owners: Vec<Owner>,
    /// The id of the owner whose help is waited for.
    waiting_for: Option<String>,
    /// When a sync is held for a person.
    guard: Guard,
    /// The types that it reads, such as `user`; none for everything.
    types: Vec<String>,
    /// When it was added.
    created_at: DateTime<Utc>,
}

/// An app, by name.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AppName {
    /// Its id.
    id: String,
    /// What people call it.
    name: String,
}

/// When a connector reads.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "when", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Schedule {
    /// Again and again.
    Every {
        /// How many minutes there are between two syncs: five or more.
        minutes: u64,
    },
    /// At times of the day.
    At {
        /// In the words of cron: minute, hour, day, month, weekday.
        cron: String,
        /// Where those times hold, such as `Europe/Vienna` or `UTC`.
        zone: String,
    },
    /// Only when it is asked to.
    Never {},
}

/// When a sync that lost much is held for a person.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Guard {
    /// From which share on of what was there, in percent, 1 to 100; nothing for never.
    #[schemars(range(min = 1, max = 100))]
    pub(crate) percent: Option<u8>,
}

/// Which connectors.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConnectorQuery {
    /// Those with this in their name.
    pub(crate) search: Option<String>,
    /// Those that are like this.
    pub(crate) label: Option<Label>,
    /// Those that read this.
    pub(crate) kind: Option<ConnectorKind>,
    /// How many a page has.
    pub(crate) limit: Option<Limit>,
    /// Where the page begins.
    pub(crate) cursor: Option<Cursor>,
}

/// A connector that is to be added.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewConnector {
    /// What it is to be called.
    name: String,
    /// What it is to read.
    kind: NewKind,
    /// Where it is to run.
    hosting: Hosting,
    /// The app whose access it reads.
    app: Place,
    /// Who is to answer for it, by their ids: the owner of the key, others, or both. Others are asked for help by mail
    /// unless the owner of the key is one of them.
    owners: Vec<String>,
    /// When it is to read; every hour when it is left out.
    schedule: Option<Schedule>,
}

/// What a connector that is added can read.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "NewConnectorKind")]
pub(crate) enum NewKind {
    /// A Cloudflare account.
    Cloudflare,
    /// Whatever a connector of the Baton ecosystem reads that you run yourself.
    Baton,
}

/// Where a new connector belongs.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(tag = "attach", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Place {
    /// To a managed app.
    Managed {
        /// Which.
        id: String,
    },
    /// To an app that was merely known; it becomes managed, by the connector's owners.
    Unmanaged {
        /// Which.
        id: String,
    },
    /// To a new managed app.
    New {
        /// What it is to be called.
        name: String,
    },
}

/// What is to be different about a connector; what is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConnectorChange {
    /// What it is to be called.
    name: Option<String>,
    /// When it is to read.
    schedule: Option<Schedule>,
    /// Who is to answer for it, by their ids.
    owners: Option<Vec<String>>,
    /// When a sync is to be held for a person.
    guard: Option<Guard>,
    /// The types that it is to read, such as `user`; an empty list for everything.
    types: Option<Vec<String>>,
}

/// What a self-hosted connector signs in with.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Credential {
    /// Its id.
    pub(crate) id: String,
    /// What the connector calls itself.
    client_id: String,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// From when on it is worth nothing.
    expires_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    revoked_at: Option<DateTime<Utc>>,
    /// When it was last used.
    last_used_at: Option<DateTime<Utc>>,
}

/// A credential that was just made, with its secret.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct NewCredential {
    /// The credential.
    pub(crate) credential: Credential,
    /// Its secret: it is in this answer and nowhere else.
    pub(crate) client_secret: String,
}

/// How often a new connector reads.
const EVERY: Duration = Duration::from_hours(1);

impl Connector {
    pub(crate) fn of(seen: governance::Seen, owners: &[governance::Operator]) -> Self {
        let (connector, installation) = (seen.connector, seen.installation);
        Self {
            id: connector.id.to_string(),
            name: connector.name.to_string(),
            kind: installation.kind.into(),
            hosting: installation.hosting.into(),
            label: seen.label.into(),
            facts: seen.facts.into(),
            paused: connector.paused,
            schedule: (&connector.schedule).into(),
            next_sync_at: connector.next_sync_at,
            app: seen.app.map(|app| AppName {
                id: app.id.to_string(),
                name: app.name.to_string(),
            }),
            owners: owners.iter().map(Owner::from).collect(),
            waiting_for: installation
                .waiting_for
                .map(|waiting| waiting.operator.to_string()),
            guard: Guard {
                percent: installation.guard,
            },
            types: installation.types.iter().map(ToString::to_string).collect(),
            created_at: connector.created_at,
        }
    }
}

impl From<&governance::Schedule> for Schedule {
    fn from(schedule: &governance::Schedule) -> Self {
        match schedule {
            governance::Schedule::Never => Self::Never {},
            governance::Schedule::Every(every) => Self::Every {
                minutes: every.as_secs() / 60,
            },
            governance::Schedule::At(times) => Self::At {
                cron: times.expression().to_owned(),
                zone: times.zone().to_owned(),
            },
        }
    }
}

impl Schedule {
    fn read(&self, now: DateTime<Utc>) -> Result<governance::Schedule, OfficeError> {
        Ok(match self {
            Self::Never {} => governance::Schedule::Never,
            Self::Every { minutes } => {
                governance::Schedule::every(Duration::from_secs(minutes.saturating_mul(60)))?
            }
            Self::At { cron, zone } => governance::Schedule::at(cron, zone, now)?,
        })
    }
}

/// The ids of people.
pub(crate) fn people(ids: &[String]) -> Result<Vec<OperatorId>, Problem> {
    let ids = ids.iter().map(|id| OperatorId::parse(id));
    ids.collect::<Result<_, _>>()
        .map_err(|error| Problem::field("owners", error))
}

impl NewConnector {
    /// Where it is to belong.
    pub(crate) fn place(&self) -> &Place {
        &self.app
    }

    pub(crate) fn read(&self, now: DateTime<Utc>) -> Result<governance::NewConnector, Problem> {
        let app = |id: &str| {
            let id = governance::AppId::parse(id);
            id.map_err(|error| Problem::field("app", error))
        };
        let schedule = self
            .schedule
            .as_ref()
            .map(|schedule| schedule.read(now))
            .transpose()?;
        Ok(governance::NewConnector {
            name: self.name.clone(),
            kind: match self.kind {
                NewKind::Cloudflare => governance::ConnectorKind::Cloudflare,
                NewKind::Baton => governance::ConnectorKind::Baton,
            },
            hosting: self.hosting.into(),
            place: match &self.app {
                Place::Managed { id } | Place::Unmanaged { id } => governance::NewPlace::App(app(id)?),
                Place::New { name } => governance::NewPlace::NewApp(name.clone()),
            },
            owners: people(&self.owners)?,
            schedule: schedule.unwrap_or(governance::Schedule::Every(EVERY)),
        })
    }
}

impl ConnectorChange {
    pub(crate) fn read(&self, now: DateTime<Utc>) -> Result<lobby::ConnectorChange, Problem> {
        if let Some(Guard {
            percent: Some(0 | 101..),
        }) = self.guard
        {
            return Err(Problem::field("guard", "a share is from 1 to 100 percent"));
        }
        if let Some(name) = &self.name {
            governance::ConnectorName::parse(name).map_err(OfficeError::from)?;
        }
        Ok(lobby::ConnectorChange {
            name: self.name.clone(),
            schedule: self
                .schedule
                .as_ref()
                .map(|schedule| schedule.read(now))
                .transpose()?,
            owners: self.owners.as_deref().map(people).transpose()?,
            guard: self.guard.map(|guard| guard.percent),
            types: self.types.as_ref().map(|types| {
                let types: BTreeSet<_> = types.iter().map(|one| one.as_str().into()).collect();
                Some(types).filter(|types| !types.is_empty())
            }),
        })
    }
}

impl From<&governance::Credential> for Credential {
    fn from(of: &governance::Credential) -> Self {
        Self {
            id: of.id.to_string(),
            client_id: of.client_id.clone(),
            created_at: of.created_at,
            expires_at: of.expires_at,
            revoked_at: of.revoked_at,
            last_used_at: of.last_used_at,
        }
    }
}
