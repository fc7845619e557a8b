//! What becomes of each record: kept, left out because nobody asked for it, or dropped as unusable.

use std::collections::HashMap;
use std::sync::Arc;

use connector::{Feed, Note, Record, Severity, Syncer};
use model::{Annotation, Entitlement, Grant, Resource, ResourceId, ResourceType, ResourceTypeId, Trait};

use crate::SyncError;
use crate::select::Selection;

/// Records that passed, by kind.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    pub(crate) resources: Vec<Resource>,
    pub(crate) entitlements: Vec<Entitlement>,
    pub(crate) grants: Vec<Grant>,
}

impl Kept {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.resources.len() + self.entitlements.len() + self.grants.len()
    }
}

/// How many records of a feed could not be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dropped {
    /// An id or a part of one is empty.
    incomplete: u64,
    /// The connector did not declare the type.
    undeclared: u64,
}

impl Dropped {
    /// Remarks on them, for a feed with this title.
    pub(crate) fn notes(self, title: &str) -> Vec<Note> {
        let kinds = [
            (
                self.incomplete,
                "incomplete-record",
                "have an incomplete identity and were left out",
            ),
            (
                self.undeclared,
                "undeclared-type",
                "are of a type that the connector does not declare and were left out",
            ),
        ];
        let counted = kinds.into_iter().filter(|(count, ..)| *count > 0);
        counted
            .map(|(count, code, what)| Note {
                severity: Severity::Warning,
                code: code.to_owned(),
                message: format!("{title}: records that {what}: {count}"),
                hint: String::new(),
            })
            .collect()
    }
}

/// Decides on records.
#[derive(Debug)]
pub(crate) struct Sieve {
    selection: Selection,
    declared: Vec<Arc<ResourceType>>,
    traits: HashMap<ResourceTypeId, Vec<Trait>>,
}

impl Sieve {
    /// A sieve for what the connector declares and the request selects.
    pub(crate) fn new(selection: Selection, syncer: &dyn Syncer) -> Self {
        let declared = syncer.resource_types();
        let traits = declared
            .iter()
            .map(|kind| (kind.id.clone(), kind.traits.clone()))
            .collect();
        Self {
            selection,
            declared,
            traits,
        }
    }

    /// The types to write, in the connector's order.
    pub(crate) fn resource_types(&self) -> Vec<ResourceType> {
        let selected = self.declared.iter().filter(|kind| self.selection.has(&kind.id));
        selected.map(|kind| kind.as_ref().clone()).collect()
    }

    /// Whether a feed yields anything that is wanted.
    pub(crate) fn needs(&self, feed: &Feed) -> bool {
        self.selection.needs(feed)
    }

    /// Sorts records; counts what is unusable in `dropped`.
    ///
    /// # Errors
    /// When a resource lacks the trait that its type demands.
    pub(crate) fn sort(&self, records: Vec<Record>, dropped: &mut Dropped) -> Result<Kept, SyncError> {
        let mut kept = Kept::default();
        for record in records {
            if !is_complete(&record) {
                dropped.incomplete += 1;
            } else if !self.is_declared(&record) {
                dropped.undeclared += 1;
            } else {
                self.keep(record, &mut kept)?;
            }
        }
        Ok(kept)
    }

    fn keep(&self, record: Record, kept: &mut Kept) -> Result<(), SyncError> {
        match record {
            Record::Resource(resource) if self.selection.has(&resource.id.resource_type) => {
                self.check_traits(&resource)?;
                kept.resources.push(resource);
            }
            Record::Entitlement(entitlement) if self.selection.has_entitlement(&entitlement) => {
                kept.entitlements.push(entitlement);
            }
            Record::Grant(grant) if self.selection.has_grant(&grant) => kept.grants.push(grant),
            Record::Resource(_) | Record::Entitlement(_) | Record::Grant(_) => {}
        }
        Ok(())
    }

    fn is_declared(&self, record: &Record) -> bool {
        let declared = |id: &ResourceId| self.traits.contains_key(&id.resource_type);
        match record {
            Record::Resource(resource) => declared(&resource.id),
            Record::Entitlement(entitlement) => declared(&entitlement.resource.id),
            Record::Grant(grant) => declared(&grant.resource.id) && declared(&grant.principal),
        }
    }

    fn check_traits(&self, resource: &Resource) -> Result<(), SyncError> {
        let demanded = self.traits.get(&resource.id.resource_type).into_iter().flatten();
        let missing = demanded
            .copied()
            .find_map(|demanded| missing_trait(demanded, resource));
        match missing {
            Some(expected) => Err(SyncError::MissingTrait {
                resource: resource.id.clone(),
                expected,
            }),
            None => Ok(()),
        }
    }
}

/// The full name of the trait's message, when the resource does not carry it.
fn missing_trait(demanded: Trait, resource: &Resource) -> Option<&'static str> {
    let name = match demanded {
        Trait::User => "c1.connector.v2.UserTrait",
        Trait::Group => "c1.connector.v2.GroupTrait",
        Trait::Role => "c1.connector.v2.RoleTrait",
        Trait::App => "c1.connector.v2.AppTrait",
        Trait::Secret => "c1.connector.v2.SecretTrait",
        Trait::Other(_) => return None,
    };
    let carried = resource.annotations.iter().any(|annotation| match annotation {
        Annotation::User(_) => demanded == Trait::User,
        Annotation::Group => demanded == Trait::Group,
        Annotation::Role => demanded == Trait::Role,
        Annotation::Secret(_) => demanded == Trait::Secret,
        Annotation::Other(raw) => raw.type_url.rsplit('/').next() == Some(name),
        _ => false,
    });
    (!carried).then_some(name)
}

fn is_complete(record: &Record) -> bool {
    match record {
        Record::Resource(resource) => is_whole(&resource.id),
        Record::Entitlement(entitlement) => {
            !entitlement.id.as_str().is_empty() && is_whole(&entitlement.resource.id)
        }
        Record::Grant(grant) => {
            !grant.id.as_str().is_empty()
                && !grant.entitlement.as_str().is_empty()
                && is_whole(&grant.resource.id)
                && is_whole(&grant.principal)
        }
    }
}

fn is_whole(id: &ResourceId) -> bool {
    !id.resource_type.as_str().is_empty() && !id.object.as_str().is_empty()
}

#[cfg(test)]
mod tests;
