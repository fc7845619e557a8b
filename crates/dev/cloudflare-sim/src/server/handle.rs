//! One call, from arrival to answer.

use std::sync::Arc;

use axum::{
    body::{self, Body},
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, request::Parts},
    response::Response,
};

use super::{
    change::{Change, Changes},
    failing,
    fault::{Failure, Fault, Faults},
    journal::Journal,
    rate::{RateLimiter, insert},
    wire::Line,
    work::{Reply, Sent, below_base},
};
use crate::{Options, store::Store};

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
