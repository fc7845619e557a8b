//! The client on real sockets, against servers that are odd each in their own way.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Redirect;
use axum::routing::get;
use bytes::Bytes;
use http::Request;
use http_client::{Client, Error, Options};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

/// Answers every connection with these bytes and closes it; gives its address and the count of connections.
async fn serve_raw(answer: &'static [u8]) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let connections = Arc::new(AtomicUsize::new(0));
    let count = connections.clone();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::Relaxed);
            let _ = socket.read(&mut [0; 4096]).await;
            let _ = socket.write_all(answer).await;
        }
    });
    (address, connections)
}

fn client(options: Options) -> Client {
    Client::new(options).unwrap()
}

fn request(url: &str) -> Request<Bytes> {
    Request::get(url).body(Bytes::new()).unwrap()
}

#[tokio::test]
async fn an_answer_comes_back_with_status_headers_and_body() {
    let router = Router::new().route(
        "/x",
        get(async || (StatusCode::IM_A_TEAPOT, [("cf-ray", "1-AMS")], "tea")),
    );
    let url = serve(router).await;
    let response = client(Options::default())
        .send(request(&format!("{url}/x?secret=1")))
        .await
        .unwrap();
    assert_eq!(response.status(), 418);
    assert_eq!(response.headers()["cf-ray"], "1-AMS");
    assert_eq!(response.body(), "tea");
}

#[tokio::test]
async fn a_redirect_is_given_and_not_followed() {
    let router = Router::new().route(
        "/",
        get(async || Redirect::temporary("https://elsewhere.example.com/")),
    );
    let url = serve(router).await;
    let response = client(Options::default()).send(request(&url)).await.unwrap();
    assert_eq!(response.status(), 307);
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_refused() {
    let url = serve(Router::new().route("/", get(async || "x".repeat(5000)))).await;
    let error = client(Options {
        max_body: 4999,
        ..Options::default()
    })
    .send(request(&url))
    .await
    .unwrap_err();
    assert!(
        matches!(error, Error::BodyTooLarge { limit: 4999, .. }),
        "{error:?}"
    );
    assert!(
        client(Options {
            max_body: 5000,
            ..Options::default()
        })
        .send(request(&url))
        .await
        .is_ok()
    );
}

#[tokio::test]
async fn a_server_that_does_not_answer_times_out() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let timeout = Duration::from_millis(50);
    let error = client(Options {
        timeout,
        ..Options::default()
    })
    .send(request(&url))
    .await
    .unwrap_err();
    assert!(
        matches!(error, Error::Timeout { after, .. } if after == timeout),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_body_cut_short_is_no_answer_and_is_asked_for_again() {
    let (address, connections) = serve_raw(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this").await;
    let client = client(Options::default());
    let error = client
        .send(request(&format!("http://{address}/")))
        .await
        .unwrap_err();
    assert!(
        matches!(&error, Error::Interrupted { host, .. } if *host == address),
        "{error:?}"
    );
    assert_eq!(connections.load(Ordering::Relaxed), 4);
    assert_eq!(client.calls(), 4);
}

#[tokio::test]
async fn a_port_where_nobody_listens_cannot_be_connected_to() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = client(Options::default()).send(request(&url)).await.unwrap_err();
    assert!(matches!(error, Error::Connect { .. }), "{error:?}");
}

#[tokio::test]
async fn a_name_without_an_address_is_told_from_a_host_that_is_down() {
    let error = client(Options::default())
        .send(request("http://no-such-host.invalid/"))
        .await
        .unwrap_err();
    assert_eq!(
        error,
        Error::Dns {
            host: "no-such-host.invalid".into()
        }
    );
}

#[tokio::test]
async fn a_server_without_tls_is_not_trusted() {
    let (address, _) = serve_raw(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    let error = client(Options::default())
        .send(request(&format!("https://{address}/")))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Tls { .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_that_asks_to_come_back_is_asked_again() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let answer = async move || match count.fetch_add(1, Ordering::Relaxed) {
        0 => (
            StatusCode::SERVICE_UNAVAILABLE,
            HeaderMap::from_iter([(http::header::RETRY_AFTER, "0".parse().unwrap())]),
        ),
        1 => (
            StatusCode::TOO_MANY_REQUESTS,
            HeaderMap::from_iter([(http::header::RETRY_AFTER, "0".parse().unwrap())]),
        ),
        _ => (StatusCode::OK, HeaderMap::new()),
    };
    let url = serve(Router::new().route("/", get(answer))).await;
    assert_eq!(
        client(Options::default())
            .send(request(&url))
            .await
            .unwrap()
            .status(),
        200
    );
    assert_eq!(asked.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn no_error_shows_the_query() {
    let (address, _) = serve_raw(b"not http").await;
    let error = client(Options::default())
        .send(request(&format!("http://{address}/p?token=s3cret")))
        .await
        .unwrap_err();
    assert!(!format!("{error:?} {error}").contains("s3cret"), "{error:?}");
}
