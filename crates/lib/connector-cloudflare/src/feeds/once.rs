//! Roles, scopes and what can be held on them come along with everybody who holds them; once is enough.

use std::collections::HashSet;

use connector::Record;

use crate::types::{RESOURCE_GROUP, ROLE};

/// Lets each such record through once.
#[derive(Debug, Default)]
pub(crate) struct Once {
    seen: HashSet<String>,
}

impl Once {
    /// Whether the record is to be written.
    pub(crate) fn lets(&mut self, record: &Record) -> bool {
        match record {
            Record::Resource(resource) => {
                let kind = resource.id.resource_type.as_str();
                !matches!(kind, ROLE | RESOURCE_GROUP) || self.seen.insert(resource.id.to_string())
            }
            Record::Entitlement(entitlement) => {
                let id = entitlement.id.as_str();
                !self.seen.contains(id) && self.seen.insert(id.to_owned())
            }
            Record::Grant(_) => true,
        }
    }
}
