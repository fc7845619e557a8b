//! Every id is its own type. Those that we make are KSUIDs, which the protocol asks of tasks: 27 letters and digits
//! that sort by the second they were made in.

use std::fmt;

use chrono::{DateTime, Utc};

/// The length of a KSUID as text.
const LENGTH: usize = 27;
/// The most characters of a host id, by the protocol.
const HOST_LENGTH: usize = 256;

/// A text that is no such id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {what}")]
pub struct ParseIdError {
    text: String,
    what: &'static str,
}

macro_rules! ksuids {
    ($($(#[$doc:meta])* $name:ident, $what:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Makes one from the time and sixteen bytes of an id source.
            pub fn new(now: DateTime<Utc>, bytes: [u8; 16]) -> Self {
                Self(model::ksuid(now, bytes))
            }

            /// Reads one.
            ///
            /// # Errors
            /// When the text is not 27 letters and digits.
            pub fn parse(text: &str) -> Result<Self, ParseIdError> {
                let fits = text.len() == LENGTH && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
                fits.then(|| Self(text.to_owned())).ok_or_else(|| ParseIdError {
                    text: text.chars().take(LENGTH + 1).collect(),
                    what: $what,
                })
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    )*};
}

ksuids! {
    /// A connector that somebody added.
    ConnectorId, "the id of a connector: 27 letters and digits";
    /// A client id and its key, with which a connector signs in.
    CredentialId, "the id of a credential: 27 letters and digits";
    /// A unit of work, however often it is tried.
    TaskId, "the id of a task: 27 letters and digits";
    /// One try of a task. It is what the protocol calls a task id, so that who finishes late is told apart from who
    /// has the task now.
    AttemptId, "the id of a task: 27 letters and digits";
    /// A file that a connector handed over.
    UploadId, "the id of an upload: 27 letters and digits";
    /// A person who signs in to the console.
    OperatorId, "the id of a user: 27 letters and digits";
    /// A stretch of time in which somebody is signed in.
    SessionId, "the id of a session: 27 letters and digits";
    /// A link that is good once.
    LinkId, "the id of a link: 27 letters and digits";
    /// A key with which a program acts for somebody.
    ApiKeyId, "the id of an API key: 27 letters and digits";
    /// A passkey of somebody.
    PasskeyId, "the id of a passkey: 27 letters and digits";
    /// A group of a directory.
    GroupId, "the id of a group: 27 letters and digits";
    /// An application that access is governed in.
    AppId, "the id of an app: 27 letters and digits";
    /// A letter to somebody.
    LetterId, "the id of a letter: 27 letters and digits";
    /// A service, from its start to its end.
    ServiceId, "the id of a service: 27 letters and digits";
}

/// What an instance of a connector calls itself; tells instances apart that share a credential.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostId(String);

impl HostId {
    /// Reads one.
    ///
    /// # Errors
    /// When it is empty, longer than 256 characters, or has control characters.
    pub fn parse(text: &str) -> Result<Self, ParseIdError> {
        let fits = (1..=HOST_LENGTH).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        fits.then(|| Self(text.to_owned())).ok_or_else(|| ParseIdError {
            text: text.chars().take(HOST_LENGTH + 1).collect(),
            what: "a host id: 1 to 256 characters in one line",
        })
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for HostId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for HostId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HostId({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_was_made_can_be_read() {
        let now = DateTime::from_timestamp(1_795_394_377, 0).unwrap();
        let id = TaskId::new(now, [7; 16]);
        assert_eq!(TaskId::parse(id.as_str()), Ok(id.clone()));
        assert!(TaskId::new(now + chrono::TimeDelta::seconds(1), [0; 16]) > id);
    }

    #[test]
    fn what_is_no_id_is_refused_in_words() {
        let error = AttemptId::parse("../../etc/passwd").unwrap_err();
        assert_eq!(
            error.to_string(),
            "`../../etc/passwd` is not the id of a task: 27 letters and digits"
        );
        assert!(HostId::parse("").is_err());
        assert!(HostId::parse("h\0").is_err());
        assert!(HostId::parse(&"ä".repeat(256)).is_ok());
        assert!(HostId::parse(&"a".repeat(257)).is_err());
    }
}
