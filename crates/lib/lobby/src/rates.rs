//! How often somebody may ask: counted by address or key, so that one who guesses does not lock others out.

use std::collections::HashMap;
use std::net::Ipv6Addr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// How many addresses are remembered; beyond that the oldest stretches are forgotten.
const ADDRESSES: usize = 10_000;

/// When each began, and how often it has asked since.
type Counted = HashMap<String, (DateTime<Utc>, u32)>;

/// Who asked how often lately.
#[derive(Debug)]
pub struct Rates {
    tries: u32,
    window: TimeDelta,
    counted: Mutex<Counted>,
}

impl Rates {
    /// So many tries in each stretch of time.
    pub fn new(tries: u32, window: TimeDelta) -> Self {
        Self {
            tries,
            window,
            counted: Mutex::default(),
        }
    }

    /// After how long there are tries again for whoever had too many.
    pub fn window(&self) -> TimeDelta {
        self.window
    }

    /// Counts a try; `false` when there were too many.
    pub fn allow(&self, from: &str, now: DateTime<Utc>) -> bool {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let from = whose(from);
        if counted.len() >= ADDRESSES && !counted.contains_key(&from) {
            self.make_room(&mut counted, now);
        }
        let (since, count) = counted.entry(from).or_insert((now, 0));
        if now - *since >= self.window {
            (*since, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        *count <= self.tries
    }

    /// Forgets those that are over, or else the oldest.
    fn make_room(&self, counted: &mut Counted, now: DateTime<Utc>) {
        counted.retain(|_, (since, _)| now - *since < self.window);
        let oldest = counted.iter().min_by_key(|(_, (since, _))| *since);
        if let Some(oldest) = oldest.map(|(from, _)| from.clone())
            && counted.len() >= ADDRESSES
        {
            counted.remove(&oldest);
        }
    }
}

/// Who has an address of the newer kind has all those that begin with the same half.
fn whose(from: &str) -> String {
    match from.parse::<Ipv6Addr>() {
        Ok(address) if address.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
        _ => from.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRIES: u32 = 20;
    const WINDOW: TimeDelta = TimeDelta::minutes(5);

    fn rates() -> Rates {
        Rates::new(TRIES, WINDOW)
    }

    #[test]
    fn each_address_has_its_own_tries() {
        let rates = rates();
        let now: DateTime<Utc> = "2026-11-25T10:00:00Z".parse().unwrap();
        assert!((0..TRIES).all(|_| rates.allow("192.0.2.1", now)));
        assert!(!rates.allow("192.0.2.1", now));
        assert!(rates.allow("192.0.2.2", now));
        assert!(rates.allow("192.0.2.1", now + WINDOW));
    }

    #[test]
    fn whoever_has_many_addresses_has_no_more_tries() {
        let rates = rates();
        let now: DateTime<Utc> = "2026-11-25T10:00:00Z".parse().unwrap();
        let tries = (0..TRIES).map(|host| format!("2001:db8:1:2::{host:x}"));
        assert!(tries.into_iter().all(|from| rates.allow(&from, now)));
        assert!(!rates.allow("2001:db8:1:2:ffff::1", now));
        assert!(rates.allow("2001:db8:1:3::1", now));
        assert!(rates.allow("::ffff:192.0.2.1", now));
    }

    #[test]
    fn so_many_addresses_are_remembered_and_no_more() {
        let rates = rates();
        let begin: DateTime<Utc> = "2026-11-25T10:00:00Z".parse().unwrap();
        let later = |number: usize| begin + TimeDelta::milliseconds(i64::try_from(number).unwrap());
        for number in 0..ADDRESSES + 10 {
            rates.allow(&number.to_string(), later(number));
        }
        let counted = rates.counted.lock().unwrap();
        assert_eq!(counted.len(), ADDRESSES);
        assert!(!counted.contains_key("9") && counted.contains_key("10"));
    }
}
