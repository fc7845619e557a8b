//! Backups: made while the service works, put back elsewhere, damaged, broken off.

use std::path::Path;
use std::time::Duration;

use cloudflare_sim::{Options, demo};
use governance::repository::{Connectors as _, Tasks as _};
use governance::{Connector, TaskKind};
use store::Database;
use testkit::postgres::Fresh;
use tokio::runtime::Runtime;

use super::{is_untouched, output};
use crate::world::{Process, World};

/// For nobody: its other half was thrown away.
const RECIPIENT: &str = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";

/// A service whose connector has read the account once.
fn synced(database_url: Option<String>) -> (World, Connector) {
    let now = "2026-10-01T00:00:00Z".parse().unwrap();
    let world = World::of(demo::example_retail(now), Options::unlimited(), database_url);
    let (connector, credential) = world.add_connector("Cloudflare");
    let instance = world.connect(&credential, "one");
    let task = world.ask_sync(&connector.id);
    world.end_of(&task);
    assert_eq!(instance.stop(crate::world::PATIENCE), Some(0));
    (world, connector)
}

fn restore(world: &World, file: &str, to: &str) -> (Option<i32>, String, String) {
    let mut command = world.rollcall(&["restore", file, "--data", to]);
    output(command.env_remove("ROLLCALL_DATABASE_URL"))
}

/// What commands say of the state in a folder, but for times.
fn said_of(world: &World, data: &str) -> Vec<String> {
    let commands = [
        &["verify"][..],
        &["files", "list", "Cloudflare"],
        &["connectors", "show", "Cloudflare"],
    ];
    let said = commands.into_iter().map(|arguments| {
        let mut command = world.rollcall(arguments);
        let (code, out, err) = output(command.args(["--data", data]).env_remove("ROLLCALL_DATABASE_URL"));
        assert_eq!(code, Some(0), "{err}");
        out
    });
    said.collect()
}

#[test]
fn everything_comes_back_in_another_folder() {
    let (world, _) = synced(None);
    let said = world.say(&["backup", "all.backup", "--keys-for", RECIPIENT]);
    assert!(said.contains("1 files"), "{said}");
    let (code, out, err) = restore(&world, "all.backup", "other");
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("the audit trail is whole"), "{out}");
    let sealed = std::fs::read(world.path("other/keys-1.age")).unwrap();
    assert!(sealed.starts_with(b"age-encryption.org/v1"));
    let [_, files, _] = said_of(&world, "other").try_into().unwrap();
    assert_eq!(files, said_of(&world, "data")[1]);
    let fetched = [
        "files",
        "get",
        "Cloudflare",
        "--data",
        "other",
        "-o",
        "fetched.c1z",
    ];
    world.say(&fetched);
    // What is there already is not touched.
    let (code, _, err) = restore(&world, "all.backup", "other");
    assert_eq!(code, Some(2));
    assert!(err.contains("the database is not empty"), "{err}");
}

#[test]
fn a_backup_is_of_one_moment_while_a_sync_runs() {
    let world = World::slow();
    let (connector, credential) = world.add_connector("Cloudflare");
    let instance = world.connect(&credential, "one");
    let task = world.ask_sync(&connector.id);
    world.wait_until("the sync runs", || world.task(&task).attempt().is_some());
    world.say(&["backup", "all.backup"]);
    let (code, _, err) = restore(&world, "all.backup", "other");
    assert_eq!(code, Some(0), "{err}");
    world.end_of(&task);
    drop(instance);
    world.runtime.block_on(async {
        let restored = Database::sqlite(&world.path("other/rollcall.db")).await.unwrap();
        let found = restored.task(&task).await.unwrap().unwrap().value;
        // It goes on as if the connector had not been heard of: the lease ends, and the next one tries.
        assert!(found.attempt().is_some() && !found.is_finished(), "{found:?}");
        let syncs = restored
            .tasks(&connector.id, Some(TaskKind::Sync), 10)
            .await
            .unwrap();
        assert_eq!(syncs.len(), 1);
    });
}

