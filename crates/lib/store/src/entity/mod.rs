//! The tables, one module each, and how their rows become the domain's values.
//!
//! Times are whole microseconds since 1970 in UTC: the same in both databases, and in the order of time.

pub(crate) mod access;
pub(crate) mod access_token;
pub(crate) mod api_key;
pub(crate) mod app;
pub(crate) mod audit_entry;
pub(crate) mod audit_head;
pub(crate) mod challenge;
pub(crate) mod connector;
pub(crate) mod connector_log;
pub(crate) mod credential;
pub(crate) mod group;
pub(crate) mod hosting_lease;
pub(crate) mod identity;
pub(crate) mod installation;
pub(crate) mod letter;
pub(crate) mod link;
pub(crate) mod nonce;
pub(crate) mod operator;
pub(crate) mod passkey;
pub(crate) mod provisioning;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod sign_in;
pub(crate) mod single_sign_on;
pub(crate) mod task;
pub(crate) mod task_attempt;
pub(crate) mod upload;
pub(crate) mod worker;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use governance::OperatorId;
use governance::repository::RepositoryError;
use model::ResourceTypeId;

/// A time as it is stored.
pub(crate) fn stored(time: DateTime<Utc>) -> i64 {
    time.timestamp_micros()
}

/// A text as it is stored. PostgreSQL has no text with a zero in it, and some texts are others' to choose.
pub(crate) fn text(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// Who owns something, as it is stored: ids with commas between them.
pub(crate) fn owners(owners: &[OperatorId]) -> String {
    let ids: Vec<_> = owners.iter().map(OperatorId::as_str).collect();
    ids.join(",")
}

/// Which types are read, as it is stored: a JSON list, since their names are others' to choose; nothing for everything.
pub(crate) fn types(types: &BTreeSet<ResourceTypeId>) -> Option<String> {
    let names: Vec<_> = types.iter().map(ResourceTypeId::as_str).collect();
    (!names.is_empty()).then(|| serde_json::json!(names).to_string())
}

/// A row whose columns are read one after the other.
pub(crate) struct Row<'a> {
    pub(crate) table: &'static str,
    pub(crate) id: &'a str,
}

impl Row<'_> {
    /// What a column says, unless it says something that cannot be.
    pub(crate) fn read<T, E: std::fmt::Display>(
        &self,
        column: &str,
        value: Result<T, E>,
    ) -> Result<T, RepositoryError> {
        value.map_err(|error| self.impossible(column, &error))
    }

    /// What a column says, unless it says nothing.
    pub(crate) fn needed<T>(&self, column: &str, value: Option<T>) -> Result<T, RepositoryError> {
        value.ok_or_else(|| self.impossible(column, &"it is missing, or not one of those that there are"))
    }

    /// A time.
    pub(crate) fn time(&self, column: &str, value: i64) -> Result<DateTime<Utc>, RepositoryError> {
        self.needed(column, DateTime::from_timestamp_micros(value))
    }

    /// A time, if there is one.
    pub(crate) fn maybe_time(
        &self,
        column: &str,
        value: Option<i64>,
    ) -> Result<Option<DateTime<Utc>>, RepositoryError> {
        value.map(|value| self.time(column, value)).transpose()
    }

    /// Who owns it.
    pub(crate) fn owners(&self, column: &str, value: &str) -> Result<Vec<OperatorId>, RepositoryError> {
        let ids = value.split(',').filter(|id| !id.is_empty());
        ids.map(|id| self.read(column, OperatorId::parse(id))).collect()
    }

    /// Which types are read.
    pub(crate) fn types(
        &self,
        column: &str,
        value: Option<&str>,
    ) -> Result<BTreeSet<ResourceTypeId>, RepositoryError> {
        let names: Vec<String> = self.read(column, serde_json::from_str(value.unwrap_or("[]")))?;
        Ok(names.into_iter().map(ResourceTypeId::from).collect())
    }

    fn impossible(&self, column: &str, why: &dyn std::fmt::Display) -> RepositoryError {
        RepositoryError::Impossible {
            what: format!("`{column}` of `{}` in `{}`: {why}", self.id, self.table),
        }
    }
}
