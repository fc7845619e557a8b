//! How files write moments: UTC, a space between date and time, up to nine digits, no zone.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rusqlite::types::{FromSql, FromSqlResult, ValueRef};

/// What unreadable text is taken for: `0001-01-01T00:00:00Z`.
pub(crate) const ZERO: DateTime<Utc> = match NaiveDate::from_ymd_opt(1, 1, 1) {
    Some(day) => NaiveDateTime::new(day, NaiveTime::MIN).and_utc(),
    None => DateTime::UNIX_EPOCH,
};

/// A moment as a file stores it, read leniently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StoredTime(pub DateTime<Utc>);

impl FromSql for StoredTime {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(Self(match value {
            ValueRef::Integer(seconds) => DateTime::from_timestamp(seconds, 0).unwrap_or(ZERO),
            ValueRef::Text(text) => parse(&String::from_utf8_lossy(text)),
            _ => ZERO,
        }))
    }
}

/// `2026-11-23 12:39:37.962026165`, with trailing zeros of the fraction removed.
pub(crate) fn format(moment: DateTime<Utc>) -> String {
    let text = moment.format("%Y-%m-%d %H:%M:%S%.9f").to_string();
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Reads that form, RFC 3339 and what lies between; anything else is [`ZERO`].
pub(crate) fn parse(text: &str) -> DateTime<Utc> {
    let zoned = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%:z"))
        .map(|moment| moment.to_utc());
    zoned
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").map(|plain| plain.and_utc()))
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").map(|plain| plain.and_utc()))
        .unwrap_or(ZERO)
}

#[cfg(test)]
mod tests;
