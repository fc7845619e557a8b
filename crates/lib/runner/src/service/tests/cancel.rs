//! Heartbeats, and what they bring.

use std::collections::HashMap;
use std::time::Duration;

use insta::assert_snapshot;
use proto::baton_service_v1::Task;
use tonic::Status;

use super::support::{Account, Beat, Office, Plan, grant_task, sync_task, usual_rules};

fn slow() -> Account {
    Account {
        changing: Duration::from_secs(20),
        reading: Duration::from_mins(1),
        ..Account::default()
    }
}

fn office(task: Task, beats: &[Beat]) -> Office {
    let name = task.id.trim_start_matches('0').to_owned();
    let plan = Plan {
        tasks: [task].into(),
        next_poll: Some(1000),
        beats: HashMap::from([(name, beats.to_vec().into())]),
        ..Plan::default()
    };
    Office::with(plan, slow(), usual_rules())
}

async fn conversation(task: Task, beats: &[Beat]) -> String {
    office(task, beats).conversation(200).await
}

#[tokio::test(start_paused = true)]
async fn every_task_is_kept_alive_as_often_as_the_control_plane_says() {
    assert_snapshot!(conversation(sync_task("sync1"), &[Beat::Next(10), Beat::Next(0)]).await, @"
     0 hello
     0 get task: sync1
     0 heartbeat sync1
    10 heartbeat sync1
    40 heartbeat sync1
    60 upload sync1
    60 finish sync1: done
    ");
    assert_snapshot!(conversation(grant_task("grant1"), &[Beat::Next(7)]).await, @"
     0 hello
     0 get task: grant1
     0 heartbeat grant1
     7 heartbeat grant1
    20 finish grant1: done
    ");
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_sync_is_stopped_and_told() {
    let one = conversation(sync_task("sync1"), &[Beat::Next(10), Beat::Cancelled]).await;
    let other = conversation(sync_task("sync1"), &[Beat::Next(10), Beat::CancelledById]).await;
    assert_eq!(one, other);
    assert_snapshot!(one, @"
     0 hello
     0 get task: sync1
     0 heartbeat sync1
    10 heartbeat sync1
    10 finish sync1: 1 for now: cancelled by the control plane
    ");
}

#[tokio::test(start_paused = true)]
async fn a_sync_that_is_not_wanted_is_not_begun() {
    let office = office(sync_task("sync1"), &[Beat::Cancelled]);
    assert_snapshot!(office.conversation(200).await, @"
    0 hello
    0 get task: sync1
    0 heartbeat sync1
    0 finish sync1: 1 for now: cancelled by the control plane
    ");
    assert_eq!(office.account.reads.all(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_sync_begins_though_the_control_plane_cannot_be_asked() {
    let away = Beat::Fails(Status::unavailable("away"));
    assert_snapshot!(conversation(sync_task("sync1"), &[away.clone(), away]).await, @"
     0 hello
     0 get task: sync1
     0 heartbeat sync1
    30 heartbeat sync1
    60 heartbeat sync1
    60 upload sync1
    60 finish sync1: done
    ");
}

#[tokio::test(start_paused = true)]
async fn a_task_that_somebody_else_has_is_given_up_without_a_word() {
    for status in [
        Status::not_found("no such task"),
        Status::failed_precondition("not yours"),
    ] {
        let lost = Beat::Fails(status);
        for beats in [vec![lost.clone()], vec![Beat::Next(10), lost.clone()]] {
            for task in [sync_task("sync1"), grant_task("grant1")] {
                let office = office(task, &beats);
                office.run(&[200]).await.unwrap();
                assert_eq!(office.plane.count("finish"), 0);
                assert_eq!(office.plane.count("heartbeat"), beats.len());
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_sync_that_is_somebody_elses_is_not_begun() {
    let office = office(
        sync_task("sync1"),
        &[Beat::Fails(Status::not_found("no such task"))],
    );
    office.run(&[200]).await.unwrap();
    assert_eq!(office.account.reads.all(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_change_under_way_is_brought_to_its_end() {
    let office = office(grant_task("grant1"), &[Beat::Next(5), Beat::Cancelled]);
    assert_snapshot!(office.conversation(200).await, @"
     0 hello
     0 get task: grant1
     0 heartbeat grant1
     5 heartbeat grant1
    20 finish grant1: done
    ");
}
