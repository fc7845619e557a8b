//! How often tasks are asked for, and how many are worked on.

use std::time::Duration;

use insta::assert_snapshot;
use tonic::Status;

use super::support::{Account, Office, Plan, grant_task, sync_task, usual_rules};
use crate::service::Rules;

fn slow() -> Account {
    Account {
        changing: Duration::from_secs(20),
        reading: Duration::from_mins(1),
        ..Account::default()
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_to_do_makes_no_busy_loop() {
    for (next_poll, polls) in [
        (None, 12),
        (Some(0), 12),
        (Some(2), 30),
        (Some(20), 3),
        (Some(100_000), 1),
    ] {
        let office = Office::new(Plan {
            next_poll,
            ..Plan::default()
        });
        office.run(&[59]).await.unwrap();
        assert_eq!(office.plane.count("get task"), polls, "next poll {next_poll:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn failures_are_followed_by_longer_and_longer_waits() {
    let office = Office::new(Plan {
        polls: vec![Status::internal("broken"); 5].into(),
        next_poll: Some(60),
        ..Plan::default()
    });
    assert_snapshot!(office.conversation(60).await, @"
     0 hello
     0 get task: nothing
     1 get task: nothing
     4 get task: nothing
    10 get task: nothing
    22 get task: nothing
    41 get task: nothing
    ");
}

#[tokio::test(start_paused = true)]
async fn the_same_task_is_not_begun_twice() {
    let office = Office::with(
        Plan {
            tasks: [grant_task("grant1")].into(),
            again: true,
            next_poll: Some(0),
            ..Plan::default()
        },
        slow(),
        usual_rules(),
    );
    office.run(&[18]).await.unwrap();
    assert_eq!(office.account.changes.all(), 1);
    assert_eq!(office.plane.count("get task"), 5, "{}", office.plane.heard());
}

#[tokio::test(start_paused = true)]
async fn no_more_than_the_slots_are_worked_on_and_nobody_asks_meanwhile() {
    let rules = Rules {
        concurrency: 2,
        ..usual_rules()
    };
    let plan = Plan {
        tasks: ["a", "b", "c", "d", "e"].map(grant_task).into(),
        next_poll: Some(0),
        ..Plan::default()
    };
    let office = Office::with(plan, slow(), rules);
    let heard = office.conversation(39).await;
    assert_eq!(office.account.changes.most(), 2);
    let polls: Vec<&str> = heard.lines().filter(|line| line.contains("get task")).collect();
    assert_snapshot!(polls.join("\n"), @"
     0 get task: a
     0 get task: b
    20 get task: c
    20 get task: d
    ");
}

#[tokio::test(start_paused = true)]
async fn one_sync_at_a_time_and_others_pass_the_one_that_waits() {
    let plan = Plan {
        tasks: [sync_task("sync1"), sync_task("sync2"), grant_task("grant1")].into(),
        next_poll: Some(0),
        ..Plan::default()
    };
    let office = Office::with(plan, slow(), usual_rules());
    let heard = office.conversation(130).await;
    assert_eq!((office.account.reads.most(), office.account.reads.all()), (1, 2));
    let ends: Vec<&str> = heard.lines().filter(|line| line.contains("finish")).collect();
    assert_snapshot!(ends.join("\n"), @"
     20 finish grant1: done
     60 finish sync1: done
    120 finish sync2: done
    ");
}

#[tokio::test(start_paused = true)]
async fn several_tasks_are_asked_for_at_once_with_those_that_are_known() {
    let rules = Rules {
        batched: true,
        ..usual_rules()
    };
    let plan = Plan {
        tasks: ["a", "b"].map(grant_task).into(),
        next_poll: Some(10),
        ..Plan::default()
    };
    let office = Office::with(plan, slow(), rules);
    let heard = office.conversation(25).await;
    let polls: Vec<&str> = heard.lines().filter(|line| line.contains("tasks")).collect();
    assert_snapshot!(polls.join("\n"), @r#"
     0 get 6 tasks, knowing []: ["a", "b"]
    10 get 4 tasks, knowing ["a", "b"]: []
    20 get 4 tasks, knowing ["a", "b"]: []
    "#);
}
