//! The connector.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use cloudflare::{AccountId, Client};
use connector::{
    ConnectorError, ErrorKind, EventPage, EventSource, EventsRequest, Feed, FeedId, Found, Known, Metadata,
    Note, Output, Syncer,
};
use model::{ResourceId, ResourceType};
use tracing::Instrument;

use crate::account::Account;
use crate::errors::unverified;
use crate::provision::{Provisioning, Rules};
use crate::{events, feeds, find, notes, types};

/// Reads and changes one Cloudflare account.
#[derive(Debug)]
pub struct CloudflareConnector {
    /// Begun anew by each run: what one run has looked up must not serve the next.
    account: Mutex<Arc<Account>>,
    /// Kept for as long as the connector lives: changes take turns, and know what earlier ones looked up.
    provisioning: Arc<Provisioning>,
}

impl CloudflareConnector {
    /// A connector for the account that `id` names, read with the client's credential.
    pub fn new(client: Client, id: AccountId) -> Self {
        Self::with_rules(client, id, Rules::default())
    }

    /// The same, with rules for changes.
    pub fn with_rules(client: Client, id: AccountId, rules: Rules) -> Self {
        Self {
            provisioning: Arc::new(Provisioning::new(client.clone(), id.clone(), rules)),
            account: Mutex::new(Arc::new(Account::new(client, id))),
        }
    }

    /// Makes a change, to its end: also when nobody waits for it any more, what was written is looked at.
    pub(crate) async fn change<T, F>(
        &self,
        work: impl FnOnce(Arc<Provisioning>) -> F + Send + 'static,
    ) -> Result<T, ConnectorError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, ConnectorError>> + Send,
    {
        let provisioning = Arc::clone(&self.provisioning);
        let change = async move {
            let _permit = provisioning.begin().await;
            work(Arc::clone(&provisioning)).await
        };
        let ended = tokio::spawn(change.in_current_span()).await;
        ended.unwrap_or_else(|error| {
            Err(
                ConnectorError::new(ErrorKind::Internal, "the change ended without a result")
                    .with_source(error),
            )
        })
    }

    pub(crate) fn account(&self) -> Arc<Account> {
        let account = self.account.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&account)
    }

    fn begin(&self) -> Arc<Account> {
        let mut account = self.account.lock().unwrap_or_else(PoisonError::into_inner);
        *account = Arc::new(account.anew());
        Arc::clone(&account)
    }
}

#[async_trait]
impl Syncer for CloudflareConnector {
    fn metadata(&self) -> Metadata {
        Metadata {
            display_name: "Cloudflare".to_owned(),
            description: String::new(),
        }
    }

    fn source(&self) -> String {
        format!("cloudflare/{}", self.account().id)
    }

    fn resource_types(&self) -> Vec<Arc<ResourceType>> {
        types::all()
    }

    async fn validate(&self) -> Result<Vec<Note>, ConnectorError> {
        let account = self.begin();
        let verified = account.client.verify(&account.id).await.map_err(unverified)?;
        tracing::debug!(account = %account.id, name = %verified.account.name, "the credential works");
        let parent = verified.account.managed_by.as_ref();
        let hidden = parent.map(notes::hidden_administrators);
        Ok([notes::personal_credentials()]
            .into_iter()
            .chain(hidden)
            .collect())
    }

    fn plan(&self) -> Vec<Feed> {
        feeds::plan()
    }

    async fn read(
        &self,
        feed: &FeedId,
        known: &dyn Known,
        out: &mut dyn Output,
    ) -> Result<(), ConnectorError> {
        feeds::read(&self.account(), feed, known, out).await
    }

    async fn find(&self, id: &ResourceId) -> Result<Option<Found>, ConnectorError> {
        find::find(&self.account(), id).await
    }
}

#[async_trait]
impl EventSource for CloudflareConnector {
    async fn read_events(&self, request: &EventsRequest) -> Result<EventPage, ConnectorError> {
        events::read(&self.account(), request).await
    }
}
