//! A connector whose work takes as long as a test wants.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use connector::{
    AccessRequest, Account as Made, AccountRequest, Actions, Changed, ConnectorError, DeleteRequest,
    ErrorKind, Event, EventPage, EventSource, EventsRequest, Feed, FeedId, Found, Known, Metadata, Note,
    Output, Owned, Provisioner, Record, RotateRequest, Rotated, Syncer, What, no_such_feed,
};
use model::{Grant, Profile, Resource, ResourceId, ResourceType};

use super::refusal;
use crate::testing::{Fake, entitlement, person, types};

/// How the connector answers, and how long that takes.
pub(in crate::service::tests) struct Account {
    pub(in crate::service::tests) fake: Fake,
    /// How long a change takes.
    pub(in crate::service::tests) changing: Duration,
    /// How long reading takes.
    pub(in crate::service::tests) reading: Duration,
    /// What the credential is worth.
    pub(in crate::service::tests) rejected: Option<ErrorKind>,
    /// How many changes are under way, and the most that ever were.
    pub(in crate::service::tests) changes: Busy,
    pub(in crate::service::tests) reads: Busy,
}

/// How often something is done at the same time.
#[derive(Default)]
pub(in crate::service::tests) struct Busy {
    now: AtomicUsize,
    most: AtomicUsize,
    all: AtomicUsize,
}

impl Busy {
    pub(in crate::service::tests) fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }

    pub(in crate::service::tests) fn all(&self) -> usize {
        self.all.load(Ordering::SeqCst)
    }

    async fn during(&self, time: Duration) {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        self.all.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(time).await;
        self.now.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Default for Account {
    fn default() -> Self {
        Self {
            fake: Fake {
                answer: String::new(),
            },
            changing: Duration::ZERO,
            reading: Duration::ZERO,
            rejected: None,
            changes: Busy::default(),
            reads: Busy::default(),
        }
    }
}

#[async_trait]
impl Provisioner for Account {
    async fn grant(&self, request: &AccessRequest) -> Result<Changed, ConnectorError> {
        self.changes.during(self.changing).await;
        self.fake.grant(request).await
    }

    async fn revoke(&self, request: &AccessRequest) -> Result<Changed, ConnectorError> {
        self.fake.revoke(request).await
    }

    async fn create_account(&self, request: &AccountRequest) -> Result<Made, ConnectorError> {
        self.fake.create_account(request).await
    }

    async fn delete(&self, request: &DeleteRequest) -> Result<Changed, ConnectorError> {
        self.fake.delete(request).await
    }

    async fn rotate(&self, request: &RotateRequest) -> Result<Rotated, ConnectorError> {
        self.fake.rotate(request).await
    }
}

#[async_trait]
impl Actions for Account {
    async fn invoke(&self, name: &str, arguments: &Profile) -> Result<Profile, ConnectorError> {
        self.fake.invoke(name, arguments).await
    }
}

#[async_trait]
impl Syncer for Account {
    fn metadata(&self) -> Metadata {
        self.fake.metadata()
    }

    fn resource_types(&self) -> Vec<Arc<ResourceType>> {
        types()
    }

    async fn validate(&self) -> Result<Vec<Note>, ConnectorError> {
        match self.rejected {
            Some(kind) => Err(refusal(kind)),
            None => Ok(Vec::new()),
        }
    }

    fn plan(&self) -> Vec<Feed> {
        vec![Feed {
            id: FeedId("places".to_owned()),
            title: "places".to_owned(),
            after: Vec::new(),
            owns: vec![
                Owned::Resources("place".into()),
                Owned::Resources("user".into()),
                Owned::Entitlements("place".into()),
            ],
        }]
    }

    async fn read(&self, _: &FeedId, _: &dyn Known, out: &mut dyn Output) -> Result<(), ConnectorError> {
        self.reads.during(self.reading).await;
        let dns = entitlement(("place", "p1", "Paris"), "dns", "DNS", &[]);
        let place = Arc::clone(&dns.resource);
        let ada = person("user", "u1", "Ada Lovelace", "ada@example.com");
        let grant = Grant::new(Arc::clone(&place), "dns", ada.id.clone());
        let records = vec![
            Record::Resource(Resource::clone(&place)),
            Record::Resource(ada),
            Record::Entitlement(dns),
            Record::Grant(grant),
        ];
        out.records(records).await
    }

    async fn find(&self, _: &ResourceId) -> Result<Option<Found>, ConnectorError> {
        Ok(None)
    }
}

#[async_trait]
impl EventSource for Account {
    /// One event, of the moment in which it is asked for; and a cursor that says what was asked.
    async fn read_events(&self, request: &EventsRequest) -> Result<EventPage, ConnectorError> {
        if request.feed.as_str() == "none" {
            return Err(no_such_feed(&request.feed));
        }
        let event = Event {
            id: "e1".to_owned(),
            occurred_at: request.now,
            what: What::ResourceChanged(ResourceId::new("user", "ada")),
        };
        Ok(EventPage {
            events: vec![event],
            cursor: format!("{:?} {}", request.from, request.at_most),
            has_more: true,
        })
    }
}
