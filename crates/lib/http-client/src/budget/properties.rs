//! What holds for all runs, tried on random ones in pretended time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;
use tokio::time::Instant;

use super::tests::{WINDOW, budget, says};

/// A server that counts in a sliding window, shared with others.
struct Server {
    quota: u32,
    arrivals: Mutex<Vec<Instant>>,
    ours: Mutex<Vec<Instant>>,
}

impl Server {
    fn count(&self) -> (u32, u64) {
        let now = Instant::now();
        let arrivals = self.arrivals.lock().unwrap();
        let recent: Vec<_> = arrivals.iter().filter(|at| now - **at < WINDOW).collect();
        let reset = recent
            .first()
            .map_or(0, |first| (**first + WINDOW - now).as_secs() + 1);
        (
            self.quota.saturating_sub(u32::try_from(recent.len()).unwrap()),
            reset,
        )
    }

    fn arrive(&self, own: bool) {
        self.arrivals.lock().unwrap().push(Instant::now());
        if own {
            self.ours.lock().unwrap().push(Instant::now());
        }
    }
}

/// Bursts of (calls, pause before in s, ms to the server, ms back), and calls of others before each.
type Bursts = Vec<(u32, u64, u64, u64, u32)>;

async fn run(quota: u32, bursts: Bursts, reports: bool) -> (Vec<Instant>, u32, usize) {
    let (budget, waits) = budget(quota);
    let (budget, mut refused) = (Arc::new(budget), 0);
    let server = Arc::new(Server {
        quota,
        arrivals: Mutex::default(),
        ours: Mutex::default(),
    });
    for (calls, pause, there, back, others) in bursts {
        tokio::time::sleep(Duration::from_secs(pause)).await;
        (0..others).for_each(|_| server.arrive(false));
        let under_way: Vec<_> = (0..calls)
            .map(|_| {
                let (budget, server) = (budget.clone(), server.clone());
                tokio::spawn(async move {
                    let slot = budget.admit().await;
                    tokio::time::sleep(Duration::from_millis(there)).await;
                    server.arrive(true);
                    let (left, reset) = server.count();
                    tokio::time::sleep(Duration::from_millis(back)).await;
                    if reports {
                        slot.answered(Some(says(left, reset)));
                    }
                })
            })
            .collect();
        for call in under_way {
            refused += u32::from(call.await.is_err());
        }
    }
    let waited = waits.lock().unwrap().len();
    (server.ours.lock().unwrap().clone(), refused, waited)
}

fn paused(future: impl Future<Output = (Vec<Instant>, u32, usize)>) -> (Vec<Instant>, u32, usize) {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap()
        .block_on(future)
}

fn most_in_a_window(arrivals: &[Instant]) -> usize {
    let mut arrivals = arrivals.to_vec();
    arrivals.sort();
    arrivals
        .iter()
        .map(|end| {
            arrivals
                .iter()
                .filter(|at| **at <= *end && *end - **at < WINDOW)
                .count()
        })
        .max()
        .unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_window_ever_has_more_calls_than_the_quota(
        quota in 1_u32..60,
        bursts in prop::collection::vec((0_u32..50, 0_u64..400, 0_u64..3000, 0_u64..3000, 0_u32..20), 1..6),
        reports: bool,
    ) {
        let expected: u32 = bursts.iter().map(|burst| burst.0).sum();
        let (arrivals, failed, _) = paused(run(quota, bursts, reports));
        prop_assert_eq!(failed, 0);
        prop_assert_eq!(arrivals.len(), expected as usize, "every call is admitted in the end");
        prop_assert!(most_in_a_window(&arrivals) <= quota as usize);
    }

    #[test]
    fn a_run_that_fits_never_waits(
        quota in 1_u32..200,
        pauses in prop::collection::vec((0_u64..100, 0_u64..500, 0_u64..500), 1..8),
    ) {
        let fitting = quota - quota * 2 / 100;
        let bursts = u32::try_from(pauses.len()).unwrap();
        let split = |index: u32| fitting / bursts + u32::from(index < fitting % bursts);
        let plan = pauses.into_iter().zip(0..).map(|((pause, there, back), index)| (split(index), pause, there, back, 0));
        let (arrivals, _, waits) = paused(run(quota, plan.collect(), false));
        prop_assert_eq!(arrivals.len(), fitting as usize);
        prop_assert_eq!(waits, 0);
    }
}
