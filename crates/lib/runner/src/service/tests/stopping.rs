//! The end of the process.

use std::fs;
use std::time::Duration;

use insta::assert_snapshot;

use super::support::{Account, Office, Plan, grant_task, sync_task, usual_rules};

fn busy(changing: u64) -> Office {
    let account = Account {
        changing: Duration::from_secs(changing),
        reading: Duration::from_mins(10),
        ..Account::default()
    };
    let plan = Plan {
        tasks: [sync_task("sync1"), sync_task("sync2"), grant_task("grant1")].into(),
        next_poll: Some(0),
        ..Plan::default()
    };
    Office::with(plan, account, usual_rules())
}

#[tokio::test(start_paused = true)]
async fn syncs_are_handed_back_and_changes_end() {
    let office = busy(20);
    let heard = office.conversation(4).await;
    let mut ends: Vec<&str> = heard.lines().filter(|line| line.contains("finish")).collect();
    ends.sort_unstable();
    assert_snapshot!(ends.join("\n"), @"
     4 finish sync1: 14 for now: the connector is stopping
     4 finish sync2: 14 for now: the connector is stopping
    20 finish grant1: done
    ");
}

#[tokio::test(start_paused = true)]
async fn the_process_ends_before_it_is_killed() {
    let office = busy(600);
    office.run(&[4]).await.unwrap();
    assert_eq!(office.plane.count("finish grant1"), 0);
    assert_eq!(office.plane.count("finish sync"), 2);
}

#[tokio::test(start_paused = true)]
async fn a_second_signal_ends_at_once() {
    let office = busy(600);
    let error = office.run(&[4, 2]).await.unwrap_err();
    assert_eq!(error.exit_code(), 1);
    assert_snapshot!(error.to_string(), @"stopped by SIGTERM while tasks were under way; the control plane will give them to somebody else");
}

#[tokio::test(start_paused = true)]
async fn a_start_that_gets_no_answer_can_be_stopped() {
    let office = Office::new(Plan {
        hellos: vec![tonic::Status::unavailable("away"); 1000].into(),
        ..Plan::default()
    });
    office.run(&[30]).await.unwrap();
    assert!(office.plane.count("hello") > 5);
}

#[tokio::test(start_paused = true)]
async fn no_temporary_file_stays() {
    let office = busy(1);
    office.run(&[4]).await.unwrap();
    let Office { service, folder, .. } = office;
    drop(service);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
