//! What has a number in a column: those of the wire, where it has some.

use governance::access::ResourceKind;
use model::{Lifecycle, Purpose};

pub(crate) fn kind(kind: ResourceKind) -> i16 {
    match kind {
        ResourceKind::Other => 0,
        ResourceKind::User => 1,
        ResourceKind::Group => 2,
        ResourceKind::Role => 3,
        ResourceKind::App => 4,
        ResourceKind::Secret => 5,
    }
}

pub(crate) fn to_kind(number: i16) -> Option<ResourceKind> {
    Some(match number {
        0 => ResourceKind::Other,
        1 => ResourceKind::User,
        2 => ResourceKind::Group,
        3 => ResourceKind::Role,
        4 => ResourceKind::App,
        5 => ResourceKind::Secret,
        _ => return None,
    })
}

pub(crate) fn lifecycle(lifecycle: Lifecycle) -> i32 {
    match lifecycle {
        Lifecycle::Unspecified => 0,
        Lifecycle::Enabled => 1,
        Lifecycle::Disabled => 2,
        Lifecycle::Deleted => 3,
        Lifecycle::Other(number) => number,
    }
}

pub(crate) fn to_lifecycle(number: i32) -> Lifecycle {
    match number {
        0 => Lifecycle::Unspecified,
        1 => Lifecycle::Enabled,
        2 => Lifecycle::Disabled,
        3 => Lifecycle::Deleted,
        other => Lifecycle::Other(other),
    }
}

pub(crate) fn purpose(purpose: Purpose) -> i32 {
    match purpose {
        Purpose::Unspecified => 0,
        Purpose::Assignment => 1,
        Purpose::Permission => 2,
        Purpose::Ownership => 3,
        Purpose::Other(number) => number,
    }
}

pub(crate) fn to_purpose(number: i32) -> Purpose {
    match number {
        0 => Purpose::Unspecified,
        1 => Purpose::Assignment,
        2 => Purpose::Permission,
        3 => Purpose::Ownership,
        other => Purpose::Other(other),
    }
}
