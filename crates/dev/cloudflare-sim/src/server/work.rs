//! A call is admitted, then read or written.

use axum::http::{Method, StatusCode, Uri, request::Parts};
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};

use super::{
    auth::{self, Barrier},
    handle::Shared,
    rate::Standing,
};
use crate::{
    answers::{
        Context, Params,
        envelope::{self, Answer, ApiError},
    },
    endpoint::route,
    state::{Credential, State},
    writes::Write,
};

/// The path that all calls begin with.
pub(super) const BASE: &str = "/client/v4";

/// What a client sent.
pub(super) struct Sent {
    pub(super) parts: Parts,
    pub(super) body: Bytes,
    /// `CF-Ray` of the answer.
    pub(super) ray: String,
}

/// An answer and how it stands with the rate budget.
pub(super) struct Reply {
    pub(super) answer: Answer,
    pub(super) standing: Option<Standing>,
}

impl Shared {
    /// Works on a call. A write is one change of the state; without `effect` it is only admitted, since its
    /// answer is lost anyway.
    pub(super) fn reply(&self, sent: &Sent, effect: bool) -> Reply {
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
    fn admitted(&self, state: &State, parts: &Parts, work: impl FnOnce(&Credential) -> Answer) -> Reply {
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

    fn write(&self, state: &mut State, caller: Credential, sent: &Sent) -> Answer {
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
    fn time(&self, state: &State) -> DateTime<Utc> {
        let passed = TimeDelta::from_std(self.options.clock.now()).unwrap_or_default();
        state.now + passed
    }

    fn answer(&self, state: &State, caller: &Credential, parts: &Parts) -> Answer {
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
pub(super) fn below_base(uri: &Uri) -> &str {
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
