//! The envelope around every answer, and errors.

use axum::{
    body::Body,
    http::{StatusCode, header::CONTENT_TYPE},
    response::Response,
};
use bytes::Bytes;
use serde::Serialize;

/// A finished answer: status and JSON body.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        response
            .headers_mut()
            .insert(CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
        response
    }
}

/// The envelope; the order of its fields is Cloudflare's.
#[derive(Debug, Serialize)]
pub(crate) struct Envelope<'a, T: Serialize, I: Serialize> {
    pub(crate) success: bool,
    pub(crate) errors: &'a [ApiError],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) messages: Option<&'a [Message]>,
    pub(crate) result: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) result_info: Option<I>,
}

/// One entry of `messages`.
#[derive(Debug, Serialize)]
pub(crate) struct Message {
    pub(crate) code: u32,
    #[serde(rename = "message")]
    pub(crate) text: &'static str,
    #[serde(rename = "type")]
    pub(crate) kind: Option<&'static str>,
}

/// One entry of `errors`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ApiError {
    pub(crate) code: u32,
    pub(crate) message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) documentation_url: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) error_chain: Vec<ApiError>,
}

impl ApiError {
    pub(crate) fn new(code: u32, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            documentation_url: None,
            error_chain: Vec::new(),
        }
    }

    pub(crate) fn with_chain(mut self, chain: &[(u32, &str)]) -> Self {
        self.error_chain = chain.iter().map(|(code, text)| Self::new(*code, *text)).collect();
        self
    }

    pub(crate) fn with_documentation(mut self, page: &str) -> Self {
        self.documentation_url = Some(format!("https://developers.cloudflare.com/api/resources/{page}"));
        self
    }
}

/// Writes an envelope.
pub(crate) fn write<T: Serialize, I: Serialize>(status: StatusCode, envelope: &Envelope<'_, T, I>) -> Answer {
    let mut body = Vec::with_capacity(4096);
    match serde_json::to_writer(&mut body, envelope) {
        Ok(()) => Answer {
            status,
            body: body.into(),
        },
        Err(error) => refuse(
            StatusCode::INTERNAL_SERVER_ERROR,
            &[ApiError::new(1000, error.to_string())],
        ),
    }
}

/// Success with one result and no `result_info`.
pub(crate) fn ok<T: Serialize>(result: T) -> Answer {
    ok_with_message(result, &[])
}

/// Success with one result and messages.
pub(crate) fn ok_with_message<T: Serialize>(result: T, messages: &[Message]) -> Answer {
    let envelope = Envelope {
        success: true,
        errors: &[],
        messages: Some(messages),
        result,
        result_info: None::<()>,
    };
    write(StatusCode::OK, &envelope)
}

/// Failure: `result` is null.
pub(crate) fn refuse(status: StatusCode, errors: &[ApiError]) -> Answer {
    failure(status, errors, None::<()>)
}

/// Failure as member endpoints answer it: `result` is an empty list.
pub(crate) fn refuse_with_list(status: StatusCode, errors: &[ApiError]) -> Answer {
    failure(status, errors, [(); 0])
}

fn failure(status: StatusCode, errors: &[ApiError], result: impl Serialize) -> Answer {
    let envelope = Envelope {
        success: false,
        errors,
        messages: Some(&[]),
        result,
        result_info: None::<()>,
    };
    let body = serde_json::to_vec(&envelope).unwrap_or_default();
    Answer {
        status,
        body: body.into(),
    }
}

/// Failure with one error.
pub(crate) fn error(status: StatusCode, code: u32, message: impl Into<String>) -> Answer {
    refuse(status, &[ApiError::new(code, message)])
}
