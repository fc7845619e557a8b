//! From nothing to *Connected*.

use governance::{Content, End};

use testkit::free_port;

use crate::world::World;

#[test]
fn a_connector_is_added_started_and_connected() {
    let world = World::new();
    assert!(world.say(&["connectors"]).contains("There is no connector yet"));
    let (connector, credential) = world.add_connector("Cloudflare");
    assert!(world.say(&["connectors"]).contains("Not connected"));
    let _one = world.connect(&credential, "one");
    world.wait_until("it is heard of", || {
        world.say(&["connectors"]).contains("Syncing")
    });
    world.say(&["connectors", "sync", "Cloudflare"]);
    world.wait_until("it is connected", || {
        world.say(&["connectors"]).contains("Connected")
    });
    let shown = world.say(&["connectors", "show", "Cloudflare"]);
    assert!(
        shown.contains("one") && shown.contains("baton-cloudflare"),
        "{shown}"
    );

    let uploads = world
        .runtime
        .block_on(world.desk.store().uploads(&connector.id, 10))
        .unwrap();
    assert_eq!(uploads.len(), 1);
    assert!(matches!(uploads[0].content, Content::Sync(_)));
    assert_eq!(
        std::fs::read_dir(world.temporary("one")).unwrap().count(),
        1,
        "only its own folder"
    );
}

/// What comes by way of the service is what the program writes itself.
#[test]
fn the_file_that_is_handed_over_is_the_file_of_one_run() {
    let world = World::new();
    let (connector, credential) = world.add_connector("Cloudflare");
    let _one = world.connect(&credential, "one");
    let task = world.ask_sync(&connector.id);
    assert!(matches!(world.end_of(&task), End::Succeeded(_)));
    world.say(&["files", "get", "Cloudflare", "--out", "service.c1z"]);
    world.sync_once("once.c1z");
    let service = testkit::canonical(&world.path("service.c1z")).unwrap();
    let once = testkit::canonical(&world.path("once.c1z")).unwrap();
    for part in ["resourceTypes", "resources", "entitlements", "grants"] {
        assert_eq!(service[part], once[part], "{part}");
        assert!(!once[part].as_array().unwrap().is_empty(), "{part}");
    }
}

/// What is due is asked for by itself.
#[test]
fn a_connector_with_an_interval_reads_without_being_asked() {
    let world = World::new();
    let said = world.say(&["connectors", "add", "Cloudflare", "--sync-every", "1h"]);
    let _one = world.connect(&said.as_str().into(), "one");
    world.wait_until("it is connected", || {
        world.say(&["connectors"]).contains("Connected")
    });
}

/// Whoever restarts what is not well, and sends work to what is ready, is told the truth.
#[test]
fn health_is_told_truly() {
    let mut world = World::new();
    let (_, credential) = world.add_connector("Cloudflare");
    let port = free_port().unwrap().port().to_string();
    assert_eq!(world.health("live", &port), Some(14), "nobody answers");
    world.kill_service();
    let _one = world.connect_watched(&credential, "one", &port);
    world.wait_until("it lives", || world.health("live", &port) == Some(0));
    world.wait_until("it says that the control plane is away", || {
        world.health("health", &port) == Some(2)
    });
    assert_eq!(world.health("ready", &port), Some(2));
    world.start_service();
    world.wait_until("it is ready", || world.health("ready", &port) == Some(0));
    assert_eq!(world.health("health", &port), Some(0));
}

/// What an image and an orchestrator ask, with the settings that the service itself has.
#[test]
fn a_service_is_asked_how_it_is() {
    let mut world = World::new();
    let well = |world: &World| world.service_health().status.code();
    assert_eq!(well(&world), Some(0));
    world.kill_service();
    assert_eq!(well(&world), Some(2));
    let said = String::from_utf8(world.service_health().stderr).unwrap();
    assert!(said.starts_with("error: no answer from 127.0.0.1:"), "{said}");
    assert!(said.contains("hint: see --listen"), "{said}");
    world.start_service();
    assert_eq!(well(&world), Some(0));
}

#[test]
fn asking_to_stop_ends_both_sides_in_good_order() {
    let mut world = World::new();
    let (connector, credential) = world.add_connector("Cloudflare");
    let one = world.connect(&credential, "one");
    let task = world.ask_sync(&connector.id);
    world.end_of(&task);
    assert_eq!(one.stop(crate::world::PATIENCE), Some(0));
    assert_eq!(world.stop_service(), Some(0));
    assert_eq!(
        std::fs::read_dir(world.temporary("one")).unwrap().count(),
        0,
        "nothing is left"
    );
    assert_eq!(
        std::fs::read_dir(world.path("data/spool")).unwrap().count(),
        0,
        "nothing is left"
    );
}
