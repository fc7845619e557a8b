//! The library's exchanges, made with our client.

use bytes::Bytes;
use openidconnect::core::{CoreErrorResponseType, CoreRequestTokenError};
use openidconnect::{DiscoveryError, HttpRequest, HttpResponse, RequestTokenError};

use crate::Error;

/// Makes one exchange. The client follows no redirect, keeps to its limits and repeats what is safe to repeat.
pub(crate) async fn exchange(
    client: http_client::Client,
    request: HttpRequest,
) -> Result<HttpResponse, http_client::Error> {
    let response = client.send(request.map(Bytes::from)).await?;
    Ok(response.map(Vec::from))
}

/// The provider could not say what it is.
pub(crate) fn undiscovered(issuer: &str, error: DiscoveryError<http_client::Error>) -> Error {
    let reason = match error {
        DiscoveryError::Request(error) => return error.into(),
        DiscoveryError::Parse(error) => error.to_string(),
        DiscoveryError::Response(status, ..) => format!("it answers with the status {}", status.as_u16()),
        DiscoveryError::Validation(reason) => reason,
        other => other.to_string(),
    };
    let issuer = issuer.to_owned();
    Error::Discovery { issuer, reason }
}

/// The code was not exchanged. The answer's body may hold tokens: it is never repeated.
pub(crate) fn unexchanged(error: CoreRequestTokenError<http_client::Error>) -> Error {
    match error {
        RequestTokenError::Request(error) => error.into(),
        RequestTokenError::ServerResponse(refusal) => {
            let reason = refusal.to_string();
            match refusal.error() {
                CoreErrorResponseType::InvalidGrant => Error::CodeRefused { reason },
                _ => Error::ClientRefused { reason },
            }
        }
        RequestTokenError::Parse(error, _) => Error::Answer {
            reason: format!("{} is not as it should be", error.path()),
        },
        RequestTokenError::Other(reason) => Error::Answer { reason },
    }
}
