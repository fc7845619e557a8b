//! The program that serves, killed or stopped at every step of a sync and started again: nothing is lost, and at no time is a
//! connector said to be connected that is not.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use cloudflare_sim::{Options, Running, Sim, When, demo};
use governance::{
    Actor, Authentication, ConnectorId, ConnectorKind, ConnectorSettings, Hosting, Label, Mode, NewConnector,
    NewPlace, Office, Schedule,
};
use model::Clock as _;
use runner::{SystemClock, SystemIds, SystemRandomness};
use secrecy::SecretString;
use store::Database;
use tempfile::TempDir;
use testkit::{Process, free_port};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use vault::KeyRing;

use crate::world::PATIENCE;

/// The calls of one sync of the demo's account, and then some, so that also what follows the last call is met.
const STEPS: u64 = 24;
/// How many services run at a time: they mostly wait.
const AT_ONCE: u64 = 6;
/// How often it is looked how things are.
const PAUSE: Duration = Duration::from_millis(50);

/// How much people see: resources, and grants of them.
type Shown = (u64, u64);

/// How a service ends.
#[derive(Clone, Copy, Debug)]
enum End {
    Killed,
    Stopped,
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_and_no_label_lies_wherever_a_sync_is_interrupted() {
    let (mut running, mut shown) = (JoinSet::new(), HashSet::new());
    for step in 1..=STEPS {
        let end = if step % 3 == 0 { End::Stopped } else { End::Killed };
        running.spawn(interrupted(step, end));
        if step >= AT_ONCE {
            shown.insert(running.join_next().await.unwrap().unwrap());
        }
    }
    while let Some(ended) = running.join_next().await {
        shown.insert(ended.unwrap());
    }
    // The last one was not interrupted: its sync has fewer calls than that.
    assert_eq!(shown.len(), 1, "{shown:?}");
}

/// One service, which ends at that call to Cloudflare, and another one after it.
async fn interrupted(step: u64, end: End) -> Shown {
    let now = "2026-10-01T00:00:00Z".parse().unwrap();
    let sim = Sim::new(demo::example_retail(now), Options::unlimited())
        .start()
        .await
        .unwrap();
    let called = Arc::new(Notify::new());
    let there = Arc::clone(&called);
    sim.after(When::call(step), move |_| there.notify_one());
    let folder = TempDir::new().unwrap();
    let (office, connector) = set_up(folder.path(), &sim).await;
    let listen = free_port().unwrap();
    let service = serve(folder.path(), listen, &sim);
    tokio::select! {
        () = called.notified() => {}
        _ = connected(&office, &connector, step) => {}
    }
    match end {
        End::Killed => drop(service),
        End::Stopped => assert_eq!(service.stop(PATIENCE).await.unwrap(), Some(0), "step {step}"),
    }
    let _next = serve(folder.path(), listen, &sim);
    connected(&office, &connector, step).await
}

/// Waits until the connector is connected; all the while what is said of it is true.
async fn connected(office: &Office, id: &ConnectorId, step: u64) -> Shown {
    let (actor, began) = (Actor::command("tests"), Instant::now());
    loop {
        let seen = office.seen(&actor, id).await.unwrap();
        let shown = office.snapshot(&actor, id).await.unwrap();
        if seen.label == Label::Connected {
            let shown = shown.unwrap();
            return (shown.resources(), shown.grants());
        }
        let is_true = matches!(seen.label, Label::Syncing | Label::NotConnected);
        assert!(is_true, "step {step}: {:?}: {:?}", seen.label, seen.facts);
        assert!(began.elapsed() < PATIENCE, "step {step}: still {:?}", seen.facts);
        tokio::time::sleep(PAUSE).await;
    }
}

/// A connector that knows how to reach the account, in a folder where no service was yet.
async fn set_up(data: &Path, sim: &Running) -> (Office, ConnectorId) {
    let database = Database::sqlite(&data.join("rollcall.db")).await.unwrap();
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(SystemIds));
    let office = Office::new(Arc::new(database), clock, ids);
    let actor = Actor::command("tests");
    let new = NewConnector {
        name: "Production".to_owned(),
        kind: ConnectorKind::Cloudflare,
        hosting: Hosting::Hosted,
        place: NewPlace::Nowhere,
        owners: Vec::new(),
        schedule: Schedule::Never,
    };
    let connector = office.add_connector(&actor, &new, "localhost").await.unwrap();
    let keys = KeyRing::load_or_create(&data.join("keys"), &SystemRandomness).unwrap();
    let token = SecretString::from(sim.token());
    let sealed = lobby::seal_for_connector(&keys, &SystemRandomness, &connector.id, &token).unwrap();
    let settings = ConnectorSettings {
        connector: connector.id.clone(),
        account_id: sim.account_id(),
        authentication: Authentication::ApiToken,
        secret: sealed,
        last_four: "mple".to_owned(),
        mode: Mode::Reviews,
        saved_at: SystemClock.now(),
        revision: 0,
        checked: None,
    };
    let sync = task_service::sync_work;
    office.save_settings(&actor, &settings, sync).await.unwrap();
    (office, connector.id)
}

fn serve(data: &Path, listen: SocketAddr, sim: &Running) -> Process {
    let mut command = Command::new(cargo_bin!("rollcall"));
    command
        .env_clear()
        .current_dir(data)
        .env("ROLLCALL_DATA", data)
        .env("ROLLCALL_CLOUDFLARE_URL", sim.base_url())
        .args([
            "serve",
            "--poll",
            "1",
            "--heartbeat",
            "1",
            "--hosting-lease",
            "10",
        ])
        .args(["--listen", &listen.to_string()]);
    Process::start(&mut command, &data.join("service.log")).unwrap()
}
