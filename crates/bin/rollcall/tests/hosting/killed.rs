//! A service that is gone without a word.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use governance::Actor;

use crate::processes;
use crate::world::{Given, PATIENCE, Service, World};

/// Where the service that is killed keeps its state, and what its connectors are given.
const DATA: &str = "HOSTING_TEST_DATA";
const GIVEN: &str = "HOSTING_TEST_GIVEN";
/// How long the processes may live on.
const SECONDS: Duration = Duration::from_secs(10);

/// A part of the other test, in a process of its own, which is told by its environment what to do; otherwise nothing.
#[tokio::test(flavor = "multi_thread")]
async fn the_service_that_is_killed() {
    let (Some(data), Some(given)) = (std::env::var_os(DATA), std::env::var_os(GIVEN)) else {
        return;
    };
    let data = PathBuf::from(data);
    let given: Given = serde_json::from_str(given.to_str().unwrap()).unwrap();
    let service = Service::start(&data).await;
    let (one, two) = (service.add("One").await, service.add("Two").await);
    service.want(&[(&one, 1, given.clone()), (&two, 1, given)]);
    tokio::time::sleep(PATIENCE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn its_processes_end_and_the_next_takes_their_keys_back() {
    let world = World::new().await;
    let data = world.folder.path().join("killed");
    std::fs::create_dir(&data).unwrap();
    let mut service = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::the_service_that_is_killed"])
        .env(DATA, &data)
        .env(GIVEN, serde_json::to_string(&world.settings()).unwrap())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let own = service.id();
    let hosted = || {
        let all = processes::below(&data).into_iter();
        all.filter(|id| *id != own).collect::<Vec<_>>()
    };
    world
        .service
        .until("both run", async || hosted().len() == 2)
        .await;
    // They are given the time to settle, so that what ends them is the end of the service.
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(hosted().len(), 2);
    service.kill().unwrap();
    service.wait().unwrap();
    let killed = Instant::now();
    world
        .service
        .until("both end", async || hosted().is_empty())
        .await;
    assert!(killed.elapsed() < SECONDS, "{:?}", killed.elapsed());

    let next = Service::start(&data).await;
    let one = next.office.find(&Actor::command("tests"), "One").await.unwrap();
    let one = one.connector.value;
    assert_eq!(Service::keys(&next.desk, &one).await, (1, 0));
    next.want(&[(&one, 1, world.settings())]);
    next.sync(&one).await;
    assert_eq!(Service::keys(&next.desk, &one).await, (1, 1));
    next.stop().await;
    world.service.stop().await;
}
