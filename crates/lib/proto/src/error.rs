//! Why a message is no value of the vocabulary.

/// A message that lacks what every such record has, or holds what none can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConvertError {
    /// A field without which the record has no identity is absent.
    #[error("a {record} without its {field}")]
    Missing {
        /// What kind of record it is.
        record: &'static str,
        /// The field, in words.
        field: &'static str,
    },
    /// A time outside of the calendar.
    #[error("a time outside of the calendar: {seconds} s and {nanos} ns since 1970")]
    Time {
        /// Whole seconds since 1970.
        seconds: i64,
        /// Nanoseconds on top.
        nanos: i32,
    },
}

impl ConvertError {
    /// The stable code of this kind of error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "record_incomplete",
            Self::Time { .. } => "record_time_invalid",
        }
    }

    /// What a person can do about it.
    pub fn hint(&self) -> &'static str {
        "the file or the connector that it came from is faulty: sync again, or report the connector"
    }
}
