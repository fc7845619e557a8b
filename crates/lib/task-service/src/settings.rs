//! How the service is set up.

use std::time::Duration;

use rand::TryRng as _;

/// The times and sizes of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How long an access token is good for.
    pub token_life: Duration,
    /// When a connector that has nothing to do asks again.
    pub next_poll: Duration,
    /// The most bytes of a file that is handed over.
    pub largest_upload: u64,
    /// The most bytes that such a file may unpack to.
    pub largest_unpacked: u64,
    /// How long nothing may come of a file before it is given up.
    pub upload_silence: Duration,
    /// How long files are kept. The newest of each connector always is.
    pub keep_files: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token_life: Duration::from_mins(15),
            next_poll: Duration::from_secs(5),
            largest_upload: 2 << 30,
            largest_unpacked: 10 << 30,
            upload_silence: Duration::from_mins(1),
            keep_files: Duration::from_hours(90 * 24),
        }
    }
}

/// Where access tokens come from.
pub trait SecretSource: Send + Sync {
    /// Bytes that nobody can guess; `None` when the machine gives none.
    fn secret(&self) -> Option<[u8; 32]>;
}

/// The machine's source of randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemSecrets;

impl SecretSource for SystemSecrets {
    fn secret(&self) -> Option<[u8; 32]> {
        let mut bytes = [0; 32];
        rand::rngs::SysRng.try_fill_bytes(&mut bytes).ok().map(|()| bytes)
    }
}
