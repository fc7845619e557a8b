//! Moments.

use chrono::{DateTime, Utc};
use prost_types::Timestamp;

use crate::ConvertError;

/// Nanoseconds of a leap second count past a whole second in chrono; the wire has no such second.
const LAST_NANOSECOND: u32 = 999_999_999;

/// The moment as the wire has it.
pub fn to_timestamp(time: DateTime<Utc>) -> Timestamp {
    let nanos = time.timestamp_subsec_nanos().min(LAST_NANOSECOND);
    Timestamp {
        seconds: time.timestamp(),
        nanos: i32::try_from(nanos).unwrap_or_default(),
    }
}

/// The moment that the wire has.
///
/// # Errors
/// When it is none: out of range, or with parts of a second that are none.
pub fn from_timestamp(timestamp: Timestamp) -> Result<DateTime<Utc>, ConvertError> {
    u32::try_from(timestamp.nanos)
        .ok()
        .filter(|nanos| *nanos <= LAST_NANOSECOND)
        .and_then(|nanos| DateTime::from_timestamp(timestamp.seconds, nanos))
        .ok_or(ConvertError::Time {
            seconds: timestamp.seconds,
            nanos: timestamp.nanos,
        })
}
