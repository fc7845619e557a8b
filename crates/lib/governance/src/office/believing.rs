//! What becomes of a sync: counted when it failed, looked at before it is believed.

use super::{Office, OfficeError, ROUNDS};
use crate::access::{Difference, LossRules, RunChanges, Snapshot, SnapshotState, Verdict};
use crate::repository::{Versioned, Write, Written};
use crate::{Content, End, Installation, Task, TaskKind, TaskState, Upload};

/// How many files of a connector are looked at: the newest of them is what counts.
const LOOKED_AT: u64 = 20;
/// After how many failures in a row the owners are written to.
pub(super) const PATIENCE: u32 = 3;

/// How many changes of each kind and way are kept by name; of the others only how many there are.
const KEPT: u64 = 1000;

/// A file that is to be read into what pages show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToProject {
    /// The file.
    pub upload: Upload,
    /// The sync in it.
    pub sync: model::SyncId,
}

/// What was decided about a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// It is what everybody sees now.
    Believed,
    /// A person has to look at it.
    Held,
    /// Somebody else was quicker, or the connector is gone.
    Outdated,
}

impl Office {
    /// The newest files that nobody has looked at yet. A connector with one that is held has none until a person has
    /// decided.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn to_project(&self) -> Result<Vec<ToProject>, OfficeError> {
        let mut all = Vec::new();
        for installation in self.store.installations().await? {
            if installation.held.is_some() {
                continue;
            }
            let files = self.store.uploads(&installation.connector, LOOKED_AT).await?;
            let newest = files.into_iter().find_map(|upload| match &upload.content {
                Content::Sync(sync) => Some(ToProject {
                    sync: sync.clone(),
                    upload,
                }),
                Content::DebugLog => None,
            });
            let is_new = |found: &ToProject| {
                installation
                    .settled
                    .as_ref()
                    .is_none_or(|settled| found.upload.id > *settled)
            };
            all.extend(newest.filter(is_new));
        }
        Ok(all)
    }

    /// Counts the syncs that ended, and writes to owners after the third failure in a row and when it works again.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn count_syncs(&self) -> Result<(), OfficeError> {
        for installation in self.store.installations().await? {
            let newest = self
                .store
                .tasks(&installation.connector, Some(TaskKind::Sync), 1)
                .await?;
            let Some(task) = newest.into_iter().next() else {
                continue;
            };
            if installation.counted.as_ref() != Some(&task.id) {
                self.count(&task).await?;
            }
        }
        Ok(())
    }

    /// A success counts once what was read is believed.
    async fn count(&self, task: &Task) -> Result<(), OfficeError> {
        let TaskState::Finished { end, .. } = &task.state else {
            return Ok(());
        };
        let why = match end {
            End::Succeeded(_) => return Ok(()),
            End::Cancelled => None,
            End::Failed(failure) => Some(failure.message.as_str()),
        };
        for _ in 0..ROUNDS {
            let Some(found) = self.store.installation(&task.connector).await? else {
                return Ok(());
            };
            if found.value.counted.as_ref() == Some(&task.id) {
                return Ok(());
            }
            let after = match why {
                Some(_) => found.value.clone().sync_failed(task.id.clone()),
                None => Installation {
                    counted: Some(task.id.clone()),
                    ..found.value.clone()
                },
            };
            let is_third = why.is_some() && after.failures == PATIENCE;
            let mut writes = vec![Write::ReplaceInstallation(found.with(after))];
            if let Some(why) = why.filter(|_| is_third) {
                writes.extend(self.trouble_letters(&found.value, why).await?);
            }
            if self.commit(&writes, &[]).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(OfficeError::Contended)
    }

    /// Decides about a candidate that was made of a file: believed, unless it lost a suspicious share.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn judge(&self, snapshot: &Snapshot, upload: &Upload) -> Result<Judged, OfficeError> {
        let Some(found) = self.store.installation(&upload.connector).await? else {
            return Ok(Judged::Outdated);
        };
        let settled = found.value.settled.as_ref();
        if settled.is_some_and(|settled| *settled >= upload.id) {
            // Another service was quicker; compared with itself it would have changed nothing.
            let retire = Write::RetireCandidate(snapshot.id, self.now());
            self.commit(&[retire], &[]).await?;
            return Ok(Judged::Outdated);
        }
        let difference = self.store.difference(snapshot.id, KEPT).await?;
        let changes = self.changes(upload, difference.as_ref());
        let comparable = match difference {
            Some(difference) => Some(self.comparable(snapshot, upload, difference).await?),
            None => None,
        };
        let losses = losses(&found.value, comparable.as_ref());
        if losses.is_empty() {
            return self.believe(snapshot, upload, &changes).await;
        }
        self.hold(&found, upload, losses.join("; "), changes).await
    }

    /// The same without what the sync was not asked for: that is gone because somebody wanted it so. What it was asked
    /// for stands with the task and never changes, unlike the choice, which may be another one by now; without the task
    /// everything counts. What the base was not asked for it has not, so nothing of that can be lost.
    async fn comparable(
        &self,
        snapshot: &Snapshot,
        upload: &Upload,
        difference: Difference,
    ) -> Result<Difference, OfficeError> {
        let task = self.store.task(&upload.task).await?;
        let asked = task.map(|task| task.value.work.types).unwrap_or_default();
        let left_out = difference.left_out(&asked);
        if left_out.is_empty() {
            return Ok(difference);
        }
        let grants = self.store.grants_lost(snapshot.id, &left_out).await?;
        Ok(difference.without(&left_out, grants.unwrap_or_default()))
    }

    /// What a file changed, as it is kept when it is believed.
    fn changes(&self, upload: &Upload, difference: Option<&Difference>) -> Write {
        let (counts, items) = difference.map(Difference::kept).unwrap_or_default();
        let run = RunChanges {
            connector: upload.connector.clone(),
            upload: upload.id.clone(),
            base: difference.map(|difference| difference.base.clone()),
            at: self.now(),
            verdict: Verdict::Believed,
            counts,
        };
        Write::PutChanges(run, items)
    }

    async fn believe(
        &self,
        snapshot: &Snapshot,
        upload: &Upload,
        changes: &Write,
    ) -> Result<Judged, OfficeError> {
        for _ in 0..ROUNDS {
            let Some(found) = self.store.installation(&upload.connector).await? else {
                return Ok(Judged::Outdated);
            };
            let mut writes = self.believed(&found, snapshot, upload).await?;
            writes.push(changes.clone());
            if self.commit(&writes, &[]).await? == Written::Yes {
                self.find_apps(&upload.connector, snapshot).await?;
                return Ok(Judged::Believed);
            }
            if !self.can_become_current(snapshot).await? {
                return Ok(Judged::Outdated);
            }
        }
        Err(OfficeError::Contended)
    }

    /// Whether it is a candidate still, for the place of the one that everybody sees.
    async fn can_become_current(&self, snapshot: &Snapshot) -> Result<bool, OfficeError> {
        let current = self.store.current_snapshot(&snapshot.of.connector).await?;
        let now = self.store.snapshot(snapshot.id).await?;
        let is_candidate = now.is_some_and(|now| now.state == SnapshotState::Candidate);
        Ok(is_candidate && current.map(|current| current.id) == snapshot.base)
    }

    /// What is written when a file is believed: all of it at once, so that nobody sees what was not noted, nor the other
    /// way round. When it works again, the owners are told.
    pub(super) async fn believed(
        &self,
        found: &Versioned<Installation>,
        snapshot: &Snapshot,
        upload: &Upload,
    ) -> Result<Vec<Write>, OfficeError> {
        let before = &found.value;
        let after = before
            .clone()
            .sync_believed(upload.task.clone(), upload.id.clone());
        let mut writes = vec![
            Write::MakeCurrent(snapshot.id, self.now()),
            Write::ReplaceInstallation(found.with(after)),
            Write::SetVerdict(upload.id.clone(), Verdict::Believed),
        ];
        if before.failures >= PATIENCE {
            writes.extend(self.recovery_letters(before).await?);
        }
        Ok(writes)
    }
}

/// What has lost a suspicious share, in words; nothing when there is nothing to compare with, or when it is not asked.
fn losses(installation: &Installation, difference: Option<&Difference>) -> Vec<String> {
    let (Some(share), Some(difference)) = (installation.guard, difference) else {
        return Vec::new();
    };
    let rules = LossRules {
        share: share.into(),
        ..LossRules::default()
    };
    let losses = difference.losses(&rules);
    losses.iter().map(ToString::to_string).collect()
}
