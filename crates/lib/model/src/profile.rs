//! Free attributes of a resource, as Baton's `Struct` allows them.

use std::collections::BTreeMap;

/// Attributes by key, in key order (the wire form must not depend on insertion).
pub type Profile = BTreeMap<String, ProfileValue>;

/// One attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum ProfileValue {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number; Baton has no integers here.
    Number(f64),
    /// Text.
    Text(String),
    /// Several values.
    List(Vec<ProfileValue>),
    /// Attributes within an attribute.
    Map(Profile),
}

impl ProfileValue {
    /// A list of texts.
    pub fn texts<T: Into<String>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(|item| Self::Text(item.into())).collect())
    }

    /// The text, when this is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl From<&str> for ProfileValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for ProfileValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for ProfileValue {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}
