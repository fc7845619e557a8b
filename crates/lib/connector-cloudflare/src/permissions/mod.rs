//! What a credential may do, held against what it is needed for: the checklist beside the settings.
//!
//! A token that may look itself up says everything in its policies, what is too much included. Another one is tried
//! with the smallest reads there are. Nothing is ever written to find something out.

mod checklist;
mod needed;
mod policies;
mod trial;

use cloudflare::endpoint::{GetAccount, GetAccountToken, GetUserToken};
use cloudflare::types::AccountToken;
use cloudflare::{AccountId, Caller, Client, Error, ErrorKind, TokenId, VerifyError};
use connector::ConnectorError;

pub use self::checklist::{Checklist, CredentialFacts, CredentialKind, Item, State};
pub use self::needed::{Needed, Purpose, account_token_link, needed, user_token_link};
use crate::errors::{failed, unverified};

/// Finds out what the client's credential may do in the account, compared with what `purpose` needs.
///
/// Takes three calls for an account's token that may look itself up and four for a user's; five to eight otherwise.
///
/// # Errors
///
/// When there is nothing to compare: the credential is not accepted (unknown, expired, switched off, not usable from
/// here), does not reach the account, or Cloudflare is not reached.
pub async fn check(
    client: &Client,
    account: &AccountId,
    purpose: Purpose,
) -> Result<Checklist, ConnectorError> {
    let caller = client.caller(account).await.map_err(unverified)?;
    let own = Own::look_up(client, account, &caller).await?;
    let reached = client
        .call(&GetAccount {
            account: account.clone(),
        })
        .await;
    let account_name = match reached {
        Ok(account) => Some(account.name),
        Err(error) if own.explains(&caller, account, &error) => None,
        Err(error) => return Err(unverified(VerifyError::out_of_reach(&caller, account, error))),
    };
    let items = match &own {
        Own::Known(token) => policies::items(token, account, &caller, purpose),
        Own::Hidden | Own::NoReader => {
            let trial = trial::Trial {
                client,
                account,
                caller: &caller,
                purpose,
            };
            trial.items(matches!(own, Own::NoReader)).await?
        }
    };
    Ok(Checklist {
        account_name,
        credential: CredentialFacts::new(&caller, own.token()),
        items,
    })
}

/// What a token says of itself.
enum Own {
    /// All of it.
    Known(Box<AccountToken>),
    /// The account's token may not read the account's tokens, so not itself either.
    NoReader,
    /// Nothing, which proves nothing.
    Hidden,
}

impl Own {
    async fn look_up(client: &Client, account: &AccountId, caller: &Caller) -> Result<Self, ConnectorError> {
        match caller {
            Caller::AccountToken(token) => Self::of_account(client, account, token.id.clone()).await,
            Caller::UserToken(verified) => {
                let token = verified.id.clone();
                Self::of(
                    client.call(&GetUserToken { token }).await.map(|own| own.token),
                    Self::Hidden,
                )
            }
            Caller::GlobalKey(_) => Ok(Self::Hidden),
        }
    }

    async fn of_account(
        client: &Client,
        account: &AccountId,
        token: TokenId,
    ) -> Result<Self, ConnectorError> {
        let account = account.clone();
        let answer = client.call(&GetAccountToken { account, token }).await;
        Self::of(answer.map(|own| own.token), Self::NoReader)
    }

    fn of(answer: Result<AccountToken, Error>, refused: Self) -> Result<Self, ConnectorError> {
        match answer {
            Ok(token) if policies::are_named(&token) => Ok(Self::Known(Box::new(token))),
            Ok(_) => Ok(Self::Hidden),
            Err(error) => match error.kind() {
                ErrorKind::NotPermitted { .. } => Ok(refused),
                ErrorKind::NotFound => Ok(Self::Hidden),
                _ => Err(failed(error)),
            },
        }
    }

    fn token(&self) -> Option<&AccountToken> {
        match self {
            Self::Known(token) => Some(token),
            Self::NoReader | Self::Hidden => None,
        }
    }

    /// Whether the account may be refused although the credential belongs here: then only the permission is missing.
    fn explains(&self, caller: &Caller, account: &AccountId, error: &Error) -> bool {
        let belongs_here = match (caller, self) {
            (Caller::AccountToken(_), _) => true,
            (_, Self::Known(token)) => policies::reach(token, account),
            _ => false,
        };
        belongs_here && matches!(error.kind(), ErrorKind::NotPermitted { .. })
    }
}
