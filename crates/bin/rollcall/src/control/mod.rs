//! The control plane: the service that connectors report to, and what people ask of it from a terminal.

mod backup;
mod connectors;
mod credentials;
mod doctor;
mod files;
mod health;
mod keys;
mod place;
mod serve;
mod tasks;
mod verify;

use std::future::Future;
use std::process::ExitCode;

use crate::args;
use crate::failure::Failure;

/// Runs the service until it is told to stop.
pub(crate) fn serve(serve: &args::Serve) -> Result<(), Failure> {
    wait_for(serve::run(serve))
}

/// Asks the service of this machine whether it is well.
pub(crate) fn health(health: &args::Health) -> Result<(), Failure> {
    wait_for(health::run(health))
}

/// Runs the service until it is told to stop, within a runtime that is there.
pub(crate) async fn serve_here(serve: &args::Serve) -> Result<(), Failure> {
    serve::run(serve).await
}

/// The office over the state of a service.
pub(crate) async fn office(place: &args::Place) -> Result<governance::Office, Failure> {
    place::office(place).await
}

/// Checks the audit trail.
pub(crate) fn verify(verify: &args::Verify) -> Result<(), Failure> {
    wait_for(verify::run(verify))
}

/// Writes everything into one file.
pub(crate) fn backup(backup: &args::Backup) -> Result<(), Failure> {
    wait_for(backup::make(backup))
}

/// Puts a backup back.
pub(crate) fn restore(restore: &args::Restore) -> Result<(), Failure> {
    wait_for(backup::put_back(restore))
}

/// Sees to the keys that secrets are sealed with.
pub(crate) fn keys(keys: &args::Keys) -> Result<(), Failure> {
    wait_for(keys::run(keys))
}

/// Looks whether everything is as it should be.
pub(crate) fn doctor(doctor: &args::Doctor) -> Result<ExitCode, Failure> {
    wait_for(doctor::run(doctor))
}

/// Sees to connectors.
pub(crate) fn connectors(place: &args::Place, order: Option<args::Connectors>) -> Result<(), Failure> {
    wait_for(connectors::run(place, order.unwrap_or(args::Connectors::List)))
}

/// Sees to credentials.
pub(crate) fn credentials(place: &args::Place, order: args::Credentials) -> Result<(), Failure> {
    wait_for(credentials::run(place, order))
}

/// Sees to tasks.
pub(crate) fn tasks(place: &args::Place, order: args::Tasks) -> Result<(), Failure> {
    wait_for(tasks::run(place, order))
}

/// Sees to files.
pub(crate) fn files(place: &args::Place, order: args::Files) -> Result<(), Failure> {
    wait_for(files::run(place, order))
}

fn wait_for<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Runtime::new()?.block_on(work)
}
