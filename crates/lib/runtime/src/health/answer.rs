//! The answers, byte for byte those of the ecosystem's connectors.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value};

use super::Verdict;

/// The two words for what one path tells.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) good: &'static str,
    pub(super) bad: &'static str,
}

/// One line of JSON; 503 when something is wrong.
pub(super) fn answer(words: Words, verdict: Verdict, now: DateTime<Utc>) -> Response {
    let (status, word) = if verdict.ok {
        (StatusCode::OK, words.good)
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, words.bad)
    };
    let mut object = Map::new();
    object.insert("status".to_owned(), word.into());
    let timestamp = now.to_rfc3339_opts(SecondsFormat::Secs, true);
    object.insert("timestamp".to_owned(), timestamp.into());
    if !verdict.details.is_empty() {
        object.insert("details".to_owned(), details(verdict));
    }
    let line = format!("{}\n", Value::Object(object));
    let head = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, head, line).into_response()
}

fn details(verdict: Verdict) -> Value {
    let named = verdict.details.into_iter();
    Value::Object(named.map(|(name, text)| (name.to_owned(), text.into())).collect())
}

/// For every other path.
pub(super) async fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "404 page not found\n").into_response()
}
