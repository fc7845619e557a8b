//! Letters to people: by SMTP, or into a folder.
//!
//! One letter to one person. Whether and when it is sent again is up to whoever has the letter: an error says whether
//! there is a point in it, and a letter keeps its id, so that one that arrives twice is shown once.

mod address;
mod error;
mod folder;
mod letter;
mod message;
mod sender;
mod smtp;

pub use address::{Address, InvalidAddress};
pub use error::SendError;
pub use folder::Folder;
pub use letter::{InvalidLetterId, Letter, LetterId};
pub use sender::Sender;
pub use smtp::{InvalidServer, Smtp, SmtpServer};
