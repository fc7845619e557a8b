//! The envelope around every answer.

use bytes::Bytes;
use http::Response;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer};

use crate::decode::null_as_default;
use crate::endpoint::Endpoint;
use crate::error::{Symptoms, classify};
use crate::{ApiError, Error, ErrorKind};

/// One page of a listing.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// What the answer says about the listing. Some listings say nothing.
    pub info: ResultInfo,
}

/// What an answer says about the listing it is a page of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ResultInfo {
    /// The page size in force, which may be another than was asked for.
    #[serde(deserialize_with = "lenient_number")]
    pub per_page: Option<u64>,
    /// Items in all pages.
    #[serde(deserialize_with = "lenient_number")]
    pub total_count: Option<u64>,
    /// How many pages there are.
    #[serde(deserialize_with = "lenient_number")]
    pub total_pages: Option<u64>,
    /// Where the next page begins, in listings with a cursor.
    pub(crate) cursor: Option<String>,
    /// The other place where a cursor may be.
    pub(crate) cursors: Option<Cursors>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Cursors {
    after: Option<String>,
}

impl ResultInfo {
    /// Where the next page begins, in listings with a cursor. `None` at the end.
    pub fn next_cursor(&self) -> Option<&str> {
        let after = self.cursors.as_ref().and_then(|cursors| cursors.after.as_deref());
        self.cursor
            .as_deref()
            .filter(|cursor| !cursor.is_empty())
            .or(after)
            .filter(|cursor| !cursor.is_empty())
    }
}

/// A number, or a number in quotes; whatever else it may be is no number.
fn lenient_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        Number(u64),
        Text(String),
        Other(IgnoredAny),
    }
    Ok(match Form::deserialize(deserializer)? {
        Form::Number(number) => Some(number),
        Form::Text(text) => text.parse().ok(),
        Form::Other(_) => None,
    })
}

#[derive(Deserialize)]
struct Envelope<T> {
    success: bool,
    #[serde(default = "none")]
    result: Option<T>,
    #[serde(default, deserialize_with = "null_as_default")]
    result_info: ResultInfo,
}

fn none<T>() -> Option<T> {
    None
}

/// What a failure holds. Its `result` is null here and an empty array there, so it is not looked at.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Failure {
    #[serde(deserialize_with = "null_as_default")]
    success: bool,
    #[serde(deserialize_with = "null_as_default")]
    errors: Vec<Cause>,
    /// Of a problem document (RFC 9457), which the edge answers with.
    title: Option<String>,
    detail: Option<String>,
}

#[derive(Deserialize)]
struct Cause {
    #[serde(default, deserialize_with = "signed_number")]
    code: Option<i64>,
    #[serde(default, deserialize_with = "null_as_default")]
    message: String,
    #[serde(default, deserialize_with = "null_as_default")]
    error_chain: Vec<Cause>,
}

fn signed_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(lenient_number(deserializer)?.and_then(|number| i64::try_from(number).ok()))
}

/// Reads the one object a call asked for.
pub(crate) fn object<E: Endpoint>(endpoint: &E, response: &Response<Bytes>) -> Result<E::Output, Error> {
    let envelope = open::<E, E::Output>(endpoint, response)?;
    envelope
        .result
        .or_else(E::without_result)
        .ok_or_else(|| undecodable::<E>("it has no result"))
}

/// Reads one page of a listing. `null` is an empty one.
pub(crate) fn page<E, T>(endpoint: &E, response: &Response<Bytes>) -> Result<Page<T>, Error>
where
    E: Endpoint,
    T: DeserializeOwned,
{
    let envelope = open::<E, Vec<T>>(endpoint, response)?;
    Ok(Page {
        items: envelope.result.unwrap_or_default(),
        info: envelope.result_info,
    })
}

fn open<E, T>(endpoint: &E, response: &Response<Bytes>) -> Result<Envelope<T>, Error>
where
    E: Endpoint,
    T: DeserializeOwned,
{
    if !response.status().is_success() {
        return Err(refusal(endpoint, response).into());
    }
    match serde_json::from_slice::<Envelope<T>>(response.body()) {
        Ok(envelope) if envelope.success => Ok(envelope),
        Ok(_) => Err(refusal(endpoint, response).into()),
        // A failure on 200 has a result of another type.
        Err(error) => match serde_json::from_slice::<Failure>(response.body()) {
            Ok(failure) if !failure.success && !failure.errors.is_empty() => {
                Err(refusal(endpoint, response).into())
            }
            Ok(_) => Err(undecodable::<E>(&error.to_string())),
            Err(_) => Err(undecodable::<E>(&not_json(response.body()))),
        },
    }
}

fn undecodable<E: Endpoint>(reason: &str) -> Error {
    Error::Undecodable {
        what: E::WHAT,
        reason: reason.to_owned(),
    }
}

fn not_json(body: &[u8]) -> String {
    let start: String = String::from_utf8_lossy(body).chars().take(40).collect();
    if start.trim().is_empty() {
        "it is empty".to_owned()
    } else {
        format!("it is not JSON but {start:?}...")
    }
}

fn refusal<E: Endpoint>(endpoint: &E, response: &Response<Bytes>) -> ApiError {
    let failure: Failure = serde_json::from_slice(response.body()).unwrap_or_default();
    let status = response.status();
    let code = failure.errors.first().and_then(|cause| cause.code);
    let message = message(&failure)
        .or_else(|| status.canonical_reason().map(str::to_owned))
        .unwrap_or_else(|| "no explanation".to_owned());
    let symptoms = Symptoms {
        status: status.as_u16(),
        code,
        message: &message,
        permission: endpoint.permission(),
    };
    let ray = response
        .headers()
        .get("cf-ray")
        .and_then(|ray| ray.to_str().ok())
        .map(str::to_owned);
    // Whatever stands in between may refuse, too: that says nothing of permissions, nor of what there is.
    let kind = match classify(symptoms) {
        ErrorKind::NotPermitted { .. } | ErrorKind::NotFound if failure.errors.is_empty() => {
            ErrorKind::Unexpected
        }
        kind => kind,
    };
    ApiError {
        kind,
        act: E::ACT,
        what: E::WHAT,
        status: status.as_u16(),
        code,
        message,
        ray,
    }
}

/// How much of a text is kept, in characters: it goes into logs and into the file.
const MESSAGE_MAX: usize = 1_000;

/// All texts of a failure, those of its chain included, in one line.
fn message(failure: &Failure) -> Option<String> {
    let causes = failure
        .errors
        .iter()
        .flat_map(|cause| std::iter::once(cause).chain(&cause.error_chain));
    let mut texts: Vec<&str> = causes.map(|cause| cause.message.trim()).collect();
    texts.extend(failure.title.as_deref());
    texts.extend(failure.detail.as_deref());
    texts.retain(|text| !text.is_empty());
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    (!texts.is_empty()).then(|| texts.join("; ").chars().take(MESSAGE_MAX).map(plain).collect())
}

#[cfg(test)]
mod tests;
