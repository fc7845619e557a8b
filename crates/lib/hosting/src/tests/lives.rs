//! Processes: started, started again, replaced, ended.

use std::time::Duration;

use insta::assert_snapshot;

use super::support::{Life, World, hosted};

async fn pass(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

#[tokio::test(start_paused = true)]
async fn what_is_wanted_is_started_at_once_and_ends_with_the_service() {
    let world = World::new();
    world.live(1, vec![Life::LONG]);
    let running = world.begin();
    pass(2).await;
    world.want(Some(vec![hosted(1, 1)]));
    pass(100).await;
    assert_snapshot!(world.end(running).await, @"");
}

#[tokio::test(start_paused = true)]
async fn what_ends_is_started_again_after_waits_that_grow() {
    let world = World::new();
    world.live(1, vec![Life::FAILING]);
    world.want(Some(vec![hosted(1, 1)]));
    assert_snapshot!(world.run(40).await, @"");
}

#[tokio::test(start_paused = true)]
async fn ten_good_minutes_are_a_new_beginning() {
    let world = World::new();
    let well = Life {
        lasts: 600,
        ..Life::FAILING
    };
    world.live(1, vec![Life::FAILING, Life::FAILING, Life::FAILING, well, Life::LONG]);
    world.want(Some(vec![hosted(1, 1)]));
    let happened = world.run(700).await;
    let waits: Vec<_> = happened.lines().filter(|line| line.contains("started again")).collect();
    assert_snapshot!(waits.join("\n"), @"");
}

#[tokio::test(start_paused = true)]
async fn another_revision_replaces_the_first() {
    let world = World::new();
    world.live(1, vec![Life::LONG]);
    world.live(2, vec![Life::LONG]);
    world.want(Some(vec![hosted(1, 1), hosted(2, 1)]));
    let running = world.begin();
    pass(10).await;
    world.want(Some(vec![hosted(1, 2), hosted(2, 1)]));
    pass(10).await;
    let happened = world.end(running).await;
    let of_first: Vec<_> = happened.lines().filter(|line| !line.contains(" 2 ")).collect();
    assert_snapshot!(of_first.join("\n"), @"");
}

#[tokio::test(start_paused = true)]
async fn what_is_wanted_no_more_ends_even_while_it_waits() {
    let world = World::new();
    world.live(1, vec![Life::LONG]);
    world.live(2, vec![Life::FAILING]);
    world.want(Some(vec![hosted(1, 1), hosted(2, 1)]));
    let running = world.begin();
    pass(4).await;
    world.want(Some(Vec::new()));
    pass(60).await;
    assert_snapshot!(world.end(running).await, @"");
}

#[tokio::test(start_paused = true)]
async fn what_does_not_end_is_killed() {
    let world = World::new();
    world.live(1, vec![Life { last_work: 600, ..Life::LONG }]);
    world.want(Some(vec![hosted(1, 1)]));
    assert_snapshot!(world.run(3).await, @"");
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_started_is_tried_again() {
    let world = World::new();
    world.live(1, Vec::new());
    world.want(Some(vec![hosted(1, 1)]));
    let running = world.begin();
    pass(5).await;
    world.live(1, vec![Life::LONG]);
    pass(5).await;
    assert_snapshot!(world.end(running).await, @"");
}

#[tokio::test(start_paused = true)]
async fn while_nobody_can_tell_what_is_wanted_everything_stays() {
    let world = World::new();
    world.live(1, vec![Life::LONG]);
    world.want(Some(vec![hosted(1, 1)]));
    let running = world.begin();
    pass(10).await;
    world.want(None);
    pass(100).await;
    assert_snapshot!(world.end(running).await, @"");
}
