//! Two services on one database: each hosted connector is run by one of them, whichever is there.

#![cfg(target_os = "linux")]

use cloudflare_sim::{Options, demo};
use governance::{Connector, End};
use testkit::postgres::Fresh;
use tokio::runtime::Runtime;

use super::{actor, add_hosted, office};
use crate::world::{Process, World};

/// The processes of a connector; there are never two.
fn running(world: &World, connector: &Connector) -> Option<u32> {
    let folder = world.path("data/hosted").join(connector.id.as_str());
    let is_there = |id: &u32| {
        let cwd = std::fs::read_link(format!("/proc/{id}/cwd"));
        cwd.is_ok_and(|cwd| cwd.ends_with(&folder))
    };
    let all = std::fs::read_dir("/proc").unwrap().flatten();
    let ids = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let all: Vec<u32> = ids.filter(is_there).collect();
    assert!(all.len() <= 1, "{all:?}");
    all.first().copied()
}

/// Who started a process.
fn parent(process: u32) -> Option<u32> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
    line.trim().parse().ok()
}

/// How many credentials of a connector are good.
fn good(world: &World, connector: &Connector) -> usize {
    let (office, actor) = (office(world), actor());
    let all = office.credentials(&actor, &connector.id);
    let all = world.runtime.block_on(all).unwrap();
    all.iter().filter(|one| one.revoked_at.is_none()).count()
}

fn syncs(world: &World, connector: &Connector) {
    let task = world.ask_sync(&connector.id);
    assert!(matches!(world.end_of(&task), End::Succeeded(_)));
}

/// Waits until one of these services runs the connector; gives which process it is, and whose.
fn runs(world: &World, connector: &Connector, of: &[u32]) -> (u32, u32) {
    let mut found = None;
    world.wait_until("one of them runs it", || {
        let process = running(world, connector);
        found = process.and_then(|process| Some((process, parent(process)?)));
        found.is_some_and(|(_, parent)| of.contains(&parent))
    });
    found.unwrap()
}

fn taken_over(mut world: World) {
    let connector = add_hosted(&world, "Hosted");
    let (mut other, _) = world.another_service();
    let (one, two) = (world.service_id(), other.id());
    let (first, whose) = runs(&world, &connector, &[one, two]);
    syncs(&world, &connector);
    assert_eq!(running(&world, &connector), Some(first));
    assert_eq!(good(&world, &connector), 1);
    let left = if whose == one {
        world.kill_service();
        two
    } else {
        other.kill();
        one
    };
    let (second, _) = runs(&world, &connector, &[left]);
    assert_ne!(second, first);
    syncs(&world, &connector);
    assert_eq!(good(&world, &connector), 1);
}

#[test]
fn when_one_of_two_services_dies_the_other_takes_over() {
    taken_over(World::new());
}

#[test]
#[ignore = "needs ROLLCALL_TEST_POSTGRES"]
fn the_same_on_a_server() {
    let fresh = Runtime::new().unwrap().block_on(Fresh::new());
    let now = "2026-10-01T00:00:00Z".parse().unwrap();
    taken_over(World::of(
        demo::example_retail(now),
        Options::unlimited(),
        Some(fresh.url()),
    ));
}

#[test]
fn whoever_stops_in_good_order_leaves_it_to_the_other_at_once() {
    let mut world = World::new();
    let connector = add_hosted(&world, "Hosted");
    runs(&world, &connector, &[world.service_id()]);
    let (other, _): (Process, _) = world.another_service();
    assert_eq!(world.stop_service(), Some(0));
    runs(&world, &connector, &[other.id()]);
    syncs(&world, &connector);
}

/// It would ask for tasks in vain for ever.
#[test]
fn whose_credential_is_revoked_by_hand_gets_another_one() {
    let world = World::new();
    let connector = add_hosted(&world, "Hosted");
    let (first, _) = runs(&world, &connector, &[world.service_id()]);
    syncs(&world, &connector);
    let office = office(&world);
    let all = world
        .runtime
        .block_on(office.credentials(&actor(), &connector.id))
        .unwrap();
    let used = all.iter().find(|one| one.revoked_at.is_none()).unwrap();
    world.say(&["credentials", "revoke", used.id.as_str()]);
    world.wait_until("another process runs", || {
        running(&world, &connector).is_some_and(|process| process != first)
    });
    syncs(&world, &connector);
    assert_eq!(good(&world, &connector), 1);
}
