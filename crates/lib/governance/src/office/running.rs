//! What a connector is to do now: read, pause, go on.

use super::{Office, OfficeError, ROUNDS};
use crate::repository::{Write, Written};
use crate::{Action, Actor, AuditAction, Connector, ConnectorId, SyncWork, Task, TaskId, TaskKind};

/// What came of asking for a sync.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyncAsked {
    /// It was asked for.
    Now(Task),
    /// One is on its way already, and is this one.
    Before(Task),
}

impl Office {
    /// Lets a connector read now, unless a sync is on its way.
    ///
    /// # Errors
    /// When there is no such connector, when the actor may not, when it is paused, or when the store fails.
    pub async fn sync_now(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        sync: SyncWork,
    ) -> Result<SyncAsked, OfficeError> {
        let owned = self.owned(actor, id).await?;
        actor.may(Action::RunConnector(&owned.installation.value))?;
        owned.reads_by_itself()?;
        if owned.connector.value.paused {
            return Err(OfficeError::Conflict("the connector is paused: resume it first"));
        }
        if let Some(open) = self.open_sync(id).await? {
            return Ok(SyncAsked::Before(open));
        }
        let (now, bytes) = self.fresh();
        let task = owned.installation.value.sync(TaskId::new(now, bytes), sync, now);
        let entry = self.draft(actor, AuditAction::SyncAsked, owned.connector.value.object());
        self.commit_new(&[Write::AddTask(task.clone())], &[entry]).await?;
        Ok(SyncAsked::Now(task))
    }

    pub(super) async fn open_sync(&self, id: &ConnectorId) -> Result<Option<Task>, OfficeError> {
        let newest = self.store.tasks(id, Some(TaskKind::Sync), 1).await?;
        Ok(newest.into_iter().find(|task| !task.is_finished()))
    }

    /// Gives a connector nothing to do until it is resumed.
    ///
    /// # Errors
    /// When there is no such connector, when the actor may not, or when the store fails.
    pub async fn pause(&self, actor: &Actor, id: &ConnectorId) -> Result<(), OfficeError> {
        self.change_connector(actor, id, AuditAction::ConnectorPaused, |owned| {
            actor.may(Action::RunConnector(&owned.installation.value))?;
            owned.reads_by_itself()?;
            Ok(Connector {
                paused: true,
                ..owned.connector.value.clone()
            })
        })
        .await
    }

    /// Lets a connector go on, with a sync, since things may have changed meanwhile.
    ///
    /// # Errors
    /// When there is no such connector, when the actor may not, or when the store fails.
    pub async fn resume(&self, actor: &Actor, id: &ConnectorId, sync: SyncWork) -> Result<(), OfficeError> {
        for _ in 0..ROUNDS {
            let owned = self.owned(actor, id).await?;
            actor.may(Action::RunConnector(&owned.installation.value))?;
            let before = &owned.connector.value;
            if !before.paused {
                return Ok(());
            }
            let (now, bytes) = self.fresh();
            let going_on = Connector {
                paused: false,
                ..before.clone().sync_asked(now)
            };
            let entry = self.draft(actor, AuditAction::ConnectorResumed, before.object());
            let mut writes = vec![Write::ReplaceConnector(owned.connector.with(going_on))];
            if self.open_sync(id).await?.is_none() {
                let task = owned.installation.value.sync(TaskId::new(now, bytes), sync, now);
                writes.push(Write::AddTask(task));
            }
            if self.commit(&writes, &[entry]).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(OfficeError::Contended)
    }

    /// Asks for a task to be stopped.
    ///
    /// # Errors
    /// When there is no such task, when the actor may not, when it has ended, or when the store fails.
    pub async fn cancel(&self, actor: &Actor, id: &TaskId) -> Result<Task, OfficeError> {
        for _ in 0..ROUNDS {
            let found = self.store.task(id).await?.ok_or(OfficeError::Unknown("task"))?;
            let owned = self.owned(actor, &found.value.connector).await;
            let owned = owned.map_err(|_| OfficeError::Unknown("task"))?;
            actor.may(Action::RunConnector(&owned.installation.value))?;
            let changed = found.with(found.value.clone().cancel(self.now())?);
            let entry = self
                .draft(actor, AuditAction::TaskCancelled, owned.connector.value.object())
                .change("task", None, Some(id.to_string()));
            let write = Write::ReplaceTask(changed.clone());
            if self.commit(&[write], &[entry]).await? == Written::Yes {
                return Ok(changed.value);
            }
        }
        Err(OfficeError::Contended)
    }
}
