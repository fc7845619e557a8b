//! A simulated Cloudflare, and a small engine that keeps what a connector gives in memory.

mod file;

use std::sync::Arc;

use cloudflare::{AccountId, Client, Credential};
use cloudflare_sim::state::{Credential as Accepted, Grants};
use cloudflare_sim::{Options, Running, Sim, Spec, State};
use connector::{ConnectorError, Feed, FeedId, Note, Output, Syncer};
use connector_cloudflare::{CloudflareConnector, Rules};
use secrecy::SecretString;

pub(crate) use file::{File, Sink};

/// The permissions with which everything can be read, named as the API names them.
pub(crate) const EVERYTHING: [&str; 3] = ["Account Settings Read", "Account API Tokens Read", "Zone Read"];

/// A simulator without a rate limit.
pub(crate) async fn simulate(state: impl Into<State>) -> Running {
    simulate_with(state, Options::unlimited()).await
}

/// A simulator.
pub(crate) async fn simulate_with(state: impl Into<State>, options: Options) -> Running {
    Sim::new(state, options).start().await.unwrap()
}

/// An account of which everything can be seen at a glance.
pub(crate) fn small() -> Spec {
    Spec {
        members: 60,
        roles: 12,
        permission_groups: 20,
        user_groups: 3,
        ..Spec::default()
    }
}

/// A client with a token.
pub(crate) fn client(sim: &Running, token: &str) -> Client {
    client_with(sim, token, http_client::Options::default())
}

fn client_with(sim: &Running, token: &str, options: http_client::Options) -> Client {
    let http = http_client::Client::new(options).unwrap();
    let base = sim.base_url().parse().unwrap();
    let credential = Credential::ApiToken(SecretString::from(token.to_owned()));
    Client::new(http, base, credential).unwrap()
}

/// A connector that may read everything.
pub(crate) fn connector(sim: &Running) -> CloudflareConnector {
    CloudflareConnector::new(
        client(sim, &sim.account_token()),
        AccountId::new(sim.account_id()),
    )
}

/// A connector that may change everything and keeps to a rate limit.
pub(crate) fn paced(sim: &Running, options: http_client::Options, rules: Rules) -> Arc<CloudflareConnector> {
    let client = client_with(sim, &sim.token(), options);
    let account = AccountId::new(sim.account_id());
    Arc::new(CloudflareConnector::with_rules(client, account, rules))
}

/// A connector whose token has only these permissions.
pub(crate) fn limited(sim: &Running, permissions: &[&str]) -> CloudflareConnector {
    let secret = "cfat_limited000000000000000000000000000000000000";
    let grants = Grants::only(permissions.iter().copied());
    sim.accept(Accepted::account_token(
        "11111111111111111111111111111111",
        secret,
        grants,
    ));
    CloudflareConnector::new(client(sim, secret), AccountId::new(sim.account_id()))
}

/// Reads the whole account with one connector.
pub(crate) async fn sync(connector: &CloudflareConnector) -> Result<File, ConnectorError> {
    let file = File::default();
    for note in connector.validate().await? {
        file.add_note(note);
    }
    read(&file, connector).await.map(|()| file)
}

/// Reads every feed in an order that respects what they wait for.
async fn read(file: &File, connector: &CloudflareConnector) -> Result<(), ConnectorError> {
    let mut waiting = connector.plan();
    while let Some(feed) = next_ready(&mut waiting) {
        let mut sink = Sink::new(file.clone(), feed.clone());
        connector.read(&feed.id, file, &mut sink).await?;
        waiting.extend(sink.followed);
    }
    Ok(())
}

/// Takes out the first feed that waits for nothing.
fn next_ready(waiting: &mut Vec<Feed>) -> Option<Feed> {
    let is_open = |id: &FeedId| waiting.iter().any(|other| other.id == *id);
    let ready = waiting.iter().position(|feed| !feed.after.iter().any(is_open));
    assert!(ready.is_some() || waiting.is_empty(), "feeds wait for each other");
    ready.map(|ready| waiting.remove(ready))
}

/// The notes with this code.
pub(crate) fn noted(notes: &[Note], code: &str) -> Vec<Note> {
    notes.iter().filter(|note| note.code == code).cloned().collect()
}

/// Reads each feed with a connector of its own, interrupts it at its end, and reads it again.
pub(crate) async fn sync_in_pieces(sim: &Running) -> Result<File, ConnectorError> {
    let file = File::default();
    let first = connector(sim);
    for note in first.validate().await? {
        file.add_note(note);
    }
    let mut waiting = first.plan();
    while let Some(feed) = next_ready(&mut waiting) {
        let mut sink = Sink::new(file.clone(), feed.clone());
        connector(sim).read(&feed.id, &file, &mut sink).await?;
        sink.restart().await?;
        connector(sim).read(&feed.id, &file, &mut sink).await?;
        waiting.extend(sink.followed);
    }
    Ok(file)
}
