//! Reading the audit trail.

use super::{Office, OfficeError};
use crate::repository::AuditFilter;
use crate::{Action, Actor, AuditAction, AuditEntry, ConnectorId, Denied, Object};

impl Office {
    /// The newest entries, past some, and how many there are.
    ///
    /// # Errors
    /// When the actor may not, or when the store fails.
    pub async fn audit(
        &self,
        actor: &Actor,
        filter: &AuditFilter,
        past: u64,
        at_most: u64,
    ) -> Result<(Vec<AuditEntry>, u64), OfficeError> {
        actor.may(Action::SeeAudit)?;
        Ok(self.store.audit_newest(filter, past, at_most).await?)
    }

    /// The newest entries about a connector, for whoever may see it.
    ///
    /// # Errors
    /// When there is none for this actor, or when the store fails.
    pub async fn audit_of(
        &self,
        actor: &Actor,
        connector: &ConnectorId,
        at_most: u64,
    ) -> Result<Vec<AuditEntry>, OfficeError> {
        self.owned(actor, connector).await?;
        let filter = AuditFilter {
            object_kind: Some("connector".to_owned()),
            object_id: Some(connector.to_string()),
            ..AuditFilter::default()
        };
        Ok(self.store.audit_newest(&filter, 0, at_most).await?.0)
    }

    /// Entries in their order, after the one with that number.
    ///
    /// # Errors
    /// When the actor may not, or when the store fails.
    pub async fn audit_after(
        &self,
        actor: &Actor,
        number: i64,
        at_most: u64,
    ) -> Result<Vec<AuditEntry>, OfficeError> {
        actor.may(Action::SeeAudit)?;
        Ok(self.store.audit_after(number, at_most).await?)
    }

    /// Writes down that somebody was refused, or took something away with them.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn note(&self, actor: &Actor, action: AuditAction, object: Object) -> Result<(), OfficeError> {
        let entry = self.draft(actor, action, object);
        self.commit_new(&[], &[entry]).await
    }

    /// Writes down that somebody wanted to do what they may not.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn note_refusal(&self, actor: &Actor, denied: Denied) -> Result<(), OfficeError> {
        let object = Object::new("right", "", denied.what);
        self.note(actor, AuditAction::Refused, object).await
    }
}
