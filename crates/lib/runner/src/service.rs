//! Running as a service of a control plane: asking for tasks, doing them, telling how they ended.
//!
//! One loop asks for tasks ([`poll`]); each task is worked on by itself ([`work`]), with a heartbeat beside it, until
//! the control plane has its end ([`finish`]). Everything that is said goes through [`plane::ControlPlane`].

mod backoff;
mod call;
mod credentials;
mod desk;
mod ending;
mod finish;
mod greeting;
mod heartbeat;
mod interruption;
mod machine;
mod plane;
mod poll;
mod readiness;
mod remote;
mod run;
mod session;
mod startup;
mod tasks;
#[cfg(test)]
mod tests;
mod upload;
mod watching;
mod work;
mod workplace;

use std::sync::Arc;

use connector::ConnectorError;
use model::{Clock, IdSource};
use proto::baton_service_v1::BatonServiceHelloRequest;
use runtime::Stop;
use runtime::telemetry::Metrics;
use tokio::sync::watch;

use crate::actions::ActionRuns;
use crate::definition::{Connected, Definition};
use crate::logging::Details;
use crate::settings::SyncRules;
use backoff::Spread;
use plane::ControlPlane;
use readiness::Readiness;
use workplace::Workplace;

pub(crate) use call::CallError;
pub(crate) use run::run;

/// What everything that a service does has in common.
pub(crate) struct Service {
    definition: Definition,
    rules: Rules,
    plane: Arc<dyn ControlPlane>,
    connected: Connected,
    runs: ActionRuns,
    hello: BatonServiceHelloRequest,
    workplace: Workplace,
    details: Details,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    spread: Spread,
    readiness: watch::Sender<Readiness>,
    /// What is counted for whoever watches.
    metrics: Metrics,
    /// The end of the process.
    stop: Stop,
}

/// What the person who runs the service decided.
#[derive(Clone, Debug)]
struct Rules {
    host_id: String,
    batched: bool,
    concurrency: usize,
    provisioning: bool,
    ticketing: bool,
    sync: SyncRules,
}

impl Service {
    /// Why the source does not accept our credential, if that is so.
    fn rejection(&self) -> Option<Arc<ConnectorError>> {
        self.readiness.borrow().rejection()
    }
}
