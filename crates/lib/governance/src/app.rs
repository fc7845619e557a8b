//! Applications that access is governed in.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::{AppId, NameError, OperatorId};

/// The most characters of a name.
const LONGEST_NAME: usize = 80;

/// An application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// Which.
    pub id: AppId,
    /// What people call it; no two have the same.
    pub name: AppName,
    /// Whether it is governed.
    pub state: AppState,
    /// How it became known.
    pub source: AppSource,
    /// Who answers for it.
    pub owners: Vec<OperatorId>,
    /// Since when it is known.
    pub created_at: DateTime<Utc>,
}

/// Whether an app is governed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppState {
    /// It is known, and nobody sees to it.
    Unmanaged,
    /// Access in it is seen to.
    Managed,
}

impl fmt::Display for AppState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unmanaged => "Unmanaged",
            Self::Managed => "Managed",
        })
    }
}

/// How an app became known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppSource {
    /// Somebody added it.
    ByHand,
    /// It was in a list.
    List,
    /// A connector found it, as a resource of that id.
    Connector {
        /// Which connector.
        connector: crate::ConnectorId,
        /// The resource.
        resource: String,
        /// Since when the connector does not find it any more.
        gone_since: Option<DateTime<Utc>>,
    },
}

/// A name for people: 1 to 80 characters in one line, without spaces at the ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AppName(String);

impl AppName {
    /// Reads a name; spaces at the ends are dropped.
    ///
    /// # Errors
    /// When nothing is left, when it is too long, or when it has control characters.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        crate::one_line(text, LONGEST_NAME)
            .map(Self)
            .ok_or(NameError("an app's name has 1 to 80 characters in one line"))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AppName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
