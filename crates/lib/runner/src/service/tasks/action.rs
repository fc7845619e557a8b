//! Actions.

use std::time::Duration;

use connector::ActionSchema;
use proto::baton_service_v1::task::{
    ActionGetSchemaTask, ActionInvokeTask, ActionListSchemasTask, ActionStatusTask,
};
use proto::profile_from_struct;
use tonic::Code;

use super::may_change;
use crate::actions::{self, ActionRun, State};
use crate::messages;
use crate::service::Service;
use crate::service::ending::{Ending, Failure, code, with_hint};
use crate::task::Invocation;

/// How long an action may take before its run is only named and asked about later, as in the original.
const WAIT: Duration = Duration::from_secs(1);

pub(super) fn list(service: &Service, wanted: &ActionListSchemasTask) -> Ending {
    let of = wanted.resource_type_id.as_str();
    let is_on = |schema: &ActionSchema| {
        schema
            .resource_type
            .as_ref()
            .is_some_and(|kind| kind.as_str() == of)
    };
    let schemas = (service.definition.actions)().into_iter();
    let schemas: Vec<_> = schemas.filter(|schema| of.is_empty() || is_on(schema)).collect();
    Ending::answered(&messages::schemas(&schemas), &[])
}

pub(super) fn get(service: &Service, wanted: &ActionGetSchemaTask) -> Result<Ending, Failure> {
    let name = named(&wanted.name)?;
    let schemas = (service.definition.actions)();
    let schema = schemas.iter().find(|schema| schema.name == name);
    let unknown = || Failure::new(Code::NotFound, format!("action {name} not found"));
    Ok(Ending::answered(
        &messages::schema(schema.ok_or_else(unknown)?),
        &[],
    ))
}

/// An action may change something, so it needs leave as any change does.
pub(super) async fn invoke(service: &Service, wanted: &ActionInvokeTask) -> Result<Ending, Failure> {
    may_change(service)?;
    let invocation = Invocation {
        name: named(&wanted.name)?.to_owned(),
        arguments: wanted.args.clone().map(profile_from_struct).unwrap_or_default(),
        resource_type: Some(wanted.resource_type_id.as_str())
            .filter(|kind| !kind.is_empty())
            .map(Into::into),
    };
    let schemas = (service.definition.actions)();
    actions::check(&schemas, &invocation).map_err(|error| Failure::from(&error))?;
    let Invocation { name, arguments, .. } = invocation;
    let run = service.runs.start(&name, arguments, WAIT).await;
    match failure(&run) {
        Some(failure) => Err(failure.with_response(&messages::run(&run))),
        None => Ok(Ending::answered(&messages::run(&run), &[])),
    }
}

pub(super) async fn status(service: &Service, wanted: &ActionStatusTask) -> Result<Ending, Failure> {
    let id = Some(wanted.id.as_str()).filter(|id| !id.is_empty());
    let id = id.ok_or_else(|| Failure::new(Code::Unknown, "action id required"))?;
    let run = service.runs.status(id, Duration::ZERO).await;
    let unknown = || Failure::new(Code::NotFound, format!("action id {id} not found"));
    Ok(Ending::answered(
        &messages::status(&run.ok_or_else(unknown)?),
        &[],
    ))
}

fn named(name: &str) -> Result<&str, Failure> {
    let given = Some(name).filter(|name| !name.is_empty());
    given.ok_or_else(|| Failure::new(Code::Unknown, "action name required"))
}

fn failure(run: &ActionRun) -> Option<Failure> {
    match &run.state {
        State::Failed(error) => {
            let text = format!("invoking action failed: {}", error.message);
            Some(Failure::new(code(error.kind), with_hint(&text, &error.hint)))
        }
        State::Pending | State::Running | State::Complete(_) => None,
    }
}
