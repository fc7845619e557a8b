//! One sync as a whole: people, invitations, tokens and groups, with what each of them holds.
//!
//! Built record by record, and slim: only what the overview and the findings speak about stays.

mod build;
mod invitation;
mod person;
mod token;

pub use build::AccountBuilder;
pub use invitation::Invitation;
pub use person::Person;
pub use token::{Token, TokenState};

use model::ResourceId;

use crate::rights::Holding;

/// Everybody and everything that holds access.
#[derive(Debug, Default)]
pub struct Account {
    /// Those with an account, by name.
    pub people: Vec<Person>,
    /// Those who have not accepted yet, by address.
    pub invitations: Vec<Invitation>,
    /// Credentials of the account's own, by name.
    pub tokens: Vec<Token>,
    /// Sets of people, by name.
    pub groups: Vec<Group>,
}

/// A set of people.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its identity.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
    /// What it holds, and so its members do.
    pub holdings: Vec<Holding>,
}

#[cfg(test)]
mod tests;
