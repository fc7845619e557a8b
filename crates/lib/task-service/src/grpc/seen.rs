//! Signs of life, written down not more than once a minute for each instance.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use governance::{Caller, ConnectorId, HostId};
use tonic::Status;

use super::status::refused;
use crate::Inner;

/// How long a note is good for.
const GOOD_FOR: TimeDelta = TimeDelta::minutes(1);
/// How many instances are remembered; whoever makes up host ids pushes out the memory of others, which costs a write.
const REMEMBERED: usize = 10_000;

/// When each instance was last written down.
#[derive(Debug, Default)]
pub(crate) struct Seen(Mutex<HashMap<(ConnectorId, HostId), DateTime<Utc>>>);

impl Seen {
    /// Whether it is time to write it down again; it is taken as done.
    fn is_due(&self, key: (ConnectorId, HostId), now: DateTime<Utc>) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.get(&key).is_some_and(|at| now - *at < GOOD_FOR) {
            return false;
        }
        if seen.len() >= REMEMBERED {
            seen.retain(|_, at| now - *at < GOOD_FOR);
        }
        if seen.len() < REMEMBERED {
            seen.insert(key, now);
        }
        true
    }
}

impl Inner {
    /// Notes that an instance is there.
    pub(super) async fn note_seen(&self, caller: &Caller, host: &HostId) -> Result<(), Status> {
        let key = (caller.connector().clone(), host.clone());
        if self.seen.is_due(key, self.desk.now()) {
            self.desk.seen(caller, host).await.map_err(refused)?;
        }
        Ok(())
    }
}
