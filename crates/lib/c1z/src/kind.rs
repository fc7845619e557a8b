//! What a sync set out to read.

use std::fmt;

/// What a sync set out to read (`sync_type`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SyncKind {
    /// Everything, also when restricted to some resource types.
    Full,
    /// Single resources, named in the request.
    Partial,
    /// Resources without entitlements and grants.
    ResourcesOnly,
    /// What was added or changed between two syncs; half of a pair.
    PartialUpserts,
    /// What was removed between two syncs; the other half.
    PartialDeletions,
    /// One that this version does not know; kept as it is.
    Other(String),
}

impl SyncKind {
    /// The word that the file uses.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Full => "full",
            Self::Partial => "partial",
            Self::ResourcesOnly => "resources_only",
            Self::PartialUpserts => "partial_upserts",
            Self::PartialDeletions => "partial_deletions",
            Self::Other(word) => word,
        }
    }

    /// Whether it is half of a stored difference between two syncs.
    pub fn is_diff(&self) -> bool {
        matches!(self, Self::PartialUpserts | Self::PartialDeletions)
    }
}

impl From<String> for SyncKind {
    fn from(word: String) -> Self {
        match word.as_str() {
            "full" => Self::Full,
            "partial" => Self::Partial,
            "resources_only" => Self::ResourcesOnly,
            "partial_upserts" => Self::PartialUpserts,
            "partial_deletions" => Self::PartialDeletions,
            _ => Self::Other(word),
        }
    }
}

impl fmt::Display for SyncKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
