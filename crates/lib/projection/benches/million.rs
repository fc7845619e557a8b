//! A file with a million grants of ten thousand members becomes a snapshot, and the pages of it are asked for. Prints rows
//! for the table of docs/PERFORMANCE.md. `ROLLCALL_TEST_POSTGRES` names a server to measure too.

use std::path::Path;
use std::time::{Duration, Instant};

use c1z::ReadOptions;
use chrono::{DateTime, Utc};
use governance::access::{
    EntitlementOrder, EntitlementQuery, HolderQuery, PageRequest, Projections, ResourceKind, ResourceOrder,
    ResourceQuery, SecondFactor, Snapshot, SnapshotsOver,
};
use governance::repository::{Ledger as _, Write};
use governance::{
    Connector, ConnectorId, ConnectorKind, ConnectorName, Hosting, Installation, Schedule, UploadId,
};
use model::{FixedClock, SyncId};
use projection::{Projected, project};
use store::Database;
use testkit::Company;
use testkit::postgres::Fresh;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const MEMBERS: u32 = 10_000;
const GRANTS_EACH: u32 = 100;
const COMPANY: Company = Company {
    members: MEMBERS,
    roles: 200,
    grants_each: GRANTS_EACH,
};
/// How often each page is asked for; the slowest of twenty is what people remember.
const TIMES: u32 = 20;

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("sync.c1z");
    let sync = COMPANY.write(&path, now())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let database = Database::sqlite(&folder.path().join("rollcall.db")).await?;
        measure("SQLite", &database, &path, &sync).await?;
        if std::env::var_os("ROLLCALL_TEST_POSTGRES").is_some() {
            let fresh = Fresh::new().await;
            let database = Database::postgres(&fresh.url()).await?;
            measure("PostgreSQL", &database, &path, &sync).await?;
            database.close().await?;
        }
        Ok(())
    })
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_444_777, 0).unwrap_or_default()
}

async fn measure(name: &str, database: &Database, path: &Path, sync: &SyncId) -> Result<()> {
    add_connector(database).await?;
    forget_peak();
    let start = Instant::now();
    let first = snapshot(database, path, sync).await?;
    row(&format!("1,000,000 grants into {name}"), start.elapsed());
    say(&format!("| … peak memory | {} |", peak()));
    make_current(database, &first).await?;

    let start = Instant::now();
    let second = snapshot(database, path, sync).await?;
    row("… once more, on top of that", start.elapsed());
    let start = Instant::now();
    let difference = database
        .difference(second.id, 1000)
        .await?
        .ok_or("there is no difference")?;
    assert!(difference.is_empty(), "the same file is different from itself");
    row("… compared with it", start.elapsed());
    let start = Instant::now();
    make_current(database, &second).await?;
    row("… made current", start.elapsed());
    pages(database, &second).await?;
    remove(database).await
}

fn connector_id() -> ConnectorId {
    ConnectorId::new(now(), [1; 16])
}

async fn add_connector(database: &Database) -> Result<()> {
    let name = ConnectorName::parse("Million")?;
    let connector = Connector::new(connector_id(), name, Schedule::Never, now());
    let installation = Installation::new(connector_id(), ConnectorKind::Baton, Hosting::SelfHosted);
    let write = Write::AddConnector(connector, installation);
    database.commit(&[write], &[]).await?;
    Ok(())
}

async fn make_current(database: &Database, snapshot: &Snapshot) -> Result<()> {
    let write = Write::MakeCurrent(snapshot.id, now());
    database.commit(&[write], &[]).await?;
    Ok(())
}

async fn snapshot(database: &Database, path: &Path, sync: &SyncId) -> Result<Snapshot> {
    let what = Projected {
        connector: connector_id(),
        upload: UploadId::new(now(), [2; 16]),
        sync: sync.clone(),
    };
    let clock = FixedClock(now());
    let snapshot = project(path, &ReadOptions::default(), what, database, &clock).await?;
    assert_eq!(snapshot.grants(), u64::from(MEMBERS * GRANTS_EACH));
    Ok(snapshot)
}

