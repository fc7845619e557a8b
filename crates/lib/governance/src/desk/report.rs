//! Signs of life and results.

use super::{Caller, Desk, DeskError, ROUNDS};
use crate::repository::{Versioned, Written};
use crate::{
    Attempt, AttemptId, Beat, Claim, Content, Failure, Finish, HostId, Outcome, Sign, Task, TaskKind, Worker,
};

impl Desk {
    /// An instance introduces itself; that is the whole of a task that asked it to.
    ///
    /// # Errors
    /// When it names a task that is not its own, or when the store fails.
    pub async fn hello(&self, worker: &Worker) -> Result<(), DeskError> {
        Ok(self.store.hello(worker).await?)
    }

    /// That an instance is there, to be noted.
    pub fn sign(&self, caller: &Caller, host: &HostId) -> Sign {
        Sign {
            connector: caller.connector().clone(),
            host: host.clone(),
            at: self.now(),
        }
    }

    /// An instance says that it still works on something.
    ///
    /// # Errors
    /// When that is not its own any more, or when the store fails.
    pub async fn beat(&self, caller: &Caller, claim: &Claim) -> Result<Beat, DeskError> {
        for _ in 0..ROUNDS {
            let found = self.own(caller, &claim.attempt).await?;
            let (task, beat) = found.value.clone().beat(claim, self.now(), &self.rules)?;
            if self.store.replace_task(&found.with(task)).await? == Written::Yes {
                return Ok(beat);
            }
        }
        Err(DeskError::Contended)
    }

    /// The try that an instance is working on.
    ///
    /// # Errors
    /// When it is not its own any more, or when the store fails.
    pub async fn working_on(&self, caller: &Caller, claim: &Claim) -> Result<(Task, Attempt), DeskError> {
        let task = self.own(caller, &claim.attempt).await?.value;
        let attempt = task.attempt_of(claim)?.clone();
        Ok((task, attempt))
    }

    /// An instance says how something ended. Saying it again is no mistake: the answer can be lost on the way.
    ///
    /// # Errors
    /// When that is not its own any more, or when the store fails.
    pub async fn finish(&self, caller: &Caller, claim: &Claim, outcome: Outcome) -> Result<(), DeskError> {
        for _ in 0..ROUNDS {
            let found = self.own(caller, &claim.attempt).await?;
            let outcome = self
                .believed(&found.value, &claim.attempt, outcome.clone())
                .await?;
            let finish = found
                .value
                .clone()
                .finish(claim, outcome, self.now(), &self.rules)?;
            let task = match finish {
                Finish::Changed(task) => task,
                Finish::Repeated => return Ok(()),
            };
            if self.store.replace_task(&found.with(*task)).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(DeskError::Contended)
    }

    /// A sync is not done before its file is here, whatever its worker says.
    async fn believed(&self, task: &Task, id: &AttemptId, outcome: Outcome) -> Result<Outcome, DeskError> {
        if task.work.kind != TaskKind::Sync || !matches!(outcome, Outcome::Succeeded(_)) {
            return Ok(outcome);
        }
        let uploads = self.store.uploads_of(id).await?;
        if uploads
            .iter()
            .any(|upload| matches!(upload.content, Content::Sync(_)))
        {
            return Ok(outcome);
        }
        Ok(Outcome::Failed(Failure::without_file()))
    }

    /// The task of a try, if it is the caller's own.
    async fn own(&self, caller: &Caller, id: &AttemptId) -> Result<Versioned<Task>, DeskError> {
        let found = self.store.task_of(id).await?;
        found
            .filter(|task| task.value.connector == *caller.connector())
            .ok_or(DeskError::Unknown("task"))
    }
}
