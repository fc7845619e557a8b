//! An outcome as JSON; what answers the task is protojson (`c1.connector.v2`).

use connector::Effect;
use proto::json::to_json;
use serde_json::{Map, Value, json};

use super::{Outcome, Response};
use crate::messages;

pub(super) fn of(outcome: &Outcome) -> Value {
    let mut object = Map::new();
    object.insert("task".to_owned(), outcome.task.into());
    if let Some(changed) = &outcome.changed {
        object.insert("effect".to_owned(), json!(changed.effect));
        object.insert("change".to_owned(), json!(changed.change));
        object.insert("notes".to_owned(), json!(changed.notes));
    }
    if !is_planned(outcome) {
        object.insert("response".to_owned(), response(&outcome.response));
    }
    Value::Object(object)
}

/// What was only planned has no answer: the services know no such thing.
fn is_planned(outcome: &Outcome) -> bool {
    let changed = outcome.changed.as_ref();
    changed.is_some_and(|changed| changed.effect == Effect::Planned)
}

fn response(response: &Response) -> Value {
    match response {
        Response::Granted(effect) => to_json(&messages::granted(*effect)),
        Response::Revoked(effect) => to_json(&messages::revoked(*effect)),
        Response::Deleted(effect) => to_json(&messages::deleted(*effect)),
        Response::Account(outcome) => to_json(&messages::account(outcome)),
        Response::Secrets(resource, secrets) => to_json(&messages::rotated(resource, secrets)),
        Response::Action(run) => to_json(&messages::run(run)),
        Response::Schemas(schemas) => to_json(&messages::schemas(schemas)),
    }
}
