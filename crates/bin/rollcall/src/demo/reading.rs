//! Starts the simulated Cloudflare, and syncs its account into a file.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use c1z::{Draft, DraftOptions};
use cloudflare::{AccountId, Client, Credential};
use cloudflare_sim::{Options, Running, Sim, demo};
use connector_cloudflare::CloudflareConnector;
use model::Clock;
use runner::{SystemClock, SystemIds};
use sync::{Job, Request, Scope};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::failure::Failure;

/// Feeds read at the same time.
const WORKERS: usize = 4;

/// Reads the account; says how it went.
pub(super) async fn read(file: &Path) -> Result<String, Failure> {
    let sim = Sim::new(demo::example_retail(SystemClock.now()), Options::default())
        .start()
        .await?;
    let client = client(&sim)?;
    let begun = Instant::now();
    let job = job(&sim, client.clone(), file)?;
    let summary = sync::run(job)
        .await
        .map_err(|error| Failure::new(&error, error.hint()))?;
    let account = sim.read(|state| state.account.name.clone());
    sim.stop().await;
    Ok(format!(
        "Read the account of {account} (a made-up company on a simulated Cloudflare): {} resources, {} grants, \
         with {} calls in {:.1} s.",
        summary.counts.resources,
        summary.counts.grants,
        client.calls(),
        begun.elapsed().as_secs_f64(),
    ))
}

fn client(sim: &Running) -> Result<Client, Failure> {
    let http = http_client::Client::new(http_client::Options::default());
    let http = http.map_err(|error| Failure::new(&error, error.hint()))?;
    let base = Url::parse(&sim.base_url()).map_err(broken)?;
    Client::new(http, base, Credential::ApiToken(sim.token().into())).map_err(broken)
}

fn job(sim: &Running, client: Client, file: &Path) -> Result<Job, Failure> {
    let account = AccountId::parse(&sim.account_id()).map_err(broken)?;
    let draft =
        Draft::open(file, DraftOptions::default()).map_err(|error| Failure::new(&error, error.hint()))?;
    Ok(Job {
        syncer: Arc::new(CloudflareConnector::new(client, account)),
        draft,
        request: Request {
            scope: Scope::Everything,
            resources_only: false,
            skip_expansion: false,
            workers: WORKERS,
        },
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
        progress: Arc::new(runner::bars()),
        stop: CancellationToken::new(),
    })
}

fn broken(error: impl std::fmt::Display) -> Failure {
    Failure::new(error, "this is a mistake in the demo: please report it")
}
