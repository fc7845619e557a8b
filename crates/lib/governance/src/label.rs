//! How a connector is, in a word.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::{CredentialsFact, Facts, Hosting, Known, SyncFact, WorkerFact};

/// The word that people see beside a connector's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Label {
    /// Nobody has ever reported for it, or nobody does.
    NotConnected,
    /// It is reading, or about to.
    Syncing,
    /// Somebody reports for it or brings its files, and the last sync was believed.
    Connected,
    /// The last sync failed, or the account does not let it in.
    Error,
    /// Somebody asked it to pause, or a sync is held for a person.
    Paused,
}

impl Label {
    /// The word for a connector: the worst of its facts. Never *Connected* on a sign of life alone.
    pub fn of(known: &Known<'_>, now: DateTime<Utc>) -> Self {
        let facts = Facts::of(known, now);
        if known.connector.paused || matches!(facts.sync, SyncFact::Held { .. }) {
            return Self::Paused;
        }
        if facts.credentials == CredentialsFact::None {
            return Self::NotConnected;
        }
        if !is_run(known, &facts, now) {
            return Self::NotConnected;
        }
        match (&facts.sync, &facts.credentials) {
            (SyncFact::Waiting | SyncFact::Running { .. } | SyncFact::Believing, _) => Self::Syncing,
            (SyncFact::Held { .. }, _) => Self::Paused,
            (SyncFact::Failed { .. }, _) | (_, CredentialsFact::Rejected(_)) => Self::Error,
            (SyncFact::Succeeded { .. }, _) => Self::Connected,
            // There is nothing that could be on its way.
            (SyncFact::Never, CredentialsFact::NotNeeded) => Self::NotConnected,
            (SyncFact::Never, _) => Self::Syncing,
        }
    }

    /// Its name in the API, stable.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotConnected => "not-connected",
            Self::Syncing => "syncing",
            Self::Connected => "connected",
            Self::Error => "error",
            Self::Paused => "paused",
        }
    }
}

/// Whether somebody runs it. What runs beside this service needs a moment after it was set up, and nobody else can
/// start it.
fn is_run(known: &Known<'_>, facts: &Facts, now: DateTime<Utc>) -> bool {
    let starting = known.installation.hosting == Hosting::Hosted
        && known
            .settings
            .is_some_and(|settings| now - settings.saved_at < crate::Worker::PRESENT);
    matches!(facts.worker, WorkerFact::Present { .. } | WorkerFact::NotNeeded) || starting
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotConnected => "Not connected",
            Self::Syncing => "Syncing",
            Self::Connected => "Connected",
            Self::Error => "Error",
            Self::Paused => "Paused",
        })
    }
}

#[cfg(test)]
mod tests;
