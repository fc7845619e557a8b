//! Asking for work, and taking it.

use std::collections::BTreeSet;

use super::{Caller, Desk, DeskError};
use crate::repository::{Versioned, Written};
use crate::{
    Attempt, AttemptId, ConnectorId, HostId, LockKey, Taker, Task, TaskId, TaskKind, UploadId, Work,
};

/// A task that somebody took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The try; its id is what the connector knows the task by.
    pub attempt: Attempt,
    /// What is to be done.
    pub work: Work,
}

/// Who asks for tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The instance.
    pub host: HostId,
    /// Whether it gives signs of life for every task.
    pub beats_all: bool,
    /// How many it takes at most.
    pub at_most: u64,
}

impl Desk {
    /// Asks for work to be done.
    ///
    /// # Errors
    /// When there is no such connector, or when the store fails.
    pub async fn ask(&self, connector: &ConnectorId, work: Work) -> Result<Task, DeskError> {
        let found = self.store.connector(connector).await?;
        let found = found.ok_or(DeskError::Unknown("connector"))?;
        let (now, bytes) = self.fresh();
        let task = Task::new(TaskId::new(now, bytes), found.value.id, work, now);
        self.store.add_task(&task).await?;
        Ok(task)
    }

    /// An id for a file that is about to be stored.
    pub fn new_upload_id(&self) -> UploadId {
        let (now, bytes) = self.fresh();
        UploadId::new(now, bytes)
    }

    /// Gives an instance what there is for it to do, the most urgent first.
    ///
    /// # Errors
    /// When the store fails before anything was taken.
    pub async fn take(&self, caller: &Caller, asked: &Asked) -> Result<Vec<Taken>, DeskError> {
        let mut taken = Vec::new();
        if asked.at_most == 0 {
            return Ok(taken);
        }
        // Two of them can share a lock, and others can be quicker: look at a few more than are wanted.
        let ready = self
            .store
            .tasks_ready(caller.connector(), self.now(), asked.at_most.saturating_add(4))
            .await?;
        for task in ready {
            if taken.len() as u64 >= asked.at_most {
                break;
            }
            match self.take_one(caller, asked, task).await {
                Ok(one) => taken.extend(one),
                // What is theirs already they have to hear of; the rest is there for the next time.
                Err(_) if !taken.is_empty() => break,
                Err(error) => return Err(error),
            }
        }
        Ok(taken)
    }

    async fn take_one(
        &self,
        caller: &Caller,
        asked: &Asked,
        found: Versioned<Task>,
    ) -> Result<Option<Taken>, DeskError> {
        let (now, bytes) = self.fresh();
        let taker = Taker {
            host: asked.host.clone(),
            credential: caller.credential().clone(),
            beats_all: asked.beats_all,
        };
        let started = found
            .value
            .clone()
            .start(taker, AttemptId::new(now, bytes), now, &self.rules);
        let Ok(task) = started else {
            return Ok(None);
        };
        let changed = found.with(task);
        let written = self.store.replace_task(&changed).await?;
        let attempt = changed.value.attempt().filter(|_| written == Written::Yes);
        Ok(attempt.cloned().map(|attempt| Taken {
            attempt,
            work: changed.value.work.clone(),
        }))
    }
}

impl Work {
    /// Work that may not be done at the same time as other work with the same key, as urgent as its kind.
    pub fn new(kind: TaskKind, lock: Option<LockKey>, message: Vec<u8>) -> Self {
        Self {
            kind,
            urgency: kind.urgency(),
            lock,
            types: BTreeSet::new(),
            message,
        }
    }
}
