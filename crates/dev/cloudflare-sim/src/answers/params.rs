//! Query parameters.

use axum::{extract::Query, http::Uri};

/// The query of a call, decoded.
#[derive(Debug, Default)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    pub(crate) fn of(uri: &Uri) -> Self {
        Query::try_from_uri(uri)
            .map(|query| Self(query.0))
            .unwrap_or_default()
    }

    /// The first value of `name`.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether `name`, if given, equals `actual`.
    pub(crate) fn accepts(&self, name: &str, actual: &str) -> bool {
        self.get(name).is_none_or(|wanted| wanted == actual)
    }

    /// Whether `name`, if given, is part of `actual`, upper and lower case alike.
    pub(crate) fn accepts_part(&self, name: &str, actual: &str) -> bool {
        self.get(name)
            .is_none_or(|wanted| actual.to_lowercase().contains(&wanted.to_lowercase()))
    }

    pub(crate) fn is_descending(&self) -> bool {
        self.get("direction") == Some("desc")
    }
}
