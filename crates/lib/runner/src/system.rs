//! The one place that asks the machine for the time and for randomness.

use chrono::{DateTime, Utc};
use model::{Clock, IdSource, NoRandomness, Randomness};
use rand::TryRng;
use rand::rngs::SysRng;

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "everyone else takes a Clock; this is the one that they are given"
    )]
    fn now(&self) -> DateTime<Utc> {
        std::time::SystemTime::now().into()
    }
}

/// The machine's source of ids.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemIds;

impl IdSource for SystemIds {
    /// Sixteen random bytes; on a machine that gives none, an address and a time, which still differ between runs.
    fn next_bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        match SysRng.try_fill_bytes(&mut bytes) {
            Ok(()) => bytes,
            Err(_) => without_randomness(),
        }
    }
}

/// The machine's source of randomness, for secrets.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        SysRng.try_fill_bytes(bytes).map_err(|_| NoRandomness)
    }
}

/// A stand-in from the keys that every process draws for its hash maps.
fn without_randomness() -> [u8; 16] {
    use std::hash::BuildHasher;
    let half = || std::hash::RandomState::new().hash_one(SystemClock.now());
    (u128::from(half()) << 64 | u128::from(half())).to_be_bytes()
}
