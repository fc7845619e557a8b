//! What the benchmarks share: services as processes of their own, connectors with a credential, and what the kernel
//! knows of a process.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use governance::{Actor, Connector, NewConnector, Office, PublicKey, Schedule};
use runner::{SystemClock, SystemIds};
use store::Database;
use task_protocol::{ClientId, ClientSecret};
use task_service::{SecretSource as _, SystemSecrets};

/// A running process, ended when it is dropped.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// A running service, and where it listens.
pub(crate) struct Service {
    pub(crate) process: Running,
    pub(crate) address: SocketAddr,
}

/// Starts a service on the state in a folder, or in a database.
#[expect(clippy::disallowed_methods, reason = "another process is waited for")]
pub(crate) fn serve(data: &Path, postgres: Option<&str>) -> Service {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
    command
        .args(["serve", "--log-level", "warn", "--listen", &address.to_string()])
        .arg("--data")
        .arg(data)
        .stdout(Stdio::null());
    if let Some(url) = postgres {
        command.args(["--database-url", url]);
    }
    let process = Running(command.spawn().unwrap());
    while TcpStream::connect(address).is_err() {
        std::thread::sleep(Duration::from_millis(20));
    }
    Service { process, address }
}

/// The state.
pub(crate) async fn database(data: &Path, postgres: Option<&str>) -> Database {
    let database = match postgres {
        Some(url) => Database::postgres(url).await,
        None => Database::sqlite(&data.join("rollcall.db")).await,
    };
    database.unwrap()
}

/// The office over the same state.
pub(crate) async fn office(data: &Path, postgres: Option<&str>) -> Office {
    let database = database(data, postgres).await;
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(SystemIds));
    Office::new(Arc::new(database), clock, ids)
}

/// Adds a connector with a credential for an address.
pub(crate) async fn enrol(office: &Office, name: &str, address: &str) -> (Connector, ClientId, ClientSecret) {
    let actor = Actor::command("benchmark");
    let new = NewConnector::self_hosted(name, Schedule::Never);
    let connector = office.add_connector(&actor, &new, address).await.unwrap();
    let secret = ClientSecret::generate(SystemSecrets.secret().unwrap());
    let task_protocol::PublicKey(key) = secret.public_key();
    let id = |id: &governance::CredentialId| format!("{id}@{address}/bench");
    let added = office.add_credential(&actor, &connector.id, id, (PublicKey(key), None));
    let client_id = ClientId::parse(&added.await.unwrap().client_id).unwrap();
    (connector, client_id, secret)
}

/// MiB that a process has in memory, or had at most, by the kernel's name for it.
pub(crate) fn memory(process: u32, name: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    let kibibytes: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kibibytes / 1024.0
}
