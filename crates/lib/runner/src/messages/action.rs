//! The answers about a run of an action.

use model::Profile;
use prost_types::Struct;
use proto::connector_v2::{GetActionStatusResponse, InvokeActionResponse};
use proto::profile_to_struct;

use crate::actions::{ActionRun, State};

/// What answers an invocation, whether the run has ended or not. A failure is told in the member `error`.
pub(crate) fn run(run: &ActionRun) -> InvokeActionResponse {
    InvokeActionResponse {
        id: run.id.clone(),
        name: run.name.clone(),
        status: run.status().into(),
        response: told(run),
        ..InvokeActionResponse::default()
    }
}

/// What answers the question how a run is.
pub(crate) fn status(run: &ActionRun) -> GetActionStatusResponse {
    GetActionStatusResponse {
        id: run.id.clone(),
        name: run.name.clone(),
        status: run.status().into(),
        response: told(run),
        ..GetActionStatusResponse::default()
    }
}

fn told(run: &ActionRun) -> Option<Struct> {
    match &run.state {
        State::Pending | State::Running => None,
        State::Complete(response) => Some(profile_to_struct(response)),
        State::Failed(error) => {
            let member = ("error".to_owned(), error.message.as_str().into());
            Some(profile_to_struct(&Profile::from([member])))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use connector::{ConnectorError, ErrorKind};
    use insta::assert_snapshot;
    use proto::json::to_json;

    use super::*;

    #[test]
    fn only_a_run_that_ended_has_something_to_tell() {
        let failure = ConnectorError::new(ErrorKind::NotFound, "there is no such token");
        let states = [State::Pending, State::Running, State::Failed(Arc::new(failure))];
        let answers = states.map(|state| {
            let (id, name) = ("r1".to_owned(), "roll".to_owned());
            to_json(&run(&ActionRun { id, name, state })).to_string()
        });
        assert_snapshot!(answers.join("\n"), @r#"
        {"id":"r1","status":"BATON_ACTION_STATUS_PENDING","name":"roll"}
        {"id":"r1","status":"BATON_ACTION_STATUS_RUNNING","name":"roll"}
        {"id":"r1","status":"BATON_ACTION_STATUS_FAILED","response":{"error":"there is no such token"},"name":"roll"}
        "#);
    }
}
