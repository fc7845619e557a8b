//! Changing access: read, check the guards, change one thing, read back, compare.
//!
//! Cloudflare replaces a member as a whole and offers no compare-and-set. So the read that a write rests on comes
//! right before it ([`FRESH`]), writes to one member take turns here, a write is never repeated blindly, and what
//! another writer did is noticed when it is read back. What is pure is in `holdings`, `pairs`, `thing` and `told`;
//! the guards' errors are in `refusal`.

mod group;
mod guard;
mod holdings;
mod invite;
mod locks;
mod lookup;
mod member;
mod offer;
mod pairs;
mod people;
mod provisioner;
mod refusal;
mod reinvite;
mod rules;
mod thing;
mod token;
mod told;
mod who;

use std::time::Duration;

use cloudflare::endpoint::Change as ChangingCall;
use cloudflare::{AccountId, Client, Error, ErrorKind, Identity};
use connector::ConnectorError;
use tokio::sync::OnceCell;
use tokio::time::Instant;

pub(crate) use offer::{POLICIES, ROLES};
pub use rules::Rules;
pub(crate) use token::Wanted;

/// How old what was read may be when a write that rests on it leaves.
const FRESH: Duration = Duration::from_secs(5);

/// How often the whole is tried before it is given up.
const ATTEMPTS: u32 = 4;

/// One account, as changes are made to it.
#[derive(Debug)]
pub(crate) struct Provisioning {
    client: Client,
    account: AccountId,
    rules: Rules,
    locks: locks::Locks,
    lookups: lookup::Lookups,
    identity: OnceCell<Identity>,
    begun: reinvite::Begun,
}

/// How a write ended, as far as its answer says.
#[derive(Debug)]
enum Written<T> {
    /// Cloudflare says that it is done.
    Done(T),
    /// It may have been done.
    Open(Error),
    /// It was not done, and may be tried again after reading again.
    Stale(Error),
}

impl Provisioning {
    pub(crate) fn new(client: Client, account: AccountId, rules: Rules) -> Self {
        Self {
            client,
            account,
            rules,
            locks: locks::Locks::default(),
            lookups: lookup::Lookups::default(),
            identity: OnceCell::new(),
            begun: reinvite::Begun::default(),
        }
    }

    /// Sends a write that rests on what was read at `read_at`.
    async fn write<E: ChangingCall>(
        &self,
        title: &str,
        endpoint: &E,
        read_at: Instant,
    ) -> Result<Written<E::Output>, ConnectorError> {
        match self.client.change(endpoint, read_at + FRESH).await {
            Ok(output) => Ok(Written::Done(output)),
            Err(error) if error.leaves_open() => Ok(Written::Open(error)),
            Err(error) if may_pass(&error) => Ok(Written::Stale(error)),
            Err(error) => Err(refusal::by_cloudflare(title, error)),
        }
    }

    async fn pause(&self) {
        tokio::time::sleep(self.rules.pause).await;
    }
}

/// Not sent, or refused for being one too many.
fn may_pass(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Transient | ErrorKind::Throttled)
}

/// An answer, or that there is no such thing.
fn found<T>(answer: Result<T, Error>) -> Result<Option<T>, Error> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
