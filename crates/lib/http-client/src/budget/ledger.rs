//! The book-keeping of the rate budget. Pure: it is told the time and says what to do.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::report::ServerReport;
use crate::RateLimit;
use crate::observer::WaitReason;

/// Share of the quota, in percent, left to others and to clocks that differ.
const RESERVE: u64 = 2;
/// Below this share of the quota, in percent, what others have left is spread over the time it has to last.
const SCARCE: u64 = 5;
/// How long a refusal lasts when neither the server nor a limit says so.
const DEFAULT_BLOCK: Duration = Duration::from_mins(5);

/// Servers tell times in whole seconds, rounded either way.
const ROUNDING: Duration = Duration::from_secs(1);

/// What somebody who wants to send a call is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Send it.
    Go,
    /// Ask again when a call that is under way was answered.
    WaitForAnswer,
    /// Ask again then.
    WaitUntil(Instant, WaitReason),
}

/// Calls sent, and what the server says about them.
#[derive(Debug)]
pub(crate) struct Ledger {
    limit: RateLimit,
    under_way: usize,
    /// When calls ended, oldest first. The server counted each before that moment, so a call that ended a window
    /// ago is out of every window the server may look at.
    ended: VecDeque<Instant>,
    server: Option<ServerCount>,
    blocked_until: Option<Instant>,
    last_sent: Option<Instant>,
    /// The server's count had run out; until it reports again calls go one by one.
    probing: bool,
}

/// The server's count.
#[derive(Debug, Clone, Copy)]
struct ServerCount {
    /// What was left when it counted the last call that has ended. Calls under way may be in it or not.
    left: usize,
    reset: Instant,
    quota: Option<u32>,
}

impl Ledger {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self {
            limit,
            under_way: 0,
            ended: VecDeque::new(),
            server: None,
            blocked_until: None,
            last_sent: None,
            probing: false,
        }
    }

    /// May a call be sent now? `Go` counts it as sent.
    pub(crate) fn ask(&mut self, now: Instant) -> Verdict {
        let verdict = self.verdict(now);
        if verdict == Verdict::Go {
            self.under_way += 1;
            self.last_sent = Some(now);
        }
        verdict
    }

    /// A call ended. Without a report it may have been counted after all that were reported.
    pub(crate) fn finish(&mut self, now: Instant, reported: bool) {
        self.under_way = self.under_way.saturating_sub(1);
        if let Some(server) = self.server.as_mut().filter(|_| !reported) {
            server.left = server.left.saturating_sub(1);
        }
        if self.limit != RateLimit::Off {
            self.ended.push_back(now);
        }
    }

    /// The server says how much is left, if it says so at all.
    pub(crate) fn report(&mut self, now: Instant, report: Option<ServerReport>) {
        self.probing = false;
        let Some(report) = report else { return };
        let reset = now + report.reset_in + ROUNDING;
        let left = report.left as usize;
        let left = match self.server.filter(|server| server.reset > now) {
            // Answers may arrive in another order than they were counted in.
            Some(known) if reset <= known.reset + 2 * ROUNDING => known.left.min(left),
            _ => left,
        };
        self.server = Some(ServerCount {
            left,
            reset,
            quota: report.quota,
        });
    }

    /// The server refused a call for being one too many: all calls wait, as long as it asks for, else until its
    /// count starts again, else a whole window.
    pub(crate) fn block(&mut self, now: Instant, wait: Option<Duration>) {
        let window = match self.limit {
            RateLimit::Quota { window, .. } => window,
            RateLimit::Off => DEFAULT_BLOCK,
        };
        let reset = self
            .server
            .map(|server| server.reset)
            .filter(|reset| *reset > now);
        let until = wait.map(|wait| now + wait).or(reset).unwrap_or(now + window);
        self.blocked_until = self.blocked_until.max(Some(until));
    }

    fn verdict(&mut self, now: Instant) -> Verdict {
        if let Some(until) = self.blocked_until.filter(|until| *until > now) {
            return Verdict::WaitUntil(until, WaitReason::Throttled);
        }
        let RateLimit::Quota { calls, window } = self.limit else {
            return Verdict::Go;
        };
        while self.ended.front().is_some_and(|ended| *ended + window <= now) {
            self.ended.pop_front();
        }
        let own_left = spendable(calls).saturating_sub(self.under_way + self.ended.len());
        match self.ended.front() {
            _ if own_left > 0 => self.shared_verdict(now, own_left, calls),
            Some(oldest) => Verdict::WaitUntil(*oldest + window, WaitReason::OwnBudget),
            None => Verdict::WaitForAnswer,
        }
    }

    /// Whether others leave us what our own count would permit.
    fn shared_verdict(&mut self, now: Instant, own_left: usize, calls: u32) -> Verdict {
        if let Some(over) = self.server.take_if(|server| server.reset <= now) {
            self.probing |= over.left == 0;
        }
        if self.probing && self.under_way > 0 {
            return Verdict::WaitForAnswer;
        }
        let Some(server) = self.server else {
            return Verdict::Go;
        };
        let (left, quota) = (
            server.left.saturating_sub(self.under_way),
            server.quota.unwrap_or(calls),
        );
        if left >= own_left || left >= percent(quota, SCARCE).max(1) {
            return Verdict::Go;
        }
        if self.under_way > 0 {
            // Some of these calls may be counted twice; their answers tell.
            return Verdict::WaitForAnswer;
        }
        let next = self.spread(now, server);
        if next > now {
            Verdict::WaitUntil(next, self.spender(server, quota))
        } else {
            Verdict::Go
        }
    }

    /// When the next of the few calls that are left may go, so that they last until the reset.
    fn spread(&self, now: Instant, server: ServerCount) -> Instant {
        match u32::try_from(server.left) {
            Ok(left @ 1..) => {
                self.last_sent.unwrap_or(now) + server.reset.saturating_duration_since(now) / left
            }
            _ => server.reset,
        }
    }

    /// Who used the budget up: others only if the server counted more calls than we sent.
    fn spender(&self, server: ServerCount, quota: u32) -> WaitReason {
        if (quota as usize).saturating_sub(server.left) > self.ended.len() {
            WaitReason::SharedBudget
        } else {
            WaitReason::OwnBudget
        }
    }
}

/// The quota without its reserve.
fn spendable(calls: u32) -> usize {
    calls as usize - percent(calls, RESERVE)
}

fn percent(calls: u32, share: u64) -> usize {
    usize::try_from(u64::from(calls) * share / 100).unwrap_or(usize::MAX)
}
