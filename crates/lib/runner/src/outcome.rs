//! What a change came to, told at its end.

mod text;
mod wire;

use connector::{AccountOutcome, ActionSchema, Changed, Effect};
use model::ResourceId;
use sealing::Sealed;

use crate::actions::ActionRun;

/// What came of a task other than a sync.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// What was asked for, such as `grant`.
    pub(crate) task: &'static str,
    /// What was changed, when it is known in words.
    pub(crate) changed: Option<Changed>,
    /// What answers the task.
    pub(crate) response: Response,
}

/// What answers a task: all that the message of the wire is made from.
#[derive(Debug)]
pub(crate) enum Response {
    /// That it is held now.
    Granted(Effect),
    /// That it is not held any more.
    Revoked(Effect),
    /// That the resource is gone.
    Deleted(Effect),
    /// The account, or what stands for it.
    Account(AccountOutcome),
    /// New secrets of a resource, sealed.
    Secrets(ResourceId, Vec<Sealed>),
    /// A run that ended.
    Action(ActionRun),
    /// The actions that there are.
    Schemas(Vec<ActionSchema>),
}

impl Outcome {
    /// The outcome as one line for machines.
    pub(crate) fn json(&self) -> String {
        format!("{}\n", wire::of(self))
    }

    /// The outcome in sentences for people.
    pub(crate) fn text(&self) -> String {
        text::of(self)
    }
}

#[cfg(test)]
mod tests;
