//! One call, from arrival to answer.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Method, StatusCode, Uri, request::Parts},
    response::Response,
};

use super::{
    auth::{self, Barrier},
    change::{Change, Changes},
    failing,
    fault::{Fault, Faults},
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
};

/// The path that all calls begin with.
pub(super) const BASE: &str = "/client/v4";

/// What all calls share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) store: Store,
    pub(super) options: Options,
    pub(super) limiter: RateLimiter,
    pub(super) journal: Journal,
    pub(super) faults: Faults,
    pub(super) changes: Changes,
}

/// A call that arrived, with what was laid out for it.
struct Arrival {
    number: u64,
    fault: Option<Fault>,
    changes: Vec<Change>,
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
    let (parts, _body) = request.into_parts();
    let arrival = shared.arrive(&parts);
    tokio::time::sleep(shared.options.latency).await;
    let reply = shared.reply(&parts);
    for change in arrival.changes {
        shared.store.change(change);
    }
    let resets = arrival.fault == Some(Fault::Reset);
    let mut response = respond(reply, arrival.fault, &line);
    insert(response.headers_mut(), "cf-ray", ray(arrival.number));
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
        let path = below_base(&parts.uri);
        let number = self
            .journal
            .arrive(parts.method.as_str(), path, parts.uri.query().unwrap_or_default());
        Arrival {
            number,
            fault: self.faults.take(path),
            changes: self.changes.take(path),
        }
    }

    fn reply(&self, parts: &Parts) -> Reply {
        self.store.read(|state| self.reply_from(state, parts))
    }

    fn reply_from(&self, state: &state::State, parts: &Parts) -> Reply {
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
            _ => self.answer(state, caller, parts),
        };
        Reply { answer, standing }
    }

    fn answer(&self, state: &state::State, caller: &state::Credential, parts: &Parts) -> Answer {
        let path = below_base(&parts.uri);
        let Some(route) = route(path).filter(|_| parts.method == Method::GET) else {
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
