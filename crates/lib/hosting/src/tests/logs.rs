//! What processes log.

use insta::assert_snapshot;

use super::support::{Life, World, hosted};

#[tokio::test(start_paused = true)]
async fn lines_arrive_between_the_beginning_and_the_end() {
    let world = World::new();
    let says =
        "{\"level\":\"warn\",\"msg\":\"with secret of key 1\"}\n\nerror: it broke off\nhint: try again\nlast";
    world.live(1, vec![Life { says, ..Life::LONG }]);
    world.want(Some(vec![hosted(1, 1)]));
    assert_snapshot!(world.run(1).await, @"
    0 1 starts, revision 1, key-1
    0 1 info: the connector's process was started
    0 1 warn: with [redacted]
    0 1 error: error: it broke off
    0 1 error: hint: try again
    0 1 error: last
    1 stop
    3 1 info: the connector's process ended with exit code 0, as it was asked to
    3 key 1 taken back
    3 the end
    ");
}

#[tokio::test(start_paused = true)]
async fn too_much_is_left_out_and_that_is_said() {
    let world = World::new();
    let says: &'static str = Box::leak("line\n".repeat(5000).into_boxed_str());
    world.live(1, vec![Life { says, ..Life::LONG }]);
    world.want(Some(vec![hosted(1, 1)]));
    let happened = world.run(1).await;
    let lines = happened
        .lines()
        .filter(|line| line.ends_with("1 info: line"))
        .count();
    let rest: Vec<_> = happened
        .lines()
        .filter(|line| line.contains("left out"))
        .collect();
    assert_eq!(lines, 999);
    assert_snapshot!(rest.join("\n"), @"   0 1 warn: 4001 lines are left out here: there were too many at once");
}
