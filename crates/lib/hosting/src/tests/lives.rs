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
    assert_snapshot!(world.end(running).await, @"
      2 1 starts, revision 1, key-1
      2 1 info: the connector's process was started
    102 stop
    104 1 info: the connector's process ended with exit code 0, as it was asked to
    104 key 1 taken back
    104 the end
    ");
}

#[tokio::test(start_paused = true)]
async fn what_ends_is_started_again_after_waits_that_grow() {
    let world = World::new();
    world.live(1, vec![Life::FAILING]);
    world.want(Some(vec![hosted(1, 1)]));
    assert_snapshot!(world.run(40).await, @"
     0 1 starts, revision 1, key-1
     0 1 info: the connector's process was started
     3 key 1 taken back
     3 1 warn: the connector's process ended with exit code 2; it is started again in 1 s
     4 1 starts, revision 1, key-2
     4 1 info: the connector's process was started
     7 key 2 taken back
     7 1 warn: the connector's process ended with exit code 2; it is started again in 2 s
     9 1 starts, revision 1, key-3
     9 1 info: the connector's process was started
    12 key 3 taken back
    12 1 warn: the connector's process ended with exit code 2; it is started again in 4 s
    16 1 starts, revision 1, key-4
    16 1 info: the connector's process was started
    19 key 4 taken back
    19 1 warn: the connector's process ended with exit code 2; it is started again in 8 s
    27 1 starts, revision 1, key-5
    27 1 info: the connector's process was started
    30 key 5 taken back
    30 1 warn: the connector's process ended with exit code 2; it is started again in 16 s
    40 stop
    40 the end
    ");
}

#[tokio::test(start_paused = true)]
async fn ten_good_minutes_are_a_new_beginning() {
    let world = World::new();
    let well = Life {
        lasts: 600,
        ..Life::FAILING
    };
    world.live(
        1,
        vec![Life::FAILING, Life::FAILING, Life::FAILING, well, Life::LONG],
    );
    world.want(Some(vec![hosted(1, 1)]));
    let happened = world.run(700).await;
    let waits: Vec<_> = happened
        .lines()
        .filter(|line| line.contains("started again"))
        .collect();
    assert_snapshot!(waits.join("\n"), @"
      3 1 warn: the connector's process ended with exit code 2; it is started again in 1 s
      7 1 warn: the connector's process ended with exit code 2; it is started again in 2 s
     12 1 warn: the connector's process ended with exit code 2; it is started again in 4 s
    616 1 warn: the connector's process ended with exit code 2; it is started again in 1 s
    ");
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
    assert_snapshot!(of_first.join("\n"), @"
     0 1 starts, revision 1, key-1
     0 1 info: the connector's process was started
    12 1 info: the connector's process ended with exit code 0, as it was asked to
    12 key 1 taken back
    12 1 starts, revision 2, key-3
    12 1 info: the connector's process was started
    20 stop
    22 1 info: the connector's process ended with exit code 0, as it was asked to
    22 key 3 taken back
    22 the end
    ");
}

#[tokio::test(start_paused = true)]
async fn what_is_wanted_no_more_ends_even_while_it_waits() {
    let world = World::new();
    world.live(1, vec![Life::LONG]);
    world.live(2, vec![Life::FAILING]);
    world.want(Some(vec![hosted(1, 1), hosted(2, 1)]));
    let running = world.begin();
    pass(13).await;
    world.want(Some(Vec::new()));
    pass(60).await;
    assert_snapshot!(world.end(running).await, @"
     0 1 starts, revision 1, key-1
     0 1 info: the connector's process was started
     0 2 starts, revision 1, key-2
     0 2 info: the connector's process was started
     3 key 2 taken back
     3 2 warn: the connector's process ended with exit code 2; it is started again in 1 s
     4 2 starts, revision 1, key-3
     4 2 info: the connector's process was started
     7 key 3 taken back
     7 2 warn: the connector's process ended with exit code 2; it is started again in 2 s
     9 2 starts, revision 1, key-4
     9 2 info: the connector's process was started
    12 key 4 taken back
    12 2 warn: the connector's process ended with exit code 2; it is started again in 4 s
    15 1 info: the connector's process ended with exit code 0, as it was asked to
    15 key 1 taken back
    73 stop
    73 the end
    ");
}

#[tokio::test(start_paused = true)]
async fn what_does_not_end_is_killed() {
    let world = World::new();
    world.live(
        1,
        vec![Life {
            last_work: 600,
            ..Life::LONG
        }],
    );
    world.want(Some(vec![hosted(1, 1)]));
    assert_snapshot!(world.run(3).await, @"
     0 1 starts, revision 1, key-1
     0 1 info: the connector's process was started
     3 stop
    28 1 warn: the connector's process does not end in time, and is killed
    28 1 info: the connector's process was ended from outside, as it was asked to
    28 key 1 taken back
    28 the end
    ");
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
    assert_snapshot!(world.end(running).await, @"
     0 key 1 taken back
     0 1 warn: the connector could not be started: no such program; it is tried again in 1 s
     1 key 2 taken back
     1 1 warn: the connector could not be started: no such program; it is tried again in 2 s
     3 key 3 taken back
     3 1 warn: the connector could not be started: no such program; it is tried again in 4 s
     7 1 starts, revision 1, key-4
     7 1 info: the connector's process was started
    10 stop
    12 1 info: the connector's process ended with exit code 0, as it was asked to
    12 key 4 taken back
    12 the end
    ");
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
    assert_snapshot!(world.end(running).await, @"
      0 1 starts, revision 1, key-1
      0 1 info: the connector's process was started
    110 stop
    112 1 info: the connector's process ended with exit code 0, as it was asked to
    112 key 1 taken back
    112 the end
    ");
}

#[tokio::test(start_paused = true)]
async fn whose_key_is_taken_back_is_started_again_with_another() {
    let world = World::new();
    world.live(1, vec![Life::LONG]);
    world.want(Some(vec![hosted(1, 1)]));
    let running = world.begin();
    pass(15).await;
    world.take_back(1);
    pass(60).await;
    assert_snapshot!(world.end(running).await, @"
     0 1 starts, revision 1, key-1
     0 1 info: the connector's process was started
    20 1 warn: the connector's key was taken back, so its process ends
    22 key 1 taken back
    22 1 warn: the connector's process ended with exit code 0; it is started again in 1 s
    23 1 starts, revision 1, key-2
    23 1 info: the connector's process was started
    75 stop
    77 1 info: the connector's process ended with exit code 0, as it was asked to
    77 key 2 taken back
    77 the end
    ");
}
