//! API tokens.

use crate::endpoint::{Endpoint, Paged, Path};
use crate::types::{AccountToken, TokenDocument, VerifiedToken};
use crate::{AccountId, Permission, TokenId};

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

/// One token of an account, with all that a change would have to send back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetAccountToken {
    /// The account.
    pub account: AccountId,
    /// The token.
    pub token: TokenId,
}

impl Endpoint for GetAccountToken {
    type Output = TokenDocument;
    const WHAT: &'static str = "the account API token";

    fn path(&self) -> Path {
        account_token(&self.account, &self.token)
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountApiTokensRead)
    }
}

/// Where a token of an account is.
pub(super) fn account_token(account: &AccountId, token: &TokenId) -> Path {
    Path::of(&["accounts", account.as_str(), "tokens", token.as_str()])
}

/// One token of the user behind the credential; of others' tokens nobody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetUserToken {
    /// The token.
    pub token: TokenId,
}

impl Endpoint for GetUserToken {
    type Output = TokenDocument;
    const WHAT: &'static str = "the user API token";

    fn path(&self) -> Path {
        Path::of(&["user", "tokens", self.token.as_str()])
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::UserApiTokensRead)
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
