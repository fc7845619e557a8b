//! Whom a credential belongs to, and whether it reaches the account.

use chrono::{DateTime, Utc};

use crate::endpoint::{GetAccount, GetUser, VerifyAccountToken, VerifyUserToken};
use crate::types::{Account, CallerUser, TokenStatus, VerifiedToken};
use crate::{AccountId, Client, Credential, Error, ErrorKind, TokenId, UserId};

/// A credential that works for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Whom the credential belongs to.
    pub caller: Caller,
    /// The account, read to be sure that the credential reaches it.
    pub account: Account,
}

/// Whom a credential belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// A user's token.
    UserToken(VerifiedToken),
    /// A token the account owns; there is no user behind it.
    AccountToken(VerifiedToken),
    /// The global key of this user.
    GlobalKey(CallerUser),
}

/// Why a credential does not work for an account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// Cloudflare does not know the credential.
    #[error("Cloudflare does not accept the {kind}")]
    Rejected {
        /// The kind of credential: `API token` or `global API key`.
        kind: &'static str,
        /// Cloudflare's answer.
        source: Error,
    },
    /// The token's time is over.
    #[error("the API token has expired{}", .on.map(|on| format!(" on {}", on.format("%Y-%m-%d"))).unwrap_or_default())]
    Expired {
        /// When, if Cloudflare says so.
        on: Option<DateTime<Utc>>,
    },
    /// The token is switched off.
    #[error("the API token is disabled")]
    Disabled,
    /// The credential works, but not here.
    #[error("the {kind} works, but not for the account {account}")]
    OtherAccount {
        /// The kind of credential.
        kind: &'static str,
        /// The account asked for.
        account: AccountId,
    },
    /// There is no account of that id.
    #[error("Cloudflare has no account {account}")]
    NoSuchAccount {
        /// The account asked for.
        account: AccountId,
    },
    /// It could not be found out.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl VerifyError {
    /// Stable code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Rejected { .. } => "cloudflare-credential-rejected",
            Self::Expired { .. } => "cloudflare-token-expired",
            Self::Disabled => "cloudflare-token-disabled",
            Self::OtherAccount { .. } => "cloudflare-other-account",
            Self::NoSuchAccount { .. } => "cloudflare-no-such-account",
            Self::Failed(error) => error.code(),
        }
    }

    /// What the person can do about it.
    pub fn hint(&self) -> String {
        let text = match self {
            Self::Rejected { kind: TOKEN, source } if has_no_form_of_a_token(source) => {
                "this has not the form of an API token: copy it again, whole and without spaces; a global API key \
                 is used together with its user's address"
            }
            Self::Rejected { kind: TOKEN, .. } => {
                "copy the token again, whole and without spaces; if it was rolled or deleted, make a new one"
            }
            Self::Rejected { .. } => {
                "check that the address and the key belong together; a token is not a key"
            }
            Self::Expired { .. } => "renew the token in the Cloudflare dashboard, or make a new one",
            Self::Disabled => "enable the token in the Cloudflare dashboard, or make a new one",
            Self::OtherAccount { kind: KEY, .. } => {
                "check the account id; if it is right, the key's user must become a member of this account"
            }
            Self::OtherAccount { .. } => {
                "check the account id; if it is right, let the token include this account with the permission \
                 \"Account Settings: Read\""
            }
            Self::NoSuchAccount { .. } => {
                "copy the account id from the Cloudflare dashboard: Account home, the menu beside the account's \
                 name, Copy account ID"
            }
            Self::Failed(error) => return error.hint(),
        };
        text.to_owned()
    }
}

/// Who acts with a credential, as far as it can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// A token that the account owns: no person.
    Token(TokenId),
    /// The person behind a token or key.
    Person {
        /// The user's id. `None` for a key, which is known by its address.
        id: Option<UserId>,
        /// The user's address.
        email: String,
    },
    /// A user's token that may not read whose it is.
    Hidden(Error),
}

const TOKEN: &str = "API token";
const KEY: &str = "global API key";

