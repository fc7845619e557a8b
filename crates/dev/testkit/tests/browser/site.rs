//! Pages for the browser to look at.

use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use futures_util::FutureExt as _;
use testkit::browser::Browser;

/// What a page with strict rules allows: its own styles and scripts from its own host, nothing inside the page.
const STRICT: &str =
    "default-src 'none'; style-src 'self'; script-src 'self'; require-trusted-types-for 'script'";

/// Opens a page with this body in a new browser.
pub(crate) async fn open(body: &str) -> Browser {
    open_with(body, "", "").await
}

/// The same with a script and a style, both from its own host.
pub(crate) async fn open_with(body: &str, script: &'static str, style: &'static str) -> Browser {
    let address = serve(body, script, style).await;
    let browser = Browser::start().await;
    browser.goto(&format!("http://{address}/")).await;
    browser
}

/// What somebody reads whose test fails with this.
pub(crate) async fn failure(doing: impl Future<Output = ()>) -> String {
    let failed = AssertUnwindSafe(doing).catch_unwind().await;
    *failed.unwrap_err().downcast().unwrap()
}

async fn serve(body: &str, script: &'static str, style: &'static str) -> SocketAddr {
    let page: Arc<str> = page(body).into();
    let answer = move |RawQuery(query): RawQuery| {
        let page = page.replace("{query}", &query.unwrap_or_default());
        async move { ([(CONTENT_SECURITY_POLICY, STRICT)], Html(page)) }
    };
    let file = |kind: &'static str, text: &'static str| {
        get(move || async move { ([(CONTENT_TYPE, kind)], text).into_response() })
    };
    let router = Router::new()
        .route("/", get(answer))
        .route("/page.js", file("text/javascript", script))
        .route("/page.css", file("text/css", style))
        .route("/favicon.ico", file("image/x-icon", ""))
        .route("/people.csv", get(people));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn people() -> impl IntoResponse {
    let attachment = "attachment; filename=\"people.csv\"";
    let headers = [(CONTENT_TYPE, "text/csv"), (CONTENT_DISPOSITION, attachment)];
    (headers, "name\nAda\n")
}

fn page(body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>A page</title><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"/page.css\">\
         <script src=\"/page.js\" defer></script></head><body>{body}</body></html>"
    )
}
