//! Reading.

use std::io::{self, Read};

use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use crate::form::{END, FORM, HASH, LARGEST_PIECE, LIST, LONGEST_LIST, LONGEST_NAME, MEMBER, NAME, PIECE};
use crate::{ArchiveError, Contents, Digest, Member};

/// An archive that is being read, one member after the other. Nothing that it gives is sure before its end was reached:
/// go through all of it once with [`check`].
pub struct Reader<R: Read> {
    input: Counted<R>,
    members: Vec<Member>,
}

/// A member that is being read. Its last bytes are given only when all of them are those that were written.
pub struct MemberReader<'a, R: Read> {
    archive: &'a mut Reader<R>,
    name: String,
    left_of_piece: usize,
    size: u64,
    hash: Sha256,
    ended: bool,
}

/// Goes through a whole archive, and says what is in it.
///
/// # Errors
/// When it is not, from beginning to end, what was written.
pub fn check<A: DeserializeOwned>(
    input: impl Read,
    mut seen: impl FnMut(u64),
) -> Result<Contents<A>, ArchiveError> {
    let mut reader = Reader::open(input)?;
    let mut buffer = vec![0; LARGEST_PIECE];
    while let Some(mut member) = reader.next_member()? {
        loop {
            let count = member.read(&mut buffer).map_err(as_archive)?;
            if count == 0 {
                break;
            }
            seen(count as u64);
        }
    }
    reader.contents()
}

/// What an error of a member was before it became one of reading.
fn as_archive(error: io::Error) -> ArchiveError {
    match error.downcast() {
        Ok(error) => error,
        Err(error) => ArchiveError::Read(error),
    }
}

/// What is read, its hash, and how much it is.
struct Counted<R> {
    input: R,
    hash: Sha256,
    count: u64,
}

impl<R: Read> Counted<R> {
    /// Fills it; what was hashed is everything up to here.
    fn exactly(&mut self, bytes: &mut [u8]) -> Result<(), ArchiveError> {
        self.unhashed(bytes)?;
        self.hash.update(&*bytes);
        Ok(())
    }

    fn unhashed(&mut self, bytes: &mut [u8]) -> Result<(), ArchiveError> {
        let mut filled = 0;
        while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.input.read(rest) {
                Ok(0) => return Err(ArchiveError::CutOff { at: self.count }),
                Ok(count) => {
                    filled += count;
                    self.count += count as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(ArchiveError::Read(error)),
            }
        }
        Ok(())
    }

    fn byte(&mut self) -> Result<u8, ArchiveError> {
        let mut byte = [0];
        self.exactly(&mut byte)?;
        let [byte] = byte;
        Ok(byte)
    }

    /// A length that is not beyond what there can be.
    fn length(&mut self, most: usize) -> Result<usize, ArchiveError> {
        let mut length = [0; 4];
        self.exactly(&mut length)?;
        let length = u32::from_be_bytes(length) as usize;
        if length > most {
            return Err(ArchiveError::damaged("a length in it cannot be"));
        }
        Ok(length)
    }

    /// So many bytes. The room for them grows as they come: a length is believed only when there are so many.
    fn counted(&mut self, most: usize) -> Result<Vec<u8>, ArchiveError> {
        let length = self.length(most)?;
        let mut all = Vec::new();
        while all.len() < length {
            let begin = all.len();
            all.resize(length.min(begin + LARGEST_PIECE), 0);
            let (_, new) = all.split_at_mut(begin);
            self.exactly(new)?;
        }
        Ok(all)
    }
}

impl<R: Read> Reader<R> {
    /// Begins to read.
    ///
    /// # Errors
    /// When it is no archive, or one of a newer form.
    pub fn open(input: R) -> Result<Self, ArchiveError> {
        let mut input = Counted {
            input,
            hash: Sha256::new(),
            count: 0,
        };
        let mut name = [0; NAME.len()];
        let read = input.exactly(&mut name);
        // What is shorter than a name, or another one, is something else.
        if read.is_err() || name != NAME {
            return Err(ArchiveError::NoArchive);
        }
        let mut form = [0; FORM.len()];
        input.exactly(&mut form)?;
        if form != FORM {
            return Err(ArchiveError::Newer);
        }
        Ok(Self {
            input,
            members: Vec::new(),
        })
    }

