//! Writing.

use std::io::{self, Write};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::form::{END, FORM, LARGEST_PIECE, LIST, LONGEST_NAME, MEMBER, NAME, PIECE};
use crate::{Contents, Digest, Member};

/// An archive that is being written.
pub struct Writer<W: Write> {
    out: Hashed<W>,
    members: Vec<Member>,
}

/// A member that is being written; it has to be finished.
pub struct MemberWriter<'a, W: Write> {
    archive: &'a mut Writer<W>,
    name: String,
    size: u64,
    hash: Sha256,
}

/// Everything that is written, and its hash.
struct Hashed<W> {
    out: W,
    hash: Sha256,
}

impl<W: Write> Hashed<W> {
    fn all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.out.write_all(bytes)
    }

    /// The length, then the bytes.
    fn counted(&mut self, bytes: &[u8]) -> io::Result<()> {
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        self.all(&length.to_be_bytes())?;
        self.all(bytes)
    }
}

impl<W: Write> Writer<W> {
    /// Begins one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(out: W) -> io::Result<Self> {
        let mut out = Hashed {
            out,
            hash: Sha256::new(),
        };
        out.all(NAME)?;
        out.all(FORM)?;
        Ok(Self {
            out,
            members: Vec::new(),
        })
    }

    /// Begins a member. What is written goes out in pieces, so its size need not be known.
    ///
    /// # Errors
    /// When it cannot be written, or when the name is too long.
    pub fn member(&mut self, name: &str) -> io::Result<MemberWriter<'_, W>> {
        if name.len() > LONGEST_NAME {
            return Err(io::ErrorKind::InvalidFilename.into());
        }
        self.out.all(&[MEMBER])?;
        self.out.counted(name.as_bytes())?;
        Ok(MemberWriter {
            archive: self,
            name: name.to_owned(),
            size: 0,
            hash: Sha256::new(),
        })
    }

    /// Ends it, with what there is to say about it; gives back what was written to.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish<A: Serialize>(mut self, about: A) -> io::Result<W> {
        let members = std::mem::take(&mut self.members);
        let list = serde_json::to_vec(&Contents { about, members })?;
        self.out.all(&[LIST])?;
        self.out.counted(&list)?;
        let hash = self.out.hash.finalize();
        self.out.out.write_all(&hash)?;
        self.out.out.flush()?;
        Ok(self.out.out)
    }
}

impl<W: Write> MemberWriter<'_, W> {
    /// Ends it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> io::Result<Member> {
        let hash = self.hash.finalize();
        self.archive.out.all(&[END])?;
        self.archive.out.all(&hash)?;
        let member = Member {
            name: self.name,
            size: self.size,
            sha256: Digest(hash.into()),
        };
        self.archive.members.push(member.clone());
        Ok(member)
    }
}

impl<W: Write> Write for MemberWriter<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (piece, _) = bytes.split_at(bytes.len().min(LARGEST_PIECE));
        if piece.is_empty() {
            return Ok(0);
        }
        self.archive.out.all(&[PIECE])?;
        self.archive.out.counted(piece)?;
        self.hash.update(piece);
        self.size += piece.len() as u64;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.archive.out.out.flush()
    }
}

impl<W: Write> std::fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer")
            .field("members", &self.members.len())
            .finish_non_exhaustive()
    }
}

impl<W: Write> std::fmt::Debug for MemberWriter<'_, W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemberWriter")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
