//! A sync that has lost a suspicious share of what was there: held for a person, who believes it or does not.

use super::{Judged, Office, OfficeError, Owned, ROUNDS};
use crate::access::{Snapshot, Verdict};
use crate::repository::{Versioned, Write, Written};
use crate::{Action, Actor, AuditAction, AuditDraft, ConnectorId, Held, Installation, Upload, UploadId};

const NOTHING: OfficeError = OfficeError::Conflict("no sync is held any more");

/// A sync that somebody may decide about.
struct Pending {
    owned: Owned,
    held: Held,
    upload: Upload,
    candidate: Option<Snapshot>,
}

impl Office {
    pub(super) async fn hold(
        &self,
        found: &Versioned<Installation>,
        upload: &Upload,
        why: String,
        changes: Write,
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
        let mut writes = vec![
            Write::ReplaceInstallation(found.with(held)),
            changes,
            Write::SetVerdict(upload.id.clone(), Verdict::Held),
        ];
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
        for _ in 0..ROUNDS {
            let pending = self.pending(actor, id).await?;
            let candidate = pending.candidate.as_ref().ok_or(OfficeError::Conflict(
                "what is held is gone: let the connector read again",
            ))?;
            let installation = &pending.owned.installation;
            let writes = self.believed(installation, candidate, &pending.upload).await?;
            let entry = self.decided(actor, &pending, AuditAction::SyncConfirmed);
            if self.commit(&writes, &[entry]).await? == Written::Yes {
                return self.find_apps(id, candidate).await;
            }
        }
        Err(OfficeError::Contended)
    }

    /// Does not believe the sync that is held: what was seen before stays.
    ///
    /// # Errors
    /// When there is no such connector, when the actor may not, when nothing is held, or when the store fails.
    pub async fn discard_held(&self, actor: &Actor, id: &ConnectorId) -> Result<(), OfficeError> {
        for _ in 0..ROUNDS {
            let pending = self.pending(actor, id).await?;
            let installation = &pending.owned.installation;
            let after = Installation {
                settled: Some(pending.upload.id.clone()),
                counted: Some(pending.upload.task.clone()),
                held: None,
                ..installation.value.clone()
            };
            let mut writes = vec![
                Write::ReplaceInstallation(installation.with(after)),
                Write::SetVerdict(pending.upload.id.clone(), Verdict::Discarded),
            ];
            let candidate = pending.candidate.as_ref();
            writes.extend(candidate.map(|one| Write::RetireCandidate(one.id, self.now())));
            let entry = self.decided(actor, &pending, AuditAction::SyncDiscarded);
            if self.commit(&writes, &[entry]).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(OfficeError::Contended)
    }

    fn decided(&self, actor: &Actor, pending: &Pending, action: AuditAction) -> AuditDraft {
        self.draft(actor, action, pending.owned.connector.value.object())
            .because(pending.held.why.clone())
    }

    /// What is held, for somebody who may decide about it.
    async fn pending(&self, actor: &Actor, id: &ConnectorId) -> Result<Pending, OfficeError> {
        let owned = self.owned(actor, id).await?;
        actor.may(Action::RunConnector(&owned.installation.value))?;
        let held = owned.installation.value.held.clone().ok_or(NOTHING)?;
        let upload = self.store.upload(&held.upload).await?.ok_or(NOTHING)?;
        Ok(Pending {
            candidate: self.candidate(id, &held.upload).await?,
            owned,
            held,
            upload,
        })
    }

    async fn candidate(&self, id: &ConnectorId, upload: &UploadId) -> Result<Option<Snapshot>, OfficeError> {
        let candidates = self.store.candidates(id).await?;
        Ok(candidates.into_iter().find(|one| one.of.upload == *upload))
    }
}
