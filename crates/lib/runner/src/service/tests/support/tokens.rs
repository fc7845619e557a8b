//! Where tokens come from.

use std::future::Future;
use std::pin::Pin;
use std::sync::Mutex;

use bytes::Bytes;
use http::{Request, Response};
use http_client::{Answer, Transport};

/// Gives out `token-1`, `token-2` and so on.
#[derive(Debug, Default)]
pub(in crate::service::tests) struct Tokens(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// How many were given.
    given: u32,
    /// What was asked, as it was sent.
    asked: Vec<String>,
    /// What is answered first, the last one first.
    before: Vec<Answer>,
    /// How many seconds a token lasts; an hour when nobody says.
    lasts: Option<u64>,
}

impl Tokens {
    pub(in crate::service::tests) fn answer_first(&self, answer: Answer) {
        self.0.lock().unwrap().before.insert(0, answer);
    }

    pub(in crate::service::tests) fn let_last(&self, seconds: u64) {
        self.0.lock().unwrap().lasts = Some(seconds);
    }

    pub(in crate::service::tests) fn given(&self) -> u32 {
        self.0.lock().unwrap().given
    }

    pub(in crate::service::tests) fn asked(&self) -> Vec<String> {
        self.0.lock().unwrap().asked.clone()
    }
}

impl Transport for Tokens {
    fn exchange(&self, request: Request<Bytes>) -> Pin<Box<dyn Future<Output = Answer> + Send + '_>> {
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let mut state = self.0.lock().unwrap();
        state
            .asked
            .push(format!("{} {} {body}", request.method(), request.uri()));
        let answer = state.before.pop().unwrap_or_else(|| {
            state.given += 1;
            let (number, lasts) = (state.given, state.lasts.unwrap_or(3600));
            let json =
                format!(r#"{{"access_token":"token-{number}","token_type":"bearer","expires_in":{lasts}}}"#);
            Ok(Response::new(json.into()))
        });
        Box::pin(async move { answer })
    }
}
