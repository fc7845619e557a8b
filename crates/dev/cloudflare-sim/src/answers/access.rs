//! The Zero Trust organization: one object, not a list.

use super::{Context, envelope, envelope::Answer};

impl Context<'_> {
    pub(super) fn access_organization(&self) -> Answer {
        envelope::ok(&self.state.access.organization)
    }
}
