//! The client on a pretended server in pretended time: pacing, refusals, repeating.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_client::{Answer, Client, Error, Options, RateLimit, Transport, Wait, WaitReason};
use tokio::time::Instant;

const WINDOW: Duration = Duration::from_mins(5);

/// Answers after 50 ms. Counts in fixed windows and refuses for five minutes when there are too many calls.
#[derive(Debug)]
struct Pretended {
    quota: u32,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    window_start: Instant,
    calls: u32,
    blocked_until: Option<Instant>,
    refusals: u32,
    /// Statuses to answer with first.
    script: Vec<u16>,
}

impl Pretended {
    fn new(quota: u32, script: &[u16]) -> Arc<Self> {
        let state = State {
            window_start: Instant::now(),
            calls: 0,
            blocked_until: None,
            refusals: 0,
            script: script.iter().rev().copied().collect(),
        };
        Arc::new(Self {
            quota,
            state: Mutex::new(state),
        })
    }

    fn spend(&self, calls: u32) {
        self.state.lock().unwrap().calls += calls;
    }

    fn answer(&self) -> Answer {
        let mut state = self.state.lock().unwrap();
        let now = Instant::now();
        if now - state.window_start >= WINDOW {
            (state.window_start, state.calls) = (now, 0);
        }
        if let Some(status) = state.script.pop() {
            return if status == 0 {
                Err(Error::Interrupted {
                    host: "h".into(),
                    reason: "reset".into(),
                })
            } else {
                Ok(Response::builder().status(status).body(Bytes::new()).unwrap())
            };
        }
        state.calls += 1;
        if state.calls > self.quota && state.blocked_until.is_none_or(|until| until <= now) {
            state.blocked_until = Some(now + WINDOW);
        }
        let left = self.quota.saturating_sub(state.calls);
        let reset = (state.window_start + WINDOW - now).as_secs();
        let mut response =
            Response::builder().header("ratelimit", format!(r#""default";r={left};t={reset}"#));
        if let Some(until) = state.blocked_until.filter(|until| *until > now) {
            state.refusals += 1;
            response = response
                .status(429)
                .header("retry-after", (until - now).as_secs() + 1);
        }
        Ok(response.body(Bytes::new()).unwrap())
    }
}

impl Transport for Pretended {
    fn exchange(&self, _: Request<Bytes>) -> Pin<Box<dyn Future<Output = Answer> + Send + '_>> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_millis(25)).await;
            let answer = self.answer();
            tokio::time::sleep(Duration::from_millis(25)).await;
            answer
        })
    }
}

fn client(server: &Arc<Pretended>, calls: u32) -> (Client, Arc<Mutex<Vec<Wait>>>) {
    let waits = Arc::new(Mutex::new(Vec::new()));
    let told = waits.clone();
    let options = Options {
        rate_limit: RateLimit::Quota {
            calls,
            window: WINDOW,
        },
        observer: Some(Arc::new(move |wait: &Wait| {
            told.lock().unwrap().push(wait.clone());
        })),
        ..Options::default()
    };
    (Client::with_transport(server.clone(), options), waits)
}

fn get() -> Request<Bytes> {
    Request::get("https://api.example.com/x")
        .body(Bytes::new())
        .unwrap()
}

async fn burst(client: &Client, calls: u32) -> Vec<u16> {
    let under_way: Vec<_> = (0..calls)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(get()).await.unwrap().status().as_u16() })
        })
        .collect();
    let mut statuses = Vec::new();
    for call in under_way {
        statuses.push(call.await.unwrap());
    }
    statuses
}

#[tokio::test(start_paused = true)]
async fn a_run_that_fits_takes_only_its_round_trips() {
    let server = Pretended::new(1200, &[]);
    let (client, waits) = client(&server, 1200);
    let start = Instant::now();
    burst(&client, 1176).await;
    // 16 at a time, 50 ms each.
    assert_eq!(start.elapsed().as_millis(), 1176_u128.div_ceil(16) * 50);
    assert_eq!(*waits.lock().unwrap(), []);
    assert_eq!(client.calls(), 1176);
}

#[tokio::test(start_paused = true)]
async fn a_run_three_times_the_quota_is_never_refused() {
    let server = Pretended::new(1200, &[]);
    let (client, _) = client(&server, 1200);
    let statuses = burst(&client, 3600).await;
    assert!(statuses.iter().all(|status| *status == 200));
    assert_eq!(server.state.lock().unwrap().refusals, 0);
    assert_eq!(client.calls(), 3600);
}

