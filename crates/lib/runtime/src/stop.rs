//! Ending in two steps: first everything is asked to end, then what has not ended is left behind.

mod signals;

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

pub use signals::Signals;

/// The end of a program, for all who have to know of it. Clones are the same end.
#[derive(Clone, Debug)]
pub struct Stop {
    soft: CancellationToken,
    hard: CancellationToken,
    grace: Duration,
}

/// Why work was left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abandoned {
    /// Somebody did not want to wait, and sent this signal.
    Signal(&'static str),
    /// It took longer than the time for ending.
    Late,
}

impl Stop {
    /// The end of a program that has `grace` to end, once it is asked to.
    pub fn new(grace: Duration) -> Self {
        Self {
            soft: CancellationToken::new(),
            hard: CancellationToken::new(),
            grace,
        }
    }

    /// Cancelled when the program is to end: begin nothing new, bring to its end what is under way.
    pub fn soft(&self) -> &CancellationToken {
        &self.soft
    }

    /// Cancelled when the time for ending is over: whatever is still under way is left behind.
    pub fn hard(&self) -> &CancellationToken {
        &self.hard
    }

    /// Lets work run to its end. The first signal, or whoever cancels [`Stop::soft`], begins the time for ending; the
    /// second signal ends it at once.
    ///
    /// # Errors
    /// When the work was left behind.
    pub async fn run<T>(
        &self,
        work: impl Future<Output = T>,
        mut signal: impl AsyncFnMut() -> &'static str,
    ) -> Result<T, Abandoned> {
        let mut work = pin!(work);
        tokio::select! {
            end = &mut work => return Ok(end),
            () = self.soft.cancelled() => tracing::info!("stopping"),
            first = signal() => tracing::info!(signal = first, "stopping; a second signal stops at once"),
        }
        self.soft.cancel();
        let abandoned = tokio::select! {
            end = &mut work => return Ok(end),
            second = signal() => Abandoned::Signal(second),
            () = tokio::time::sleep(self.grace) => Abandoned::Late,
        };
        self.hard.cancel();
        Err(abandoned)
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::time::{Instant, sleep};

    use super::*;

    const GRACE: Duration = Duration::from_secs(25);

    /// Signals after so many seconds each, then none.
    fn signals(seconds: &'static [u64]) -> impl AsyncFnMut() -> &'static str {
        let mut waits = seconds.iter();
        async move || match waits.next() {
            Some(wait) => {
                sleep(Duration::from_secs(*wait)).await;
                "SIGTERM"
            }
            None => pending().await,
        }
    }

    /// How work ends that needs so many seconds after it was asked to end, and how many seconds passed.
    async fn end(last: u64, at: &'static [u64]) -> (Result<&'static str, Abandoned>, u64, Stop) {
        let stop = Stop::new(GRACE);
        let soft = stop.soft().clone();
        let work = async move {
            soft.cancelled().await;
            sleep(Duration::from_secs(last)).await;
            "done"
        };
        let begun = Instant::now();
        let end = stop.run(work, signals(at)).await;
        (end, begun.elapsed().as_secs(), stop)
    }

    #[tokio::test(start_paused = true)]
    async fn work_that_ends_by_itself_is_not_stopped() {
        let stop = Stop::new(GRACE);
        let end = stop.run(async { 7 }, signals(&[])).await;
        assert_eq!(end, Ok(7));
        assert!(!stop.soft().is_cancelled());
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_signal_gives_time_to_end() {
        let (end, seconds, stop) = end(20, &[3]).await;
        assert_eq!((end, seconds), (Ok("done"), 23));
        assert!(stop.soft().is_cancelled() && !stop.hard().is_cancelled());
    }

    #[tokio::test(start_paused = true)]
    async fn the_second_signal_gives_none() {
        let (end, seconds, stop) = end(20, &[3, 4]).await;
        assert_eq!((end, seconds), (Err(Abandoned::Signal("SIGTERM")), 7));
        assert!(stop.hard().is_cancelled());
    }

    #[tokio::test(start_paused = true)]
    async fn the_time_to_end_is_limited() {
        let (end, seconds, stop) = end(60, &[3]).await;
        assert_eq!((end, seconds), (Err(Abandoned::Late), 28));
        assert!(stop.hard().is_cancelled());
    }

    #[tokio::test(start_paused = true)]
    async fn a_part_of_the_program_can_end_it() {
        let stop = Stop::new(GRACE);
        stop.clone().soft().cancel();
        let end = stop.run(pending::<()>(), signals(&[])).await;
        assert_eq!(end, Err(Abandoned::Late));
    }
}
