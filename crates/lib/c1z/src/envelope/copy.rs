//! Copying with a bound, telling reading from writing when it fails.

use std::io::{self, Read, Write};

/// Why copying stopped.
#[derive(Debug)]
pub(super) enum CopyError {
    /// The source failed.
    Read(io::Error),
    /// The destination failed.
    Write(io::Error),
    /// There is more than was allowed.
    TooMuch,
}

/// Copies everything, at most `allowed` bytes; returns how many it was.
pub(super) fn bounded(from: &mut impl Read, to: &mut impl Write, allowed: u64) -> Result<u64, CopyError> {
    let mut buffer = vec![0; 128 * 1024];
    let mut copied = 0;
    loop {
        let length = match from.read(&mut buffer) {
            Ok(0) => return Ok(copied),
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(CopyError::Read(error)),
        };
        copied += length as u64;
        if copied > allowed {
            return Err(CopyError::TooMuch);
        }
        let bytes = buffer.get(..length).unwrap_or_default();
        to.write_all(bytes).map_err(CopyError::Write)?;
    }
}
