//! Times in words.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

/// Minutes in an hour.
const HOUR: u64 = 60;

/// Minutes in a day.
const DAY: u64 = 24 * HOUR;

/// The moment to the second, RFC 3339 in UTC.
pub(crate) fn moment(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The day, `2026-11-23`.
pub(crate) fn day(time: DateTime<Utc>) -> String {
    time.date_naive().to_string()
}

/// How long before `now`, roughly: `3 days ago`, `in 2 months`.
pub fn ago(time: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let past = now.signed_duration_since(time);
    let amount = rough(past.abs());
    match (past.abs() < TimeDelta::minutes(1), past < TimeDelta::zero()) {
        (true, _) => "just now".to_owned(),
        (false, true) => format!("in {amount}"),
        (false, false) => format!("{amount} ago"),
    }
}

/// Rounded to the nearest: what expires in 40 days less a moment does so in 40.
fn rough(span: TimeDelta) -> String {
    let minutes = span.num_minutes().unsigned_abs();
    let nearest = |unit: u64| (minutes + unit / 2) / unit;
    let (number, noun) = match (nearest(HOUR), nearest(DAY)) {
        (0, _) => (minutes, "minute"),
        (hours, 0) => (hours, "hour"),
        (_, days) if days < 60 => (days, "day"),
        (_, days) if days < 730 => (days / 30, "month"),
        (_, days) => (days / 365, "year"),
    };
    super::count(number, noun)
}

/// How long something took: `0.4 s`, `12 s`, `3 min 5 s`.
pub(crate) fn duration(span: TimeDelta) -> String {
    let milliseconds = span.num_milliseconds().max(0);
    match milliseconds / 1000 {
        0..10 => format!("{}.{} s", milliseconds / 1000, milliseconds % 1000 / 100),
        seconds @ 10..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn says_how_long_ago() {
        let now = at("2026-11-23T12:00:00Z");
        assert_eq!(ago(at("2026-11-23T11:59:30Z"), now), "just now");
        assert_eq!(ago(at("2026-11-23T09:00:00Z"), now), "3 hours ago");
        assert_eq!(ago(at("2026-11-22T09:00:00Z"), now), "1 day ago");
        assert_eq!(ago(at("2026-02-23T12:00:00Z"), now), "9 months ago");
        assert_eq!(ago(at("2027-01-02T12:00:00Z"), now), "in 40 days");
        assert_eq!(ago(at("2023-11-23T12:00:00Z"), now), "3 years ago");
    }

    #[test]
    fn says_how_long() {
        assert_eq!(duration(TimeDelta::milliseconds(1420)), "1.4 s");
        assert_eq!(duration(TimeDelta::seconds(12)), "12 s");
        assert_eq!(duration(TimeDelta::seconds(185)), "3 min 5 s");
    }
}
