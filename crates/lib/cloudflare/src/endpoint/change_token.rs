//! Changes of tokens that the account owns.

use std::fmt;

use http::Method;
use secrecy::SecretString;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use crate::endpoint::{Act, Change, Endpoint, Path, token};
use crate::types::{TokenDocument, TokenStatus};
use crate::{AccountId, Permission, TokenId};

/// Switches a token off or on. `PUT /accounts/{account_id}/tokens/{token_id}` replaces the whole token, so all else
/// is sent back as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateAccountToken {
    /// The account.
    pub account: AccountId,
    /// The token, as it was read just before.
    pub document: TokenDocument,
    /// Whether it works afterwards.
    pub status: TokenStatus,
}

impl Endpoint for UpdateAccountToken {
    type Output = TokenDocument;
    const ACT: Act = Act::Change;
    const WHAT: &'static str = "the account API token";

    fn method(&self) -> Method {
        Method::PUT
    }

    fn path(&self) -> Path {
        token::account_token(&self.account, &self.document.token.id)
    }

    fn body(&self) -> Option<Value> {
        Some(self.document.with_status(&self.status))
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountApiTokensEdit)
    }
}

impl Change for UpdateAccountToken {}

/// Gives a token a new secret; the old one stops working at once.
/// `PUT /accounts/{account_id}/tokens/{token_id}/value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollAccountToken {
    /// The account.
    pub account: AccountId,
    /// The token.
    pub token: TokenId,
}

impl Endpoint for RollAccountToken {
    type Output = RolledSecret;
    const ACT: Act = Act::Change;
    const WHAT: &'static str = "the secret of the account API token";

    fn method(&self) -> Method {
        Method::PUT
    }

    fn path(&self) -> Path {
        Path::of(&[
            "accounts",
            self.account.as_str(),
            "tokens",
            self.token.as_str(),
            "value",
        ])
    }

    fn body(&self) -> Option<Value> {
        Some(json!({}))
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountApiTokensEdit)
    }
}

impl Change for RollAccountToken {}

/// A token's new secret, given this once.
#[derive(Clone)]
pub struct RolledSecret(pub SecretString);

impl fmt::Debug for RolledSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RolledSecret(..)")
    }
}

impl<'de> Deserialize<'de> for RolledSecret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(text.into()))
    }
}

/// Removes a token for good. `DELETE /accounts/{account_id}/tokens/{token_id}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeleteAccountToken {
    /// The account.
    pub account: AccountId,
    /// The token.
    pub token: TokenId,
}

impl Endpoint for DeleteAccountToken {
    type Output = Value;
    const ACT: Act = Act::Change;
    const WHAT: &'static str = "the account API token";

    fn method(&self) -> Method {
        Method::DELETE
    }

    fn path(&self) -> Path {
        token::account_token(&self.account, &self.token)
    }

    fn without_result() -> Option<Value> {
        Some(Value::Null)
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountApiTokensEdit)
    }
}

impl Change for DeleteAccountToken {}
