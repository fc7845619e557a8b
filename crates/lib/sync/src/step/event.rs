//! What goes into the machine and what comes out.

use connector::{ConnectorError, Feed, FeedId, Note, Owned};

use super::Origin;
use crate::SyncError;

/// Something that happened.
#[derive(Debug)]
pub(crate) enum Event {
    /// The run begins, or begins again after an interruption.
    Begun,
    /// Reading the feed `by` brought up another feed.
    Found {
        /// The feed that was being read.
        by: FeedId,
        /// The feed that it found.
        feed: Feed,
    },
    /// A feed is being read again from its start.
    Restarted(FeedId),
    /// A feed was read whole.
    Finished(FeedId),
    /// A feed cannot be read.
    Failed(FeedId, ConnectorError),
    /// Somebody has a remark.
    Noted(Origin, Note),
    /// All grants were expanded.
    Expanded,
}

/// What the executor must do, in this order.
#[derive(Debug)]
pub(crate) enum Decision {
    /// Remove these records from the file.
    Forget(Vec<Owned>),
    /// Start to read the feed.
    Read(Feed),
    /// Expand the grants.
    Expand,
    /// Finish the run and put the file in place.
    Seal,
    /// Give up; the last checkpoint stays valid.
    Stop(SyncError),
}

/// What holds for the whole run but is no part of its checkpoint.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// How many feeds are read at the same time; nought counts as one.
    pub(crate) workers: usize,
    /// Whether grants are expanded at the end.
    pub(crate) expands: bool,
}
