//! One sync as a whole: people, invitations, tokens and groups, with what each of them holds.
//!
//! Built record by record, and slim: only what the overview and the findings speak about stays.

mod build;
mod invitation;
mod person;
mod policy;
mod token;

pub(crate) use build::AccountBuilder;
pub(crate) use invitation::Invitation;
pub(crate) use person::{Person, email, user_trait};
pub(crate) use token::{Token, TokenState, secret_trait};

use model::ResourceId;

use crate::rights::Holding;

/// The type of those who were invited; the only one that is told by its id.
pub(crate) const INVITATION: &str = "invitation";

/// Everybody and everything that holds access.
#[derive(Debug, Default)]
pub(crate) struct Account {
    /// Those with an account, by name.
    pub(crate) people: Vec<Person>,
    /// Those who have not accepted yet, by address.
    pub(crate) invitations: Vec<Invitation>,
    /// Credentials of the account's own, by name.
    pub(crate) tokens: Vec<Token>,
    /// Sets of people, by name.
    pub(crate) groups: Vec<Group>,
}

/// A set of people.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// Its identity.
    pub(crate) id: ResourceId,
    /// Its name.
    pub(crate) name: String,
    /// What it holds, and so its members do.
    pub(crate) holdings: Vec<Holding>,
}

#[cfg(test)]
mod tests;
