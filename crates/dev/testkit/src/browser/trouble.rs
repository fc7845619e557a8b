//! What goes wrong on a page, and how long it may.

use std::panic::Location;
use std::time::{Duration, Instant};

use fantoccini::error::{CmdError, ErrorStatus};

use super::Page;

/// How long until a page is looked at again.
const PAUSE: Duration = Duration::from_millis(25);
/// How much of a page is told with a failure.
const TOLD: usize = 3_000;

/// Why something could not be done or seen.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// The page is not as it should be; it may become so.
    #[error("{0}")]
    NotYet(String),
    /// It can never be as it should be.
    #[error("{0}")]
    Never(String),
    #[error("the browser says: {0}")]
    Browser(Box<CmdError>),
}

impl From<CmdError> for Trouble {
    fn from(error: CmdError) -> Self {
        Self::Browser(error.into())
    }
}

impl Trouble {
    /// Trouble while only looking: a page that is changing has no answer for a moment, whatever the browser calls that.
    pub(super) fn looking(error: CmdError) -> Self {
        match error {
            CmdError::Standard(_) if !error.is_invalid_session_id() && !error.is_no_such_window() => {
                Self::NotYet(format!("the browser says: {error}"))
            }
            other => other.into(),
        }
    }

    /// Whether another try does no harm: nothing was done, and the page may still change.
    fn may_pass(&self) -> bool {
        match self {
            Self::NotYet(_) => true,
            Self::Never(_) => false,
            Self::Browser(error) => matches!(
                error.as_ref(),
                CmdError::Standard(said) if matches!(
                    said.error,
                    ErrorStatus::StaleElementReference
                        | ErrorStatus::ElementNotInteractable
                        | ErrorStatus::ElementClickIntercepted
                )
            ),
        }
    }
}

impl Page {
    /// Tries again and again until it is done, or in vain.
    pub(super) async fn until<T>(&self, attempt: impl AsyncFn() -> Result<T, Trouble>) -> Result<T, Trouble> {
        let began = Instant::now();
        loop {
            match attempt().await {
                Err(trouble) if trouble.may_pass() && began.elapsed() < self.patience => {
                    tokio::time::sleep(PAUSE).await;
                }
                ended => return ended,
            }
        }
    }

    /// Fails the test at the line that asked, with what there is to see.
    #[expect(
        clippy::panic,
        reason = "a test that does not get what it asks for has failed"
    )]
    #[track_caller]
    pub(super) fn told<T>(&self, doing: impl Future<Output = Result<T, Trouble>>) -> impl Future<Output = T> {
        let place = Location::caller();
        async move {
            match doing.await {
                Ok(done) => done,
                Err(trouble) => panic!("{place}: {trouble}\n{}", self.picture().await),
            }
        }
    }

    /// What a person has in front of them.
    async fn picture(&self) -> String {
        let whole = self.whole();
        let address = match self.client.current_url().await {
            Ok(url) => url.to_string(),
            Err(error) => format!("an address that is not known: {error}"),
        };
        let said = whole.said().await.unwrap_or_else(|trouble| trouble.to_string());
        let told: String = said.chars().take(TOLD).collect();
        format!("The page is {address}. It shows:\n{told}")
    }
}
