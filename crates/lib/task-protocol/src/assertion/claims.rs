//! The two JSON objects of an assertion.

use chrono::{DateTime, Utc};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};

use super::{ALGORITHM, AssertionError, LEEWAY, LONGEST};
use crate::base64url;

#[derive(Deserialize, Serialize)]
pub(super) struct Header {
    pub(super) alg: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kid: Option<String>,
    pub(super) nonce: Option<String>,
    /// Members that whoever does not know them must refuse (RFC 7515, section 4.1.11); we know none.
    #[serde(skip_serializing)]
    pub(super) crit: Option<IgnoredAny>,
}

/// Times in seconds since 1970.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Claims {
    pub(super) iss: String,
    pub(super) sub: String,
    pub(super) aud: Audience,
    pub(super) exp: i64,
    pub(super) nbf: i64,
    pub(super) iat: i64,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub(super) enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Header {
    pub(super) fn encode(&self) -> String {
        encode(self)
    }

    pub(super) fn decode(part: &str) -> Result<Self, AssertionError> {
        decode(part).ok_or(AssertionError::Header)
    }

    pub(super) fn checked_nonce(self) -> Result<String, AssertionError> {
        if self.alg != ALGORITHM {
            return Err(AssertionError::Algorithm);
        }
        if self.crit.is_some() {
            return Err(AssertionError::Critical);
        }
        let is_nonce =
            |text: &String| text.len() == 32 && text.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'));
        self.nonce.filter(is_nonce).ok_or(AssertionError::Nonce)
    }
}

impl Claims {
    pub(super) fn encode(&self) -> String {
        encode(self)
    }

    pub(super) fn decode(part: &str) -> Result<Self, AssertionError> {
        decode(part).ok_or(AssertionError::Claims)
    }

    /// Whether the assertion is for now; gives its end.
    pub(super) fn check_times(&self, now: DateTime<Utc>) -> Result<DateTime<Utc>, AssertionError> {
        let time = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(AssertionError::Claims);
        let (begin, issued, end) = (time(self.nbf)?, time(self.iat)?, time(self.exp)?);
        if end - begin > LONGEST || !(begin..end).contains(&issued) {
            return Err(AssertionError::Lifetime);
        }
        if now >= end + LEEWAY {
            return Err(AssertionError::Expired {
                seconds: (now - end).num_seconds(),
            });
        }
        let early = begin - now;
        if early > LEEWAY {
            return Err(AssertionError::NotYet {
                seconds: early.num_seconds(),
            });
        }
        Ok(end)
    }
}

impl Audience {
    pub(super) fn names_one_of(&self, ours: &[&str]) -> bool {
        let is_ours = |name: &String| ours.iter().any(|our| our.eq_ignore_ascii_case(name));
        match self {
            Self::One(name) => is_ours(name),
            Self::Several(names) => names.iter().any(is_ours),
        }
    }
}

fn encode(part: &impl Serialize) -> String {
    base64url::encode(serde_json::to_vec(part).unwrap_or_default())
}

fn decode<T: DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&base64url::decode(part)?).ok()
}
