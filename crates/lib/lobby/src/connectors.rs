//! What connectors are told to do and how they are changed. Whoever runs them is woken where that matters.

use std::collections::BTreeSet;

use governance::{Actor, ConnectorId, OfficeError, OperatorId, Schedule, SyncAsked};
use model::ResourceTypeId;

use crate::{Lobby, LobbyError};

/// What is to be different about a connector; nothing where there is `None`.
#[derive(Clone, Debug, Default)]
pub struct ConnectorChange {
    /// How it is to be called.
    pub name: Option<String>,
    /// When it is to read.
    pub schedule: Option<Schedule>,
    /// What it is to read; `Some(None)` for everything.
    pub types: Option<Option<BTreeSet<ResourceTypeId>>>,
    /// Who is to answer for it.
    pub owners: Option<Vec<OperatorId>>,
    /// From which lost share on, in percent, a sync is to be held; `Some(None)` for never.
    pub guard: Option<Option<u8>>,
}

impl Lobby {
    /// Changes how a connector is called, when and what it reads, who owns it and what is held.
    ///
    /// # Errors
    /// When there is none, when the actor may not, when something of it cannot be, or when the store fails.
    pub async fn change_connector(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        change: &ConnectorChange,
    ) -> Result<(), LobbyError> {
        if change.owners.as_ref().is_some_and(Vec::is_empty) {
            return Err(OfficeError::NoOwner.into());
        }
        if let Some(types) = &change.types {
            self.office.check_types(actor, id, types.as_ref()).await?;
        }
        if let Some(name) = &change.name {
            self.office.rename(actor, id, name).await?;
        }
        if let Some(schedule) = &change.schedule {
            self.office.reschedule(actor, id, schedule).await?;
        }
        if let Some(types) = &change.types {
            self.office.choose_types(actor, id, types.as_ref()).await?;
        }
        if let Some(guard) = change.guard {
            self.office.set_guard(actor, id, guard).await?;
        }
        // Last: whoever owns it no more may change nothing after that.
        if let Some(owners) = &change.owners {
            self.office.set_owners(actor, id, owners).await?;
        }
        Ok(())
    }

    /// Lets a connector read now, unless a sync is on its way.
    ///
    /// # Errors
    /// As [`governance::Office::sync_now`].
    pub async fn sync_now(&self, actor: &Actor, id: &ConnectorId) -> Result<SyncAsked, OfficeError> {
        self.office.sync_now(actor, id, self.sync).await
    }

    /// Gives a connector nothing new to do.
    ///
    /// # Errors
    /// As [`governance::Office::pause`].
    pub async fn pause(&self, actor: &Actor, id: &ConnectorId) -> Result<(), OfficeError> {
        self.office.pause(actor, id).await?;
        (self.helpers.changed)();
        Ok(())
    }

    /// Lets a connector go on.
    ///
    /// # Errors
    /// As [`governance::Office::resume`].
    pub async fn resume(&self, actor: &Actor, id: &ConnectorId) -> Result<(), OfficeError> {
        self.office.resume(actor, id, self.sync).await?;
        (self.helpers.changed)();
        Ok(())
    }

    /// Removes a connector and all that was read by it.
    ///
    /// # Errors
    /// As [`governance::Office::remove_connector`].
    pub async fn remove_connector(&self, actor: &Actor, id: &ConnectorId) -> Result<(), OfficeError> {
        self.office.remove_connector(actor, id).await?;
        (self.helpers.changed)();
        Ok(())
    }
}
