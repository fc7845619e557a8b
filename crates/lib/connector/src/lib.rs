//! What a connector author sees.
//!
//! A connector says which resource types it has, plans *feeds*, and reads each feed into an
//! [`Output`]. A feed is a piece of the account that is read as a whole (all members, one group's
//! members): it yields whatever records it happens to find, so one pass over the members can give
//! users, invitations and grants together. The engine decides the order, writes the records and
//! keeps the checkpoint. A connector knows nothing of files, and the engine nothing of the source.

mod error;
mod feed;
mod note;
mod output;
mod syncer;

pub use error::{ConnectorError, ErrorKind};
pub use feed::{Feed, FeedId, Owned};
pub use note::{Note, Severity};
pub use output::{Known, Output, Record, RowCursor};
pub use syncer::{Found, Metadata, Syncer};
