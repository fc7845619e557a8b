//! What a change came to, told at its end.

mod text;
mod wire;

use connector::{AccountOutcome, ActionSchema, Changed};
use model::ResourceId;
use sealing::Sealed;
use serde_json::{Map, Value};

use crate::actions::ActionRun;

/// What came of a task other than a sync.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// What was asked for, such as `grant`.
    pub(crate) task: &'static str,
    /// What was changed, when it is known in words.
    pub(crate) changed: Option<Changed>,
    /// What the task gives besides.
    pub(crate) response: Option<Response>,
}

/// What a task gives besides the change.
#[derive(Debug)]
pub(crate) enum Response {
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
        let mut object = Map::new();
        object.insert("task".to_owned(), self.task.into());
        if let Some(changed) = &self.changed {
            object.extend(wire::changed(changed));
        }
        let response = self.response.as_ref().and_then(wire::response);
        object.extend(response.map(|response| ("response".to_owned(), response)));
        format!("{}\n", Value::Object(object))
    }

    /// The outcome in sentences for people.
    pub(crate) fn text(&self) -> String {
        text::of(self)
    }
}

#[cfg(test)]
mod tests;
