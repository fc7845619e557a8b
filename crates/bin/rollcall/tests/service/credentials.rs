//! Credentials: exchanged one by one, taken back in the middle of work.

use governance::End;

use crate::world::{Credential, PATIENCE, World};

#[test]
fn two_credentials_are_good_until_one_is_revoked() {
    let world = World::new();
    let (connector, old) = world.add_connector("Cloudflare");
    let one = world.connect(&old, "one");
    let task = world.ask_sync(&connector.id);
    assert!(matches!(world.end_of(&task), End::Succeeded(_)));

    let said = world.say(&["credentials", "add", "Cloudflare", "--expires-in", "30"]);
    let new = Credential::from(said.as_str());
    let _two = world.connect(&new, "two");
    let first = world
        .runtime
        .block_on(world.desk.store().credentials(&connector.id))
        .unwrap()[0]
        .id
        .clone();
    world.say(&["credentials", "revoke", first.as_str()]);
    world.wait_until("the first is turned away", || one.said().contains("revoked"));
    drop(one);

    let task = world.ask_sync(&connector.id);
    assert!(matches!(world.end_of(&task), End::Succeeded(_)));
    let listed = world.say(&["credentials", "list", "Cloudflare"]);
    assert!(
        listed.contains("revoked") && listed.contains("good, expires in"),
        "{listed}"
    );
}

/// Who starts with a credential that is not accepted ends, with the exit code that says so.
#[test]
fn a_credential_that_is_not_accepted_ends_the_connector() {
    let world = World::new();
    let (connector, credential) = world.add_connector("Cloudflare");
    let all = world
        .runtime
        .block_on(world.desk.store().credentials(&connector.id))
        .unwrap();
    world.say(&["credentials", "revoke", all[0].id.as_str()]);
    let mut one = world.connect(&credential, "one");
    assert_eq!(one.ended(PATIENCE), Some(16), "{}", one.said());
    assert!(
        one.said().contains("this credential was revoked"),
        "{}",
        one.said()
    );
}

/// A task whose worker lost its credential is given to the next.
#[test]
fn a_task_survives_the_end_of_its_worker_s_credential() {
    let world = World::slow();
    let (connector, old) = world.add_connector("Cloudflare");
    let one = world.connect(&old, "one");
    let task = world.ask_sync(&connector.id);
    world.wait_until("it is taken", || world.task(&task).attempt().is_some());
    let first = world
        .runtime
        .block_on(world.desk.store().credentials(&connector.id))
        .unwrap()[0]
        .id
        .clone();
    let said = world.say(&["credentials", "add", "Cloudflare"]);
    world.say(&["credentials", "revoke", first.as_str()]);
    let _two = world.connect(&said.as_str().into(), "two");
    assert!(
        matches!(world.end_of(&task), End::Succeeded(_)),
        "{}",
        world.logs()
    );
    assert_eq!(world.task(&task).tries, 2);
    drop(one);
}
