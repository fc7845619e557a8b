//! The checklist from the smallest reads there are, for credentials that cannot be looked up.

use cloudflare::endpoint::{AccountTokens, GetUser, Members, Paged, Zones};
use cloudflare::{AccountId, Caller, Client, Error, ErrorKind, Permission};
use connector::ConnectorError;

use super::{Item, Needed, Purpose, State, needed};
use crate::errors::failed;

/// What is tried with whose credential.
pub(super) struct Trial<'a> {
    pub(super) client: &'a Client,
    pub(super) account: &'a AccountId,
    pub(super) caller: &'a Caller,
    pub(super) purpose: Purpose,
}

/// What the reads gave.
struct Found {
    members: State,
    tokens: State,
    zones: State,
    user: State,
}

impl Trial<'_> {
    /// What the credential has and has not. `no_tokens` when it is known that it may not read the account's tokens.
    pub(super) async fn items(&self, no_tokens: bool) -> Result<Vec<Item>, ConnectorError> {
        let found = self.found(no_tokens).await?;
        let applies = |needed: &&Needed| self.is_users_token() || !needed.only_user_tokens;
        let needed = needed(self.purpose).iter().filter(applies);
        let mut items: Vec<Item> = needed
            .map(|needed| Item::new(needed, self.state(&found, needed.permission)))
            .collect();
        items.push(self.the_rest());
        Ok(items)
    }

    async fn found(&self, no_tokens: bool) -> Result<Found, ConnectorError> {
        let account = self.account;
        let members = Members {
            account: account.clone(),
        };
        let zones = Zones {
            account: account.clone(),
        };
        let (members, tokens, zones, user) = tokio::try_join!(
            self.filled(&members, State::Missing),
            self.tokens(no_tokens),
            self.filled(&zones, no_zones()),
            self.user(),
        )
        .map_err(failed)?;
        Ok(Found {
            members,
            tokens,
            zones,
            user,
        })
    }

    /// A listing that has entries for whoever may read it; `empty` is what it means when it has none.
    async fn filled<E: Paged>(&self, listing: &E, empty: State) -> Result<State, Error> {
        let page = self.client.glance(listing).await;
        let is_empty = page.as_ref().is_ok_and(|page| page.items.is_empty());
        if is_empty { Ok(empty) } else { read(page) }
    }

    async fn tokens(&self, no_tokens: bool) -> Result<State, Error> {
        if no_tokens {
            return Ok(State::Missing);
        }
        let account = self.account.clone();
        read(self.client.glance(&AccountTokens { account }).await)
    }

    async fn user(&self) -> Result<State, Error> {
        if !self.is_users_token() || self.purpose == Purpose::Reviews {
            return Ok(State::Missing);
        }
        read(self.client.call(&GetUser).await)
    }

    /// Edit includes Read: who may not read may not change either. The rest shows only when something is changed.
    fn state(&self, found: &Found, permission: Permission) -> State {
        let (read, is_edit) = match permission {
            Permission::AccountSettingsRead => (&found.members, false),
            Permission::AccountSettingsEdit => (&found.members, true),
            Permission::AccountApiTokensEdit => (&found.tokens, true),
            Permission::ZoneRead => (&found.zones, false),
            Permission::UserDetailsRead => (&found.user, false),
            Permission::AccountApiTokensRead => (&found.tokens, false),
            // Nothing else is needed, so nothing else was tried.
            _ => return self.untried(),
        };
        if is_edit && *read == State::Present {
            self.untried()
        } else {
            read.clone()
        }
    }

    fn untried(&self) -> State {
        unknown(match self.caller {
            Caller::GlobalKey(_) => {
                "it depends on the user: it is there when the key's user is a Super Administrator"
            }
            Caller::AccountToken(_) => CANNOT_LOOK,
            Caller::UserToken(_) => CANNOT_BE_LOOKED_UP,
        })
    }

    /// What the credential may do besides.
    fn the_rest(&self) -> Item {
        if matches!(self.caller, Caller::GlobalKey(_)) {
            return Item::excess(
                "Everything",
                "the key may do all that its user may, in every account: an API token with what is needed here is \
                 the safer choice",
            );
        }
        Item {
            permission: "Anything else".to_owned(),
            state: self.untried(),
            needed_for: "nothing here needs more".to_owned(),
            blocking: false,
        }
    }

    fn is_users_token(&self) -> bool {
        matches!(self.caller, Caller::UserToken(_))
    }
}

const CANNOT_LOOK: &str = "the token may not look itself up, and nothing is changed to find out: with the permission \
                           \"Account API Tokens: Read\" it can";
const CANNOT_BE_LOOKED_UP: &str = "a user's token cannot be looked up, and nothing is changed to find out: an account \
                                   API token with the permission \"Account API Tokens: Read\" can";

/// What a read says about the permission that it needs.
fn read<T>(answer: Result<T, Error>) -> Result<State, Error> {
    match answer {
        Ok(_) => Ok(State::Present),
        Err(error) if matches!(error.kind(), ErrorKind::NotPermitted { .. }) => Ok(State::Missing),
        Err(error) => Err(error),
    }
}

fn no_zones() -> State {
    unknown(
        "Cloudflare lists no zones: either the account has none that concern this token, or the permission is missing",
    )
}

fn unknown(reason: &str) -> State {
    State::Unknown {
        reason: reason.to_owned(),
    }
}
