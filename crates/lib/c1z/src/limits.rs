//! How much a file may unpack to.

/// Bounds on decoding, so that a small file cannot fill the disk or the memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes that a file may unpack to; 10 GiB unless set otherwise.
    pub decoded_bytes: u64,
    /// The largest zstd window as a power of two; 27 (128 MiB) unless set otherwise, and at most.
    pub window_log: u32,
}

impl Limits {
    /// The largest window that is accepted at all, as other readers of such files do.
    pub const MAX_WINDOW_LOG: u32 = 27;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            decoded_bytes: 10 << 30,
            window_log: Self::MAX_WINDOW_LOG,
        }
    }
}
