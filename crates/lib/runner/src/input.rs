//! What was given, where it was given, and what it comes to: flag before environment before file before default.

mod environment;
mod file;
mod flags;
mod value;

use std::collections::BTreeMap;
use std::fmt;

use secrecy::SecretString;

pub(crate) use environment::{CONFIG_PATH, read as read_environment};
pub(crate) use file::{FileLayer, locate as locate_file, read as read_file};
pub(crate) use flags::{arguments, read as read_flags};
pub use value::{Value, Values};
pub(crate) use value::{merge, parse_switch, split};

/// The environment variables of the process, by name.
pub type Environment = BTreeMap<String, String>;

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The flag of this name.
    Flag(&'static str),
    /// The environment variable of this name.
    Variable(String),
    /// A key of a configuration file.
    File {
        /// The file.
        path: String,
        /// The key in it.
        key: &'static str,
    },
    /// Nobody gave one.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => write!(f, "flag --{name}"),
            Self::Variable(name) => write!(f, "environment variable {name}"),
            Self::File { path, key } => write!(f, "`{key}` in {path}"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value as it was written, before anybody looks at what it should be.
#[derive(Clone, Debug)]
pub(crate) enum Raw {
    Text(String),
    Secret(SecretString),
    Texts(Vec<String>),
}

impl Raw {
    /// Keeps a text; seals it when the setting is a secret.
    fn new(text: String, kind: crate::field::Kind) -> Self {
        match kind {
            crate::field::Kind::Secret => Self::Secret(text.into()),
            _ => Self::Text(text),
        }
    }
}

/// What one source gives, by the setting's name.
pub(crate) type Layer = BTreeMap<&'static str, (Raw, Origin)>;

#[cfg(test)]
mod tests;
