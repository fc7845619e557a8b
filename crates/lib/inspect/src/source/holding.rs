//! Grants in words, with the entitlements looked up that they speak of.

use model::{EntitlementId, Grant};
use proto::connector_v2 as wire;

use super::Source;
use crate::error::InspectError;
use crate::rights::Holding;

impl Source<'_> {
    /// What a grant gives, and why; `None` when the grant lacks its identity.
    pub(crate) fn holding(&self, grant: &wire::Grant) -> Result<Option<Holding>, InspectError> {
        let Ok(grant) = Grant::try_from(grant.clone()) else {
            return Ok(None);
        };
        self.learn(&grant.entitlement)?;
        for source in grant.sources.keys() {
            self.learn(source)?;
        }
        Ok(Some(self.rights.borrow_mut().holding(&grant)))
    }

    fn learn(&self, id: &EntitlementId) -> Result<(), InspectError> {
        if self.rights.borrow().knows(id) {
            return Ok(());
        }
        let record = self.reader.entitlement(self.id(), id)?;
        if let Some(Ok(entitlement)) = record.map(|record| record.message.try_into()) {
            self.rights.borrow_mut().add(&entitlement);
        }
        Ok(())
    }
}
