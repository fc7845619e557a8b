//! Certificates that are exchanged while the service runs.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore};
use task_service::{Certificate, Identity, Inspected, Server};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::world::{World, machine_time};

/// The certificate that a client is shown that believes an authority.
async fn shown(address: SocketAddr, authority: &Path) -> CertificateDer<'static> {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(authority).unwrap())
        .unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    let stream = connector.connect(name, stream).await.unwrap();
    let connection: &ClientConnection = stream.get_ref().1;
    connection.peer_certificates().unwrap()[0].clone().into_owned()
}

/// Makes a certificate as somebody else would, with an authority of its own.
fn made(folder: &Path) -> Identity {
    let own = Identity::Own {
        folder: folder.to_owned(),
        hosts: vec!["localhost".to_owned()],
    };
    Certificate::load(&own, machine_time()).unwrap();
    Identity::Files {
        certificate: folder.join("certificate.pem"),
        key: folder.join("key.pem"),
    }
}

#[tokio::test]
async fn files_that_are_exchanged_are_served_without_a_restart() {
    let folder = TempDir::new().unwrap();
    let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
    let identity = made(&first);
    made(&second);
    let certificate = Certificate::load(&identity, machine_time()).unwrap();
    let server = Server::listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = server.address();
    let stop = CancellationToken::new();
    let _stop = stop.clone().drop_guard();
    tokio::spawn(server.serve(axum::Router::new(), certificate.clone(), stop));
    let before = shown(address, &first.join("authority.pem")).await;
    assert!(
        !certificate.refresh(machine_time()).unwrap(),
        "nothing has changed"
    );

    // Half of the exchange: the certificate is not that key's.
    fs::copy(second.join("certificate.pem"), first.join("certificate.pem")).unwrap();
    certificate.refresh(machine_time()).unwrap_err();
    assert_eq!(shown(address, &first.join("authority.pem")).await, before);

    fs::copy(second.join("key.pem"), first.join("key.pem")).unwrap();
    assert!(certificate.refresh(machine_time()).unwrap());
    let after = shown(address, &second.join("authority.pem")).await;
    assert_ne!(after, before);

    // What is gone for a moment is served meanwhile.
    fs::remove_file(first.join("key.pem")).unwrap();
    certificate.refresh(machine_time()).unwrap_err();
    assert_eq!(shown(address, &second.join("authority.pem")).await, after);
}

#[tokio::test]
async fn one_of_our_own_is_made_anew_before_it_runs_out() {
    let world = World::new().await;
    let authority = world.folder.path().join("tls").join("authority.pem");
    let before = shown(world.address, &authority).await;
    let soon = machine_time() + TimeDelta::days(299);
    assert!(!world.certificate.refresh(soon).unwrap());
    // Clients go by the machine's clock, so it is only looked at what is served.
    assert!(
        world
            .certificate
            .refresh(machine_time() + TimeDelta::days(301))
            .unwrap()
    );
    let made = fs::read(world.folder.path().join("tls").join("certificate.pem")).unwrap();
    assert_ne!(CertificateDer::from_pem_slice(&made).unwrap(), before);
}

#[test]
fn what_a_certificate_says_can_be_asked() {
    let folder = TempDir::new().unwrap();
    made(folder.path());
    let file = folder.path().join("certificate.pem");
    let inspected = Inspected::read(&file, "localhost").unwrap();
    let now = machine_time();
    assert!(inspected.is_for_host);
    assert!(inspected.begins_at < now && now - inspected.begins_at < TimeDelta::days(5));
    let life = inspected.ends_at - inspected.begins_at;
    assert!((365..=366).contains(&life.num_days()), "{life}");
    assert!(!Inspected::read(&file, "example.com").unwrap().is_for_host);
    assert!(!Inspected::read(&file, "no name").unwrap().is_for_host);
    assert!(Inspected::read(&folder.path().join("key.pem"), "localhost").is_err());
    assert!(Inspected::read(&folder.path().join("none.pem"), "localhost").is_err());
}
