//! What the tests share.

use std::sync::Mutex;

use model::{NoRandomness, Randomness};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use vault::{Context, KeyRing};

/// Randomness that is the same in each run.
#[derive(Debug)]
pub(crate) struct Seeded(Mutex<ChaCha8Rng>);

/// A machine without randomness.
#[derive(Debug)]
pub(crate) struct Dry;

impl Seeded {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Mutex::new(ChaCha8Rng::seed_from_u64(seed)))
    }
}

impl Randomness for Seeded {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        self.0.lock().unwrap().fill_bytes(bytes);
        Ok(())
    }
}

impl Randomness for Dry {
    fn fill(&self, _: &mut [u8]) -> Result<(), NoRandomness> {
        Err(NoRandomness)
    }
}

pub(crate) fn ring() -> KeyRing {
    KeyRing::generate(&Seeded::new(1)).unwrap()
}

pub(crate) fn place() -> Context {
    Context::new("connector-settings", "con-1")
}
