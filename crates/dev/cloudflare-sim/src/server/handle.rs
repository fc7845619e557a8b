//! One call, from arrival to answer.

use std::sync::Arc;

use axum::{
    body::{self, Body},
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Method, StatusCode, Uri, request::Parts},
    response::Response,
};

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};

use super::{
    auth::{self, Barrier},
    change::{Change, Changes},
    failing,
    fault::{Failure, Fault, Faults},
    journal::Journal,
    rate::{RateLimiter, Standing, insert},
    wire::Line,
};
use crate::{
    Options,
    answers::{
        Context, Params,
        envelope::{self, Answer, ApiError},
    },
    endpoint::route,
    state,
    store::Store,
    writes::Write,
};

/// The path that all calls begin with.
pub(super) const BASE: &str = "/client/v4";
/// Longer than any request body that is sent here.
const MAX_BODY: usize = 1 << 20;

/// What all calls share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) store: Store,
    pub(super) options: Options,
    pub(super) limiter: RateLimiter,
    pub(super) journal: Journal,
    pub(super) faults: Faults,
    pub(super) before: Changes,
    pub(super) after: Changes,
}

/// A call that arrived, with what was laid out for it.
struct Arrival {
    number: u64,
    failure: Option<Failure>,
    before: Vec<Change>,
    after: Vec<Change>,
}

impl Arrival {
    /// Whether the call is worked on, however its answer fares.
    fn has_effect(&self) -> bool {
        self.failure.as_ref().is_none_or(Failure::has_effect)
    }
}

/// What a client sent.
#[derive(Debug)]
struct Sent {
    parts: Parts,
    body: Bytes,
    /// `CF-Ray` of the answer.
    ray: String,
}

/// An answer and how it stands with the rate budget.
struct Reply {
    answer: Answer,
    standing: Option<Standing>,
}

/// Answers a call.
pub(super) async fn handle(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let arrival = shared.arrive(&parts);
    // A body that breaks off is no JSON, which the answer says.
    let body = body::to_bytes(body, MAX_BODY).await.unwrap_or_default();
    let ray = ray(arrival.number);
    let sent = Sent { parts, body, ray };
    tokio::time::sleep(shared.options.latency).await;
    let effect = arrival.has_effect();
    shared.change_all(arrival.before);
    let reply = shared.reply(&sent, effect);
    shared.change_all(arrival.after);
    let fault = arrival.failure.map(|failure| failure.fault);
    let resets = fault == Some(Fault::Reset);
    let mut response = respond(reply, fault, &line);
    insert(response.headers_mut(), "cf-ray", sent.ray);
    shared
        .journal
        .answered(arrival.number, (!resets).then(|| response.status().as_u16()));
    response
}

/// An id of the exchange in Cloudflare's form.
fn ray(number: u64) -> String {
    format!("{:016x}-AMS", 0x9f0c_1d2e_0000_0000_u64.wrapping_add(number))
}

impl Shared {
    fn arrive(&self, parts: &Parts) -> Arrival {
        let (method, path) = (parts.method.as_str(), below_base(&parts.uri));
        let number = self
            .journal
            .arrive(method, path, parts.uri.query().unwrap_or_default());
        Arrival {
            number,
            failure: self.faults.take(method, path),
            before: self.before.take(method, path),
            after: self.after.take(method, path),
        }
    }

    fn change_all(&self, changes: Vec<Change>) {
        for change in changes {
            self.store.change(change);
        }
    }

    /// Works on a call. A write is one change of the state; without `effect` it is only admitted, since its
    /// answer is lost anyway.
    fn reply(&self, sent: &Sent, effect: bool) -> Reply {
        let parts = &sent.parts;
        if parts.method == Method::GET {
            return self
                .store
                .read(|state| self.admitted(state, parts, |caller| self.answer(state, caller, parts)));
        }
        self.store.change(|state| {
            let mut writer = None;
            let mut reply = self.admitted(state, parts, |caller| {
                writer = Some(caller.clone());
                envelope::ok(())
            });
            if let Some(caller) = writer.filter(|_| effect) {
                reply.answer = self.write(state, caller, sent);
            }
            reply
        })
    }