async fn remove(database: &Database) -> Result<()> {
    let start = Instant::now();
    let after = now() + chrono::TimeDelta::hours(1);
    let over = SnapshotsOver {
        silent_since: now(),
        retired_before: after,
    };
    let (mut portions, mut slowest) = (0, Duration::ZERO);
    loop {
        let portion = Instant::now();
        if database.remove_snapshots(&over, 20_000).await? == 0 {
            break;
        }
        (portions, slowest) = (portions + 1, slowest.max(portion.elapsed()));
    }
    row(
        &format!("… the old one removed, in {portions} portions"),
        start.elapsed(),
    );
    row("… the slowest of these", slowest);
    Ok(())
}

async fn pages(database: &Database, snapshot: &Snapshot) -> Result<()> {
    let id = snapshot.id;
    let accounts = ResourceQuery {
        kind: Some(ResourceKind::User),
        ..ResourceQuery::default()
    };
    let page = PageRequest::new(0, 50);
    for (name, query, page) in [
        ("accounts by name", accounts.clone(), page),
        (
            "… the last page",
            accounts.clone(),
            PageRequest::new(u64::from(MEMBERS) - 50, 50),
        ),
        (
            "… by what they hold",
            ResourceQuery {
                order: ResourceOrder::Holds,
                descending: true,
                ..accounts.clone()
            },
            page,
        ),
        (
            "… a search that finds one",
            ResourceQuery {
                search: "member 04999".to_owned(),
                ..accounts.clone()
            },
            page,
        ),
        (
            "… without second factor",
            ResourceQuery {
                second_factor: Some(SecondFactor::Off),
                ..accounts.clone()
            },
            page,
        ),
    ] {
        slowest(name, async || {
            Ok(database.resources(id, &query, page).await?.ok_or("gone")?.total)
        })
        .await?;
    }
    let user = COMPANY.somebody();
    slowest("what one account holds", async || {
        Ok(database.holdings(id, &user, page).await?.ok_or("gone")?.total)
    })
    .await?;
    rights(database, snapshot, page).await
}

async fn rights(database: &Database, snapshot: &Snapshot, page: PageRequest) -> Result<()> {
    let id = snapshot.id;
    let by_holders = EntitlementQuery {
        order: EntitlementOrder::Holders,
        descending: true,
        ..EntitlementQuery::default()
    };
    slowest("entitlements by holders", async || {
        Ok(database
            .entitlements(id, &by_holders, page)
            .await?
            .ok_or("gone")?
            .total)
    })
    .await?;
    let role = COMPANY.something();
    for (name, search) in [("who holds one, of 5,000", ""), ("… with a search", "member 049")] {
        let query = HolderQuery {
            search: search.to_owned(),
            direct: None,
        };
        slowest(name, async || {
            Ok(database
                .holders(id, &role, &query, page)
                .await?
                .ok_or("gone")?
                .total)
        })
        .await?;
    }
    slowest("the overview", async || {
        Ok(database.overview(id).await?.ok_or("gone")?.direct_grants)
    })
    .await
}

async fn slowest(name: &str, ask: impl AsyncFn() -> Result<u64>) -> Result<()> {
    let mut slowest = Duration::ZERO;
    for _ in 0..TIMES {
        let start = Instant::now();
        assert!(ask().await? > 0, "{name}: nothing is found");
        slowest = slowest.max(start.elapsed());
    }
    row(name, slowest);
    Ok(())
}

fn row(name: &str, took: Duration) {
    let millis = took.as_millis();
    if millis >= 1000 {
        say(&format!("| {name} | {:.1} s |", took.as_secs_f64()));
    } else {
        say(&format!("| {name} | {millis} ms |"));
    }
}

#[expect(
    clippy::print_stdout,
    reason = "the rows are for the person who runs the benchmark"
)]
fn say(line: &str) {
    println!("{line}");
}

/// What was used while the file was written is not counted. Where the system does not do that, too much is told.
fn forget_peak() {
    std::fs::write("/proc/self/clear_refs", "5").unwrap_or_default();
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kilobytes.map_or_else(|| "?".to_owned(), |size| format!("{} MiB", size / 1024))
}
