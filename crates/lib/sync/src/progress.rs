//! How far a run is, told to whoever shows it.

use connector::{FeedId, Note};
use model::SyncId;

/// Shows how far a run is: bars on a terminal, lines in a log.
pub trait Progress: Send + Sync {
    /// Takes one event; called from several threads, must not block for long.
    fn event(&self, event: &Event);
}

/// Something that happened in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The run has its id and begins to read.
    Started {
        /// The id under which the file keeps it.
        sync: SyncId,
        /// Whether it continues an interrupted run.
        resumed: bool,
    },
    /// A feed is now being read.
    FeedStarted {
        /// Which one.
        feed: FeedId,
        /// What people see; several feeds may share it.
        title: String,
    },
    /// A feed came further.
    FeedProgress {
        /// Which one.
        feed: FeedId,
        /// What people see; several feeds may share it.
        title: String,
        /// Items read so far.
        done: u64,
        /// Items in all, when known.
        total: Option<u64>,
    },
    /// A feed is read again from its start, because its listing changed under the reading.
    FeedRestarted {
        /// Which one.
        feed: FeedId,
        /// What people see; several feeds may share it.
        title: String,
    },
    /// A feed was read whole.
    FeedFinished {
        /// Which one.
        feed: FeedId,
        /// What people see; several feeds may share it.
        title: String,
    },
    /// A feed says that something of it is missing; what, tells the remark that comes with it.
    FeedWarned {
        /// Which one.
        feed: FeedId,
        /// What people see; several feeds may share it.
        title: String,
    },
    /// A remark that will stand in the run's record.
    Note(Note),
    /// Grants are being passed on through the entitlements that they imply.
    Expanding {
        /// Connections between entitlements worked through.
        done: usize,
        /// Connections in all; inside a cycle they are worked through more than once.
        total: usize,
    },
    /// The run is sealed and the file is being written.
    Saving,
    /// The file is in place.
    Finished {
        /// The id under which the file keeps the run.
        sync: SyncId,
    },
}
