//! The answer about a new account.

use connector::AccountOutcome;
use proto::connector_v2::CreateAccountResponse;
use proto::connector_v2::create_account_response::{
    ActionRequiredResult, AlreadyExistsResult, Result, SuccessResult,
};

/// What answers the request for an account; without a result when it was only asked what would be.
pub(crate) fn account(outcome: &AccountOutcome) -> CreateAccountResponse {
    CreateAccountResponse {
        result: result(outcome),
        ..CreateAccountResponse::default()
    }
}

/// An account that exists and cannot be named is an empty message, as the original answers.
fn result(outcome: &AccountOutcome) -> Option<Result> {
    let result = match outcome {
        AccountOutcome::Created(resource) => Result::Success(SuccessResult {
            resource: Some(resource.into()),
            is_create_account_result: true,
            ..SuccessResult::default()
        }),
        AccountOutcome::ActionRequired { resource, message } => {
            Result::ActionRequired(ActionRequiredResult {
                resource: Some(resource.into()),
                message: message.clone(),
                is_create_account_result: true,
            })
        }
        AccountOutcome::AlreadyExists(Some(resource)) => Result::AlreadyExists(AlreadyExistsResult {
            resource: Some(resource.into()),
            is_create_account_result: true,
        }),
        AccountOutcome::AlreadyExists(None) => Result::AlreadyExists(AlreadyExistsResult::default()),
        AccountOutcome::Planned => return None,
    };
    Some(result)
}
