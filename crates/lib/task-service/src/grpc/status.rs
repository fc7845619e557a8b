//! What a refusal is called on the wire.

use governance::{DeskError, ParseIdError};
use tonic::Status;

/// An id that is none.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
pub(super) fn wrong_id(error: ParseIdError) -> Status {
    Status::invalid_argument(error.to_string())
}

/// What the desk does not do. What lies beneath a failure of the store is for the log, not for the caller.
pub(super) fn refused(error: DeskError) -> Status {
    match error {
        DeskError::Token | DeskError::Credential(_) => Status::unauthenticated(error.to_string()),
        DeskError::Unknown(_) => Status::not_found(error.to_string()),
        DeskError::Task(_) => Status::failed_precondition(error.to_string()),
        DeskError::Id(_) | DeskError::Name(_) => Status::invalid_argument(error.to_string()),
        DeskError::Contended => Status::aborted(error.to_string()),
        DeskError::Store(error) => {
            tracing::error!("{error}");
            Status::unavailable("the control plane cannot reach its database; try again")
        }
    }
}
