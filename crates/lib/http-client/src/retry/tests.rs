use bytes::Bytes;
use http::{Method, Response};

use super::*;
use crate::Error;

fn status(status: u16, retry_after: Option<&str>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    if let Some(text) = retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, text.parse().unwrap());
    }
    response
}

fn refused() -> Answer {
    Err(Error::Connect {
        host: "h".into(),
        reason: "refused".into(),
    })
}

fn interrupted() -> Answer {
    Err(Error::Interrupted {
        host: "h".into(),
        reason: "reset".into(),
    })
}

fn repeats(method: &Method, end: &Answer) -> bool {
    decide(method, 1, end) != Decision::Accept
}

#[test]
fn safe_methods_are_repeated_on_what_passes_and_only_on_that() {
    for method in [Method::GET, Method::HEAD, Method::PUT, Method::DELETE] {
        for passing in [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524] {
            assert!(repeats(&method, &Ok(status(passing, None))), "{method} {passing}");
        }
        for lasting in [
            200, 201, 301, 400, 401, 403, 404, 405, 409, 410, 422, 501, 525, 526,
        ] {
            assert!(
                !repeats(&method, &Ok(status(lasting, None))),
                "{method} {lasting}"
            );
        }
        assert!(repeats(&method, &interrupted()));
        assert!(repeats(&method, &refused()));
    }
}

#[test]
fn a_post_is_repeated_only_when_it_cannot_have_been_done() {
    assert!(repeats(&Method::POST, &refused()));
    assert!(repeats(&Method::POST, &Ok(status(429, None))));
    assert!(!repeats(&Method::POST, &interrupted()));
    for maybe_done in [408, 500, 502, 503, 504, 520] {
        assert!(
            !repeats(&Method::POST, &Ok(status(maybe_done, None))),
            "{maybe_done}"
        );
    }
}

#[test]
fn what_does_not_pass_is_not_repeated() {
    let host = || "h".to_owned();
    for lasting in [
        Error::Dns { host: host() },
        Error::Tls {
            host: host(),
            reason: "expired".into(),
        },
        Error::BodyTooLarge {
            host: host(),
            limit: 1,
        },
    ] {
        assert!(!repeats(&Method::GET, &Err(lasting)));
    }
}

#[test]
fn pauses_double_and_attempts_end() {
    let pauses: Vec<_> = (1..=5)
        .map(|attempt| decide(&Method::GET, attempt, &Ok(status(502, None))))
        .collect();
    let ms = |ms| Decision::BackOff(Duration::from_millis(ms));
    assert_eq!(
        pauses,
        [ms(500), ms(1000), ms(2000), Decision::Accept, Decision::Accept]
    );
}

#[test]
fn a_server_that_asks_to_wait_is_obeyed_within_reason() {
    let get = |answer| decide(&Method::GET, 1, &Ok(answer));
    assert_eq!(
        get(status(503, Some("60"))),
        Decision::Obey(Duration::from_mins(1))
    );
    assert_eq!(get(status(429, Some("300"))), Decision::AskBudget);
    assert_eq!(get(status(503, Some("86400"))), Decision::Accept);
    assert_eq!(get(status(429, Some("86400"))), Decision::Accept);
    assert_eq!(
        get(status(503, Some("Wed, 21 Oct 2026 07:28:00 GMT"))),
        Decision::BackOff(FIRST_WAIT)
    );
}
