//! A provider, us, and a browser that follows where it is sent.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use http::Request;
use http::header::LOCATION;
use model::{Clock, IdSource as _, NoRandomness, Randomness, SeededIds};
use oidc::{Beginning, Error, Identity, Provider, Settings};
use testkit::oidc_provider::{Algorithm, CLIENT_ID, CLIENT_SECRET, OidcProvider};
use url::Url;

pub(super) const NOW: i64 = 1_790_812_800;

/// A clock that the test moves.
#[derive(Debug)]
pub(super) struct Hands(Mutex<DateTime<Utc>>);

impl Clock for Hands {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// Randomness that is the same in each run.
#[derive(Debug, Default)]
pub(super) struct Seeded(SeededIds);

impl Randomness for Seeded {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        for part in bytes.chunks_mut(16) {
            let fresh = self.0.next_bytes();
            part.copy_from_slice(&fresh[..part.len()]);
        }
        Ok(())
    }
}

pub(super) struct World {
    pub(super) provider: OidcProvider,
    pub(super) us: Provider,
    clock: Arc<Hands>,
    random: Seeded,
}

pub(super) fn settings(issuer: &str) -> Settings {
    let redirect = "http://127.0.0.1:1/signed-in?from=login".parse().unwrap();
    Settings::new(issuer, CLIENT_ID, redirect)
        .with_secret(CLIENT_SECRET.to_owned().into())
        .with_plain_loopback()
}

pub(super) fn http() -> http_client::Client {
    http_client::Client::new(http_client::Options::default()).unwrap()
}

impl World {
    pub(super) async fn new() -> Self {
        Self::signing(Algorithm::Es256).await
    }

    pub(super) async fn signing(algorithm: Algorithm) -> Self {
        let provider = OidcProvider::start(algorithm, NOW).await.unwrap();
        let clock = Arc::new(Hands(Mutex::new(DateTime::from_timestamp(NOW, 0).unwrap())));
        let us = Provider::discover(settings(&provider.issuer()), http(), Arc::<Hands>::clone(&clock));
        Self {
            us: us.await.unwrap(),
            provider,
            clock,
            random: Seeded::default(),
        }
    }

    pub(super) fn pass(&self, seconds: i64) {
        *self.clock.0.lock().unwrap() += TimeDelta::seconds(seconds);
    }

    pub(super) fn begin(&self) -> Beginning {
        self.us.begin(&self.random).unwrap()
    }

    /// Follows the browser to the provider and back: the code, and the state that came with it.
    pub(super) async fn visit(&self, address: &Url) -> (String, String) {
        let request = Request::get(address.as_str()).body(Bytes::new()).unwrap();
        let answer = http().send(request).await.unwrap();
        let back: Url = answer.headers()[LOCATION].to_str().unwrap().parse().unwrap();
        let field = |name: &str| {
            let mut pairs = back.query_pairs();
            pairs.find(|(key, _)| key == name).unwrap().1.into_owned()
        };
        (field("code"), field("state"))
    }

    pub(super) async fn sign_in(&self) -> Result<Identity, Error> {
        let Beginning { address, flow } = self.begin();
        let (code, state) = self.visit(&address).await;
        assert_eq!(state, flow.state);
        self.us.finish(&flow, &code).await
    }
}
