//! The console over a small and a large account: how soon it listens, how long each page takes, what it holds in memory.
//!
//! `cargo bench -p rollcall --bench pages`, and with `-- --postgres URL` on an empty database; `cargo xtask bench` runs the
//! first. The service is a process of its own; the browser is one connection over TLS, which asks for one page after the
//! other.

#![expect(clippy::unwrap_used, reason = "a measurement that fails says so")]
#![expect(clippy::print_stdout, reason = "the numbers are the result")]

mod plane;

use std::path::Path;
use std::time::{Duration, Instant};

use clap::Parser;
use governance::repository::{Ledger as _, Write};
use governance::{ConnectorId, UploadId};
use model::Clock as _;
use plane::Service;
use projection::{Projected, project};
use reqwest::header::{CONTENT_TYPE, COOKIE, ORIGIN, SET_COOKIE};
use runner::{SystemClock, SystemRandomness};
use secrecy::ExposeSecret as _;
use tempfile::TempDir;
use testkit::Company;

/// About 30,000 grants.
const SMALL: Company = Company {
    members: 10_000,
    roles: 200,
    grants_each: 3,
};
/// 1,000,000 grants.
const LARGE: Company = Company {
    grants_each: 100,
    ..SMALL
};
/// How often each page is asked for.
const TIMES: usize = 200;
/// How long the service has to come to rest.
const REST: Duration = Duration::from_secs(10);

#[derive(Parser)]
struct Args {
    /// An empty PostgreSQL database [default: SQLite]
    #[arg(long)]
    postgres: Option<String>,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let args = Args::parse();
    rustls::crypto::ring::default_provider().install_default().ok();
    tokio::runtime::Runtime::new().unwrap().block_on(measure(&args));
}

async fn measure(args: &Args) {
    let folder = TempDir::new().unwrap();
    let postgres = args.postgres.as_deref();
    println!("| what | measured |\n| --- | ---: |");
    drop(start(
        "start on an empty folder, until it listens",
        folder.path(),
        postgres,
    ));
    let office = plane::office(folder.path(), postgres).await;
    let made = console::demo_link(&office, &SystemRandomness, "localhost").await;
    let (_, link) = made.unwrap();
    let mut accounts = Vec::new();
    for (name, company) in [("30,303 grants", SMALL), ("1,000,000 grants", LARGE)] {
        let (connector, ..) = plane::enrol(&office, name, "localhost").await;
        let id = connector.id;
        read(&company, &id, folder.path(), postgres).await;
        accounts.push((name, company, id));
    }
    let service = start("… with two accounts in it", folder.path(), postgres);
    let process = service.process.0.id();
    tokio::time::sleep(REST).await;
    println!(
        "| resident when nothing was asked yet | {:.1} MiB |",
        plane::memory(process, "VmRSS:")
    );
    let browser = Browser::come_in(&service, folder.path(), link.expose_secret()).await;
    pages(&browser, &accounts).await;
    tokio::time::sleep(REST).await;
    println!(
        "| resident afterwards, idle | {:.1} MiB |",
        plane::memory(process, "VmRSS:")
    );
    println!("| at most | {:.1} MiB |", plane::memory(process, "VmHWM:"));
}

fn start(what: &str, data: &Path, postgres: Option<&str>) -> Service {
    let began = Instant::now();
    let service = plane::serve(data, postgres);
    println!("| {what} | {} ms |", began.elapsed().as_millis());
    service
}

/// What the connector read, for everybody to see.
async fn read(company: &Company, connector: &ConnectorId, data: &Path, postgres: Option<&str>) {
    let now = SystemClock.now();
    let file = data.join("bench.c1z");
    let what = Projected {
        connector: connector.clone(),
        upload: UploadId::new(now, [2; 16]),
        sync: company.write(&file, now).unwrap(),
    };
    let database = plane::database(data, postgres).await;
    let options = c1z::ReadOptions::default();
    let snapshot = project(&file, &options, what, &database, &SystemClock)
        .await
        .unwrap();
    let write = Write::MakeCurrent(snapshot.id, now);
    database.commit(&[write], &[]).await.unwrap();
    database.close().await.unwrap();
    std::fs::remove_file(&file).unwrap();
}

async fn pages(browser: &Browser, accounts: &[(&str, Company, ConnectorId)]) {
    println!("\n| page | median | p95 | longest |\n| --- | ---: | ---: | ---: |");
    for path in ["/", "/connectors", "/apps", "/users", "/audit", "/account"] {
        browser.time(path, path).await;
    }
    for (name, company, id) in accounts {
        let somebody = company.somebody().object.to_string();
        let something = company.something().to_string().replace(':', "%3A");
        for (what, page) in [
            ("the connector", String::new()),
            ("its accounts", "/accounts".to_owned()),
            ("… the last page", "/accounts?page=200".to_owned()),
            ("… a search", "/accounts?q=member+04999".to_owned()),
            ("one account", format!("/account?type=user&id={somebody}")),
            ("its entitlements", "/entitlements".to_owned()),
            ("one entitlement", format!("/entitlement?id={something}")),
        ] {
            let path = format!("/connectors/{id}{page}");
            browser.time(&format!("{name}: {what}"), &path).await;
        }
    }
    println!("\n| what | measured |\n| --- | ---: |");
}

/// Somebody who is signed in.
struct Browser {
    client: reqwest::Client,
    origin: String,
    cookie: String,
}

impl Browser {
    /// Comes in by the link of a demo.
    #[expect(clippy::disallowed_methods, reason = "a browser is no client of ours")]
    async fn come_in(service: &Service, data: &Path, link: &str) -> Self {
        let root = std::fs::read(data.join("tls").join("authority.pem")).unwrap();
        let client = reqwest::Client::builder()
            .tls_certs_only([reqwest::Certificate::from_pem(&root).unwrap()])
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let origin = format!("https://localhost:{}", service.address.port());
        let (_, path) = link.split_once("localhost").unwrap();
        let answer = client
            .post(format!("{origin}{path}"))
            .header(ORIGIN, &origin)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(format!("{}=", ui::CSRF_FIELD))
            .send()
            .await
            .unwrap();
        let cookie = answer.headers().get(SET_COOKIE).unwrap().to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Self {
            client,
            origin,
            cookie,
        }
    }

    /// Asks for a page again and again.
    async fn time(&self, what: &str, path: &str) {
        let mut took = Vec::new();
        for _ in 0..TIMES {
            let began = Instant::now();
            let page = self.client.get(format!("{}{path}", self.origin));
            let answer = page.header(COOKIE, &self.cookie).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{path}");
            answer.bytes().await.unwrap();
            took.push(began.elapsed());
        }
        took.sort_unstable();
        let at = |share: usize| took.get((took.len() * share / 100).min(took.len() - 1)).unwrap();
        let [median, most, all] = [at(50), at(95), at(100)].map(|took| took.as_secs_f64() * 1000.0);
        println!("| {what} | {median:.1} ms | {most:.1} ms | {all:.1} ms |");
    }
}
