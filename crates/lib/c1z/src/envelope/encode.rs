//! Writes the container.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write as _};
use std::path::Path;

use super::MAGIC_V1;
use super::copy::{CopyError, bounded};
use crate::Error;

/// Fast; nothing in the format depends on it.
const LEVEL: i32 = 1;
/// 2 MiB: far below what every reader can be expected to decode (8 MiB), and little memory.
const WINDOW_LOG: u32 = 21;

/// Writes the database at `from` into `to`, with its size and a checksum; returns both sizes in bytes.
pub(crate) fn pack(from: &Path, to: &Path, out: &File) -> Result<(u64, u64), Error> {
    let source = File::open(from).map_err(Error::io("read", from))?;
    let size = source.metadata().map_err(Error::io("read", from))?.len();
    compress(&mut BufReader::new(source), size, out).map_err(|error| match error {
        CopyError::Read(error) => Error::io("read", from)(error),
        CopyError::Write(error) => Error::io("write", to)(error),
        CopyError::TooMuch => Error::io("read", from)(io::Error::other("it grew while it was read")),
    })?;
    let packed = out.metadata().map_err(Error::io("write", to))?.len();
    Ok((size, packed))
}

fn compress(source: &mut impl io::Read, size: u64, out: &File) -> Result<(), CopyError> {
    let mut out = BufWriter::new(out);
    out.write_all(&MAGIC_V1).map_err(CopyError::Write)?;
    let mut encoder = encoder(&mut out, size).map_err(CopyError::Write)?;
    bounded(source, &mut encoder, size)?;
    encoder.finish().map_err(CopyError::Write)?;
    out.flush().map_err(CopyError::Write)
}

fn encoder<W: io::Write>(out: W, size: u64) -> io::Result<zstd::Encoder<'static, W>> {
    let mut encoder = zstd::Encoder::new(out, LEVEL)?;
    encoder.set_pledged_src_size(Some(size))?;
    encoder.include_contentsize(true)?;
    encoder.include_checksum(true)?;
    encoder.window_log(WINDOW_LOG)?;
    Ok(encoder)
}
