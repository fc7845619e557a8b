//! Which collectors are believed.

use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use runtime::telemetry::{Security, Telemetry};
use tonic::transport::{Identity, ServerTlsConfig};
use tracing_subscriber::layer::SubscriberExt as _;

use crate::collector::{self, Arrived};

/// A certificate of its own making for `localhost`, and what a server needs for it.
fn certificate() -> (String, ServerTlsConfig) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let identity = Identity::from_pem(cert.pem(), signing_key.serialize_pem());
    (cert.pem(), ServerTlsConfig::new().identity(identity))
}

/// What arrives at a collector that is trusted so.
async fn tell(server: ServerTlsConfig, security: Security) -> Arc<Arrived> {
    let (address, arrived) = collector::start(Some(server));
    let mut settings = collector::settings(&format!("localhost:{}", address.port()));
    settings.security = security;
    let telemetry = Telemetry::start(&settings).unwrap();
    let subscriber = tracing_subscriber::registry().with(telemetry.layer());
    tracing::subscriber::with_default(subscriber, || tracing::info!("hello"));
    collector::finish(telemetry).await;
    arrived
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_authority_that_is_given_is_believed() {
    let (authority, server) = certificate();
    let arrived = tell(server, Security::Authority(authority)).await;
    assert_eq!(arrived.logs().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn others_are_not() {
    let (_, server) = certificate();
    let (stranger, _) = certificate();
    let arrived = tell(server, Security::Authority(stranger)).await;
    assert_eq!(arrived.logs().len(), 0);
}
