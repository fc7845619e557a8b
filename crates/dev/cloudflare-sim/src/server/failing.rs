//! Answers that go wrong on purpose.

use std::{convert::Infallible, io, time::Duration};

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use bytes::Bytes;
use futures_util::stream;
use serde_json::json;

use super::rate::insert;
use crate::answers::envelope::{self, Answer};

/// An error in the API's envelope.
pub(super) fn status(status: u16, code: u32, message: &str) -> Answer {
    envelope::error(code_of(status), code, message)
}

/// A page of HTML from the edge.
pub(super) fn html(status: u16) -> Response {
    let page = format!(
        "<!DOCTYPE html>\n<html><head><title>{status} error</title></head>\n\
         <body><center><h1>{status} error</h1></center><hr><center>cloudflare</center></body></html>\n"
    );
    edge(status, "text/html; charset=UTF-8", page)
}

/// An RFC 9457 problem document from the edge.
pub(super) fn problem(status: u16) -> Response {
    let base = "https://developers.cloudflare.com/support/troubleshooting/http-status-codes";
    let problem = json!({
        "type": format!("{base}/cloudflare-5xx-errors/error-{status}/"),
        "title": code_of(status).canonical_reason().unwrap_or("Cloudflare error"),
        "status": status,
        "detail": "The origin returned an invalid or incomplete response.",
        "instance": "9f0c1d2e3b4a5968",
    });
    edge(status, "application/problem+json", problem.to_string())
}

/// Status 200 and a body that is not what was asked for.
pub(super) fn body(text: &'static str) -> Response {
    edge(200, "application/json", text.to_owned())
}

fn edge(status: u16, content_type: &'static str, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = code_of(status);
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

fn code_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Half of the answer, then the connection closes.
pub(super) fn truncated(answer: Answer) -> Response {
    let half = answer.body.slice(..answer.body.len() / 2);
    let pieces = stream::unfold(Some(half), |half| async move {
        if half.is_none() {
            // The first half has to be on its way before the connection goes.
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Some((half.ok_or(io::Error::from(io::ErrorKind::UnexpectedEof)), None))
    });
    streamed(answer, Body::from_stream(pieces))
}

/// The whole answer, piece by piece.
pub(super) fn slow(answer: Answer, pieces: usize, pause: Duration) -> Response {
    let size = answer.body.len().div_ceil(pieces.max(1)).max(1);
    let rest = answer.body.clone();
    let drips = stream::unfold(rest, move |mut rest: Bytes| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(pause).await;
        let piece = rest.split_to(size.min(rest.len()));
        Some((Ok::<_, Infallible>(piece), rest))
    });
    streamed(answer, Body::from_stream(drips))
}

fn streamed(answer: Answer, body: Body) -> Response {
    let length = answer.body.len();
    let mut response = answer.into_response();
    *response.body_mut() = body;
    insert(response.headers_mut(), "content-length", length.to_string());
    response
}
