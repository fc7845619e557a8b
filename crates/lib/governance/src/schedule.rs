//! When a connector reads everything without being asked.

use std::fmt;
use std::str::FromStr as _;
use std::time::Duration;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use croner::Cron;

/// The shortest time between two syncs that can be asked for.
const SHORTEST: Duration = Duration::from_mins(5);
/// The longest.
const LONGEST: Duration = Duration::from_hours(366 * 24);

/// When a connector reads everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// Only when somebody asks.
    Never,
    /// Again and again, this long after the one before was asked for.
    Every(Duration),
    /// At times of the day somewhere.
    At(CronTimes),
}

/// Times in the words of cron (minute, hour, day, month, weekday), as clocks show them in a time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CronTimes {
    expression: String,
    zone: Tz,
}

/// Why a text is no schedule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// The interval is too short or too long.
    #[error("a connector can read every 5 minutes at most, and once a year at least")]
    Interval,
    /// The expression is none of cron's.
    #[error("`{0}` is no schedule: give minute, hour, day, month and weekday, such as `0 6 * * 1-5`")]
    Expression(String),
    /// It would read too often.
    #[error("`{0}` comes round more often than every 5 minutes, or never")]
    TooOften(String),
    /// There is no such zone.
    #[error("`{0}` is no time zone: give one as Europe/Vienna or UTC")]
    Zone(String),
}

impl Schedule {
    /// An interval.
    ///
    /// # Errors
    /// When it is shorter than five minutes or longer than a year.
    pub fn every(interval: Duration) -> Result<Self, ScheduleError> {
        let fits = (SHORTEST..=LONGEST).contains(&interval);
        fits.then_some(Self::Every(interval))
            .ok_or(ScheduleError::Interval)
    }

    /// Times in the words of cron, in a zone of the IANA's.
    ///
    /// # Errors
    /// When the expression or the zone is none, or when two of the next times are closer than five minutes.
    pub fn at(expression: &str, zone: &str, now: DateTime<Utc>) -> Result<Self, ScheduleError> {
        let times = CronTimes::parse(expression, zone)?;
        let mut last = times.after(now);
        for _ in 0..LOOKED_AT {
            let next = last.and_then(|at| times.after(at));
            let apart = last
                .zip(next)
                .and_then(|(last, next)| (next - last).to_std().ok());
            if apart.is_none_or(|apart| apart < SHORTEST) {
                return Err(ScheduleError::TooOften(times.expression));
            }
            last = next;
        }
        Ok(Self::At(times))
    }

    /// The first time after a moment; what was missed before it is not made up for.
    pub fn after(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Never => None,
            Self::Every(interval) => Some(now + *interval),
            Self::At(times) => times.after(now),
        }
    }
}

/// How many of the next times are looked at to tell whether they are far enough apart.
const LOOKED_AT: usize = 64;

impl CronTimes {
    /// Reads an expression and a zone.
    ///
    /// # Errors
    /// When one of them is none.
    pub fn parse(expression: &str, zone: &str) -> Result<Self, ScheduleError> {
        let expression = expression.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = expression.split(' ').count() == 5 && Cron::from_str(&expression).is_ok();
        if !fits {
            return Err(ScheduleError::Expression(expression));
        }
        let zone = Tz::from_str(zone.trim()).map_err(|_| ScheduleError::Zone(zone.trim().to_owned()))?;
        Ok(Self { expression, zone })
    }

    /// The expression, with single spaces.
    pub fn expression(&self) -> &str {
        &self.expression
    }

