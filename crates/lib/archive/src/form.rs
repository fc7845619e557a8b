//! The parts that a file consists of.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The first line, without the number of the form.
pub(crate) const NAME: &[u8] = b"rollcall backup ";
/// The number of the form, and the end of the line.
pub(crate) const FORM: &[u8] = b"1\n";

/// What stands before a member.
pub(crate) const MEMBER: u8 = b'M';
/// What stands before a piece of one.
pub(crate) const PIECE: u8 = b'P';
/// What stands before the hash of one.
pub(crate) const END: u8 = b'E';
/// What stands before the list of members.
pub(crate) const LIST: u8 = b'L';

/// The most bytes of a piece.
pub(crate) const LARGEST_PIECE: usize = 64 << 10;
/// The most bytes of a name.
pub(crate) const LONGEST_NAME: usize = 1 << 10;
/// The most bytes of the list of members.
pub(crate) const LONGEST_LIST: usize = 1 << 30;
/// How many bytes a hash has.
pub(crate) const HASH: usize = 32;

/// A SHA-256; its text is hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Digest(pub [u8; HASH]);

/// A member of an archive, as the list has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// How it is called, such as `files/abc`.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Of those bytes.
    pub sha256: Digest,
}

/// What is in an archive, and what its writer has to say about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents<A> {
    /// What its writer says.
    pub about: A,
    /// All members, in their order.
    pub members: Vec<Member>,
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom("this is no SHA-256");
        let mut hash = [0; HASH];
        if text.len() != 2 * HASH || !text.is_ascii() {
            return Err(wrong());
        }
        for (byte, digits) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).map_err(|_| wrong())?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| wrong())?;
        }
        Ok(Self(hash))
    }
}
