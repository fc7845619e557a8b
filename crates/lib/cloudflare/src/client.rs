//! Sending calls.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use serde::de::DeserializeOwned;
use tokio::time::Instant;
use url::Url;

use crate::audit_pages::AuditPages;
use crate::endpoint::{self, AuditLogs, Change, Endpoint, Paged};
use crate::envelope::{self, Page};
use crate::listing::Pages;
use crate::{Credential, Error};

/// Where Cloudflare's API is.
pub const DEFAULT_BASE_URL: &str = "https://api.cloudflare.com/client/v4";

/// Sends calls to Cloudflare with one credential. Clones share everything.
#[derive(Debug, Clone)]
pub struct Client {
    http: http_client::Client,
    base: Arc<Url>,
    /// Marked as sensitive, so that debug output does not show them.
    headers: HeaderMap,
    credential: Arc<Credential>,
}

impl Client {
    /// A client for one credential. The rate budget is the HTTP client's: give each credential one of its own.
    ///
    /// # Errors
    ///
    /// [`Error::MalformedCredential`] when the credential cannot be sent.
    pub fn new(http: http_client::Client, base: Url, credential: Credential) -> Result<Self, Error> {
        let headers = credential.headers().ok_or(Error::MalformedCredential)?;
        Ok(Self {
            http,
            base: Arc::new(base),
            headers,
            credential: Arc::new(credential),
        })
    }

    /// How many requests have been sent, repeated ones included.
    pub fn calls(&self) -> u64 {
        self.http.calls()
    }

    /// Sends a call that gives one thing.
    ///
    /// # Errors
    ///
    /// When Cloudflare refuses, is not reached, or answers something else.
    pub async fn call<E: Endpoint>(&self, endpoint: &E) -> Result<E::Output, Error> {
        let response = self.send(endpoint, &[]).await?;
        envelope::object(endpoint, &response)
    }

    /// Sends a call that changes something: one time, and not after `deadline`, which is how long what was read
    /// before can be relied on.
    ///
    /// # Errors
    ///
    /// When Cloudflare refuses or is not reached; [`Error::leaves_open`] says whether the change may have been made
    /// all the same.
    pub async fn change<E: Change>(&self, endpoint: &E, deadline: Instant) -> Result<E::Output, Error> {
        let request = self.request(endpoint, &[])?;
        let answer = self.http.send_once(request, deadline).await;
        let response = answer.map_err(unreachable::<E>)?;
        envelope::object(endpoint, &response)
    }

    /// Reads one page of a listing, counted from 1, as large as Cloudflare gives it.
    ///
    /// # Errors
    ///
    /// When Cloudflare refuses, is not reached, or answers something else.
    pub async fn page<E: Paged>(&self, endpoint: &E, number: u64) -> Result<Page<E::Item>, Error> {
        let paging = [
            ("page", number.to_string()),
            ("per_page", E::PER_PAGE.to_string()),
        ];
        self.fetch(endpoint, &paging).await
    }

    /// Reads the first few of a listing, as few as Cloudflare gives: to see whether it may be read.
    ///
    /// # Errors
    ///
    /// When Cloudflare refuses, is not reached, or answers something else.
    pub async fn glance<E: Paged>(&self, endpoint: &E) -> Result<Page<E::Item>, Error> {
        /// The least that listings of accounts give; the others give no more for it.
        const FEW: u32 = 5;
        let paging = [("page", "1".to_owned()), ("per_page", FEW.to_string())];
        self.fetch(endpoint, &paging).await
    }

    /// Reads a whole listing: the first page, then the rest in parallel, and again if it shifts meanwhile.
    pub fn list<E: Paged>(&self, endpoint: E) -> Pages<E> {
        Pages::new(self.clone(), endpoint)
    }

    /// Reads the audit log.
    pub fn audit_log(&self, endpoint: AuditLogs) -> AuditPages {
        AuditPages::new(self.clone(), endpoint)
    }

    pub(crate) fn credential(&self) -> &Credential {
        &self.credential
    }

    pub(crate) async fn fetch<E, T>(
        &self,
        endpoint: &E,
        paging: &[(&'static str, String)],
    ) -> Result<Page<T>, Error>
    where
        E: Endpoint<Output = Vec<T>>,
        T: DeserializeOwned,
    {
        let response = self.send(endpoint, paging).await?;
        envelope::page(endpoint, &response)
    }

    async fn send<E: Endpoint>(
        &self,
        endpoint: &E,
        paging: &[(&'static str, String)],
    ) -> Result<Response<Bytes>, Error> {
        let request = self.request(endpoint, paging)?;
        self.http.send(request).await.map_err(unreachable::<E>)
    }

    fn request<E: Endpoint>(
        &self,
        endpoint: &E,
        paging: &[(&'static str, String)],
    ) -> Result<Request<Bytes>, Error> {
        endpoint::request(endpoint, &self.base, paging, &self.headers).ok_or_else(|| {
            unreachable::<E>(http_client::Error::Unsendable {
                reason: "the base URL is not one, or an id is empty or no id".to_owned(),
            })
        })
    }
}

fn unreachable<E: Endpoint>(source: http_client::Error) -> Error {
    Error::Unreachable {
        act: E::ACT,
        what: E::WHAT,
        source,
    }
}