#[tokio::test(start_paused = true)]
async fn what_others_spend_is_noticed_before_the_block() {
    let server = Pretended::new(1200, &[]);
    server.spend(1100);
    let (client, _) = client(&server, 1200);
    burst(&client, 1).await;
    let statuses = burst(&client, 300).await;
    assert!(statuses.iter().all(|status| *status == 200));
    assert_eq!(server.state.lock().unwrap().refusals, 0);
}

#[tokio::test(start_paused = true)]
async fn a_block_by_others_is_waited_for_and_told() {
    let server = Pretended::new(1200, &[]);
    server.spend(1300);
    let (client, waits) = client(&server, 1200);
    assert_eq!(burst(&client, 20).await, [200; 20]);
    let waits = waits.lock().unwrap();
    assert!(
        waits
            .iter()
            .any(|wait| wait.reason == WaitReason::Throttled && wait.duration > Duration::from_mins(4)),
        "{waits:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn what_passes_is_repeated_with_growing_pauses() {
    let server = Pretended::new(1200, &[502, 0, 524]);
    let (client, waits) = client(&server, 1200);
    assert_eq!(client.send(get()).await.unwrap().status(), 200);
    assert_eq!(client.calls(), 4);
    let waits = waits.lock().unwrap();
    let causes: Vec<_> = waits.iter().map(|wait| wait.reason.clone()).collect();
    let retry = |attempt, cause: &str| WaitReason::Retry {
        attempt,
        cause: cause.to_owned(),
    };
    assert_eq!(
        causes,
        [
            retry(1, "HTTP status 502"),
            retry(2, "the connection to h broke off: reset"),
            retry(3, "HTTP status 524")
        ]
    );
    assert!(waits.windows(2).all(|pair| pair[0].duration < pair[1].duration));
}

#[tokio::test(start_paused = true)]
async fn attempts_end_with_the_last_answer() {
    let server = Pretended::new(1200, &[502; 9]);
    let (client, _) = client(&server, 1200);
    assert_eq!(client.send(get()).await.unwrap().status(), 502);
    assert_eq!(client.calls(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_post_that_may_have_arrived_is_not_repeated() {
    let server = Pretended::new(1200, &[0]);
    let (client, _) = client(&server, 1200);
    let post = Request::post("https://api.example.com/x")
        .body(Bytes::new())
        .unwrap();
    assert!(matches!(client.send(post).await, Err(Error::Interrupted { .. })));
    assert_eq!(client.calls(), 1);
}

/// Answers that others must wait for as long as can be said.
#[derive(Debug)]
struct Endless;

impl Transport for Endless {
    fn exchange(&self, _: Request<Bytes>) -> Pin<Box<dyn Future<Output = Answer> + Send + '_>> {
        let mut answer = Response::new(Bytes::new());
        *answer.status_mut() = http::StatusCode::TOO_MANY_REQUESTS;
        let headers = answer.headers_mut();
        headers.insert("retry-after", u64::MAX.into());
        headers.insert("ratelimit", format!("a;r=1;t={}", u64::MAX).parse().unwrap());
        Box::pin(async { Ok(answer) })
    }
}

#[tokio::test(start_paused = true)]
async fn a_time_without_end_is_an_answer_like_any_other() {
    let client = Client::with_transport(Arc::new(Endless), Options::default());
    assert_eq!(client.send(get()).await.unwrap().status(), 429);
}

fn put() -> Request<Bytes> {
    Request::put("https://api.example.com/x")
        .body(Bytes::new())
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn what_is_to_be_sent_once_is_sent_once() {
    let soon = || Instant::now() + Duration::from_secs(5);
    for (end, code) in [(502, None), (429, None), (0, Some("http-interrupted"))] {
        let server = Pretended::new(1200, &[end]);
        let (client, waits) = client(&server, 1200);
        let answer = client.send_once(put(), soon()).await;
        match code {
            Some(code) => assert_eq!(answer.unwrap_err().code(), code),
            None => assert_eq!(answer.unwrap().status(), end),
        }
        assert_eq!(client.calls(), 1);
        assert_eq!(*waits.lock().unwrap(), []);
    }
}

#[tokio::test(start_paused = true)]
async fn what_waited_too_long_for_the_budget_is_not_sent_at_all() {
    let server = Pretended::new(1200, &[]);
    let (client, _) = client(&server, 3);
    burst(&client, 3).await;
    let late = client
        .send_once(put(), Instant::now() + Duration::from_secs(5))
        .await;
    assert_eq!(late.unwrap_err(), Error::Late);
    assert!(Error::Late.nothing_sent());
    assert_eq!(client.calls(), 3);
}
