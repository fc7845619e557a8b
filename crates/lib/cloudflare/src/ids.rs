//! Identifiers, each its own type.
//!
//! A membership, the user behind it and the place a role holds are all 32 hex characters; a mix-up between
//! them must not compile. Cloudflare may change the form of any of them, so what an answer brings is kept as
//! opaque text. Only what a person types ([`AccountId::parse`]) is checked.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it came from Cloudflare.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text as Cloudflare writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

ids! {
    /// An account, the tenant everything else belongs to.
    AccountId,
    /// A membership: the tie between a person and an account. Not the person.
    MemberId,
    /// A person with a Cloudflare login, the same in all accounts. Absent until an invitation is accepted.
    UserId,
    /// A role of the older kind. Account roles and permission groups are different id spaces.
    RoleId,
    /// A permission group: what a policy permits.
    PermissionGroupId,
    /// A resource group: where a policy permits it.
    ResourceGroupId,
    /// A group of members that carries policies.
    UserGroupId,
    /// A policy of a member or of a user group.
    PolicyId,
    /// An API token, account-owned or a user's.
    TokenId,
    /// A zone (a domain).
    ZoneId,
    /// The caller's own membership, as `/memberships` numbers it.
    MembershipId,
    /// A Zero Trust (Access) group: a UUID.
    AccessGroupId,
    /// A Zero Trust identity provider: a UUID.
    IdentityProviderId,
    /// An entry of the audit log.
    AuditLogId,
}

/// What a person typed is not an account id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAccountId {
    /// Nothing was given.
    #[error("the account id is empty")]
    Empty,
    /// The text has another length than 32 characters.
    #[error("the account id has {0} characters instead of 32")]
    Length(usize),
    /// The text has a character that is not one of `0-9a-f`.
    #[error("the account id contains {0:?}, which is not one of 0-9 and a-f")]
    Character(char),
}

impl InvalidAccountId {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        "copy the account id from the Cloudflare dashboard: Account home, the menu beside the account's name, \
         Copy account ID"
    }
}

impl AccountId {
    /// Reads what a person typed: 32 characters of `0-9a-f`.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the text; [`InvalidAccountId::hint`] says where to find the right one.
    pub fn parse(text: &str) -> Result<Self, InvalidAccountId> {
        if text.is_empty() {
            return Err(InvalidAccountId::Empty);
        }
        if let Some(other) = text.chars().find(|c| !matches!(c, '0'..='9' | 'a'..='f')) {
            return Err(InvalidAccountId::Character(other));
        }
        if text.len() != 32 {
            return Err(InvalidAccountId::Length(text.len()));
        }
        Ok(Self::new(text))
    }
}

impl FromStr for AccountId {
    type Err = InvalidAccountId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests;
