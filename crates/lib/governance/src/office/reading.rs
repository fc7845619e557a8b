//! What somebody may see.

use super::{Office, OfficeError};
use crate::repository::Versioned;
use crate::{
    Action, Actor, App, AppId, Connector, ConnectorId, ConnectorName, ConnectorSettings, Credential, Facts,
    Hosting, Installation, Known, Label, Letter, Operator, Role, Task, TaskId, TaskKind, Upload, Worker,
};

/// A connector, with what somebody who may change it has to know to write the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owned {
    /// When it reads.
    pub connector: Versioned<Connector>,
    /// Where it belongs.
    pub installation: Versioned<Installation>,
}

impl Owned {
    /// Refuses what makes no sense where somebody brings the files.
    pub(super) fn reads_by_itself(&self) -> Result<(), OfficeError> {
        match self.installation.value.hosting {
            Hosting::ByHand => Err(OfficeError::Conflict(
                "nothing runs for this connector: somebody brings its files",
            )),
            Hosting::Hosted | Hosting::SelfHosted => Ok(()),
        }
    }
}

/// A connector as people see it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// When it reads.
    pub connector: Connector,
    /// Where it belongs.
    pub installation: Installation,
    /// Its app.
    pub app: Option<App>,
    /// How it reaches its account. The secret in it is sealed.
    pub settings: Option<ConnectorSettings>,
    /// Who reports for it.
    pub workers: Vec<Worker>,
    /// Its newest sync.
    pub sync: Option<Task>,
    /// The facts behind the label.
    pub facts: Facts,
    /// How it is, in a word.
    pub label: Label,
}

impl Office {
    /// A connector that this actor may see, for a change of it.
    ///
    /// # Errors
    /// When there is none for this actor, or when the store fails.
    pub async fn owned(&self, actor: &Actor, id: &ConnectorId) -> Result<Owned, OfficeError> {
        const UNKNOWN: OfficeError = OfficeError::Unknown("connector");
        let connector = self.store.connector(id).await?.ok_or(UNKNOWN)?;
        let installation = self.store.installation(id).await?.ok_or(UNKNOWN)?;
        let seen = actor.may(Action::SeeConnector(&installation.value));
        seen.map_err(|_| UNKNOWN)?;
        Ok(Owned {
            connector,
            installation,
        })
    }

    /// The connector of that name or id.
    ///
    /// # Errors
    /// When there is none for this actor, or when the store fails.
    pub async fn find(&self, actor: &Actor, text: &str) -> Result<Owned, OfficeError> {
        if let Ok(id) = ConnectorId::parse(text)
            && let Ok(found) = self.owned(actor, &id).await
        {
            return Ok(found);
        }
        let name = ConnectorName::parse(text)?;
        let found = self.store.connector_named(&name).await?;
        let found = found.ok_or(OfficeError::Unknown("connector"))?;
        self.owned(actor, &found.value.id).await
    }

    /// A connector as people see it.
    ///
    /// # Errors
    /// When there is none for this actor, or when the store fails.
    pub async fn seen(&self, actor: &Actor, id: &ConnectorId) -> Result<Seen, OfficeError> {
        let owned = self.owned(actor, id).await?;
        self.look(owned.connector.value, owned.installation.value).await
    }

