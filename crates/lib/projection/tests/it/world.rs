//! Files to read, and where their rows go.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use c1z::{Draft, DraftOptions, ReadOptions, SyncKind};
use chrono::{DateTime, TimeDelta, Utc};
use cloudflare::{AccountId, Client, Credential};
use cloudflare_sim::{Options, Sim, demo};
use connector_cloudflare::CloudflareConnector;
use governance::access::{AccessRows, SnapshotId};
use governance::repository::{Ledger as _, Write, Written};
use governance::{
    Connector, ConnectorId, ConnectorKind, ConnectorName, Hosting, Installation, Schedule, UploadId,
};
use model::{FixedClock, SeededIds, SyncId};
use projection::{File, Projected};
use store::Database;
use sync::{Event, Job, Progress, Request, Scope};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_444_777, 0).unwrap() + TimeDelta::seconds(seconds)
}

/// A file in a folder of its own.
#[derive(Debug)]
pub(crate) struct Uploaded {
    _folder: TempDir,
    pub(crate) path: PathBuf,
    pub(crate) sync: SyncId,
}

struct Silent;

impl Progress for Silent {
    fn event(&self, _: &Event) {}
}

/// The demo's account, read by the real connector.
pub(crate) async fn demo_account() -> Uploaded {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sync.c1z");
    let state = demo::example_retail(at(0));
    let sim = Sim::new(state, Options::unlimited()).start().await.unwrap();
    let http = http_client::Client::new(http_client::Options::default()).unwrap();
    let credential = Credential::ApiToken(sim.token().into());
    let client = Client::new(http, sim.base_url().parse().unwrap(), credential).unwrap();
    let account = AccountId::new(sim.account_id());
    let job = Job {
        syncer: Arc::new(CloudflareConnector::new(client, account)),
        draft: Draft::open(&path, DraftOptions::default()).unwrap(),
        request: Request {
            scope: Scope::Everything,
            resources_only: false,
            skip_expansion: false,
            workers: 2,
        },
        clock: Arc::new(FixedClock(at(0))),
        ids: Arc::new(SeededIds::new(1)),
        progress: Arc::new(Silent),
        stop: CancellationToken::new(),
    };
    let sync = sync::run(job).await.unwrap().sync_id;
    sim.stop().await;
    Uploaded {
        _folder: folder,
        path,
        sync,
    }
}

/// A file that holds what is put into it.
pub(crate) fn file(kind: &SyncKind, fill: impl FnOnce(&mut c1z::Batch<'_>)) -> Uploaded {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sync.c1z");
    let sync = c1z::new_sync_id(at(0), [1; 16]);
    let mut draft = Draft::open(&path, DraftOptions::default()).unwrap();
    draft.start(sync.clone(), kind, at(0)).unwrap();
    let mut batch = draft.batch(at(0)).unwrap();
    fill(&mut batch);
    batch.commit().unwrap();
    draft.finish("{}", at(60)).unwrap();
    draft.save().unwrap();
    Uploaded {
        _folder: folder,
        path,
        sync,
    }
}

pub(crate) fn rows(path: &Path, sync: &SyncId) -> Vec<AccessRows> {
    let file = File::open(path, sync, &ReadOptions::default()).unwrap();
    let rows = file.rows().unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

pub(crate) fn connector_id() -> ConnectorId {
    ConnectorId::new(at(0), [1; 16])
}

/// A database with a connector in it.
pub(crate) async fn database() -> Database {
    let database = Database::in_memory().await.unwrap();
    let name = ConnectorName::parse("Example").unwrap();
    let connector = Connector::new(connector_id(), name, Schedule::Never, at(0));
    let installation = Installation::new(connector_id(), ConnectorKind::Baton, Hosting::SelfHosted);
    let write = Write::AddConnector(connector, installation);
    assert_eq!(database.commit(&[write], &[]).await.unwrap(), Written::Yes);
    database
}

pub(crate) async fn make_current(database: &Database, id: SnapshotId, now: DateTime<Utc>) -> Written {
    database
        .commit(&[Write::MakeCurrent(id, now)], &[])
        .await
        .unwrap()
}

pub(crate) fn projected(sync: &SyncId) -> Projected {
    Projected {
        connector: connector_id(),
        upload: UploadId::new(at(0), [2; 16]),
        sync: sync.clone(),
    }
}
