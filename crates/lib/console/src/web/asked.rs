//! What an address names and asks, or that there is nothing at it.

use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use governance::{ConnectorId, OfficeError, OperatorId, ParseIdError};
use serde::de::DeserializeOwned;

use super::error::Failed;

/// What stands behind the question mark. What makes no sense leads nowhere, as what is not there.
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Asked<T> {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failed> {
        let query: Result<Query<T>, QueryRejection> = Query::from_request_parts(parts, state).await;
        let Query(asked) = query.map_err(|_| Failed::Nowhere)?;
        Ok(Self(asked))
    }
}

/// The id that stands alone in an address.
pub(crate) struct Named<T>(pub(crate) T);

/// What addresses name things by.
pub(crate) trait InAddress: Sized {
    /// Reads it.
    fn read(text: &str) -> Result<Self, ParseIdError>;
}

impl InAddress for ConnectorId {
    fn read(text: &str) -> Result<Self, ParseIdError> {
        Self::parse(text)
    }
}

impl InAddress for OperatorId {
    fn read(text: &str) -> Result<Self, ParseIdError> {
        Self::parse(text)
    }
}

impl<S: Send + Sync, T: InAddress> FromRequestParts<S> for Named<T> {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failed> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let Path(text) = path.map_err(|_| Failed::Nowhere)?;
        Ok(Self(T::read(&text).map_err(OfficeError::from)?))
    }
}
