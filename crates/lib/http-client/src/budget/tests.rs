use std::sync::{Arc, Mutex};

use super::*;

pub(super) const WINDOW: Duration = Duration::from_mins(5);

pub(super) fn budget(calls: u32) -> (RateBudget, Arc<Mutex<Vec<Wait>>>) {
    let waits = Arc::new(Mutex::new(Vec::new()));
    let told = waits.clone();
    let observer: Observer = Arc::new(move |wait: &Wait| told.lock().unwrap().push(wait.clone()));
    (
        RateBudget::new(
            RateLimit::Quota {
                calls,
                window: WINDOW,
            },
            Some(observer),
        ),
        waits,
    )
}

pub(super) fn says(left: u32, reset_s: u64) -> ServerReport {
    ServerReport {
        left,
        reset_in: Duration::from_secs(reset_s),
        quota: Some(1200),
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_fits_never_waits_and_the_next_call_waits_for_the_window() {
    let (budget, waits) = budget(1200);
    let start = Instant::now();
    for _ in 0..1176 {
        drop(budget.admit().await);
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
    drop(budget.admit().await);
    assert_eq!(start.elapsed(), WINDOW);
    assert_eq!(
        *waits.lock().unwrap(),
        [Wait {
            duration: WINDOW,
            reason: WaitReason::OwnBudget
        }]
    );
}

#[tokio::test(start_paused = true)]
async fn a_small_quota_waits_for_the_answer_of_a_call_under_way() {
    let (budget, _) = budget(1);
    let budget = Arc::new(budget);
    let slot = budget.admit().await;
    let second = tokio::spawn({
        let budget = budget.clone();
        async move {
            drop(budget.admit().await);
            Instant::now()
        }
    });
    tokio::time::sleep(Duration::from_secs(10)).await;
    drop(slot);
    let answered = Instant::now();
    assert_eq!(
        second.await.unwrap(),
        answered + WINDOW,
        "the window counts from the answer, not from the call"
    );
}

#[tokio::test(start_paused = true)]
async fn a_refusal_stops_all_calls_as_long_as_the_server_asks() {
    let (budget, waits) = budget(1200);
    let slot = budget.admit().await;
    slot.answered(Some(says(0, 200)));
    slot.refused(Some(Duration::from_secs(187)));
    drop(slot);
    let start = Instant::now();
    drop(budget.admit().await);
    assert_eq!(
        waits.lock().unwrap()[0],
        Wait {
            duration: Duration::from_secs(187),
            reason: WaitReason::Throttled
        }
    );
    assert!(start.elapsed() >= Duration::from_secs(187));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_without_a_time_lasts_until_the_reset_or_a_window() {
    for (report, expected) in [(Some(says(0, 42)), 43), (None, 300)] {
        let (budget, _) = budget(1200);
        let slot = budget.admit().await;
        slot.answered(report);
        slot.refused(None);
        drop(slot);
        let start = Instant::now();
        drop(budget.admit().await);
        assert_eq!(start.elapsed(), Duration::from_secs(expected));
    }
}

#[tokio::test(start_paused = true)]
async fn what_others_left_is_spread_and_nothing_left_is_waited_for() {
    let (budget, waits) = budget(1200);
    let slot = budget.admit().await;
    slot.answered(Some(says(10, 100)));
    drop(slot);
    let start = Instant::now();
    for _ in 0..10 {
        drop(budget.admit().await);
    }
    let spread = start.elapsed();
    assert!(
        spread > Duration::from_mins(1) && spread <= Duration::from_secs(101),
        "{spread:?}"
    );
    drop(budget.admit().await);
    assert_eq!(start.elapsed(), Duration::from_secs(101));
    assert!(
        waits
            .lock()
            .unwrap()
            .iter()
            .all(|wait| wait.reason == WaitReason::SharedBudget)
    );
}

#[tokio::test(start_paused = true)]
async fn after_a_reset_one_call_asks_for_the_new_count_before_the_others_go() {
    let (budget, _) = budget(1200);
    let budget = Arc::new(budget);
    let slot = budget.admit().await;
    slot.answered(Some(says(0, 30)));
    drop(slot);
    let probe = budget.admit().await;
    let other = tokio::spawn({
        let budget = budget.clone();
        async move { drop(budget.admit().await) }
    });
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert!(!other.is_finished());
    probe.answered(Some(says(1199, 300)));
    drop(probe);
    other.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn without_a_limit_only_a_refusal_is_waited_for() {
    let budget = RateBudget::new(RateLimit::Off, None);
    let start = Instant::now();
    for _ in 0..5000 {
        let slot = budget.admit().await;
        slot.answered(Some(says(0, 300)));
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
    budget.admit().await.refused(Some(Duration::from_secs(7)));
    drop(budget.admit().await);
    assert_eq!(start.elapsed(), Duration::from_secs(7));
}

/// A server that counts calls in a fixed window of five minutes, others' calls with ours.
async fn called_in_parallel(others: u32) -> (Vec<Wait>, Duration) {
    let (budget, waits) = budget(60);
    let (budget, start) = (Arc::new(budget), Instant::now());
    let counts = Arc::new(Mutex::new((None, 0)));
    let line = Arc::new(tokio::sync::Semaphore::new(16));
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..113 {
        let (budget, counts, line) = (budget.clone(), counts.clone(), line.clone());
        calls.spawn(async move {
            let _turn = line.acquire_owned().await.unwrap();
            let slot = budget.admit().await;
            tokio::time::sleep(Duration::from_millis(50)).await;
            let (left, reset) = {
                let mut counts = counts.lock().unwrap();
                let now = Instant::now();
                let began = counts.0.filter(|began| now < *began + WINDOW);
                let used = began.map_or(others, |_| counts.1) + 1;
                *counts = (Some(began.unwrap_or(now)), used);
                (
                    60_u32.checked_sub(used).unwrap(),
                    WINDOW.checked_sub(now - counts.0.unwrap()).unwrap(),
                )
            };
            tokio::time::sleep(Duration::from_millis(50)).await;
            slot.answered(Some(ServerReport {
                quota: Some(60),
                ..says(left, reset.as_secs())
            }));
        });
    }
    calls.join_all().await;
    (waits.lock().unwrap().clone(), start.elapsed())
}

#[tokio::test(start_paused = true)]
async fn calls_under_way_are_not_taken_for_those_of_others() {
    let (waits, took) = called_in_parallel(0).await;
    assert!(
        waits.iter().all(|wait| wait.reason == WaitReason::OwnBudget),
        "{waits:?}"
    );
    assert!(
        took < WINDOW + Duration::from_secs(5),
        "two windows are enough: {took:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn calls_of_others_are_seen_among_many_of_ours() {
    let (waits, _) = called_in_parallel(20).await;
    assert!(
        waits.iter().any(|wait| wait.reason == WaitReason::SharedBudget),
        "{waits:?}"
    );
}