    /// Lets the caller through, or answers without working on the call.
    fn admitted(
        &self,
        state: &state::State,
        parts: &Parts,
        work: impl FnOnce(&state::Credential) -> Answer,
    ) -> Reply {
        let caller = match auth::authenticate(state, &parts.headers) {
            Ok(caller) => caller,
            Err(answer) => {
                return Reply {
                    answer,
                    standing: None,
                };
            }
        };
        let standing = self.limiter.spend(caller.budget());
        let answer = match standing {
            Some(standing) if standing.blocked => {
                envelope::error(StatusCode::TOO_MANY_REQUESTS, 10000, standing.message())
            }
            _ => work(caller),
        };
        Reply { answer, standing }
    }

    fn write(&self, state: &mut state::State, caller: state::Credential, sent: &Sent) -> Answer {
        let parts = &sent.parts;
        let Some(route) = route(parts.method.as_str(), below_base(&parts.uri)) else {
            return no_route(&parts.uri);
        };
        if let Err(Barrier::Refused(answer)) = auth::authorize(&route, &caller, state, &self.options) {
            return answer;
        }
        let write = Write {
            now: self.time(state),
            state,
            options: &self.options,
            route,
            body: &sent.body,
            caller,
            ray: &sent.ray,
        };
        write.answer()
    }

    /// The time of the account: its beginning and what passed on the clock.
    fn time(&self, state: &state::State) -> DateTime<Utc> {
        let passed = TimeDelta::from_std(self.options.clock.now()).unwrap_or_default();
        state.now + passed
    }

    fn answer(&self, state: &state::State, caller: &state::Credential, parts: &Parts) -> Answer {
        let path = below_base(&parts.uri);
        let Some(route) = route(parts.method.as_str(), path) else {
            return no_route(&parts.uri);
        };
        let barrier = auth::authorize(&route, caller, state, &self.options);
        let params = Params::of(&parts.uri);
        let context = Context {
            state,
            store: &self.store,
            options: &self.options,
            params,
            route,
            caller,
        };
        match barrier {
            Ok(()) => context.answer(),
            Err(Barrier::Refused(answer)) => answer,
            Err(Barrier::Empty) => context.page::<()>(&[]),
        }
    }
}

/// The path below the base URL, or all of it when it is another's.
fn below_base(uri: &Uri) -> &str {
    uri.path().strip_prefix(BASE).unwrap_or(uri.path())
}

fn no_route(uri: &Uri) -> Answer {
    let text = format!(
        "Could not route to {}, perhaps your object identifier is invalid?",
        uri.path()
    );
    let errors = [
        ApiError::new(7003, text),
        ApiError::new(7000, "No route for that URI"),
    ];
    envelope::refuse(StatusCode::NOT_FOUND, &errors)
}

/// Turns a reply into a response, or into what the fault makes of it.
fn respond(reply: Reply, fault: Option<Fault>, line: &Line) -> Response {
    let Reply { answer, standing } = reply;
    let (mut response, retry_after) = match fault {
        None => (answer.into_response(), None),
        Some(Fault::Status {
            status,
            code,
            message,
            retry_after,
        }) => (
            failing::status(status, code, &message).into_response(),
            retry_after,
        ),
        Some(Fault::Html { status, retry_after }) => return edge(failing::html(status), retry_after),
        Some(Fault::Problem { status, retry_after }) => return edge(failing::problem(status), retry_after),
        Some(Fault::Reset) => {
            line.reset();
            (Response::new(Body::empty()), None)
        }
        Some(Fault::Truncated) => (failing::truncated(answer), None),
        Some(Fault::Slow { pieces, pause }) => (failing::slow(answer, pieces, pause), None),
        Some(Fault::Garbage) => (failing::body("{\"success\":true,\"result\":[{\"id\":"), None),
        Some(Fault::Empty) => (failing::body(""), None),
    };
    if let Some(standing) = standing {
        standing.write(response.headers_mut());
    }
    retry(response.headers_mut(), retry_after);
    response
}

/// The edge knows nothing of budgets.
fn edge(mut response: Response, retry_after: Option<u64>) -> Response {
    retry(response.headers_mut(), retry_after);
    response
}

fn retry(headers: &mut HeaderMap, after: Option<u64>) {
    if let Some(seconds) = after {
        insert(headers, "retry-after", seconds.to_string());
    }
}
