use c1z::SyncKind;
use model::{Annotation, ResourceId, UserTrait};

use super::*;
use crate::task::{What, Who};
use crate::testing::{World, open, sync};

fn lookup(world: &World) -> Lookup {
    let reading = Reading {
        file: world.file(),
        options: c1z::ReadOptions::default(),
    };
    Lookup::open(&reading).unwrap()
}

/// Who is meant, by the object of the id; or why that cannot be told.
fn who(world: &World, name: &str) -> String {
    let file = lookup(world);
    let billing = file.entitlement(&"role:r1:member".into()).unwrap();
    match file.who(&Who::Named(name.to_owned()), &billing) {
        Ok(found) => found.id.to_string(),
        Err(error) => error.to_string(),
    }
}

fn what(world: &World, name: &str, on: Option<&str>) -> String {
    let what = What::Named {
        name: name.to_owned(),
        on: on.map(str::to_owned),
    };
    match lookup(world).what(&what) {
        Ok(found) => found.id.to_string(),
        Err(error) => error.to_string(),
    }
}

fn person(object: &str, name: &str) -> Resource {
    let user = Annotation::User(UserTrait::default());
    Resource::new(ResourceId::new("user", object), name).with_annotation(user)
}

#[test]
fn people_are_known_by_id_name_address_and_login_in_any_case() {
    let world = World::new();
    for name in ["u1", "Ada Lovelace", " ada lovelace ", "ADA@example.com"] {
        assert_eq!(who(&world, name), "user:u1", "{name}");
    }
}

#[test]
fn who_calls_themselves_by_an_address_is_not_meant_by_it() {
    let world = World::new();
    let liar = person("u9", "mallory.was@example.com");
    sync(&world.file(), (SyncKind::Full, 3), &[liar], &[], &[]);
    let words = who(&world, "mallory.was@example.com");
    assert!(words.starts_with("nothing in "), "{words}");
}

#[test]
fn an_invitation_is_meant_only_when_nobody_who_can_hold_it_is() {
    let world = World::new();
    assert_eq!(who(&world, "kim@example.com"), "user:u4");
    assert_eq!(who(&world, "grace@example.com"), "invitation:i1");
}

#[test]
fn what_is_given_is_known_by_id_own_name_or_the_name_of_what_it_is_on() {
    let world = World::new();
    for name in ["role:r1:member", "billing member", "Billing"] {
        assert_eq!(what(&world, name, None), "role:r1:member", "{name}");
    }
    for (name, on) in [
        ("Cache Purge", "example.org"),
        ("purge", "EXAMPLE.org"),
        ("purge", "p2"),
        ("purge", "place:p2"),
    ] {
        assert_eq!(what(&world, name, Some(on)), "place:p2:purge", "{name} {on}");
    }
    for name in ["Cache Rules", "Cache Rules on example.org", "rules"] {
        assert_eq!(
            what(&world, name, Some("example.org")),
            "place:p2:rules",
            "{name}"
        );
    }
}

#[test]
fn a_partial_sync_hides_neither_records_nor_another_of_the_same_name() {
    let world = World::new();
    sync(
        &world.file(),
        (SyncKind::Partial, 1),
        &[person("u2", "Sam")],
        &[],
        &[],
    );
    sync(
        &world.file(),
        (SyncKind::ResourcesOnly, 2),
        &[person("u9", "New")],
        &[],
        &[],
    );
    assert_eq!(what(&world, "Billing", None), "role:r1:member");
    assert_eq!(who(&world, "ada@example.com"), "user:u1");
    assert_eq!(who(&world, "New"), "user:u9");
    assert!(who(&world, "sam").starts_with("'sam' can mean several things"));
    assert!(lookup(&world).grant(&"role:r1:member:user:u1".into()).is_ok());
}

#[test]
fn the_newest_record_counts_and_an_old_name_means_nobody() {
    let world = World::new();
    sync(
        &world.file(),
        (SyncKind::Partial, 1),
        &[person("u1", "Ada King"), person("u9", "Ada Lovelace")],
        &[],
        &[],
    );
    assert_eq!(who(&world, "Ada Lovelace"), "user:u9");
    assert_eq!(who(&world, "Ada King"), "user:u1");
    let ada = lookup(&world).resource(&ResourceId::new("user", "u1")).unwrap();
    assert_eq!(ada.display_name, "Ada King");
}

#[test]
fn a_file_without_a_sync_is_no_use() {
    let world = World::empty();
    open(&world.file()).save().unwrap();
    let reading = Reading {
        file: world.file(),
        options: c1z::ReadOptions::default(),
    };
    let error = Lookup::open(&reading).unwrap_err();
    assert_eq!(error.kind(), connector::ErrorKind::FailedPrecondition);
}

#[test]
fn names_in_messages_do_nothing_to_a_terminal() {
    let text = what(&World::new(), "\u{1b}[31mred", None);
    assert!(text.contains("several things"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
}
