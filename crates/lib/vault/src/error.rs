//! What can go wrong. No error repeats a key or a secret.

use std::io;
use std::path::{Path, PathBuf};

use model::NoRandomness;

use crate::KeyId;

/// Why keys or secrets could not be had, in words for a person.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The machine gives no randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The key file, or the one beside it, cannot be used.
    #[error("cannot {doing} the key file {}", path.display())]
    File {
        /// The verb.
        doing: &'static str,
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Every user of the machine can read the keys.
    #[error("the key file {} can be read by every user of this machine", path.display())]
    Exposed {
        /// Which file.
        path: PathBuf,
    },
    /// The file is there, but it holds no ring.
    #[error("the key file {} cannot be used: {reason}", path.display())]
    Ring {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: InvalidRing,
    },
    /// What is stored is no sealed value.
    #[error("a stored secret is damaged, or was written by a later version")]
    NotSealed,
    /// The ring lacks the key of a sealed value.
    #[error("a stored secret is sealed with the key {key}, which is not among the keys")]
    UnknownKey {
        /// The key that is missing.
        key: KeyId,
    },
    /// The cipher refuses it.
    #[error("a stored secret cannot be opened: it was altered, or belongs to something else")]
    NotOpened,
    /// More than the cipher takes.
    #[error("the secret is too long to be sealed")]
    TooLong,
    /// New secrets would have no key.
    #[error("the key {key} is the current one, with which new secrets are sealed")]
    RetireCurrent {
        /// The key that was named.
        key: KeyId,
    },
    /// Nothing to use.
    #[error("the key {key} is not among the keys")]
    UseUnknown {
        /// The key that was named.
        key: KeyId,
    },
    /// Nothing to retire.
    #[error("the key {key} is not among the keys")]
    RetireUnknown {
        /// The key that was named.
        key: KeyId,
    },
}

/// Why a text is no key ring. The text is never repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRing {
    /// Neither comment nor key.
    #[error("line {line} is not `current` or `former`, a key id and a key")]
    Line {
        /// Counted from 1.
        line: usize,
    },
    /// The key and its id do not belong together.
    #[error("the key in line {line} is mistyped or cut off")]
    Damaged {
        /// Counted from 1.
        line: usize,
    },
    /// The same key twice.
    #[error("the key in line {line} is there twice")]
    Repeated {
        /// Counted from 1.
        line: usize,
    },
    /// Only one can seal.
    #[error("line {line} names a second current key")]
    TwoCurrent {
        /// Counted from 1.
        line: usize,
    },
    /// None can seal.
    #[error("no line names the current key")]
    NoCurrent,
}

impl VaultError {
    pub(crate) fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { doing, path, source }
    }

    /// The stable code of this kind of error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoRandomness(_) => "no-randomness",
            Self::File { .. } => "key-file",
            Self::Exposed { .. } => "key-file-exposed",
            Self::Ring { .. } => "key-file-invalid",
            Self::NotSealed => "secret-damaged",
            Self::UnknownKey { .. } => "secret-key-unknown",
            Self::NotOpened => "secret-not-opened",
            Self::TooLong => "secret-too-long",
            Self::RetireCurrent { .. } => "key-current",
            Self::RetireUnknown { .. } | Self::UseUnknown { .. } => "key-unknown",
        }
    }

    /// What a person can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoRandomness(_) => "try again when the machine has started fully",
            Self::File { .. } => "check that the folder exists and that this user may read and write in it",
            Self::Exposed { .. } => {
                "take that right away (`chmod 600`); if others use this machine, change the key as well"
            }
            Self::Ring { .. } => {
                "put the copy of the key file back; a new one cannot open what the old one sealed"
            }
            Self::NotSealed | Self::NotOpened => {
                "enter the secret again, or restore the database and its key file"
            }
            Self::UnknownKey { .. } => {
                "use the key file that belongs to this database; if it is lost, enter the secret again"
            }
            Self::TooLong => "give a shorter one",
            Self::RetireCurrent { .. } => "add a new key first, and seal all secrets again with it",
            Self::UseUnknown { .. } => "give the id of one of the keys, as the key file has it",
            Self::RetireUnknown { .. } => "give the id of a former key, as the key file has it",
        }
    }
}
