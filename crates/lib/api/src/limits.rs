//! How much one may ask.

use chrono::TimeDelta;
use lobby::Rates;

/// Calls in a minute from one address, whatever they come with.
const BY_ADDRESS: u32 = 1_200;
/// Calls in a minute with one key.
const BY_KEY: u32 = 600;

/// Who asked how often lately. Counted by each service alone.
#[derive(Debug)]
pub(crate) struct Limits {
    pub(crate) by_address: Rates,
    pub(crate) by_key: Rates,
}

impl Default for Limits {
    fn default() -> Self {
        let minute = TimeDelta::minutes(1);
        Self {
            by_address: Rates::new(BY_ADDRESS, minute),
            by_key: Rates::new(BY_KEY, minute),
        }
    }
}
