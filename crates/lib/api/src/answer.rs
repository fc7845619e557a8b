//! What an endpoint answers.

use axum::Json;
use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use lobby::OpenFile;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

/// An answer of one kind.
pub(crate) trait Answer: Send + 'static {
    /// The statuses that it can have, and what each says.
    const STATUSES: &'static [(StatusCode, &'static str)];
    /// The answer.
    fn response(self) -> Response;
    /// What is in it; nothing when it is empty or no JSON.
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema>;
    /// What kind of content it has, when it has any.
    const CONTENT: Option<&'static str> = Some("application/json");
}

/// This was asked for.
#[derive(Debug)]
pub(crate) struct Found<T>(pub(crate) T);

/// This was made.
#[derive(Debug)]
pub(crate) struct Created<T>(pub(crate) T);

/// This was asked for and is on its way; or it was already.
#[derive(Debug)]
pub(crate) enum OnItsWay<T> {
    /// It was asked for by this call.
    Now(T),
    /// It was asked for before: this call changed nothing.
    Before(T),
}

/// It is done, and there is nothing more to say.
#[derive(Debug)]
pub(crate) struct Done;

trait Content: Serialize + JsonSchema + Send + 'static {}
impl<T: Serialize + JsonSchema + Send + 'static> Content for T {}

impl<T: Content> Answer for Found<T> {
    const STATUSES: &'static [(StatusCode, &'static str)] = &[(StatusCode::OK, "What was asked for.")];

    fn response(self) -> Response {
        Json(self.0).into_response()
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<T>())
    }
}

impl<T: Content> Answer for Created<T> {
    const STATUSES: &'static [(StatusCode, &'static str)] = &[(StatusCode::CREATED, "It was made.")];

    fn response(self) -> Response {
        (StatusCode::CREATED, Json(self.0)).into_response()
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<T>())
    }
}

impl<T: Content> Answer for OnItsWay<T> {
    const STATUSES: &'static [(StatusCode, &'static str)] = &[
        (StatusCode::ACCEPTED, "It was asked for."),
        (StatusCode::OK, "It was on its way already: nothing was changed."),
    ];

    fn response(self) -> Response {
        match self {
            Self::Now(of) => (StatusCode::ACCEPTED, Json(of)).into_response(),
            Self::Before(of) => Json(of).into_response(),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<T>())
    }
}

impl Answer for Done {
    const STATUSES: &'static [(StatusCode, &'static str)] = &[(StatusCode::NO_CONTENT, "It is done.")];
    const CONTENT: Option<&'static str> = None;

    fn response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }

    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        None
    }
}

impl Answer for OpenFile {
    const STATUSES: &'static [(StatusCode, &'static str)] = &[(StatusCode::OK, "The file.")];
    const CONTENT: Option<&'static str> = Some("application/octet-stream");

    fn response(self) -> Response {
        let name = format!("attachment; filename=\"{}\"", self.name());
        let headers = [
            (CONTENT_TYPE, "application/octet-stream".to_owned()),
            (CONTENT_DISPOSITION, name),
        ];
        (headers, Body::from_stream(self.pieces)).into_response()
    }

    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        None
    }
}
