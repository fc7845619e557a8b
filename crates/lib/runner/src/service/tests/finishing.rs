//! Telling how a task ended.

use insta::assert_snapshot;
use tonic::Status;

use super::support::{Office, Plan, grant_task};

fn office(finishes: &[Status]) -> Office {
    Office::new(Plan {
        tasks: [grant_task("grant1")].into(),
        next_poll: Some(1000),
        finishes: finishes.to_vec().into(),
        ..Plan::default()
    })
}

#[tokio::test(start_paused = true)]
async fn a_result_is_told_until_it_arrives_and_then_no_more() {
    let office = office(&[
        Status::unavailable("away"),
        Status::internal("broken"),
        Status::deadline_exceeded("slow"),
        Status::resource_exhausted("busy"),
    ]);
    let heard = office.conversation(300).await;
    let told: Vec<&str> = heard.lines().filter(|line| line.contains("finish")).collect();
    assert_snapshot!(told.join("\n"), @"
    0 finish grant1: done
    1 finish grant1: done
    2 finish grant1: done
    3 finish grant1: done
    4 finish grant1: done
    ");
    assert_eq!(office.plane.finished().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_result_that_is_not_wanted_is_told_once() {
    for status in [
        Status::not_found("no such task"),
        Status::invalid_argument("nonsense"),
        Status::failed_precondition("not yours"),
        Status::permission_denied("not you"),
        Status::already_exists("finished already"),
    ] {
        let office = office(&[status]);
        office.run(&[300]).await.unwrap();
        assert_eq!(office.plane.count("finish"), 1);
    }
}