    /// The next member; `None` after the last one. The one before has to be read to its end.
    ///
    /// # Errors
    /// When it is not what was written.
    pub fn next_member(&mut self) -> Result<Option<MemberReader<'_, R>>, ArchiveError> {
        match self.input.byte()? {
            MEMBER => {}
            LIST => return Ok(None),
            _ => {
                return Err(ArchiveError::damaged(
                    "something in it is neither a member nor its list",
                ));
            }
        }
        let name = String::from_utf8(self.input.counted(LONGEST_NAME)?);
        let name = name.map_err(|_| ArchiveError::damaged("a name in it is no text"))?;
        Ok(Some(MemberReader {
            archive: self,
            name,
            left_of_piece: 0,
            size: 0,
            hash: Sha256::new(),
            ended: false,
        }))
    }

    /// What is in it, once [`Reader::next_member`] gave `None`.
    ///
    /// # Errors
    /// When all of it together is not what was written.
    pub fn contents<A: DeserializeOwned>(mut self) -> Result<Contents<A>, ArchiveError> {
        let list = self.input.counted(LONGEST_LIST)?;
        let expected = self.input.hash.clone().finalize();
        let mut hash = [0; HASH];
        self.input.unhashed(&mut hash)?;
        if expected.as_slice() != hash {
            return Err(ArchiveError::damaged("its SHA-256 is another one"));
        }
        let mut more = [0];
        if self.input.unhashed(&mut more).is_ok() {
            return Err(ArchiveError::damaged("there is something behind its end"));
        }
        let contents: Contents<A> = serde_json::from_slice(&list)
            .map_err(|error| ArchiveError::damaged(format!("its list cannot be read: {error}")))?;
        if contents.members != self.members {
            return Err(ArchiveError::damaged("its list names other members"));
        }
        Ok(contents)
    }
}

impl<R: Read> MemberReader<'_, R> {
    /// How it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Goes to the next piece, or to the end.
    fn turn(&mut self) -> Result<(), ArchiveError> {
        let input = &mut self.archive.input;
        match input.byte()? {
            PIECE => {
                self.left_of_piece = input.length(LARGEST_PIECE)?;
                Ok(())
            }
            END => self.end(),
            _ => Err(ArchiveError::damaged(format!("`{}` is not whole", self.name))),
        }
    }

    fn end(&mut self) -> Result<(), ArchiveError> {
        let mut hash = [0; HASH];
        self.archive.input.exactly(&mut hash)?;
        if self.hash.clone().finalize().as_slice() != hash {
            return Err(ArchiveError::damaged(format!(
                "the SHA-256 of `{}` is another one",
                self.name
            )));
        }
        self.ended = true;
        self.archive.members.push(Member {
            name: self.name.clone(),
            size: self.size,
            sha256: Digest(hash),
        });
        Ok(())
    }

    fn some(&mut self, buffer: &mut [u8]) -> Result<usize, ArchiveError> {
        while self.left_of_piece == 0 && !self.ended {
            self.turn()?;
        }
        let count = self.left_of_piece.min(buffer.len());
        let (room, _) = buffer.split_at_mut(count);
        self.archive.input.exactly(room)?;
        self.hash.update(&*room);
        self.size += count as u64;
        self.left_of_piece -= count;
        Ok(count)
    }
}

impl<R: Read> Read for MemberReader<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.some(buffer).map_err(io::Error::other)
    }
}

impl<R: Read> std::fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("members", &self.members.len())
            .finish_non_exhaustive()
    }
}

impl<R: Read> std::fmt::Debug for MemberReader<'_, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemberReader")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
