use std::time::Duration;

use model::{Profile, SeededIds};
use proto::connector_v2::BatonActionStatus;

use super::*;
use crate::testing::Fake;

fn runs(answer: &str) -> ActionRuns {
    let fake = Fake {
        answer: answer.to_owned(),
    };
    ActionRuns::new(Arc::new(fake), Arc::new(SeededIds::new(1)))
}

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn a_run_that_ends_in_time_is_told_whole() {
    let run = runs("").start("noop", Profile::new(), SECOND).await;
    assert_eq!(run.id, format!("{:032x}", 1));
    assert_eq!(run.status(), BatonActionStatus::Complete);
}

#[tokio::test(start_paused = true)]
async fn a_long_run_goes_on_and_can_be_asked_about() {
    let runs = runs("slow");
    let run = runs.start("noop", Profile::new(), SECOND).await;
    assert_eq!(run.status(), BatonActionStatus::Running);
    let later = runs.status(&run.id, SECOND).await.unwrap();
    assert_eq!(later.status(), BatonActionStatus::Running);
    let end = runs.status(&run.id, 200 * SECOND).await.unwrap();
    assert_eq!(end.status(), BatonActionStatus::Complete);
    assert!(runs.status("unknown", SECOND).await.is_none());
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_a_run_that_has_not_begun() {
    let run = runs("").start("noop", Profile::new(), Duration::ZERO).await;
    assert_eq!(run.status(), BatonActionStatus::Pending);
}

#[tokio::test(start_paused = true)]
async fn failures_are_ends_too_also_those_of_the_program() {
    for answer in ["refuse", "panic"] {
        let run = runs(answer).start("noop", Profile::new(), SECOND).await;
        assert_eq!(run.status(), BatonActionStatus::Failed, "{answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn only_so_many_ends_are_remembered() {
    let runs = runs("");
    let first = runs.start("noop", Profile::new(), SECOND).await;
    for _ in 0..REMEMBERED {
        runs.start("noop", Profile::new(), SECOND).await;
    }
    assert!(runs.status(&first.id, SECOND).await.is_none());
    assert_eq!(locked(&runs.runs).len(), REMEMBERED);
}
