//! Signs of life: collected, and written down together, not more than once a minute for each instance. A poll never
//! waits for that.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use governance::{Caller, ConnectorId, DeskError, HostId, Sign};

use crate::Inner;

/// How long a note is good for.
const GOOD_FOR: TimeDelta = TimeDelta::minutes(1);
/// How many instances are remembered; whoever makes up host ids pushes out the signs of others until the next round.
const REMEMBERED: usize = 10_000;

/// When each instance was last heard of, as far as that was written down or will be.
#[derive(Debug, Default)]
pub(crate) struct Seen(Mutex<Signs>);

#[derive(Debug, Default)]
struct Signs {
    noted: HashMap<(ConnectorId, HostId), DateTime<Utc>>,
    /// What is still to be written down.
    fresh: Vec<Sign>,
}

impl Seen {
    fn note(&self, sign: Sign) {
        let mut signs = self.lock();
        let key = (sign.connector.clone(), sign.host.clone());
        if signs.noted.get(&key).is_some_and(|at| sign.at - *at < GOOD_FOR) {
            return;
        }
        if signs.noted.len() >= REMEMBERED {
            signs.noted.retain(|_, at| sign.at - *at < GOOD_FOR);
        }
        if signs.noted.len() < REMEMBERED {
            signs.noted.insert(key, sign.at);
            signs.fresh.push(sign);
        }
    }

    /// In an order of their own: two services that write the same ones do not wait for each other crosswise.
    fn take(&self) -> Vec<Sign> {
        let mut fresh = std::mem::take(&mut self.lock().fresh);
        let key = |sign: &Sign| (sign.connector.to_string(), sign.host.to_string());
        fresh.sort_by_cached_key(key);
        fresh
    }

    /// They could not be written down: the next ones are to be.
    fn forget(&self, lost: &[Sign]) {
        let mut signs = self.lock();
        for sign in lost {
            signs.noted.remove(&(sign.connector.clone(), sign.host.clone()));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Signs> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Notes that an instance is there.
    pub(super) fn note_seen(&self, caller: &Caller, host: &HostId) {
        self.seen.note(self.desk.sign(caller, host));
    }

    /// Writes down who was heard of since the last time.
    pub(crate) async fn write_seen(&self) -> Result<(), DeskError> {
        let signs = self.seen.take();
        if signs.is_empty() {
            return Ok(());
        }
        let written = self.desk.store().seen(&signs).await;
        if written.is_err() {
            self.seen.forget(&signs);
        }
        Ok(written?)
    }
}
