//! Changes of access: the real process, an account that was read before, and what differs afterwards.

mod actions;
mod by_flags;
mod by_names;
mod company;
mod refusals;
mod secrets;
mod trouble;

use insta::assert_snapshot;

use crate::world::World;

#[test]
fn names_cannot_be_looked_up_before_the_account_was_read() {
    let world = World::new();
    let run = world.run(&["grant", "ada@example.com", "Billing"]);
    assert_snapshot!(run.end());
    assert_eq!(run.stdout, "");
    assert!(world.sim.journal().is_empty());
}

#[test]
fn the_log_has_the_code_of_a_refusal() {
    let world = World::new();
    let run = world.run(&["run", "no_such_action"]);
    assert_eq!(run.code, Some(5), "{}", run.stderr);
    let log = run.log();
    let last = log.last().unwrap();
    assert_eq!(
        (last["code"].as_str(), last["exit_code"].as_u64()),
        (Some("unknown-action"), Some(5))
    );
    assert!(world.sim.journal().is_empty());
}
