//! An endpoint: declared once, for the router and for the document.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;

use crate::Inner;
use crate::answer::Answer;
use crate::call::Call;
use crate::input::Input;
use crate::problem::Problem;

/// An endpoint.
pub(crate) struct Endpoint {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    /// By what programs that are made of the document call it.
    pub(crate) name: &'static str,
    /// What it does, in a sentence.
    pub(crate) about: &'static str,
    pub(crate) statuses: &'static [(StatusCode, &'static str)],
    pub(crate) content: Option<&'static str>,
    pub(crate) query: fn(&mut SchemaGenerator) -> Schema,
    pub(crate) input: fn(&mut SchemaGenerator) -> Option<Schema>,
    pub(crate) answer: fn(&mut SchemaGenerator) -> Option<Schema>,
    handler: MethodRouter<Arc<Inner>>,
}

impl Endpoint {
    /// Adds it to a router.
    pub(crate) fn mount(self, router: Router<Arc<Inner>>) -> Router<Arc<Inner>> {
        router.route(self.path, self.handler)
    }
}

macro_rules! methods {
    ($($name:ident $method:ident;)*) => {$(
        /// An endpoint that answers this method at this path, with its name and what it does.
        pub(crate) fn $name<Q, B, A, F>(
            path: &'static str,
            name: &'static str,
            about: &'static str,
            handler: F,
        ) -> Endpoint
        where
            Q: DeserializeOwned + JsonSchema + Send + 'static,
            B: Input,
            A: Answer,
            F: AsyncHandler<Q, B, A>,
        {
            endpoint((Method::$method, MethodFilter::$method), path, (name, about), handler)
        }
    )*};
}

methods! {
    get GET;
    post POST;
    put PUT;
    patch PATCH;
    delete DELETE;
}

/// What answers a call.
pub(crate) trait AsyncHandler<Q, B, A>: Clone + Send + Sync + 'static {
    fn call(&self, call: Call<Q, B>) -> impl Future<Output = Result<A, Problem>> + Send;
}

impl<Q, B, A, F, R> AsyncHandler<Q, B, A> for F
where
    F: Fn(Call<Q, B>) -> R + Clone + Send + Sync + 'static,
    R: Future<Output = Result<A, Problem>> + Send,
{
    fn call(&self, call: Call<Q, B>) -> impl Future<Output = Result<A, Problem>> + Send {
        self(call)
    }
}

fn endpoint<Q, B, A, F>(
    (method, filter): (Method, MethodFilter),
    path: &'static str,
    (name, about): (&'static str, &'static str),
    handler: F,
) -> Endpoint
where
    Q: DeserializeOwned + JsonSchema + Send + 'static,
    B: Input,
    A: Answer,
    F: AsyncHandler<Q, B, A>,
{
    let answered = move |State(inner): State<Arc<Inner>>, request: Request| {
        let handler = handler.clone();
        async move {
            answered(&handler, inner, request)
                .await
                .unwrap_or_else(Problem::into_response)
        }
    };
    Endpoint {
        method,
        path,
        name,
        about,
        statuses: A::STATUSES,
        content: A::CONTENT,
        query: Q::json_schema,
        input: B::schema,
        answer: A::schema,
        handler: on(filter, answered),
    }
}

async fn answered<Q, B, A, F>(handler: &F, inner: Arc<Inner>, request: Request) -> Result<Response, Problem>
where
    Q: DeserializeOwned,
    B: Input,
    A: Answer,
    F: AsyncHandler<Q, B, A>,
{
    let call = Call::read(inner, request).await?;
    Ok(handler.call(call).await?.response())
}
