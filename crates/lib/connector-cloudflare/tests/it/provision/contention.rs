//! Somebody else changes the same member at the same time.

use cloudflare_sim::When;
use cloudflare_sim::state::{Policy, State};
use connector::{Effect, ErrorKind};

use super::world::{World, by_local, said, word};

const MEMBER: &str = "/accounts/*/members/*";

/// Somebody else gives a member what another one has.
fn give(local: &'static str, from: &'static str, index: usize) -> impl FnOnce(&mut State) + Send {
    move |state| {
        let policy = by_local(state, from).policies[index].clone();
        policies(state, local).push(policy);
    }
}

fn take(local: &'static str, index: usize) -> impl FnOnce(&mut State) + Send {
    move |state| drop(policies(state, local).remove(index))
}

fn policies<'a>(state: &'a mut State, local: &str) -> &'a mut Vec<Policy> {
    let id = by_local(state, local).id.clone();
    &mut state.member_mut(&id).unwrap().policies
}

#[tokio::test]
async fn what_changes_while_a_guard_asks_is_noticed_and_all_begins_again() {
    let world = World::new().await;
    // The first revocation asks who we are; just then somebody gives the member something.
    world
        .sim
        .after(When::call(1).of("/user"), give("roles", "grouped", 0));
    let before = world.picture();
    assert_eq!(word(&world.revoke("Billing", "roles").await), "made");
    assert_eq!(
        before.difference(&world.picture()),
        [
            "+ member roles@example.com: allow Analytics",
            "- member roles@example.com: allow Billing"
        ]
    );
}

#[tokio::test]
async fn what_somebody_adds_after_the_write_stays_and_is_told() {
    let world = World::new().await;
    world.sim.after(
        When::call(1).of(MEMBER).method("PUT"),
        give("roles", "grouped", 0),
    );
    let before = world.picture();
    let made = world.grant("Cache Purge", "roles").await.unwrap();
    assert_eq!(made.effect, Effect::Made);
    assert_eq!(
        before.difference(&world.picture()),
        [
            "+ member roles@example.com: allow Analytics",
            "+ member roles@example.com: allow Cache Purge"
        ]
    );
    insta::assert_snapshot!(made.notes[0].message, @"roles@example.com also received at the same moment, not from here: Analytics");
}

#[tokio::test]
async fn what_somebody_takes_after_the_write_is_reported() {
    let world = World::new().await;
    world
        .sim
        .after(When::call(1).of(MEMBER).method("PUT"), take("roles", 0));
    let error = world.grant("Cache Purge", "roles").await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Aborted);
    insta::assert_snapshot!(said(&error), @r"
    lost-meanwhile
    Grant Cache Purge to roles@example.com: done, but at the same moment this went away: Billing
    find out whether somebody else took it away just then; if not, give it back and report this
    ");
    // It is done, and asking again says so.
    assert_eq!(word(&world.grant("Cache Purge", "roles").await), "already so");
}

#[tokio::test]
async fn a_writer_who_undoes_the_change_is_met_with_another_try() {
    let world = World::new().await;
    let undo = |state: &mut State| drop(policies(state, "roles").pop());
    world.sim.after(When::call(1).of(MEMBER).method("PUT"), undo);
    let before = world.picture();
    assert_eq!(word(&world.grant("Cache Purge", "roles").await), "made");
    assert_eq!(
        before.difference(&world.picture()),
        ["+ member roles@example.com: allow Cache Purge"]
    );
}

#[tokio::test]
async fn a_writer_who_never_stops_is_given_up_on() {
    let world = World::new().await;
    for call in 1..=8 {
        let undo = |state: &mut State| drop(policies(state, "roles").pop());
        world.sim.after(When::call(call).of(MEMBER).method("PUT"), undo);
    }
    let before = world.picture();
    let error = world.grant("Cache Purge", "roles").await.unwrap_err();
    assert_eq!(before, world.picture());
    insta::assert_snapshot!(said(&error), @r"
    contended
    Grant Cache Purge to roles@example.com: not done, because the same is being changed by somebody else again and again
    try again in a few minutes; if it stays like this, find out who else changes members
    ");
}

#[tokio::test]
async fn a_member_who_left_meanwhile_has_nothing_to_lose_and_nothing_to_gain() {
    let world = World::new().await;
    world.sim.change(|state| {
        let index = state
            .members
            .iter()
            .position(|member| member.person.email == "both@example.com");
        state.remove_member(index.unwrap());
    });
    assert_eq!(word(&world.revoke("Billing", "both").await), "already so");
    assert_eq!(
        word(&world.revoke(super::world::GROUP, "both").await),
        "already so"
    );
    insta::assert_snapshot!(said(&world.grant("Cache Purge", "both").await.unwrap_err()), @r"
    no-such-member
    both@example.com is not a member of the account (any more)
    invite the person, or read the account again
    ");
    insta::assert_snapshot!(said(&world.grant(super::world::GROUP, "both").await.unwrap_err()), @r"
    no-such-member
    both@example.com is not a member of the account (any more)
    invite the person, or read the account again
    ");
}

#[tokio::test]
async fn a_member_who_left_and_came_back_is_found_by_the_new_membership() {
    let world = World::new().await;
    world.sim.change(|state| {
        let id = by_local(state, "both").id.clone();
        let member = state.member_mut(&id).unwrap();
        "f00df00df00df00df00df00df00df00d".clone_into(&mut member.id);
    });
    let before = world.picture();
    assert_eq!(word(&world.revoke("Billing", "both").await), "made");
    assert_eq!(word(&world.grant(super::world::GROUP, "both").await), "made");
    assert_eq!(
        before.difference(&world.picture()),
        [
            "+ group Night watch: has both@example.com",
            "- member both@example.com: allow Billing"
        ]
    );
    assert_eq!(word(&world.revoke(super::world::GROUP, "both").await), "made");
}

#[tokio::test]
async fn a_membership_that_is_somebody_elses_now_is_not_touched() {
    let world = World::new().await;
    let request = world.request("Billing", "both", connector::Mode::Make);
    world.sim.change(|state| {
        let id = by_local(state, "both").id.clone();
        let member = state.member_mut(&id).unwrap();
        "somebody.else@example.com".clone_into(&mut member.person.email);
        "deadbeefdeadbeefdeadbeefdeadbeef".clone_into(&mut member.person.user_id);
    });
    let before = world.picture();
    let end = connector::Provisioner::revoke(&*world.connector, &request).await;
    assert_eq!((word(&end).as_str(), before), ("already so", world.picture()));
}
