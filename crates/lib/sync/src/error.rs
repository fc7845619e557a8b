//! Why a run stopped.

use connector::{ConnectorError, ErrorKind, FeedId};
use model::{EntitlementId, ResourceId, ResourceTypeId};

/// A failure that ended a run; what was committed before stays, and the next run continues there.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The selection names a type that the connector does not have.
    #[error("invalid resource type `{name}` in filter")]
    UnknownType {
        /// The type that was asked for.
        name: ResourceTypeId,
        /// The types that exist.
        known: Vec<ResourceTypeId>,
    },
    /// The connector cannot read anything.
    #[error(transparent)]
    Validate(ConnectorError),
    /// A feed could not be read.
    #[error("reading {title} failed: {source}")]
    Feed {
        /// Which one.
        feed: FeedId,
        /// What people call it.
        title: String,
        /// Why.
        source: Box<ConnectorError>,
    },
    /// A resource does not carry what its type promises.
    #[error("resource was missing expected trait {expected}: `{resource}`")]
    MissingTrait {
        /// The resource.
        resource: ResourceId,
        /// The trait that its type demands.
        expected: &'static str,
    },
    /// Feeds wait for each other.
    #[error("the connector planned feeds that wait for each other: {}", join(.waiting))]
    Stuck {
        /// The feeds that can never be read.
        waiting: Vec<FeedId>,
    },
    /// An expandable grant names an entitlement of somebody else.
    #[error(
        "source entitlement resource id did not match grant principal id: `{entitlement}` is not on `{principal}`"
    )]
    ForeignSource {
        /// The entitlement that the grant names.
        entitlement: EntitlementId,
        /// Who holds the grant.
        principal: ResourceId,
    },
    /// The file could not be read or written.
    #[error(transparent)]
    File(#[from] c1z::Error),
    /// The checkpoint could not be put into words.
    #[error("the checkpoint could not be written: {0}")]
    Checkpoint(#[from] serde_json::Error),
    /// Work on the file ended without a result.
    #[error("work on the file ended unexpectedly: {0}")]
    Lost(String),
    /// Somebody asked for the stop.
    #[error("the sync was stopped before it was complete")]
    Stopped,
}

impl SyncError {
    /// The kind of failure; its number doubles as an exit code.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::UnknownType { .. } => ErrorKind::InvalidArgument,
            Self::Validate(source) => source.kind,
            Self::Feed { source, .. } => source.kind,
            Self::File(_) => ErrorKind::FailedPrecondition,
            Self::Stopped => ErrorKind::Cancelled,
            Self::MissingTrait { .. }
            | Self::Stuck { .. }
            | Self::ForeignSource { .. }
            | Self::Checkpoint(_)
            | Self::Lost(_) => ErrorKind::Internal,
        }
    }

    /// A stable word for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownType { .. } => "unknown-resource-type",
            Self::Validate(_) => "connector-refused",
            Self::Feed { .. } => "feed-failed",
            Self::MissingTrait { .. } => "missing-trait",
            Self::Stuck { .. } => "feeds-stuck",
            Self::ForeignSource { .. } => "foreign-source-entitlement",
            Self::File(source) => source.code(),
            Self::Checkpoint(_) => "checkpoint",
            Self::Lost(_) => "file-work-lost",
            Self::Stopped => "stopped",
        }
    }

    /// What to do about it; may be empty.
    pub fn hint(&self) -> String {
        match self {
            Self::UnknownType { known, .. } => format!("this connector has the types {}", join(known)),
            Self::Validate(source) => source.hint.clone(),
            Self::Feed { source, .. } => source.hint.clone(),
            Self::File(source) => source.hint().to_owned(),
            Self::Stopped => "run the same command again to continue where it stopped".to_owned(),
            Self::MissingTrait { .. } | Self::Stuck { .. } | Self::ForeignSource { .. } => {
                "this is a mistake in the connector; please report it".to_owned()
            }
            Self::Checkpoint(_) | Self::Lost(_) => "please report it".to_owned(),
        }
    }
}

fn join<T: std::fmt::Display>(items: &[T]) -> String {
    let names: Vec<_> = items.iter().map(|item| format!("`{item}`")).collect();
    names.join(", ")
}
