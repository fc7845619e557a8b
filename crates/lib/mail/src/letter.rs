//! What is sent.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};

use crate::Address;

/// The most characters of an id.
const LONGEST_ID: usize = 64;

/// A letter to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Which one it is, also when it is sent again.
    pub id: LetterId,
    /// When it was written.
    pub written: DateTime<Utc>,
    /// Who it is for.
    pub to: Address,
    /// What it is about, in a line.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The same with markup, for programs that show it.
    pub html: Option<String>,
}

/// Names a letter: up to 64 letters, digits, `-` and `_`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LetterId(String);

/// A text that names no letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the id of a letter is up to 64 letters, digits, `-` and `_`")]
pub struct InvalidLetterId;

impl LetterId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LetterId {
    type Err = InvalidLetterId;

    fn from_str(text: &str) -> Result<Self, InvalidLetterId> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let is_id = (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(is_plain);
        is_id.then(|| Self(text.to_owned())).ok_or(InvalidLetterId)
    }
}

impl fmt::Display for LetterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
