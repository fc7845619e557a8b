//! Being asked to stop while something is changed: a write is not abandoned half-way.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use connector::Mode;

use crate::error::RunError;

/// How long a change may go on after somebody asked to stop.
const GRACE: Duration = Duration::from_secs(30);

/// Lets a change end. The first signal gives it [`GRACE`]; after that, or at the second one, nobody knows how it
/// ended. What changes nothing stops at once.
pub(super) async fn let_end<T>(
    work: impl Future<Output = Result<T, RunError>>,
    mode: Mode,
    mut signal: impl AsyncFnMut() -> &'static str,
) -> Result<T, RunError> {
    let mut work = pin!(work);
    let first = tokio::select! {
        result = &mut work => return result,
        first = signal() => first,
    };
    if mode == Mode::DryRun {
        return Err(RunError::NotBegun(first));
    }
    tracing::warn!(
        signal = first,
        "the change under way is brought to its end; a second signal stops at once"
    );
    tokio::select! {
        result = &mut work => result,
        second = signal() => Err(RunError::NotKnown(second)),
        () = tokio::time::sleep(GRACE) => Err(RunError::NotKnown(first)),
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    /// Signals after so many seconds each, then none.
    fn signals(seconds: &[u64]) -> impl AsyncFnMut() -> &'static str {
        let mut waits = seconds
            .iter()
            .rev()
            .map(|wait| Duration::from_secs(*wait))
            .collect::<Vec<_>>();
        async move || match waits.pop() {
            Some(wait) => {
                tokio::time::sleep(wait).await;
                "SIGINT"
            }
            None => pending().await,
        }
    }

    async fn after(seconds: u64) -> Result<u64, RunError> {
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        Ok(seconds)
    }

    async fn end(work: u64, mode: Mode, at: &[u64]) -> String {
        match let_end(after(work), mode, signals(at)).await {
            Ok(_) => "made".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_change_under_way_ends_within_the_time_it_is_given() {
        let not_known = "stopped by SIGINT while a change was under way; whether it was made is not known";
        assert_eq!(end(5, Mode::Make, &[]).await, "made");
        assert_eq!(end(5, Mode::Make, &[1]).await, "made");
        assert_eq!(end(40, Mode::Make, &[1]).await, not_known);
        assert_eq!(end(5, Mode::Make, &[1, 1]).await, not_known);
    }

    #[tokio::test(start_paused = true)]
    async fn what_changes_nothing_stops_at_once() {
        assert_eq!(
            end(5, Mode::DryRun, &[1]).await,
            "stopped by SIGINT; nothing was changed"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_stays_one() {
        let refused = ready(Err::<(), _>(RunError::NotYet { what: "x" }));
        let end = let_end(refused, Mode::Make, signals(&[])).await;
        assert!(matches!(end, Err(RunError::NotYet { .. })));
    }
}
