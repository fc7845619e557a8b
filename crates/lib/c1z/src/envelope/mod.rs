//! The container: five bytes of magic, then zstd data.

pub(crate) use self::decode::unpack;
pub(crate) use self::encode::pack;

mod copy;
mod decode;
mod encode;
mod frame;

/// Starts a v1 file: compressed SQLite follows.
pub(crate) const MAGIC_V1: [u8; 5] = *b"C1ZF\0";
/// Starts a v3 file: a manifest and Pebble files follow.
pub(crate) const MAGIC_V3: [u8; 5] = *b"C1Z3\0";

#[cfg(test)]
mod tests;
