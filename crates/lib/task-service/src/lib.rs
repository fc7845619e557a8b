//! The service that connectors talk to: the token endpoint and the whole `BatonService`, on one host and port, where it
//! also tells how it is.
//!
//! It turns the protocol into questions to `governance::Desk` and back; it knows the wire, sockets, certificates and
//! the object store, but no SQL, no pages and no particular connector. Every request is held against the protocol's
//! declared rules before anything else, and each refusal has a status and words of its own.

mod files;
mod grpc;
mod health;
mod janitor;
mod one_line;
mod server;
mod settings;
mod tls;
mod token;
mod work;

pub use files::{Brought, FileStore, FileStoreError, NotTaken};
pub use health::{HealthError, ask_health};
pub use janitor::{Janitor, RoundError};
pub use server::{ServeError, Server};
pub use settings::{SecretSource, Settings, SystemSecrets};
pub use tls::{Authority, Certificate, Identity, Inspected, TlsError};
pub use work::{WorkError, debug_sync_work, sync_work, work};

use std::fmt;
use std::sync::Arc;

use axum::Router;
use governance::Desk;
use proto::baton_service_v1::baton_service_server::BatonServiceServer;

/// The largest message of the protocol, bytes: a piece of a file, and room for what is around it; results of actions
/// are smaller.
const LARGEST_MESSAGE: usize = 4 << 20;

/// The service, ready to be served.
#[derive(Clone)]
pub struct TaskService {
    inner: Arc<Inner>,
}

/// What every part of the service works with.
pub(crate) struct Inner {
    pub(crate) desk: Desk,
    pub(crate) files: FileStore,
    pub(crate) settings: Settings,
    pub(crate) secrets: Arc<dyn SecretSource>,
    pub(crate) seen: grpc::Seen,
    pub(crate) receiving: files::Receiving,
}

impl fmt::Debug for TaskService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskService")
            .field("settings", &self.inner.settings)
            .finish_non_exhaustive()
    }
}

impl TaskService {
    /// A service over a desk and an object store.
    pub fn new(desk: Desk, files: FileStore, settings: Settings, secrets: Arc<dyn SecretSource>) -> Self {
        let inner = Inner {
            desk,
            files,
            settings,
            secrets,
            seen: grpc::Seen::default(),
            receiving: files::Receiving::default(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Everything that it answers, to be served over TLS.
    pub fn router(&self) -> Router {
        let service = BatonServiceServer::new(grpc::Baton(Arc::clone(&self.inner)))
            .max_decoding_message_size(LARGEST_MESSAGE);
        tonic::service::Routes::new(service)
            .prepare()
            .into_axum_router()
            .merge(token::router(Arc::clone(&self.inner)))
            .merge(health::router(Arc::clone(&self.inner)))
    }

    /// What has to happen although nobody asks for it.
    pub fn janitor(&self) -> Janitor {
        Janitor::new(Arc::clone(&self.inner))
    }
}
