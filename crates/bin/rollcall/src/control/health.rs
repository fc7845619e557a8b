//! `rollcall health`: whether the service of this machine is well, as an exit code.

use crate::args::Health;
use crate::failure::Failure;

pub(super) async fn run(health: &Health) -> Result<(), Failure> {
    let well = task_service::ask_health(health.listen).await;
    well.map_err(|error| Failure::new(error, "see --listen, and the log of the service"))
}
