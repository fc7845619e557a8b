//! How much work it is to try a password.

use argon2::{Algorithm, Argon2, Params, Version};

/// How much work it is to try a password with argon2id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strength {
    /// KiB that are filled.
    pub(super) memory: u32,
    /// How often they are gone through.
    pub(super) passes: u32,
    /// How many parts of the memory can be filled at the same time.
    pub(super) lanes: u32,
}

impl Strength {
    /// What OWASP recommends: 19 MiB, two passes, one lane. Some tens of milliseconds.
    pub const RECOMMENDED: Self = Self {
        memory: 19 * 1024,
        passes: 2,
        lanes: 1,
    };

    /// As little as argon2 can do: for tests that sign in often, never for a password of somebody's.
    pub const LEAST: Self = Self {
        memory: Params::MIN_M_COST,
        passes: 1,
        lanes: 1,
    };

    pub(super) fn argon2(self) -> Result<Argon2<'static>, argon2::Error> {
        let params = Params::new(self.memory, self.passes, self.lanes, None)?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

impl Default for Strength {
    fn default() -> Self {
        Self::RECOMMENDED
    }
}
