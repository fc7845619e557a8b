//! API tokens.

use crate::endpoint::{Endpoint, Paged, Path};
use crate::types::{AccountToken, VerifiedToken};
use crate::{AccountId, Permission};

/// The tokens an account owns. Users' own tokens are listed nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountTokens {
    /// The account.
    pub account: AccountId,
}

impl Endpoint for AccountTokens {
    type Output = Vec<AccountToken>;
    const WHAT: &'static str = "the account API tokens";

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "tokens"])
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountApiTokensRead)
    }
}

impl Paged for AccountTokens {
    type Item = AccountToken;
    const PER_PAGE: u32 = 50;

    fn id(item: &AccountToken) -> &str {
        item.id.as_str()
    }
}

/// Whether the token that asks is one of this account, and works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyAccountToken {
    /// The account.
    pub account: AccountId,
}

impl Endpoint for VerifyAccountToken {
    type Output = VerifiedToken;
    const WHAT: &'static str = "the state of the account API token";

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "tokens", "verify"])
    }

    fn permission(&self) -> Option<Permission> {
        None
    }
}

/// Whether the token that asks is a user's, and works. Refused to account-owned tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyUserToken;

impl Endpoint for VerifyUserToken {
    type Output = VerifiedToken;
    const WHAT: &'static str = "the state of the user API token";

    fn path(&self) -> Path {
        Path::of(&["user", "tokens", "verify"])
    }

    fn permission(&self) -> Option<Permission> {
        None
    }
}
