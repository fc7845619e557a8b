//! Why the office could not do what was asked.

use super::TypesError;
use crate::repository::RepositoryError;
use crate::{
    Denied, EmailError, NameError, ParseIdError, Refusal, ScheduleError, SignOnFault, SignOnRefusal,
};

/// Why the office refuses, or fails.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// Whoever asks may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such thing, or not for whoever asks.
    #[error("there is no such {0}")]
    Unknown(&'static str),
    /// A text is not the id that it should be.
    #[error(transparent)]
    Id(#[from] ParseIdError),
    /// A text is no name.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A text is no address.
    #[error(transparent)]
    Email(#[from] EmailError),
    /// That is no schedule.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    /// That cannot be all that is read.
    #[error(transparent)]
    Types(#[from] TypesError),
    /// The task's state does not allow it.
    #[error(transparent)]
    Task(#[from] Refusal),
    /// A provider cannot be set up like that.
    #[error(transparent)]
    SignOnFault(#[from] SignOnFault),
    /// Whom a provider vouches for does not come in.
    #[error(transparent)]
    SignOn(#[from] SignOnRefusal),
    /// It would leave nobody who may do everything.
    #[error("this is the last Super Administrator: make somebody else one first")]
    LastSuperAdministrator,
    /// Nobody would answer for it.
    #[error("it needs at least one owner who can sign in")]
    NoOwner,
    /// Somebody in a group is nobody whom the directory has brought.
    #[error("a member of this group is nobody whom the directory has brought")]
    NoMember,
    /// It cannot be done with how things are.
    #[error("{0}")]
    Conflict(&'static str),
    /// Others kept changing the same thing.
    #[error("somebody else changed this at the same moment: look again, and try once more")]
    Contended,
    /// The state cannot be read or written.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}