/// One clear refusal, and nothing is written.
fn is_refused(world: &World, bytes: &[u8]) {
    std::fs::write(world.path("damaged"), bytes).unwrap();
    let (code, out, err) = restore(world, "damaged", "nowhere");
    assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
    assert!(
        err.contains("the backup cannot be used") && err.contains("nothing was written"),
        "{err}"
    );
    assert_eq!(err.lines().count(), 2, "{err}");
    assert!(is_untouched(&world.path("nowhere")));
}

#[test]
fn what_is_cut_off_or_altered_is_refused_before_anything_is_written() {
    let world = World::new();
    world.add_connector("Cloudflare");
    world.say(&["backup", "all.backup"]);
    let whole = std::fs::read(world.path("all.backup")).unwrap();
    let step = whole.len() / 12;
    for at in (0..whole.len()).step_by(step) {
        is_refused(&world, &whole[..at]);
        let mut altered = whole.clone();
        altered[at] ^= 1;
        is_refused(&world, &altered);
    }
    is_refused(&world, &[&whole[..], b"more"].concat());
}

#[test]
fn whatever_is_broken_off_can_be_done_again() {
    let (world, connector) = synced(None);
    for wait in [0, 5, 10, 20, 40, 80] {
        let mut command = world.rollcall(&["backup", "broken.backup"]);
        let mut process = Process::start(&mut command, world.path("broken.log"));
        world.pause(Duration::from_millis(wait));
        process.kill();
        // It is there when it is whole, and not before.
        if world.path("broken.backup").exists() {
            let to = format!("from-{wait}");
            let (code, _, err) = restore(&world, "broken.backup", &to);
            assert_eq!(code, Some(0), "{err}");
        }
    }
    world.say(&["backup", "all.backup"]);
    for wait in [0, 10, 20, 30, 50, 80, 120] {
        let to = format!("to-{wait}");
        let mut command = world.rollcall(&["restore", "all.backup", "--data", &to]);
        let mut process = Process::start(&mut command, world.path("broken.log"));
        world.pause(Duration::from_millis(wait));
        process.kill();
        let (code, _, err) = restore(&world, "all.backup", &to);
        let is_done = err.contains("the database is not empty");
        assert!(code == Some(0) || is_done, "{wait}: {err}");
        is_whole(&world.runtime, &world.path(&to).join("rollcall.db"), &connector);
    }
}

fn is_whole(runtime: &Runtime, file: &Path, connector: &Connector) {
    runtime.block_on(async {
        let database = Database::sqlite(file).await.unwrap();
        assert_eq!(
            database.connectors().await.unwrap(),
            std::slice::from_ref(connector)
        );
        let syncs = database
            .tasks(&connector.id, Some(TaskKind::Sync), 10)
            .await
            .unwrap();
        assert_eq!(syncs.len(), 1);
    });
}

#[test]
#[ignore = "needs ROLLCALL_TEST_POSTGRES"]
fn from_one_kind_of_database_to_the_other_and_back() {
    let runtime = Runtime::new().unwrap();
    let (here, there) = runtime.block_on(async { (Fresh::new().await, Fresh::new().await) });
    let (world, connector) = synced(Some(here.url()));
    world.say(&["backup", "server.backup"]);
    let (code, _, err) = restore(&world, "server.backup", "other");
    assert_eq!(code, Some(0), "{err}");
    is_whole(&world.runtime, &world.path("other/rollcall.db"), &connector);
    let mut command = world.rollcall(&["backup", "file.backup", "--data", "other"]);
    let (code, _, err) = output(command.env_remove("ROLLCALL_DATABASE_URL"));
    assert_eq!(code, Some(0), "{err}");
    let url = there.url();
    let arguments = [
        "restore",
        "file.backup",
        "--data",
        "third",
        "--database-url",
        &url,
    ];
    let (code, out, err) = output(&mut world.rollcall(&arguments));
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("the audit trail is whole"), "{out}");
    let (code, _, err) = output(&mut world.rollcall(&arguments));
    assert!(
        code == Some(2) && err.contains("the database is not empty"),
        "{err}"
    );
    runtime.block_on(async {
        let database = Database::postgres(&url).await.unwrap();
        assert_eq!(database.connectors().await.unwrap(), [connector]);
    });
}
