//! When somebody is not signed in any more.

use chrono::TimeDelta;
use governance::{Actor, Role, SessionScope};

use crate::world::{Browser, World};

async fn is_in(world: &World, browser: &Browser) -> bool {
    let found = world.get(browser, "/account").await;
    match found.status {
        200 => true,
        303 => {
            assert_eq!(found.location(), Some("/sign-in?to=%2Faccount"));
            false
        }
        other => panic!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_half_an_hour_of_nothing() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::User]).await;
    let (browser, _) = world.signed_in(&ada).await;
    for _ in 0..3 {
        world.later(TimeDelta::minutes(29));
        assert!(is_in(&world, &browser).await);
    }
    world.later(TimeDelta::minutes(30));
    assert!(!is_in(&world, &browser).await);
    // Coming back is of no use.
    assert!(!is_in(&world, &browser).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_half_a_day_however_much_it_is_used() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::User]).await;
    let (browser, _) = world.signed_in(&ada).await;
    for _ in 0..35 {
        world.later(TimeDelta::minutes(20));
        assert!(is_in(&world, &browser).await);
    }
    world.later(TimeDelta::minutes(20));
    assert!(!is_in(&world, &browser).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_can_be_ended_from_another_and_only_ones_own() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::User]).await;
    let eve = world.person("Eve", &[Role::User]).await;
    let (here, _) = world.signed_in(&ada).await;
    let (elsewhere, session) = world.signed_in(&ada).await;
    let (others, _) = world.signed_in(&eve).await;
    let end = format!("/account/sessions/{}/end", session.id);
    assert_eq!(world.post(&others, &end, &[]).await.status, 404);
    assert!(is_in(&world, &elsewhere).await);
    assert_eq!(world.post(&here, &end, &[]).await.status, 303);
    assert!(!is_in(&world, &elsewhere).await);
    assert!(is_in(&world, &here).await);
    assert_eq!(world.post(&here, &end, &[]).await.status, 404);
}

/// At once, and also for a session of which only the password was right.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_deactivated_is_out_at_once() {
    let world = World::new().await;
    world.person("Grace", &[Role::SuperAdministrator]).await;
    let ada = world.person("Ada", &[Role::SuperAdministrator]).await;
    let (browser, _) = world.signed_in(&ada).await;
    let (half, _) = world.with_session(&ada, SessionScope::AwaitingCode).await;
    assert!(is_in(&world, &browser).await);
    assert_eq!(world.get(&half, "/sign-in/code").await.status, 200);
    let tests = Actor::command("tests");
    world.office.deactivate(&tests, &ada.id).await.unwrap();
    assert!(!is_in(&world, &browser).await);
    assert_eq!(world.get(&half, "/sign-in/code").await.status, 303);
    assert_eq!(
        world.post(&browser, "/apps", &[("name", "Mail")]).await.status,
        303
    );
    // Nor do old sessions come back with their owner.
    world.office.reactivate(&tests, &ada.id).await.unwrap();
    assert!(!is_in(&world, &browser).await);
}

/// What was taken away is not there with the next click.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_was_taken_away_is_gone_at_once() {
    let world = World::new().await;
    world.person("Grace", &[Role::SuperAdministrator]).await;
    let ada = world.person("Ada", &[Role::Auditor]).await;
    let (browser, _) = world.signed_in(&ada).await;
    assert_eq!(world.get(&browser, "/audit").await.status, 200);
    let none = [].into_iter().collect();
    let tests = Actor::command("tests");
    world.office.set_roles(&tests, &ada.id, &none).await.unwrap();
    assert_eq!(world.get(&browser, "/audit").await.status, 403);
}
