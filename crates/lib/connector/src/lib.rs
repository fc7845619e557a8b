//! What a connector author sees.
//!
//! A connector says which resource types it has, plans *feeds*, and reads each feed into an
//! [`Output`]. A feed is a piece of the account that is read as a whole (all members, one group's
//! members): it yields whatever records it happens to find, so one pass over the members can give
//! users, invitations and grants together. The engine decides the order, writes the records and
//! keeps the checkpoint. A connector knows nothing of files, and the engine nothing of the source.
//!
//! A connector that can also change something is a [`Provisioner`], and may offer [`Actions`]. One that can tell what
//! happened since the last look is an [`EventSource`].

mod actions;
mod change;
mod error;
mod events;
mod feed;
mod note;
mod output;
mod provisioner;
mod syncer;

pub use actions::{ActionField, ActionKind, ActionSchema, Actions, FieldKind};
pub use change::{Call, Change, Changed, Effect};
pub use error::{ConnectorError, ErrorKind};
pub use events::{
    Event, EventFeed, EventFeedId, EventKind, EventPage, EventSource, EventsFrom, EventsRequest, Granted,
    What, no_such_feed,
};
pub use feed::{Feed, FeedId, Owned};
pub use note::{Note, Severity};
pub use output::{Known, Output, Record, RowCursor};
pub use provisioner::{
    Ability, AccessRequest, Account, AccountField, AccountOutcome, AccountRequest, DeleteRequest, Mode,
    Provisioner, RotateRequest, Rotated,
};
pub use syncer::{Found, Metadata, Syncer};
