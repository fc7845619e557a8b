//! A simulator, and a client that talks to it.

use cloudflare::{AccountId, Client, Credential};
use cloudflare_sim::{Options, Running, Sim, Spec};

pub(crate) async fn simulator(spec: Spec, options: Options) -> Running {
    Sim::new(spec, options).start().await.unwrap()
}

pub(crate) fn account(sim: &Running) -> AccountId {
    AccountId::parse(&sim.account_id()).unwrap()
}

pub(crate) fn token(secret: &str) -> Credential {
    Credential::ApiToken(secret.to_owned().into())
}

/// A client with the simulator's user token, which may do everything.
pub(crate) fn client(sim: &Running) -> Client {
    client_with(sim, token(&sim.token()), http_client::Options::default())
}

pub(crate) fn client_with(sim: &Running, credential: Credential, options: http_client::Options) -> Client {
    let http = http_client::Client::new(options).unwrap();
    Client::new(http, sim.base_url().parse().unwrap(), credential).unwrap()
}
