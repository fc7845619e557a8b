//! What becomes of a sync: counted when it failed, looked at before it is believed, held for a person when it has lost
//! a suspicious share of what was there.

use super::{Office, OfficeError, ROUNDS};
use crate::access::{Difference, LossRules, Snapshot};
use crate::repository::{Versioned, Write, Written};
use crate::{
    Action, Actor, AuditAction, ConnectorId, Content, End, Held, Installation, Letter, Task, TaskKind,
    TaskState, Upload, UploadId,
};

/// How many files of a connector are looked at: the newest of them is what counts.
const LOOKED_AT: u64 = 20;
/// After how many failures in a row the owners are written to.
const PATIENCE: u32 = 3;

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
        let difference = self.store.difference(snapshot.id, 0).await?;
        let losses = losses(&found.value, difference.as_ref());
        if losses.is_empty() {
            return self.believe(snapshot, upload).await;
        }
        self.hold(&found, upload, losses.join("; ")).await
    }

    async fn believe(&self, snapshot: &Snapshot, upload: &Upload) -> Result<Judged, OfficeError> {
        if self.store.make_current(snapshot.id, self.now()).await? == Written::Outdated {
            return Ok(Judged::Outdated);
        }
        self.settle(upload, true).await?;
        self.find_apps(&upload.connector, snapshot).await?;
        Ok(Judged::Believed)
    }

    /// Notes what became of a file; when it works again, the owners are told.
    async fn settle(&self, upload: &Upload, is_believed: bool) -> Result<(), OfficeError> {
        for _ in 0..ROUNDS {
            let Some(found) = self.store.installation(&upload.connector).await? else {
                return Ok(());
            };
            let before = &found.value;
            let after = if is_believed {
                before
                    .clone()
                    .sync_believed(upload.task.clone(), upload.id.clone())
            } else {
                Installation {
                    settled: Some(upload.id.clone()),
                    counted: Some(upload.task.clone()),
                    held: None,
                    ..before.clone()
                }
            };
            let works_again = is_believed && before.failures >= PATIENCE;
            let mut writes = vec![Write::ReplaceInstallation(found.with(after))];
            if works_again {
                writes.extend(self.recovery_letters(before).await?);
            }
            if self.commit(&writes, &[]).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(OfficeError::Contended)
    }

    async fn hold(
        &self,
        found: &Versioned<Installation>,
        upload: &Upload,
        why: String,
    ) -> Result<Judged, OfficeError> {
        let Some(connector) = self.store.connector(&upload.connector).await? else {
            return Ok(Judged::Outdated);
        };
        let held = Installation {
            held: Some(Held {
                upload: upload.id.clone(),
                since: self.now(),
                why: why.clone(),
            }),
            ..found.value.clone()
        };
        let entry = self
            .draft(&Actor::service(), AuditAction::SyncHeld, connector.value.object())
            .because(why.clone());
        let mut writes = vec![Write::ReplaceInstallation(found.with(held))];
        let subject = format!("A sync of {} is held", connector.value.name);
        let text =
            format!("{why}.\n\nNothing of it is believed until somebody has looked at it and confirmed it.");
        writes.extend(self.letters_to_owners(&found.value, &subject, &text).await?);
        Ok(match self.commit(&writes, &[entry]).await? {
            Written::Yes => Judged::Held,
            Written::Outdated => Judged::Outdated,
        })
    }

    /// Believes the sync that is held: everybody sees it from now on.
    ///
    /// # Errors
    /// When there is no such connector, when the actor may not, when nothing is held, or when the store fails.
    pub async fn confirm_held(&self, actor: &Actor, id: &ConnectorId) -> Result<(), OfficeError> {
        let (upload, candidate) = self.held(actor, id, AuditAction::SyncConfirmed).await?;
        let candidate = candidate.ok_or(OfficeError::Conflict(
            "what is held is gone: let the connector read again",
        ))?;
        match self.believe(&candidate, &upload).await? {
            Judged::Believed => Ok(()),
            Judged::Held | Judged::Outdated => Err(OfficeError::Contended),
        }
    }

    /// Does not believe the sync that is held: what was seen before stays.
    ///
    /// # Errors
    /// When there is no such connector, when the actor may not, when nothing is held, or when the store fails.
    pub async fn discard_held(&self, actor: &Actor, id: &ConnectorId) -> Result<(), OfficeError> {
        let (upload, candidate) = self.held(actor, id, AuditAction::SyncDiscarded).await?;
        if let Some(candidate) = candidate {
            self.store.retire_candidate(candidate.id, self.now()).await?;
        }
        self.settle(&upload, false).await
    }

    /// What is held, for somebody who may decide about it; that they did is written down.
    async fn held(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        action: AuditAction,
    ) -> Result<(Upload, Option<Snapshot>), OfficeError> {
        const NOTHING: OfficeError = OfficeError::Conflict("no sync is held any more");
        let owned = self.owned(actor, id).await?;
        actor.may(Action::RunConnector(&owned.installation.value))?;
        let held = owned.installation.value.held.clone().ok_or(NOTHING)?;
        let files = self.store.uploads(id, LOOKED_AT).await?;
        let upload = files
            .into_iter()
            .find(|upload| upload.id == held.upload)
            .ok_or(NOTHING)?;
        let candidate = self.candidate(id, &held.upload).await?;
        let entry = self
            .draft(actor, action, owned.connector.value.object())
            .because(held.why);
        self.commit_new(&[], &[entry]).await?;
        Ok((upload, candidate))
    }

    async fn candidate(&self, id: &ConnectorId, upload: &UploadId) -> Result<Option<Snapshot>, OfficeError> {
        let candidates = self.store.candidates(id).await?;
        Ok(candidates.into_iter().find(|one| one.of.upload == *upload))
    }

    /// What a sync that is held would change, for somebody who may see it.
    ///
    /// # Errors
    /// When there is no such connector for this actor, or when the store fails.
    pub async fn held_difference(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        samples: u64,
    ) -> Result<Option<Difference>, OfficeError> {
        let owned = self.owned(actor, id).await?;
        let Some(held) = &owned.installation.value.held else {
            return Ok(None);
        };
        match self.candidate(id, &held.upload).await? {
            Some(candidate) => Ok(self.store.difference(candidate.id, samples).await?),
            None => Ok(None),
        }
    }

    async fn trouble_letters(
        &self,
        installation: &Installation,
        why: &str,
    ) -> Result<Vec<Write>, OfficeError> {
        let Some(connector) = self.store.connector(&installation.connector).await? else {
            return Ok(Vec::new());
        };
        let subject = format!("{} has failed {PATIENCE} times in a row", connector.value.name);
        let text = format!("The last time it said:\n\n{why}\n\nYou are written to again when it works.");
        self.letters_to_owners(installation, &subject, &text).await
    }

    async fn recovery_letters(&self, installation: &Installation) -> Result<Vec<Write>, OfficeError> {
        let Some(connector) = self.store.connector(&installation.connector).await? else {
            return Ok(Vec::new());
        };
        let subject = format!("{} works again", connector.value.name);
        self.letters_to_owners(installation, &subject, "Its last sync succeeded.")
            .await
    }

    async fn letters_to_owners(
        &self,
        installation: &Installation,
        subject: &str,
        text: &str,
    ) -> Result<Vec<Write>, OfficeError> {
        let owners = self.named(&installation.owners).await?;
        let able = owners.iter().filter(|owner| owner.is_active());
        let letter = |owner| -> Letter {
            let text = format!("Hello {},\n\n{text}\n", owner_name(owner));
            self.letter(owner, subject.to_owned(), text)
        };
        Ok(able.map(|owner| Write::AddLetter(letter(owner))).collect())
    }
}

fn owner_name(owner: &crate::Operator) -> &str {
    &owner.name
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
