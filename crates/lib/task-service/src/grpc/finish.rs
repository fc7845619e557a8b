//! How a task ended.

use governance::{Caller, Failure, Outcome};
use prost::Message as _;
use proto::baton_service_v1::BatonServiceFinishTaskRequest;
use proto::baton_service_v1::baton_service_finish_task_request::FinalState;
use proto::rpc;
use tonic::Status;

use super::status::refused;
use crate::Inner;
use crate::one_line::one_line;

/// The most characters of a failure's message that are kept.
const LONGEST_MESSAGE: usize = 8_000;
/// What clients add to the message of a failure for which they also say so in a field of its own.
const SAID_TWICE: &str = "\ntask failed and is non-retryable";

impl Inner {
    pub(super) async fn finish(
        &self,
        caller: &Caller,
        request: BatonServiceFinishTaskRequest,
    ) -> Result<(), Status> {
        let claim = super::claim(&request.host_id, &request.task_id)?;
        let outcome = outcome(request.final_state, request.status);
        match &outcome {
            Outcome::Succeeded(_) => tracing::info!(task = %claim.attempt, host = %claim.host, "task done"),
            Outcome::Failed(failure) => tracing::warn!(
                task = %claim.attempt,
                host = %claim.host,
                code = failure.code,
                retryable = failure.retryable,
                "task failed: {}",
                one_line(&failure.message)
            ),
        }
        self.desk.finish(caller, &claim, outcome).await.map_err(refused)
    }
}

/// The rules have made sure that there is a final state.
fn outcome(state: Option<FinalState>, status: Option<rpc::Status>) -> Outcome {
    match state {
        Some(FinalState::Success(success)) => Outcome::Succeeded(success.encode_to_vec()),
        Some(FinalState::Error(error)) => {
            Outcome::Failed(failure(&status.unwrap_or_default(), !error.non_retryable))
        }
        None => Outcome::Failed(failure(&rpc::Status::default(), true)),
    }
}

fn failure(status: &rpc::Status, retryable: bool) -> Failure {
    let message = status.message.strip_suffix(SAID_TWICE).unwrap_or(&status.message);
    Failure {
        code: status.code,
        message: message.chars().take(LONGEST_MESSAGE).collect(),
        retryable,
    }
}
