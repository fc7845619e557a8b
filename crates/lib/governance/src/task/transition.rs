//! What may happen to a task. Each function consumes a task and gives the next one, or refuses.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{Attempt, End, Failure, Task, TaskRules, TaskState};
use crate::{AttemptId, CredentialId, HostId};

/// The gRPC status code of something that was called off.
const CANCELLED: i32 = 1;

/// Who takes a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taker {
    /// The instance.
    pub host: HostId,
    /// The credential that it signed in with.
    pub credential: CredentialId,
    /// Whether it gives signs of life for every task from the beginning; some clients do so for syncs only.
    pub beats_all: bool,
}

/// Which try somebody says is theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The try.
    pub attempt: AttemptId,
    /// The instance.
    pub host: HostId,
}

/// Why something cannot happen to a task.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Somebody else has it, or its time has not come.
    #[error("this task cannot be taken now")]
    NotWaiting,
    /// Whoever asks had it once.
    #[error("this task was not heard of for too long and is no longer `{0}`'s to work on")]
    NotYours(HostId),
    /// It has ended otherwise.
    #[error("this task has ended already")]
    Ended,
}

/// What to tell somebody who gave a sign of life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beat {
    /// Go on.
    Continue,
    /// Stop: nobody wants it any more, or it took too long.
    Stop,
}

/// How a try ended, as whoever made it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done; see [`End::Succeeded`].
    Succeeded(Vec<u8>),
    /// It was not.
    Failed(Failure),
}

/// What a report changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finish {
    /// This is the task now.
    Changed(Box<Task>),
    /// Nothing: the same try has reported already, and its answer was lost on the way.
    Repeated,
}

impl Task {
    /// Somebody takes it.
    ///
    /// # Errors
    /// When it does not wait, or not yet.
    pub fn start(
        self,
        taker: Taker,
        id: AttemptId,
        now: DateTime<Utc>,
        rules: &TaskRules,
    ) -> Result<Self, Refusal> {
        match self.state {
            TaskState::Waiting { not_before, .. } if not_before <= now => Ok(Self {
                tries: self.tries + 1,
                state: TaskState::Running(Attempt {
                    id,
                    host: taker.host,
                    credential: taker.credential,
                    since: now,
                    lease_until: now + rules.first_lease(self.work.kind, taker.beats_all),
                    stop_asked_at: None,
                }),
                ..self
            }),
            _ => Err(Refusal::NotWaiting),
        }
    }

    /// Whoever works on it gives a sign of life. It stays theirs for another while, unless it took too long.
    ///
    /// # Errors
    /// When it is not theirs.
    pub fn beat(self, claim: &Claim, now: DateTime<Utc>, rules: &TaskRules) -> Result<(Self, Beat), Refusal> {
        let attempt = self.attempt_of(claim)?;
        let too_long = now - attempt.since >= delta(rules.longest(self.work.kind));
        let beat = if too_long || attempt.stop_asked_at.is_some() {
            Beat::Stop
        } else {
            Beat::Continue
        };
        let lease_until = if too_long {
            attempt.lease_until
        } else {
            now + rules.lease
        };
        let attempt = Attempt {
            lease_until,
            ..attempt.clone()
        };
        Ok((self.with(TaskState::Running(attempt)), beat))
    }

    /// Whoever works on it says how it ended.
    ///
    /// # Errors
    /// When it is not theirs, or has ended otherwise.
    pub fn finish(
        self,
        claim: &Claim,
        outcome: Outcome,
        now: DateTime<Utc>,
        rules: &TaskRules,
    ) -> Result<Finish, Refusal> {
        if self.reported_by() == Some(&claim.attempt) {
            return Ok(Finish::Repeated);
        }
        let id = &claim.attempt;
        let stop_asked = self.attempt_of(claim)?.stop_asked_at.is_some();
        let state = match outcome {
            Outcome::Succeeded(answer) => ended(End::Succeeded(answer), Some(id), now),
            // What nobody wants any more is not tried again, whatever it failed for.
            Outcome::Failed(failure) if stop_asked && (failure.retryable || failure.code == CANCELLED) => {
                ended(End::Cancelled, Some(id), now)
            }
            Outcome::Failed(failure) => self.after(failure, Some(id), now, rules),
        };
        Ok(Finish::Changed(Box::new(self.with(state))))
    }

    /// The time of whoever has it may be over; `None` when it is not. An end that this makes is nobody's, so that
    /// whoever reports afterwards is told that nobody waited.
    pub fn expire(self, now: DateTime<Utc>, rules: &TaskRules) -> Option<Self> {
        let attempt = self
            .attempt()
            .filter(|attempt| attempt.lease_until <= now)?
            .clone();
        let failure = if now - attempt.since >= delta(rules.longest(self.work.kind)) {
            Failure::too_long(&attempt.host, attempt.since)
        } else {
            Failure::lost(&attempt.host, attempt.since)
        };
        let state = if attempt.stop_asked_at.is_some() {
            ended(End::Cancelled, None, now)
        } else {
            self.after(failure, None, now, rules)
        };
        Some(self.with(state))
    }

    /// Somebody wants it to stop. What waits ends at once; whoever works on it is told with the next sign of life.
    ///
    /// # Errors
    /// When it has ended.
    pub fn cancel(self, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let state = match &self.state {
            TaskState::Waiting { .. } => ended(End::Cancelled, None, now),
            TaskState::Running(attempt) => TaskState::Running(Attempt {
                stop_asked_at: attempt.stop_asked_at.or(Some(now)),
                ..attempt.clone()
            }),
            TaskState::Finished { .. } => return Err(Refusal::Ended),
        };
        Ok(self.with(state))
    }

    /// The try with that id, if it is under way and theirs.
    ///
    /// # Errors
    /// When it is not theirs, or has ended.
    pub fn attempt_of(&self, claim: &Claim) -> Result<&Attempt, Refusal> {
        match &self.state {
            TaskState::Running(attempt) if attempt.id == claim.attempt && attempt.host == claim.host => {
                Ok(attempt)
            }
            TaskState::Finished { by: Some(by), .. } if *by == claim.attempt => Err(Refusal::Ended),
            _ => Err(Refusal::NotYours(claim.host.clone())),
        }
    }

    /// The try that the task is as it is by the word of. When the next one has begun, that word is history.
    fn reported_by(&self) -> Option<&AttemptId> {
        match &self.state {
            TaskState::Waiting { by, .. } | TaskState::Finished { by, .. } => by.as_ref(),
            TaskState::Running(_) => None,
        }
    }

    /// What follows a try that failed.
    fn after(
        &self,
        failure: Failure,
        by: Option<&AttemptId>,
        now: DateTime<Utc>,
        rules: &TaskRules,
    ) -> TaskState {
        if failure.is_worth_another_try() && self.tries < rules.tries(self.work.kind) {
            TaskState::Waiting {
                not_before: now + rules.wait_after(self.tries),
                last: Some(failure),
                by: by.cloned(),
            }
        } else {
            ended(End::Failed(failure), by, now)
        }
    }

    fn with(self, state: TaskState) -> Self {
        Self { state, ..self }
    }
}

fn ended(end: End, by: Option<&AttemptId>, at: DateTime<Utc>) -> TaskState {
    TaskState::Finished {
        at,
        end,
        by: by.cloned(),
    }
}

/// A rule's time as a difference of instants; rules are far below its limits.
fn delta(duration: Duration) -> chrono::TimeDelta {
    chrono::TimeDelta::from_std(duration).unwrap_or(chrono::TimeDelta::MAX)
}
