//! A change of keys while the service runs, and broken off anywhere.

use std::time::Duration;

use governance::repository::{SealedValues as _, Written};
use governance::{End, SealedSecret};
use runner::SystemRandomness;
use vault::{KeyRing, Sealed};

use super::{add_hosted, output};
use crate::world::{Process, World};

fn ring(world: &World) -> KeyRing {
    KeyRing::load(&world.path("data/keys")).unwrap()
}

fn current(world: &World) -> String {
    ring(world).current_id().to_string()
}

/// How many secrets are sealed with another key than the current one; each opens.
fn left(world: &World) -> usize {
    let ring = ring(world);
    let values = world
        .runtime
        .block_on(async { world.open().await.unwrap().sealed_values().await.unwrap() });
    let is_old = |value: &&governance::repository::SealedValue| {
        let sealed = Sealed::from_bytes(&value.secret.0).unwrap();
        ring.open(&sealed, &lobby::context(&value.place)).unwrap();
        !ring.is_current(&sealed)
    };
    values.iter().filter(is_old).count()
}

fn refused(world: &World, arguments: &[&str]) -> String {
    let (code, _, err) = output(&mut world.rollcall(arguments));
    assert_eq!(code, Some(2), "{err}");
    err
}

fn syncs(world: &World, connector: &governance::Connector) {
    let task = world.ask_sync(&connector.id);
    assert!(matches!(world.end_of(&task), End::Succeeded(_)));
}

#[test]
fn a_running_service_goes_on_with_the_new_key() {
    let mut world = World::new();
    let connector = add_hosted(&world, "Hosted");
    syncs(&world, &connector);
    let old = current(&world);
    let said = world.say(&["keys", "rotate"]);
    assert!(said.contains("1 were sealed again"), "{said}");
    let new = current(&world);
    assert_ne!(old, new);
    assert_eq!(left(&world), 0);
    world.say(&["keys", "retire", &old]);
    // What is saved and what is read from now on is sealed with the new key, by a service that was not started again.
    let second = add_hosted(&world, "Second");
    syncs(&world, &second);
    syncs(&world, &connector);
    assert!(!world.logs().contains("cannot be opened"), "{}", world.logs());
    let listed = world.say(&["keys"]);
    assert!(listed.contains(&new) && !listed.contains(&old), "{listed}");
    world.say(&["verify"]);
    assert_eq!(world.stop_service(), Some(0));
}

#[test]
fn a_key_that_is_needed_is_not_retired() {
    let world = World::new();
    add_hosted(&world, "Hosted");
    let old = current(&world);
    assert!(refused(&world, &["keys", "retire", &old]).contains("is the current one"));
    world.say(&["keys", "add"]);
    assert_eq!(current(&world), old);
    let new = ring(&world).key_ids().nth(1).unwrap().to_string();
    world.say(&["keys", "use", &new]);
    assert_eq!((current(&world), left(&world)), (new, 1));
    let said = refused(&world, &["keys", "retire", &old]);
    assert!(said.contains("still needed: 1 secrets"), "{said}");
    world.say(&["keys", "reseal"]);
    world.say(&["keys", "retire", &old]);
    assert_eq!(left(&world), 0);
    assert!(refused(&world, &["keys", "retire", &old]).contains("is not among the keys"));
    assert!(refused(&world, &["keys", "use", "0123"]).contains("no key id"));
}

#[test]
fn what_was_broken_off_goes_on() {
    let world = World::new();
    for name in ["One", "Two", "Three"] {
        add_hosted(&world, name);
    }
    // As if it had been killed after one of three.
    KeyRing::change_file(&world.path("data/keys"), |ring| {
        ring.rotate(&SystemRandomness).map(drop)
    })
    .unwrap();
    world.runtime.block_on(async {
        let (database, ring) = (world.open().await.unwrap(), ring(&world));
        let value = database.sealed_values().await.unwrap().remove(0);
        let sealed = Sealed::from_bytes(&value.secret.0).unwrap();
        let again = ring
            .reseal(&sealed, &lobby::context(&value.place), &SystemRandomness)
            .unwrap();
        let written = database
            .replace_sealed(&value, &SealedSecret(again.to_bytes()))
            .await
            .unwrap();
        assert_eq!(written, Written::Yes);
    });
    assert_eq!(left(&world), 2);
    let said = world.say(&["keys", "reseal"]);
    assert!(said.contains("2 secrets"), "{said}");
    assert_eq!(left(&world), 0);
}

#[test]
fn killed_at_any_moment_everything_still_opens() {
    let world = World::new();
    for name in ["One", "Two", "Three"] {
        add_hosted(&world, name);
    }
    for wait in [0, 5, 10, 15, 20, 30, 40, 60] {
        let mut process = Process::start(&mut world.rollcall(&["keys", "rotate"]), world.path("keys.log"));
        world.pause(Duration::from_millis(wait));
        process.kill();
        left(&world);
    }
    world.say(&["keys", "reseal"]);
    assert_eq!(left(&world), 0);
    world.say(&["verify"]);
}
