//! Whom a credential belongs to, and whether it reaches the account.

use chrono::{DateTime, Utc};

use crate::endpoint::{GetAccount, GetUser, VerifyAccountToken, VerifyUserToken};
use crate::error::ADDRESS_HINT;
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
    /// The token may be used from some addresses, and ours is none of them.
    #[error("the API token may not be used from this machine's address{}", address(.source))]
    AddressRefused {
        /// Cloudflare's answer.
        source: Error,
    },
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
    /// Why an account could not be read with a credential that works: what kind of credential it is tells what a
    /// refusal means.
    pub fn out_of_reach(caller: &Caller, account: &AccountId, error: Error) -> Self {
        let account = account.clone();
        match (error.kind(), caller) {
            (ErrorKind::NotFound, _) => Self::NoSuchAccount { account },
            (ErrorKind::NotPermitted { .. }, Caller::UserToken(_)) => {
                Self::OtherAccount { kind: TOKEN, account }
            }
            (ErrorKind::NotPermitted { .. }, Caller::GlobalKey(_)) => {
                Self::OtherAccount { kind: KEY, account }
            }
            (ErrorKind::AddressRefused, _) => Self::AddressRefused { source: error },
            _ => error.into(),
        }
    }

    /// Stable code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Rejected { .. } => "cloudflare-credential-rejected",
            Self::Expired { .. } => "cloudflare-token-expired",
            Self::Disabled => "cloudflare-token-disabled",
            Self::AddressRefused { source } => source.code(),
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
            Self::AddressRefused { .. } => ADDRESS_HINT,
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
        let caller = self.caller(account).await?;
        let found = self.account(account).await;
        let account = found.map_err(|error| VerifyError::out_of_reach(&caller, account, error))?;
        Ok(Verified { caller, account })
    }

    /// Finds out whom the credential belongs to, in one call; a user's token takes two.
    ///
    /// # Errors
    ///
    /// Says whether the credential or the token's state is wrong.
    pub async fn caller(&self, account: &AccountId) -> Result<Caller, VerifyError> {
        match self.credential() {
            Credential::ApiToken(_) => self.verify_token(account).await,
            Credential::GlobalKey { .. } => {
                let user = self.call(&GetUser).await.map_err(|error| rejected(KEY, error))?;
                Ok(Caller::GlobalKey(user))
            }
        }
    }

    async fn account(&self, account: &AccountId) -> Result<Account, Error> {
        let account = account.clone();
        self.call(&GetAccount { account }).await
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
            Err(error) => return Err(rejected(TOKEN, error)),
        }
        match self.call(&VerifyUserToken).await {
            Ok(token) => usable(token).map(Caller::UserToken),
            Err(error) => Err(self.refused_token(account, error).await),
        }
    }

    /// A token that may not be used from here passes for unknown or for another account's when it is verified: another
    /// call tells.
    async fn refused_token(&self, account: &AccountId, error: Error) -> VerifyError {
        let is_unknown = !matches!(error.kind(), ErrorKind::NotPermitted { .. });
        if is_unknown && (error.kind() != ErrorKind::BadCredential || has_no_form_of_a_token(&error)) {
            return rejected(TOKEN, error);
        }
        match self.account(account).await {
            Err(told) if told.kind() == ErrorKind::AddressRefused => {
                VerifyError::AddressRefused { source: told }
            }
            _ if is_unknown => rejected(TOKEN, error),
            // Cloudflare knows the token, but it is no user's: it is owned by another account.
            _ => VerifyError::OtherAccount {
                kind: TOKEN,
                account: account.clone(),
            },
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
    let decided = matches!(
        error.kind(),
        ErrorKind::AddressRefused | ErrorKind::Throttled | ErrorKind::Transient
    );
    matches!(error, Error::Refused(_)) && !decided
}

fn rejected(kind: &'static str, error: Error) -> VerifyError {
    match error.kind() {
        ErrorKind::BadCredential | ErrorKind::NotPermitted { .. } => {
            VerifyError::Rejected { kind, source: error }
        }
        ErrorKind::AddressRefused => VerifyError::AddressRefused { source: error },
        _ => error.into(),
    }
}

/// The address that Cloudflare sees, in words that end a sentence; nothing when it does not say.
fn address(refusal: &Error) -> String {
    let told = match refusal {
        Error::Refused(refusal) => refusal.message.rsplit_once("location: "),
        _ => None,
    };
    told.map(|(_, address)| format!(", {}", address.trim()))
        .unwrap_or_default()
}
