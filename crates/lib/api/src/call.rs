//! A call: who calls, what about, with what.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{FromRequestParts as _, Query, RawPathParams, Request};
use governance::{
    Actor, AppId, ConnectorId, CredentialId, OfficeError, OperatorId, ParseIdError, TaskId, UploadId,
};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::Inner;
use crate::caller::Caller;
use crate::input::Input;
use crate::problem::{Code, Problem};

/// The most bytes of a body.
const LARGEST: usize = 1 << 20;

/// What an endpoint is called with.
pub(crate) struct Call<Q, B> {
    pub(crate) inner: Arc<Inner>,
    pub(crate) caller: Caller,
    /// What stands in the address.
    path: Vec<(String, String)>,
    /// What stands behind the address.
    pub(crate) query: Q,
    /// What was sent.
    pub(crate) body: B,
}

/// Nothing may stand behind the address.
#[derive(Debug, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoQuery {}

impl<Q: DeserializeOwned, B: Input> Call<Q, B> {
    pub(crate) async fn read(inner: Arc<Inner>, request: Request) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let caller = parts.extensions.remove::<Caller>().ok_or_else(Problem::no_key)?;
        let path = RawPathParams::from_request_parts(&mut parts, &()).await;
        let path = path.map_err(|_| OfficeError::Unknown("thing"))?;
        let path = path
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let query = Query::try_from_uri(&parts.uri);
        let Query(query) = query.map_err(|error| {
            let why = error.body_text();
            Problem::new(Code::Invalid, format!("{why}."), "look at what the address takes")
        })?;
        let bytes = to_bytes(body, LARGEST).await;
        let bytes = bytes.map_err(|_| {
            Problem::new(
                Code::TooLarge,
                "A body can have 1 MiB.",
                "send it in several parts",
            )
        })?;
        Ok(Self {
            body: B::read(&parts.headers, &bytes)?,
            path: path.collect(),
            inner,
            caller,
            query,
        })
    }
}

impl<Q, B> Call<Q, B> {
    pub(crate) fn actor(&self) -> &Actor {
        &self.caller.actor
    }

    fn id<I>(&self, name: &str, parse: impl Fn(&str) -> Result<I, ParseIdError>) -> Result<I, Problem> {
        let of = self.path.iter().find(|(part, _)| part == name);
        let text = of.map(|(_, value)| value.as_str()).unwrap_or_default();
        Ok(parse(text).map_err(OfficeError::from)?)
    }

    pub(crate) fn operator(&self) -> Result<OperatorId, Problem> {
        self.id("operator", OperatorId::parse)
    }

    pub(crate) fn app(&self) -> Result<AppId, Problem> {
        self.id("app", AppId::parse)
    }

    pub(crate) fn connector(&self) -> Result<ConnectorId, Problem> {
        self.id("connector", ConnectorId::parse)
    }

    pub(crate) fn credential(&self) -> Result<CredentialId, Problem> {
        self.id("credential", CredentialId::parse)
    }

    pub(crate) fn run(&self) -> Result<TaskId, Problem> {
        self.id("run", TaskId::parse)
    }

    pub(crate) fn file(&self) -> Result<UploadId, Problem> {
        self.id("file", UploadId::parse)
    }
}
