//! What is sent with a call: JSON, of which every part is known.

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use secrecy::SecretString;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::problem::{Code, Problem};

/// What a call can be made with.
pub(crate) trait Input: Sized + Send + 'static {
    /// Reads it.
    fn read(headers: &HeaderMap, bytes: &[u8]) -> Result<Self, Problem>;
    /// What it has to be; nothing when nothing may be sent.
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema>;
}

/// Nothing is sent.
#[derive(Debug)]
pub(crate) struct Nothing;

/// JSON is sent.
#[derive(Debug)]
pub(crate) struct Sent<T>(pub(crate) T);

impl Input for Nothing {
    fn read(_: &HeaderMap, bytes: &[u8]) -> Result<Self, Problem> {
        let none = bytes.is_empty().then_some(Self);
        none.ok_or_else(|| {
            Problem::new(
                Code::Invalid,
                "Nothing is to be sent with this call.",
                "leave the body out",
            )
        })
    }

    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        None
    }
}

impl<T: DeserializeOwned + JsonSchema + Send + 'static> Input for Sent<T> {
    fn read(headers: &HeaderMap, bytes: &[u8]) -> Result<Self, Problem> {
        let content = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content = content.unwrap_or_default().split(';').next().unwrap_or_default();
        if !content.trim().eq_ignore_ascii_case("application/json") {
            let hint = "send JSON, with `Content-Type: application/json`";
            return Err(Problem::new(
                Code::NotJson,
                "The body is not said to be JSON.",
                hint,
            ));
        }
        serde_json::from_slice(bytes).map(Self).map_err(|error| {
            // What was sent is not repeated beyond a name: there may be a secret in it.
            let detail = format!("The body cannot be read: {}.", without_values(&error.to_string()));
            Problem::new(
                Code::Invalid,
                detail,
                "look at /api/v1/openapi.json for what can be sent",
            )
        })
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<T>())
    }
}

/// A message of the parser without the texts that it found where something else belonged.
fn without_values(message: &str) -> String {
    if message.starts_with("unknown variant `")
        && let Some((_, expected)) = message.rsplit_once("`, expected ")
    {
        return format!("unknown word, expected {expected}");
    }
    match (message.split_once('"'), message.rsplit_once('"')) {
        (Some((before, _)), Some((_, after))) => format!("{before}…{after}"),
        _ => message.to_owned(),
    }
}

/// A secret that is sent and never given back.
#[derive(Debug)]
pub(crate) struct Secret(pub(crate) SecretString);

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(text.into()))
    }
}

impl JsonSchema for Secret {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Secret".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "string", "format": "password", "writeOnly": true })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_left_out() {
        for (message, left) in [
            (
                "invalid type: string \"a \\\"secret\\\"\", expected u8 at line 1",
                "invalid type: string …, expected u8 at line 1",
            ),
            (
                "unknown variant `a `, expected secret`, expected `x` or `y`",
                "unknown word, expected `x` or `y`",
            ),
            (
                "unknown field `owner`, expected `name`",
                "unknown field `owner`, expected `name`",
            ),
        ] {
            assert_eq!(without_values(message), left);
        }
    }
}
