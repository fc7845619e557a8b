//! Page sizes per endpoint (section 3.3 of the API reference).

use super::Endpoint;

/// Page sizes that an endpoint takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) default: usize,
    pub(crate) min: usize,
    pub(crate) max: usize,
}

impl Endpoint {
    /// The page sizes of a listing; what has no pages never asks.
    pub(crate) fn limits(self) -> Limits {
        match self {
            Self::UserGroups | Self::UserGroupMembers => Limits {
                default: 100,
                min: 1,
                max: 500,
            },
            Self::AuditLog | Self::AccessGroups | Self::AccessIdentityProviders => Limits {
                default: 100,
                min: 1,
                max: 1000,
            },
            _ => Limits {
                default: 20,
                min: 5,
                max: 50,
            },
        }
    }
}