impl Client {
    /// Finds out whom the credential belongs to and whether it reaches the account, in two calls; a user's token
    /// takes three, because nothing tells it from an account's.
    ///
    /// # Errors
    ///
    /// Says whether the credential, the token's state or the account id is wrong.
    pub async fn verify(&self, account: &AccountId) -> Result<Verified, VerifyError> {
        let caller = match self.credential() {
            Credential::ApiToken(_) => self.verify_token(account).await?,
            Credential::GlobalKey { .. } => {
                let user = self.call(&GetUser).await.map_err(|error| rejected(KEY, error))?;
                Caller::GlobalKey(user)
            }
        };
        let found = self
            .call(&GetAccount {
                account: account.clone(),
            })
            .await;
        let account = found.map_err(|error| out_of_reach(&caller, account, error))?;
        Ok(Verified { caller, account })
    }

    /// Finds out who acts with the credential, in at most two calls.
    ///
    /// # Errors
    ///
    /// When Cloudflare is not reached, or does not accept the credential.
    pub async fn identify(&self, account: &AccountId) -> Result<Identity, Error> {
        if let Credential::GlobalKey { email, .. } = self.credential() {
            let email = email.clone();
            return Ok(Identity::Person { id: None, email });
        }
        let account = account.clone();
        match self.call(&VerifyAccountToken { account }).await {
            Ok(token) => return Ok(Identity::Token(token.id)),
            Err(error) if may_be_a_users_token(&error) => {}
            Err(error) => return Err(error),
        }
        match self.call(&GetUser).await {
            Ok(user) => Ok(Identity::Person {
                id: Some(user.id),
                email: user.email,
            }),
            Err(error) if matches!(error.kind(), ErrorKind::NotPermitted { .. }) => {
                Ok(Identity::Hidden(error))
            }
            Err(error) => Err(error),
        }
    }

    async fn verify_token(&self, account: &AccountId) -> Result<Caller, VerifyError> {
        match self
            .call(&VerifyAccountToken {
                account: account.clone(),
            })
            .await
        {
            Ok(token) => return usable(token).map(Caller::AccountToken),
            Err(error) if may_be_a_users_token(&error) => {}
            Err(error) => return Err(error.into()),
        }
        match self.call(&VerifyUserToken).await {
            Ok(token) => usable(token).map(Caller::UserToken),
            // Cloudflare knows the token, but it is no user's: it is owned by another account.
            Err(error) if matches!(error.kind(), ErrorKind::NotPermitted { .. }) => {
                Err(VerifyError::OtherAccount {
                    kind: TOKEN,
                    account: account.clone(),
                })
            }
            Err(error) => Err(rejected(TOKEN, error)),
        }
    }
}

fn has_no_form_of_a_token(error: &Error) -> bool {
    matches!(error, Error::Refused(refusal) if refusal.code == Some(6003))
}

fn usable(token: VerifiedToken) -> Result<VerifiedToken, VerifyError> {
    match token.status {
        TokenStatus::Expired => Err(VerifyError::Expired { on: token.expires_on }),
        TokenStatus::Disabled => Err(VerifyError::Disabled),
        TokenStatus::Active | TokenStatus::Unknown(_) => Ok(token),
    }
}

fn may_be_a_users_token(error: &Error) -> bool {
    matches!(error, Error::Refused(_)) && !matches!(error.kind(), ErrorKind::Throttled | ErrorKind::Transient)
}

fn rejected(kind: &'static str, error: Error) -> VerifyError {
    match error.kind() {
        ErrorKind::BadCredential | ErrorKind::NotPermitted { .. } => {
            VerifyError::Rejected { kind, source: error }
        }
        _ => error.into(),
    }
}

fn out_of_reach(caller: &Caller, account: &AccountId, error: Error) -> VerifyError {
    let account = account.clone();
    match (error.kind(), caller) {
        (ErrorKind::NotFound, _) => VerifyError::NoSuchAccount { account },
        (ErrorKind::NotPermitted { .. }, Caller::UserToken(_)) => {
            VerifyError::OtherAccount { kind: TOKEN, account }
        }
        (ErrorKind::NotPermitted { .. }, Caller::GlobalKey(_)) => {
            VerifyError::OtherAccount { kind: KEY, account }
        }
        _ => error.into(),
    }
}
