//! One file with many members: written as they come, in little memory, and checked from beginning to end before anything
//! is taken out of it.
//!
//! The form: a line that says what it is; then each member with its name, its bytes in pieces, and their SHA-256; then a
//! list of all members together with what the writer has to say about them; then the SHA-256 of everything before. So a
//! file that was cut off anywhere, or in which a single bit is another, is told from a whole one.

mod error;
mod form;
mod reader;
mod writer;

pub use error::ArchiveError;
pub use form::{Contents, Digest, Member};
pub use reader::{MemberReader, Reader, check};
pub use writer::{MemberWriter, Writer};
