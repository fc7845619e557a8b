//! What has to happen although nobody asks for it: it can be done at any time, any number of times, by any number of
//! processes.

use super::{Desk, DeskError};
use crate::repository::Written;
use crate::{SyncWork, TaskId, TaskKind};

/// How many are looked at in one go.
const AT_ONCE: u64 = 100;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Tries that nobody heard of again.
    pub expired: u64,
    /// Syncs that were due.
    pub due: u64,
}

impl Desk {
    /// Takes tasks away from those who were not heard of, and asks for the syncs that are due.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sweep(&self, sync: SyncWork) -> Result<Counted, DeskError> {
        Ok(Counted {
            expired: self.expire().await?,
            due: self.ask_for_due(sync).await?,
        })
    }

    async fn expire(&self) -> Result<u64, DeskError> {
        let now = self.now();
        let mut count = 0;
        for found in self.store.tasks_expired(now, AT_ONCE).await? {
            if let Some(task) = found.value.clone().expire(now, &self.rules) {
                count += u64::from(self.store.replace_task(&found.with(task)).await? == Written::Yes);
            }
        }
        Ok(count)
    }

    async fn ask_for_due(&self, sync: SyncWork) -> Result<u64, DeskError> {
        let mut count = 0;
        for found in self.store.connectors_due(self.now(), AT_ONCE).await? {
            let connector = found.value.id.clone();
            let Some(place) = self.store.installation(&connector).await? else {
                continue;
            };
            let (now, bytes) = self.fresh();
            let changed = found.with(found.value.clone().sync_asked(now));
            // One that still waits, or runs, is this one.
            let written = if self.has_open_sync(&connector).await? {
                self.store.replace_connector(&changed).await?
            } else {
                let task = place.value.sync(TaskId::new(now, bytes), sync, now);
                self.store.replace_connector_with_task(&changed, &task).await?
            };
            count += u64::from(written == Written::Yes);
        }
        Ok(count)
    }

    async fn has_open_sync(&self, connector: &crate::ConnectorId) -> Result<bool, DeskError> {
        let newest = self.store.tasks(connector, Some(TaskKind::Sync), 1).await?;
        Ok(newest.iter().any(|task| !task.is_finished()))
    }
}
