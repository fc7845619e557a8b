//! Runs: each sync, how long it took, the files that it handed over, and what it changed.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Office, OfficeError};
use crate::access::{ChangeQuery, Page, PageRequest, RunChange, RunChanges};
use crate::{Actor, AttemptId, ConnectorId, Content, Task, TaskId, TaskKind, TaskState, Upload};

/// A sync, with what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What was asked for, and how it ended.
    pub task: Task,
    /// When its newest try began, if one did.
    pub begun_at: Option<DateTime<Utc>>,
    /// What it handed over, the newest first.
    pub files: Vec<Upload>,
    /// What it changed; `None` while nobody has looked at its file.
    pub changes: Option<RunChanges>,
}

impl Run {
    /// The file with what it read.
    pub fn file(&self) -> Option<&Upload> {
        let mut files = self.files.iter();
        files.find(|upload| matches!(upload.content, Content::Sync(_)))
    }

    /// How long its newest try took, or has taken so far.
    pub fn took(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        let until = match &self.task.state {
            TaskState::Finished { at, .. } => *at,
            TaskState::Running(_) => now,
            TaskState::Waiting { .. } => return None,
        };
        Some((until - self.begun_at?).max(TimeDelta::zero()))
    }
}

impl Office {
    /// The newest runs of a connector.
    ///
    /// # Errors
    /// When there is none for this actor, or when the store fails.
    pub async fn runs(&self, actor: &Actor, id: &ConnectorId, at_most: u64) -> Result<Vec<Run>, OfficeError> {
        let tasks = self.tasks(actor, id, Some(TaskKind::Sync), at_most).await?;
        self.with_results(id, tasks).await
    }

    /// One run of a connector.
    ///
    /// # Errors
    /// When there is none for this actor, or when the store fails.
    pub async fn run(&self, actor: &Actor, id: &ConnectorId, task: &TaskId) -> Result<Run, OfficeError> {
        const UNKNOWN: OfficeError = OfficeError::Unknown("sync");
        self.owned(actor, id).await?;
        let found = self.store.task(task).await?.ok_or(UNKNOWN)?.value;
        if found.connector != *id || found.work.kind != TaskKind::Sync {
            return Err(UNKNOWN);
        }
        let runs = self.with_results(id, vec![found]).await?;
        runs.into_iter().next().ok_or(UNKNOWN)
    }

    /// The run of a connector that is held for a person, if there is one.
    ///
    /// # Errors
    /// When there is no such connector for this actor, or when the store fails.
    pub async fn held_run(&self, actor: &Actor, id: &ConnectorId) -> Result<Option<Run>, OfficeError> {
        let owned = self.owned(actor, id).await?;
        let Some(held) = &owned.installation.value.held else {
            return Ok(None);
        };
        match self.store.upload(&held.upload).await? {
            Some(upload) => self.run(actor, id, &upload.task).await.map(Some),
            None => Ok(None),
        }
    }

    /// What a run changed, by name, as far as that is kept.
    ///
    /// # Errors
    /// As [`Office::run`].
    pub async fn changes_of_run(
        &self,
        actor: &Actor,
        (id, task): (&ConnectorId, &TaskId),
        query: &ChangeQuery,
        page: PageRequest,
    ) -> Result<Page<RunChange>, OfficeError> {
        let run = self.run(actor, id, task).await?;
        Ok(match run.changes {
            Some(changes) => self.store.changes(&changes.upload, query, page).await?,
            None => Page {
                rows: Vec::new(),
                total: 0,
            },
        })
    }

    async fn with_results(&self, id: &ConnectorId, tasks: Vec<Task>) -> Result<Vec<Run>, OfficeError> {
        let ids: Vec<TaskId> = tasks.iter().map(|task| task.id.clone()).collect();
        let tries: Vec<AttemptId> = tasks.iter().filter_map(newest_try).cloned().collect();
        let begun: HashMap<_, _> = self.store.tries_begun(&tries).await?.into_iter().collect();
        let mut files = self.store.uploads_of_tasks(id, &ids).await?;
        let uploads: Vec<_> = files.iter().map(|upload| upload.id.clone()).collect();
        let mut changes = self.store.run_changes(&uploads).await?;
        let mut run = |task: Task| {
            let own: Vec<Upload> = files.extract_if(.., |upload| upload.task == task.id).collect();
            let is_own = |one: &RunChanges| own.iter().any(|upload| upload.id == one.upload);
            let place = changes.iter().position(is_own);
            Run {
                begun_at: newest_try(&task).and_then(|id| begun.get(id).copied()),
                changes: place.map(|place| changes.swap_remove(place)),
                files: own,
                task,
            }
        };
        Ok(tasks.into_iter().map(&mut run).collect())
    }
}

fn newest_try(task: &Task) -> Option<&AttemptId> {
    match &task.state {
        TaskState::Running(attempt) => Some(&attempt.id),
        TaskState::Waiting { by, .. } | TaskState::Finished { by, .. } => by.as_ref(),
    }
}
