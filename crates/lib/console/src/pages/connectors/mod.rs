//! Connectors: listed, added, looked at, set up, run, removed.

mod add;
mod changing;
mod file;
mod files;
mod head;
mod held;
mod keys;
mod list;
mod log;
mod pasted;
mod run;
mod run_changes;
mod running;
mod runs;
mod settings;
mod settings_help;
mod show;
mod types;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::Inner;

pub(super) use head::{Side, crumbs, head};

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .route("/connectors", get(list::list))
        .route("/connectors.csv", get(list::csv))
        .route("/connectors/add", get(add::catalogue))
        .route("/connectors/add/{kind}", get(add::form).post(add::add))
        .route("/connectors/{id}", get(show::show))
        .route(
            "/connectors/{id}/settings",
            get(settings::form).post(settings::save),
        )
        .route(
            "/connectors/{id}/change",
            get(changing::form).post(changing::change),
        )
        .route("/connectors/{id}/keys", get(keys::list).post(keys::add))
        .route("/connectors/{id}/keys/{key}/revoke", post(keys::revoke))
        .route("/connectors/{id}/log", get(log::log))
        .route("/connectors/{id}/log/live", get(log::live))
        .route("/connectors/{id}/log.txt", get(log::text))
        .route("/connectors/{id}/files/{file}", get(files::file))
        .route("/connectors/{id}/runs", get(runs::list))
        .route("/connectors/{id}/runs/{task}", get(run::show))
        .route("/connectors/{id}/runs/{task}/changes", get(run_changes::list))
        .route("/connectors/{id}/runs/{task}/changes.csv", get(run_changes::csv))
        .route("/connectors/{id}/sync", post(running::sync))
        .route("/connectors/{id}/pause", post(running::pause))
        .route("/connectors/{id}/resume", post(running::resume))
        .route("/connectors/{id}/cancel/{task}", post(running::cancel))
        .route("/connectors/{id}/ask-again", post(running::ask_again))
        .route(
            "/connectors/{id}/file",
            // Its size is limited where it is received.
            get(file::form)
                .post(file::bring)
                .layer(DefaultBodyLimit::disable()),
        )
        .route("/connectors/{id}/held", get(held::show))
        .route("/connectors/{id}/held/confirm", post(held::confirm))
        .route("/connectors/{id}/held/discard", post(held::discard))
        .route("/connectors/{id}/remove", post(running::remove))
}

/// The connector that an address names.
pub(super) fn named(id: &str) -> Result<governance::ConnectorId, crate::web::Failed> {
    governance::ConnectorId::parse(id).map_err(|error| governance::OfficeError::from(error).into())
}
