//! Which connectors are to run beside the service: those that are hosted here and know how to reach their account.

use std::sync::Arc;

use ::hosting::{Hosted, HostingError, Wanted};
use async_trait::async_trait;
use governance::{Actor, Authentication, ConnectorKind, ConnectorSettings, Hosting, Mode, Office};
use secrecy::SecretString;
use tokio::sync::Notify;
use vault::LiveRing;

/// What is wanted, by the settings that people saved.
pub(crate) struct WantedHere {
    pub(crate) office: Office,
    pub(crate) keys: Arc<LiveRing>,
    pub(crate) changed: Arc<Notify>,
    /// Whether they are left to another service on the same database.
    pub(crate) elsewhere: bool,
    /// Another address of Cloudflare's API, for a simulator on this machine.
    pub(crate) cloudflare: Option<String>,
}

#[async_trait]
impl Wanted for WantedHere {
    async fn wanted(&self) -> Result<Vec<Hosted>, HostingError> {
        let mut wanted = Vec::new();
        if self.elsewhere {
            return Ok(wanted);
        }
        for seen in self.office.all_seen(&Actor::service()).await? {
            let is_ours = seen.installation.hosting == Hosting::Hosted
                && seen.installation.kind == ConnectorKind::Cloudflare;
            let Some(settings) = seen.settings.filter(|_| is_ours) else {
                continue;
            };
            match self.hosted(&settings) {
                Ok(hosted) => wanted.push(hosted),
                Err(error) => tracing::error!(
                    connector = %seen.connector.id,
                    "its secret cannot be opened, so it does not run: {error}"
                ),
            }
        }
        Ok(wanted)
    }

    async fn changed(&self) {
        self.changed.notified().await;
    }
}

impl WantedHere {
    fn hosted(&self, settings: &ConnectorSettings) -> Result<Hosted, vault::VaultError> {
        let secret = lobby::opened(&self.keys.ring(), &settings.connector, &settings.secret)?;
        let mut given: Vec<(String, SecretString)> = vec![text("BATON_ACCOUNT_ID", &settings.account_id)];
        match &settings.authentication {
            Authentication::ApiToken => given.push(("BATON_API_TOKEN".to_owned(), secret)),
            Authentication::ApiKey { email } => {
                given.push(text("BATON_EMAIL_ID", email));
                given.push(("BATON_API_KEY".to_owned(), secret));
            }
        }
        if settings.mode == Mode::ReviewsAndProvisioning {
            given.push(text("BATON_PROVISIONING", "true"));
        }
        if let Some(base) = &self.cloudflare {
            given.push(text("BATON_BASE_URL", base));
        }
        Ok(Hosted {
            connector: settings.connector.clone(),
            revision: settings.revision,
            settings: given,
        })
    }
}

fn text(name: &str, value: &str) -> (String, SecretString) {
    (name.to_owned(), value.into())
}
