//! Changing access: read, check the guards, change one thing, read back, compare.
//!
//! Cloudflare replaces a member as a whole and offers no compare-and-set. So the read that a write rests on comes
//! right before it ([`FRESH`]); writes to one member take turns here, and so do those that could leave the account
//! without Super Administrators; a write is never repeated blindly; and what another writer did is noticed when it
//! is read back. What is pure is in `holdings`, `pairs`, `thing` and `told`;
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
use tokio::sync::{OnceCell, Semaphore, SemaphorePermit};
use tokio::time::Instant;

pub(crate) use offer::{POLICIES, ROLES};
pub use rules::Rules;
pub(crate) use token::Wanted;

/// How old what was read may be when a write that rests on it leaves.
const FRESH: Duration = Duration::from_secs(5);

/// How many changes are under way at the same time: more would only wait for the rate limit with what they have read.
const UNDER_WAY: usize = 8;

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
    under_way: Semaphore,
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
            under_way: Semaphore::new(UNDER_WAY),
        }
    }

    /// Sends a write, not after `deadline`.
    async fn write<E: ChangingCall>(
        &self,
        title: &str,
        endpoint: &E,
        deadline: Instant,
    ) -> Result<Written<E::Output>, ConnectorError> {
        match self.client.change(endpoint, deadline).await {
            Ok(output) => Ok(Written::Done(output)),
            Err(error) if error.leaves_open() => Ok(Written::Open(error)),
            Err(error) if may_pass(&error) => Ok(Written::Stale(error)),
            Err(error) => Err(refusal::by_cloudflare(title, error)),
        }
    }

    /// The same, for a write whose answer is not believed: what came of it is read back.
    async fn send<E: ChangingCall>(
        &self,
        title: &str,
        endpoint: &E,
        deadline: Instant,
    ) -> Result<Written<()>, ConnectorError> {
        Ok(match self.write(title, endpoint, deadline).await? {
            Written::Done(_) => Written::Done(()),
            Written::Open(error) => Written::Open(error),
            Written::Stale(error) => Written::Stale(error),
        })
    }

    /// Waits until another change may be under way.
    pub(crate) async fn begin(&self) -> Option<SemaphorePermit<'_>> {
        // The semaphore is never closed; if it were, the change would go on without its permit.
        self.under_way.acquire().await.ok()
    }

    async fn pause(&self) {
        tokio::time::sleep(self.rules.pause).await;
    }
}

/// The deadline of a write that rests on nothing that was read.
fn unhurried() -> Instant {
    Instant::now() + Duration::from_mins(15)
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
