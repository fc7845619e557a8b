//! Letters: sent from the queue, and again when the mail server was away.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use governance::Letter;
use governance::repository::{RepositoryError, Store, Versioned, Written};
use mail::{Address, Folder, LetterId, Sender, Smtp, SmtpServer};
use model::Clock as _;
use runner::SystemClock;
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;

/// How often it is looked for letters.
const EVERY: Duration = Duration::from_secs(2);
/// How many are sent in a round.
const AT_ONCE: u64 = 20;

/// Sends letters.
pub(crate) struct Post {
    store: Arc<dyn Store>,
    sender: Arc<dyn Sender>,
}

impl fmt::Debug for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Post")
            .field("sender", &self.sender)
            .finish_non_exhaustive()
    }
}

impl Post {
    /// Sends by a server, or writes into a folder when there is none.
    pub(crate) fn new(
        store: Arc<dyn Store>,
        server: Option<&SecretString>,
        from: &str,
        folder: &Path,
    ) -> Result<Self, Failure> {
        let from = Address::parse(from).map_err(|error| Failure::new(error, "see --mail-from"))?;
        let sender: Arc<dyn Sender> = match server {
            None => Arc::new(Folder::new(folder, from)),
            Some(server) => {
                let server = SmtpServer::parse(server).map_err(|error| Failure::new(error, "see --mail"))?;
                Arc::new(Smtp::new(server, from))
            }
        };
        Ok(Self { store, sender })
    }

    /// Goes its rounds until it is told to stop.
    pub(crate) async fn run(&self, stop: CancellationToken) {
        while stop
            .run_until_cancelled(tokio::time::sleep(EVERY))
            .await
            .is_some()
        {
            // A round that was begun is ended: a letter that was sent is noted as such.
            if let Err(error) = self.round().await {
                tracing::warn!("letters could not be sent: {error}");
            }
        }
    }

    async fn round(&self) -> Result<(), RepositoryError> {
        for found in self.store.letters_due(SystemClock.now(), AT_ONCE).await? {
            self.send(&found).await?;
        }
        Ok(())
    }

    async fn send(&self, found: &Versioned<Letter>) -> Result<(), RepositoryError> {
        let letter = found.value.clone();
        // Of several services one sends it.
        let claim = found.with(letter.clone().claimed(SystemClock.now()));
        if self.store.replace_letter(&claim).await? == Written::Outdated {
            return Ok(());
        }
        let sent = match addressed(&letter) {
            Ok(addressed) => self.sender.send(&addressed).await.map_err(|error| {
                let why = format!("{error}: {}", error.hint());
                (why, error.is_permanent())
            }),
            Err(why) => Err((why, true)),
        };
        let now = SystemClock.now();
        let after = match sent {
            Ok(()) => letter.sent(now),
            Err((why, true)) => letter.failed(now, why),
            Err((why, false)) => letter.deferred(now, why),
        };
        if let governance::LetterState::Failed { why, .. } = &after.state {
            tracing::error!(letter = %after.id, "a letter cannot be sent: {why}");
        }
        let after = Versioned {
            value: after,
            version: claim.version + 1,
        };
        self.store.replace_letter(&after).await.map(|_| ())
    }
}

fn addressed(letter: &Letter) -> Result<mail::Letter, String> {
    Ok(mail::Letter {
        id: letter
            .id
            .as_str()
            .parse::<LetterId>()
            .map_err(|error| error.to_string())?,
        written: letter.created_at,
        to: Address::parse(letter.to.as_str()).map_err(|error| error.to_string())?,
        subject: letter.subject.clone(),
        text: letter.text.clone(),
        html: None,
    })
}
