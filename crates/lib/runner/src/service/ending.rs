//! How a task ended, as the control plane is told.

use connector::{ConnectorError, ErrorKind};
use prost::{Message, Name};
use prost_types::Any;
use proto::baton_service_v1::BatonServiceFinishTaskRequest;
use proto::baton_service_v1::baton_service_finish_task_request::{Error, FinalState, Success};
use proto::rpc::Status;
use runtime::telemetry::Outcome;
use tonic::Code;

use super::CallError;
use super::call::code_name;

/// The most annotations that an ending may have.
const MOST_ANNOTATIONS: usize = 16;

/// How a task ended.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ending {
    /// It was done.
    Done {
        /// The connector's answer, if such a task has one.
        response: Option<Any>,
        /// The remarks of that answer.
        annotations: Vec<Any>,
    },
    /// It was not done.
    Failed(Failure),
}

/// Why a task was not done.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Failure {
    pub(super) code: Code,
    /// For people.
    pub(super) message: String,
    /// Whether trying again makes sense.
    pub(super) retryable: bool,
    /// What there is to tell all the same.
    pub(super) response: Option<Any>,
}

impl Ending {
    /// Done, without an answer.
    pub(super) fn done() -> Self {
        Self::Done {
            response: None,
            annotations: Vec::new(),
        }
    }

    /// Done, with an answer and its remarks.
    pub(super) fn answered<M: Message + Name>(response: &M, annotations: &[Any]) -> Self {
        Self::Done {
            response: Some(pack(response)),
            annotations: annotations.to_vec(),
        }
    }

    /// Not done; trying again may help.
    pub(super) fn for_now(code: Code, message: impl Into<String>) -> Self {
        Self::Failed(Failure::new(code, message))
    }

    /// How the control plane is told.
    pub(super) fn into_request(self, host_id: &str, task_id: &str) -> BatonServiceFinishTaskRequest {
        let (status, state) = match self {
            Self::Done {
                response,
                annotations,
            } => {
                let annotations = annotations.into_iter().take(MOST_ANNOTATIONS).collect();
                (
                    None,
                    FinalState::Success(Success {
                        annotations,
                        response,
                    }),
                )
            }
            Self::Failed(failure) => failure.told(),
        };
        BatonServiceFinishTaskRequest {
            host_id: host_id.to_owned(),
            task_id: task_id.to_owned(),
            status,
            final_state: Some(state),
        }
    }

    /// For counting.
    pub(super) fn outcome(&self) -> Outcome {
        match self {
            Self::Done { .. } => Outcome::Done,
            Self::Failed(failure) => Outcome::Failed(code_name(failure.code)),
        }
    }

    /// In a word or sentence, for the log.
    pub(super) fn summary(&self) -> &str {
        match self {
            Self::Done { .. } => "done",
            Self::Failed(failure) => &failure.message,
        }
    }
}

impl Failure {
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            retryable: true,
            response: None,
        }
    }

    pub(super) fn for_good(mut self) -> Self {
        self.retryable = false;
        self
    }

    pub(super) fn with_response<M: Message + Name>(mut self, response: &M) -> Self {
        self.response = Some(pack(response));
        self
    }

    fn told(self) -> (Option<Status>, FinalState) {
        let status = Status {
            code: self.code.into(),
            message: self.message,
            details: Vec::new(),
        };
        let error = Error {
            non_retryable: !self.retryable,
            annotations: Vec::new(),
            response: self.response,
        };
        (Some(status), FinalState::Error(error))
    }
}

/// What the connector says, with what to do about it.
impl From<&ConnectorError> for Failure {
    fn from(error: &ConnectorError) -> Self {
        Self::new(code(error.kind), with_hint(&error.message, &error.hint))
    }
}

impl From<&CallError> for Failure {
    fn from(error: &CallError) -> Self {
        Self::new(error.code(), with_hint(&error.to_string(), &error.hint()))
    }
}

pub(super) fn code(kind: ErrorKind) -> Code {
    Code::from(i32::from(kind.code()))
}

pub(super) fn with_hint(message: &str, hint: &str) -> String {
    if hint.is_empty() {
        message.to_owned()
    } else {
        format!("{message}; {hint}")
    }
}

fn pack<M: Message + Name>(message: &M) -> Any {
    Any {
        type_url: M::type_url(),
        value: message.encode_to_vec(),
    }
}
