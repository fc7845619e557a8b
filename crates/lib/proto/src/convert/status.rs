//! Whether something is in use; two messages say it with the same numbers.

use model::{Lifecycle, Status};

use crate::connector_v2 as wire;

impl From<&Status> for wire::Status {
    fn from(status: &Status) -> Self {
        Self {
            status: number(status.lifecycle),
            details: status.details.clone(),
        }
    }
}

impl From<wire::Status> for Status {
    fn from(status: wire::Status) -> Self {
        Self {
            lifecycle: lifecycle(status.status),
            details: status.details,
        }
    }
}

impl From<&Status> for wire::user_trait::Status {
    fn from(status: &Status) -> Self {
        Self {
            status: number(status.lifecycle),
            details: status.details.clone(),
        }
    }
}

impl From<wire::user_trait::Status> for Status {
    fn from(status: wire::user_trait::Status) -> Self {
        Self {
            lifecycle: lifecycle(status.status),
            details: status.details,
        }
    }
}

fn number(lifecycle: Lifecycle) -> i32 {
    use wire::status::ResourceStatus;
    match lifecycle {
        Lifecycle::Unspecified => ResourceStatus::Unspecified.into(),
        Lifecycle::Enabled => ResourceStatus::Enabled.into(),
        Lifecycle::Disabled => ResourceStatus::Disabled.into(),
        Lifecycle::Deleted => ResourceStatus::Deleted.into(),
        Lifecycle::Other(number) => number,
    }
}

fn lifecycle(number: i32) -> Lifecycle {
    use wire::status::ResourceStatus;
    match ResourceStatus::try_from(number) {
        Ok(ResourceStatus::Unspecified) => Lifecycle::Unspecified,
        Ok(ResourceStatus::Enabled) => Lifecycle::Enabled,
        Ok(ResourceStatus::Disabled) => Lifecycle::Disabled,
        Ok(ResourceStatus::Deleted) => Lifecycle::Deleted,
        Err(_) => Lifecycle::Other(number),
    }
}
