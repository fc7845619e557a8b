//! Exchanges over sockets.

use std::error::Error as StdError;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, Response, Uri};

use crate::transport::{Answer, Transport};
use crate::{Error, Options, authorities};

/// A host that does not take a connection within this time is not there.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// Exchanges over sockets, through one pool of connections.
#[derive(Debug)]
pub(crate) struct ReqwestTransport {
    client: reqwest::Client,
    timeout: Duration,
    max_body: usize,
}

impl ReqwestTransport {
    pub(crate) fn new(options: &Options) -> Result<Self, Error> {
        // Whoever was first has installed a provider; one is enough.
        let _ = rustls::crypto::ring::default_provider().install_default();
        #[expect(clippy::disallowed_methods, reason = "this is the one outgoing client")]
        let client = reqwest::Client::builder()
            .user_agent(&options.user_agent)
            .connect_timeout(CONNECT_TIMEOUT.min(options.timeout))
            // A redirect would carry key headers to another host.
            .redirect(reqwest::redirect::Policy::none())
            // Repeating is decided in one place, `retry`.
            .retry(reqwest::retry::never())
            .tls_certs_merge(authorities::hidden())
            .build()
            .map_err(|error| Error::Setup {
                reason: innermost(&error),
            })?;
        Ok(Self {
            client,
            timeout: options.timeout,
            max_body: options.max_body,
        })
    }

    async fn exchange_untimed(&self, request: Request<Bytes>) -> Answer {
        let host = host(request.uri());
        let failed = |error: reqwest::Error| classify(&host, &error);
        let request = reqwest::Request::try_from(request).map_err(failed)?;
        let mut answer = self.client.execute(request).await.map_err(failed)?;
        let too_large = || Error::BodyTooLarge {
            host: host.clone(),
            limit: self.max_body,
        };

        let mut body = BytesMut::new();
        while let Some(chunk) = answer.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > self.max_body {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = Response::new(body.freeze());
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
    }
}

impl Transport for ReqwestTransport {
    fn exchange(&self, request: Request<Bytes>) -> Pin<Box<dyn Future<Output = Answer> + Send + '_>> {
        Box::pin(async move {
            let host = host(request.uri());
            match tokio::time::timeout(self.timeout, self.exchange_untimed(request)).await {
                Ok(answer) => answer,
                Err(_) => Err(Error::Timeout {
                    host,
                    after: self.timeout,
                }),
            }
        })
    }
}

/// Host, and port where given.
fn host(uri: &Uri) -> String {
    uri.authority()
        .map(|authority| {
            authority
                .as_str()
                .rsplit('@')
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .unwrap_or_default()
}

fn classify(host: &str, error: &reqwest::Error) -> Error {
    let (host, reason) = (host.to_owned(), innermost(error));
    if error.is_builder() {
        return Error::Unsendable { reason };
    }
    if !error.is_connect() {
        return Error::Interrupted { host, reason };
    }
    if chain(error).any(|cause| cause.to_string().starts_with("dns error")) {
        return Error::Dns { host };
    }
    if chain(error).any(is_tls) {
        return Error::Tls { host, reason };
    }
    Error::Connect { host, reason }
}

/// An I/O error hides what it wraps from the chain of sources, sometimes twice.
fn is_tls(cause: &(dyn StdError + 'static)) -> bool {
    let wrapped = cause
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref);
    cause.is::<rustls::Error>() || wrapped.is_some_and(|inner| is_tls(inner))
}

fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// The cause at the bottom says most, and never holds the URL.
fn innermost(error: &(dyn StdError + 'static)) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}
