//! What a server allows, as a person writes it.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// What a server allows: so many calls in any stretch of so many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateLimit {
    /// No limit is kept. A server that refuses calls for being too many is still obeyed.
    Off,
    /// At most `calls` in any stretch of `window`.
    Quota {
        /// Calls, at least 1.
        calls: u32,
        /// The stretch of time.
        window: Duration,
    },
}

/// A text is not a rate limit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a rate limit: write calls/seconds, such as 1200/300, or off")]
pub struct InvalidRateLimit(String);

impl RateLimit {
    /// Reads `1200/300` (calls/seconds) or `off`.
    ///
    /// # Errors
    ///
    /// When the text is neither, or one of the numbers is 0.
    pub fn parse(text: &str) -> Result<Self, InvalidRateLimit> {
        if text.trim().eq_ignore_ascii_case("off") {
            return Ok(Self::Off);
        }
        let quota = || {
            let (calls, seconds) = text.split_once('/')?;
            let calls: u32 = calls.trim().parse().ok().filter(|calls| *calls > 0)?;
            let seconds: u32 = seconds.trim().parse().ok().filter(|seconds| *seconds > 0)?;
            Some(Self::Quota {
                calls,
                window: Duration::from_secs(seconds.into()),
            })
        };
        quota().ok_or_else(|| InvalidRateLimit(text.to_owned()))
    }
}

impl FromStr for RateLimit {
    type Err = InvalidRateLimit;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str("off"),
            Self::Quota { calls, window } => write!(f, "{calls}/{}", window.as_secs()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_reads_and_writes_the_same() {
        for text in ["1200/300", "off", "1/1"] {
            assert_eq!(RateLimit::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(RateLimit::parse(" 40 / 10 ").unwrap().to_string(), "40/10");
        assert_eq!(RateLimit::parse("OFF"), Ok(RateLimit::Off));
    }

    #[test]
    fn what_is_no_limit_is_refused_with_an_example() {
        for text in ["", "1200", "0/300", "1200/0", "-1/3", "a/b", "1200/300/2"] {
            assert!(RateLimit::parse(text).is_err(), "{text}");
        }
        assert_eq!(
            RateLimit::parse("fast").unwrap_err().to_string(),
            r#""fast" is not a rate limit: write calls/seconds, such as 1200/300, or off"#
        );
    }
}
