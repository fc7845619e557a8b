//! Connectors that run beside the service: each is this same program once more, in a process of its own.

mod keys;
mod launcher;
mod leased;
mod logs;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ::hosting::{HostingError, Supervisor, Tools, Wanted};
use governance::{Desk, Office, ServiceId};
use model::{Clock as _, IdSource as _};
use runner::{SystemClock, SystemIds};
use tokio_util::sync::CancellationToken;

use keys::OfficeKeys;
use launcher::ThisProgram;
use leased::Leased;
use logs::{Retention, StoredLogs};

/// What processes beside the service have to know of it.
#[derive(Clone, Debug)]
pub(crate) struct Here {
    /// This program.
    pub(crate) program: PathBuf,
    /// Where each of them has a working folder.
    pub(crate) folder: PathBuf,
    /// The host and port under which connectors in general reach the service.
    pub(crate) address: String,
    /// Where it is reached from this machine.
    pub(crate) near: String,
    /// The authority that made its certificate, PEM, if that is one of our own.
    pub(crate) authority: Option<PathBuf>,
    /// For how long it is the one service that runs a connector, each time that it says so.
    pub(crate) lease: Duration,
}

/// Connectors that run beside the service, and their logs.
#[derive(Debug)]
pub(crate) struct Hosting {
    supervisor: Supervisor,
    leased: Arc<Leased>,
    retention: Retention,
}

/// Runs what is wanted beside the service, once [`Hosting::run`] is called.
///
/// # Errors
/// When there can be no working folders.
pub(crate) fn hosting(
    here: Here,
    (desk, office): (&Desk, &Office),
    wanted: Arc<dyn Wanted>,
) -> Result<Hosting, HostingError> {
    let service = ServiceId::new(SystemClock.now(), SystemIds.next_bytes());
    let keys = OfficeKeys::new(office.clone(), here.address.clone(), service.clone());
    let leased = Arc::new(Leased::new(wanted, desk.clone(), service, here.lease));
    let launcher = ThisProgram::new(here)?;
    let tools = Tools {
        launcher: Arc::new(launcher),
        keys: Arc::new(keys),
        logs: Arc::new(StoredLogs(desk.clone())),
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
    };
    Ok(Hosting {
        supervisor: Supervisor::new(Arc::clone(&leased) as Arc<dyn Wanted>, tools),
        leased,
        retention: Retention(desk.clone()),
    })
}

impl Hosting {
    /// Keeps everything running until it is told to stop; returns when all processes have ended. They end best while
    /// the service still answers: what they work on is then handed back in order.
    pub(crate) async fn run(&self, stop: CancellationToken) {
        let hosted = async {
            self.supervisor.run(stop.clone()).await;
            // Nothing runs here any more, so another service may begin at once.
            self.leased.let_go().await;
        };
        tokio::join!(hosted, self.retention.run(stop.clone()));
    }
}
