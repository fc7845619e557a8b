//! Building the whole from records.

use std::collections::HashMap;

use model::{Annotation, Entitlement, Grant, Resource, ResourceId};

use super::person::user_trait;
use super::token::secret_trait;
use super::{Account, Group, INVITATION, Invitation, Person, Token};
use crate::rights::{Rights, display_name};

/// Takes the records of one sync: all resources, then all entitlements, then all grants.
#[derive(Debug, Default)]
pub(crate) struct AccountBuilder {
    account: Account,
    rights: Rights,
    places: HashMap<ResourceId, Place>,
}

/// Where a principal is kept.
#[derive(Clone, Copy, Debug)]
enum Place {
    Person(usize),
    Invitation(usize),
    Group(usize),
}

impl AccountBuilder {
    /// Adds a resource; those that hold nothing and are no credentials leave no trace.
    pub(crate) fn resource(&mut self, resource: &Resource) {
        if resource.id.resource_type.as_str() == INVITATION {
            let place = Place::Invitation(push(&mut self.account.invitations, Invitation::of(resource)));
            self.places.insert(resource.id.clone(), place);
        } else if user_trait(resource).is_some() {
            let place = Place::Person(push(&mut self.account.people, Person::of(resource)));
            self.places.insert(resource.id.clone(), place);
        } else if resource.annotations.contains(&Annotation::Group) {
            let place = Place::Group(push(&mut self.account.groups, group(resource)));
            self.places.insert(resource.id.clone(), place);
        } else if let Some(secret) = secret_trait(resource) {
            self.account.tokens.push(Token::of(resource, secret));
        }
    }

    /// Adds an entitlement.
    pub(crate) fn entitlement(&mut self, entitlement: &Entitlement) {
        self.rights.add(entitlement);
    }

    /// Adds a grant; one to a principal without a record is left to the check of the file.
    pub(crate) fn grant(&mut self, grant: &Grant) {
        let Some(place) = self.places.get(&grant.principal) else {
            return;
        };
        let holding = self.rights.holding(grant);
        match *place {
            Place::Person(index) => {
                if let Some(person) = self.account.people.get_mut(index) {
                    person.holdings.push(holding);
                }
            }
            Place::Group(index) => {
                if let Some(group) = self.account.groups.get_mut(index) {
                    group.holdings.push(holding);
                }
            }
            Place::Invitation(index) => {
                if let Some(invitation) = self.account.invitations.get_mut(index) {
                    invitation.offer(&holding);
                }
            }
        }
    }

    /// The whole, in order of names.
    pub(crate) fn finish(mut self) -> Account {
        self.account
            .people
            .sort_by_cached_key(|person| person.name.to_lowercase());
        self.account
            .invitations
            .sort_by_cached_key(|invitation| invitation.email.to_lowercase());
        self.account
            .tokens
            .sort_by_cached_key(|token| token.name.to_lowercase());
        self.account
            .groups
            .sort_by_cached_key(|group| group.name.to_lowercase());
        let people = self.account.people.iter_mut().map(|person| &mut person.holdings);
        let groups = self.account.groups.iter_mut().map(|group| &mut group.holdings);
        for holdings in people.chain(groups) {
            holdings.sort_by(|a, b| {
                (a.right.kind, &a.right.place, &a.right.what).cmp(&(
                    b.right.kind,
                    &b.right.place,
                    &b.right.what,
                ))
            });
        }
        self.account
    }
}

/// Adds an item; returns where it is.
fn push<T>(items: &mut Vec<T>, item: T) -> usize {
    items.push(item);
    items.len() - 1
}

fn group(resource: &Resource) -> Group {
    Group {
        id: resource.id.clone(),
        name: display_name(resource).to_owned(),
        holdings: Vec::new(),
    }
}
