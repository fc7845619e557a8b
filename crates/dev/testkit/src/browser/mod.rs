//! A real browser for tests: a person's eyes and hands on pages, in Chromium without a window.
//!
//! What is on a page is found as somebody finds it who has it read to them: by role and accessible name. Everything waits
//! for what it needs, and a test that waits in vain is told what there was instead.

mod accessibility;
mod devtools;
mod eyes;
mod hands;
mod keys;
mod looks;
mod program;
mod things;
mod trouble;

use std::io::ErrorKind;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

pub use accessibility::Violation;
pub use things::Thing;

use crate::Process;

/// The longest that a test waits for something on a page. It only ends what would hang.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often, and after what time, it is tried again to remove a folder that somebody still writes to.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(20);

/// A browser with a profile of its own, at a page. It ends with this value, also when the test fails.
#[derive(Debug)]
pub struct Browser {
    page: Page,
    programs: Vec<Process>,
    folder: TempDir,
}

/// What the browser shows, or a part of it.
#[derive(Clone, Debug)]
pub struct Page {
    client: Client,
    part: Option<String>,
    patience: Duration,
}

impl Browser {
    /// Starts one. It believes every certificate, since servers of tests make their own; and it reaches this machine only,
    /// so that a page which loads something from elsewhere is found out.
    ///
    /// # Panics
    /// When there is no browser to start.
    #[expect(clippy::panic, reason = "a test that cannot have its browser has failed")]
    pub async fn start() -> Self {
        match Self::try_start().await {
            Ok(browser) => browser,
            Err(error) => panic!("no browser for the test: {error}"),
        }
    }

    async fn try_start() -> Result<Self, Box<dyn std::error::Error>> {
        let folder = TempDir::new()?;
        let started = tokio::join!(program::chromium(folder.path()), program::driver(folder.path()));
        let ((chromium, debugger), (driver, address)) = (started.0?, started.1?);
        let client = connect(&format!("http://{address}"), &debugger).await?;
        let page = Page {
            client,
            part: None,
            patience: PATIENCE,
        };
        page.keep_downloads(&downloads(folder.path())).await?;
        Ok(Self {
            page,
            programs: vec![driver, chromium],
            folder,
        })
    }

    /// Where it keeps all that it writes; gone with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What was downloaded under a name.
    ///
    /// # Panics
    /// When it does not come.
    #[track_caller]
    pub fn downloaded(&self, name: &str) -> impl Future<Output = Vec<u8>> {
        let path = downloads(self.folder.path()).join(name);
        self.told(self.until(async move || {
            std::fs::read(&path)
                .map_err(|error| trouble::Trouble::NotYet(format!("{name} was not downloaded: {error}")))
        }))
    }
}

impl Drop for Browser {
    #[expect(clippy::disallowed_methods, reason = "dropping has no other way to wait")]
    fn drop(&mut self) {
        self.programs.clear();
        // Chromium's helpers end a moment after it, and until then they may write.
        for _ in 0..TRIES {
            match std::fs::remove_dir_all(self.folder.path()) {
                Err(error) if error.kind() != ErrorKind::NotFound => std::thread::sleep(PAUSE),
                _ => return,
            }
        }
    }
}

impl Deref for Browser {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

/// The driver's client for a browser that runs already.
async fn connect(driver: &str, debugger: &str) -> Result<Client, Box<dyn std::error::Error>> {
    let wanted = json!({
        "acceptInsecureCerts": true,
        "goog:chromeOptions": { "debuggerAddress": debugger },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    let mut builder = ClientBuilder::new(HttpConnector::new());
    if let Value::Object(wanted) = wanted {
        builder.capabilities(wanted);
    }
    Ok(builder.connect(driver).await?)
}

fn downloads(folder: &Path) -> PathBuf {
    folder.join("downloads")
}