    /// The name of the zone.
    pub fn zone(&self) -> &'static str {
        self.zone.name()
    }

    fn after(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let cron = Cron::from_str(&self.expression).ok()?;
        let next = cron.find_next_occurrence(&now.with_timezone(&self.zone), false);
        next.ok().map(|at| at.with_timezone(&Utc))
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => f.write_str("only when asked"),
            Self::At(times) => write!(f, "at `{}` ({})", times.expression, times.zone()),
            Self::Every(interval) => {
                let minutes = interval.as_secs() / 60;
                match (minutes % (24 * 60), minutes % 60) {
                    (0, _) => write!(f, "every {} d", minutes / (24 * 60)),
                    (_, 0) => write!(f, "every {} h", minutes / 60),
                    _ => write!(f, "every {minutes} min"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn an_interval_has_its_bounds() {
        assert_eq!(
            Schedule::every(Duration::from_secs(299)),
            Err(ScheduleError::Interval)
        );
        let hourly = Schedule::every(Duration::from_hours(1)).unwrap();
        assert_eq!(hourly.to_string(), "every 1 h");
        assert_eq!(
            hourly.after(at("2026-11-25T10:00:30Z")),
            Some(at("2026-11-25T11:00:30Z"))
        );
    }

    #[test]
    fn times_are_those_of_the_clocks_there() {
        let mornings = Schedule::at("0  6 * * *", "Europe/Vienna", at("2026-10-24T12:00:00Z")).unwrap();
        assert_eq!(mornings.to_string(), "at `0 6 * * *` (Europe/Vienna)");
        // Clocks go back on the 25th of October.
        let first = mornings.after(at("2026-10-24T03:00:00Z")).unwrap();
        let second = mornings.after(first).unwrap();
        assert_eq!(
            (first, second),
            (at("2026-10-24T04:00:00Z"), at("2026-10-25T05:00:00Z"))
        );
    }

    #[test]
    fn what_is_no_schedule_is_refused_in_words() {
        let now = at("2026-11-25T10:00:00Z");
        let refused = [
            ("* * * * *", "UTC"),
            ("0 6 * *", "UTC"),
            ("0 6 30 2 *", "UTC"),
            ("0 6 * * *", "Vienna"),
            ("*/4 * * * *", "UTC"),
        ]
        .map(|(expression, zone)| Schedule::at(expression, zone, now).unwrap_err().to_string());
        insta::assert_snapshot!(refused.join("\n"), @r"
        `* * * * *` comes round more often than every 5 minutes, or never
        `0 6 * *` is no schedule: give minute, hour, day, month and weekday, such as `0 6 * * 1-5`
        `0 6 30 2 *` comes round more often than every 5 minutes, or never
        `Vienna` is no time zone: give one as Europe/Vienna or UTC
        `*/4 * * * *` comes round more often than every 5 minutes, or never
        ");
        assert!(Schedule::at("*/5 * * * *", "UTC", now).is_ok());
    }

    /// A time that does not exist when clocks go forward is not left out, and one that comes twice comes once.
    #[test]
    fn clocks_that_are_changed_leave_out_nothing_and_double_nothing() {
        let nights = Schedule::at("30 2 * * *", "Europe/Vienna", at("2026-01-01T00:00:00Z")).unwrap();
        let mut now = at("2026-03-27T12:00:00Z");
        let mut days = Vec::new();
        for _ in 0..4 {
            now = nights.after(now).unwrap();
            days.push(now.to_rfc3339());
        }
        insta::assert_snapshot!(days.join("\n"));
        let mut now = at("2026-10-24T12:00:00Z");
        let first = nights.after(now).unwrap();
        now = nights.after(first).unwrap();
        assert!(now - first >= chrono::TimeDelta::hours(23), "{first} {now}");
    }

    #[test]
    fn what_comes_round_seldom_is_found() {
        let leap = Schedule::at("0 6 29 2 *", "UTC", at("2026-11-25T10:00:00Z")).unwrap();
        assert_eq!(
            leap.after(at("2026-11-25T10:00:00Z")),
            Some(at("2028-02-29T06:00:00Z"))
        );
        assert_eq!(
            leap.after(at("2028-02-29T06:00:00Z")),
            Some(at("2032-02-29T06:00:00Z"))
        );
    }

    /// Now is over already: the next time is later.
    #[test]
    fn the_next_time_is_never_now() {
        let hourly = Schedule::at("0 * * * *", "UTC", at("2026-11-25T10:00:00Z")).unwrap();
        assert_eq!(
            hourly.after(at("2026-11-25T10:00:00Z")),
            Some(at("2026-11-25T11:00:00Z"))
        );
        assert_eq!(
            hourly.after(at("2026-11-25T09:59:59.999999Z")),
            Some(at("2026-11-25T10:00:00Z"))
        );
        assert_eq!(Schedule::Never.after(at("2026-11-25T10:00:00Z")), None);
    }

    #[test]
    fn an_interval_is_said_in_what_divides_it() {
        let said = [5, 90, 120, 1440, 1500, 527_040].map(|minutes| {
            let every = Schedule::every(Duration::from_mins(minutes)).unwrap();
            every.to_string()
        });
        assert_eq!(
            said,
            [
                "every 5 min",
                "every 90 min",
                "every 2 h",
                "every 1 d",
                "every 25 h",
                "every 366 d"
            ]
        );
        assert_eq!(
            Schedule::every(Duration::from_mins(527_041)),
            Err(ScheduleError::Interval)
        );
    }

    /// Minutes that are close only at the end of an hour are too close.
    #[test]
    fn what_is_too_often_somewhere_is_too_often() {
        let now = at("2026-11-25T10:10:00Z");
        for expression in ["0,3 * * * *", "58,2 * * * *", "0,2 12 * * *", "*/7 * * * *"] {
            let said = Schedule::at(expression, "UTC", now);
            assert!(
                matches!(said, Err(ScheduleError::TooOften(_))),
                "{expression}: {said:?}"
            );
        }
        for expression in [
            "0,5 * * * *",
            "*/10 * * * *",
            "0 0 1 1 *",
            "@daily",
            "0 0 0 * * *",
        ] {
            let said = Schedule::at(expression, "UTC", now);
            let fits = expression.split(' ').count() == 5;
            assert_eq!(said.is_ok(), fits, "{expression}: {said:?}");
        }
    }
}