    /// All connectors that this actor may see, by name.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn all_seen(&self, actor: &Actor) -> Result<Vec<Seen>, OfficeError> {
        let mut installations = self.store.installations().await?;
        let mut seen = Vec::new();
        for connector in self.store.connectors().await? {
            let place = installations.iter().position(|one| one.connector == connector.id);
            let Some(installation) = place.map(|place| installations.swap_remove(place)) else {
                continue;
            };
            if actor.may(Action::SeeConnector(&installation)).is_ok() {
                seen.push(self.look(connector, installation).await?);
            }
        }
        Ok(seen)
    }

    async fn look(&self, connector: Connector, installation: Installation) -> Result<Seen, OfficeError> {
        let id = &connector.id;
        let settings = self.store.settings(id).await?;
        let workers = self.store.workers(id).await?;
        let sync = self
            .store
            .tasks(id, Some(TaskKind::Sync), 1)
            .await?
            .into_iter()
            .next();
        let app = match &installation.app {
            Some(app) => self.store.app(app).await?.map(|found| found.value),
            None => None,
        };
        let known = Known {
            connector: &connector,
            installation: &installation,
            settings: settings.as_ref(),
            workers: &workers,
            sync: sync.as_ref(),
        };
        let now = self.now();
        Ok(Seen {
            facts: Facts::of(&known, now),
            label: Label::of(&known, now),
            connector,
            installation,
            app,
            settings,
            workers,
            sync,
        })
    }

    /// The newest tasks of a connector, of one kind or of all.
    ///
    /// # Errors
    /// When there is none for this actor, or when the store fails.
    pub async fn tasks(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        kind: Option<TaskKind>,
        at_most: u64,
    ) -> Result<Vec<Task>, OfficeError> {
        self.owned(actor, id).await?;
        Ok(self.store.tasks(id, kind, at_most).await?)
    }

    /// A task of a connector that this actor may see.
    ///
    /// # Errors
    /// When there is none for this actor, or when the store fails.
    pub async fn task(&self, actor: &Actor, id: &TaskId) -> Result<Task, OfficeError> {
        let found = self.store.task(id).await?.ok_or(OfficeError::Unknown("task"))?;
        let seen = self.owned(actor, &found.value.connector).await;
        seen.map_err(|_| OfficeError::Unknown("task"))?;
        Ok(found.value)
    }

    /// The newest files of a connector.
    ///
    /// # Errors
    /// When there is none for this actor, or when the store fails.
    pub async fn files(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        at_most: u64,
    ) -> Result<Vec<Upload>, OfficeError> {
        self.owned(actor, id).await?;
        Ok(self.store.uploads(id, at_most).await?)
    }

    /// The credentials of a connector, the oldest first.
    ///
    /// # Errors
    /// When there is none for this actor, when they may not know, or when the store fails.
    pub async fn credentials(&self, actor: &Actor, id: &ConnectorId) -> Result<Vec<Credential>, OfficeError> {
        let owned = self.owned(actor, id).await?;
        actor.may(Action::SeeSetUp(&owned.installation.value))?;
        Ok(self.store.credentials(id).await?)
    }

    /// An app that this actor may see.
    ///
    /// # Errors
    /// When there is none for this actor, or when the store fails.
    pub async fn app(&self, actor: &Actor, id: &AppId) -> Result<Versioned<App>, OfficeError> {
        const UNKNOWN: OfficeError = OfficeError::Unknown("app");
        let found = self.store.app(id).await?.ok_or(UNKNOWN)?;
        actor.may(Action::SeeApp(&found.value)).map_err(|_| UNKNOWN)?;
        Ok(found)
    }

    /// All apps that this actor may see, by name.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn apps(&self, actor: &Actor) -> Result<Vec<App>, OfficeError> {
        let all = self.store.apps().await?;
        let may_see = |app: &App| actor.may(Action::SeeApp(app)).is_ok();
        Ok(all.into_iter().filter(may_see).collect())
    }

    /// Everybody who uses this console, by name.
    ///
    /// # Errors
    /// When this actor may not know, or when the store fails.
    pub async fn operators(&self, actor: &Actor) -> Result<Vec<Operator>, OfficeError> {
        actor.may(Action::SeeOperators)?;
        Ok(self.store.operators().await?)
    }

    /// The names of owners, in their order, for somebody who may see what they own.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn named(&self, owners: &[crate::OperatorId]) -> Result<Vec<Operator>, OfficeError> {
        let mut named = Vec::new();
        for owner in owners {
            named.extend(self.store.operator(owner).await?.map(|found| found.value));
        }
        Ok(named)
    }

    /// The newest letters, for whoever may do everything.
    ///
    /// # Errors
    /// When this actor may not, or when the store fails.
    pub async fn letters(&self, actor: &Actor, at_most: u64) -> Result<Vec<Letter>, OfficeError> {
        actor.may(Action::ManageOperators)?;
        Ok(self.store.letters(at_most).await?)
    }

    /// Whether somebody is left who may do everything, without this one.
    pub(super) async fn is_super_administrator_left(&self, without: &Operator) -> Result<bool, OfficeError> {
        let all = self.store.operators().await?;
        Ok(all
            .iter()
            .any(|one| one.id != without.id && one.is_active() && one.roles.has(Role::SuperAdministrator)))
    }
}
