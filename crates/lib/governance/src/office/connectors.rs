//! Connectors: added, changed, removed.

use super::{Office, OfficeError, Owned, ROUNDS, types};
use crate::repository::{Write, Written};
use crate::{
    Action, Actor, App, AppId, AppName, AppSource, AppState, AuditAction, AuditDraft, Connector, ConnectorId,
    ConnectorKind, ConnectorName, Hosting, Installation, Object, OperatorId, Schedule,
};

/// A connector that somebody wants to add.
#[derive(Clone, Debug)]
pub struct NewConnector {
    /// How it is to be called.
    pub name: String,
    /// What it reads.
    pub kind: ConnectorKind,
    /// Where it is to run.
    pub hosting: Hosting,
    /// Where it belongs.
    pub place: NewPlace,
    /// Who is to answer for it.
    pub owners: Vec<OperatorId>,
    /// When it is to read.
    pub schedule: Schedule,
}

/// Where a new connector belongs.
#[derive(Clone, Debug)]
pub enum NewPlace {
    /// To an app that is there, managed from now on.
    App(AppId),
    /// To a new managed app of this name.
    NewApp(String),
    /// To none.
    Nowhere,
}

impl NewConnector {
    /// One that somebody runs, that belongs to no app yet: as it is added by a command.
    pub fn self_hosted(name: &str, schedule: Schedule) -> Self {
        Self {
            name: name.to_owned(),
            kind: ConnectorKind::Baton,
            hosting: Hosting::SelfHosted,
            place: NewPlace::Nowhere,
            owners: Vec::new(),
            schedule,
        }
    }
}

impl Office {
    /// Adds a connector. Owners other than the actor are asked for help by letter, unless the actor is one of them:
    /// `address` is where the console is reached.
    ///
    /// # Errors
    /// When the actor may not, when a name is none or is taken, when nobody would own it, or when the store fails.
    pub async fn add_connector(
        &self,
        actor: &Actor,
        new: &NewConnector,
        address: &str,
    ) -> Result<Connector, OfficeError> {
        actor.may(Action::AddConnector)?;
        let name = ConnectorName::parse(&new.name)?;
        let hosting = Self::hosting(new)?;
        let (now, bytes) = self.fresh();
        let schedule = match hosting {
            Hosting::ByHand => Schedule::Never,
            Hosting::Hosted | Hosting::SelfHosted => new.schedule.clone(),
        };
        let mut connector = Connector::new(ConnectorId::new(now, bytes), name, schedule, now);
        if hosting == Hosting::Hosted {
            // Its first sync comes when it knows how to reach the account.
            connector.next_sync_at = None;
        }
        let mut installation = Installation::new(connector.id.clone(), new.kind, hosting);
        let (mut writes, mut audit) = self.place(actor, new, &mut installation).await?;
        self.own(
            actor,
            new,
            &connector,
            &mut installation,
            address,
            &mut writes,
            &mut audit,
        )
        .await?;
        audit.push(self.added(actor, &connector, &installation));
        writes.push(Write::AddConnector(connector.clone(), installation));
        self.commit_new(&writes, &audit).await?;
        Ok(connector)
    }

    fn hosting(new: &NewConnector) -> Result<Hosting, OfficeError> {
        if new.hosting == Hosting::Hosted && !new.kind.can_be_hosted() {
            return Err(OfficeError::Conflict(
                "a connector of this kind runs where you run it",
            ));
        }
        Ok(new.kind.hosting(Some(new.hosting)))
    }

    /// Finds or makes the app that a new connector belongs to.
    async fn place(
        &self,
        actor: &Actor,
        new: &NewConnector,
        installation: &mut Installation,
    ) -> Result<(Vec<Write>, Vec<AuditDraft>), OfficeError> {
        let (mut writes, mut audit) = (Vec::new(), Vec::new());
        match &new.place {
            NewPlace::Nowhere => {}
            NewPlace::App(id) => {
                let found = self.app(actor, id).await?;
                if found.value.state == AppState::Unmanaged {
                    let managed = App {
                        state: AppState::Managed,
                        owners: new.owners.clone(),
                        ..found.value.clone()
                    };
                    let promoted = self.draft(actor, AuditAction::AppPromoted, managed.object());
                    audit.push(promoted.change(
                        "state",
                        Some(found.value.state.to_string()),
                        Some(managed.state.to_string()),
                    ));
                    writes.push(Write::ReplaceApp(found.with(managed)));
                }
                installation.app = Some(id.clone());
            }
            NewPlace::NewApp(name) => {
                let (now, bytes) = self.fresh();
                let app = App {
                    id: AppId::new(now, bytes),
                    name: AppName::parse(name)?,
                    state: AppState::Managed,
                    source: AppSource::ByHand,
                    owners: new.owners.clone(),
                    created_at: now,
                };
                installation.app = Some(app.id.clone());
                audit.push(self.draft(actor, AuditAction::AppAdded, app.object()));
                writes.push(Write::AddApp(app));
            }
        }
        Ok((writes, audit))
    }

    fn added(&self, actor: &Actor, connector: &Connector, installation: &Installation) -> AuditDraft {
        self.draft(actor, AuditAction::ConnectorAdded, connector.object())
            .change("kind", None, Some(installation.kind.title().to_owned()))
            .change("hosting", None, Some(installation.hosting.as_str().to_owned()))
            .change("schedule", None, Some(connector.schedule.to_string()))
    }

    /// Changes when a connector reads.
    ///
    /// # Errors
    /// When there is none, when the actor may not, or when the store fails.
    pub async fn reschedule(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        schedule: &Schedule,
    ) -> Result<(), OfficeError> {
        self.change_connector(actor, id, AuditAction::ConnectorChanged, |owned| {
            actor.may(Action::ConfigureConnector(&owned.installation.value))?;
            owned.reads_by_itself()?;
            Ok(owned
                .connector
                .value
                .clone()
                .scheduled(schedule.clone(), self.now()))
        })
        .await
    }

    /// Calls a connector otherwise.
    ///
    /// # Errors
    /// When there is none, when the actor may not, when the text is no name or is taken, or when the store fails.
    pub async fn rename(&self, actor: &Actor, id: &ConnectorId, name: &str) -> Result<(), OfficeError> {
        let name = ConnectorName::parse(name)?;
        self.change_connector(actor, id, AuditAction::ConnectorChanged, |owned| {
            actor.may(Action::ConfigureConnector(&owned.installation.value))?;
            Ok(Connector {
                name: name.clone(),
                ..owned.connector.value.clone()
            })
        })
        .await
    }

    /// Works a change out and writes it, anew when somebody else was quicker.
    pub(super) async fn change_connector(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        action: AuditAction,
        change: impl Fn(&Owned) -> Result<Connector, OfficeError>,
    ) -> Result<(), OfficeError> {
        for _ in 0..ROUNDS {
            let owned = self.owned(actor, id).await?;
            let before = &owned.connector.value;
            let after = change(&owned)?;
            if *before == after {
                return Ok(());
            }
            let entry = self
                .draft(actor, action, before.object())
                .change(
                    "name",
                    Some(before.name.to_string()),
                    Some(after.name.to_string()),
                )
                .change(
                    "schedule",
                    Some(before.schedule.to_string()),
                    Some(after.schedule.to_string()),
                );
            let write = Write::ReplaceConnector(owned.connector.with(after));
            if self.commit(&[write], &[entry]).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(OfficeError::Contended)
    }

    /// Changes from which lost share on a sync is held.
    ///
    /// # Errors
    /// When there is none, when the actor may not, or when the store fails.
    pub async fn set_guard(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        guard: Option<u8>,
    ) -> Result<(), OfficeError> {
        self.change_installation(actor, id, |before| {
            actor.may(Action::ConfigureConnector(before))?;
            Ok(Installation {
                guard: guard.map(|share| share.clamp(1, 100)),
                ..before.clone()
            })
        })
        .await
    }

    /// Changes who answers for a connector.
    ///
    /// # Errors
    /// When there is none, when the actor may not, when nobody would be left who can sign in, or when the store fails.
    pub async fn set_owners(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        owners: &[OperatorId],
    ) -> Result<(), OfficeError> {
        self.able_owners(owners).await?;
        self.change_installation(actor, id, |before| {
            actor.may(Action::ConfigureConnector(before))?;
            Ok(Installation {
                owners: owners.to_vec(),
                waiting_for: before
                    .waiting_for
                    .clone()
                    .filter(|waiting| owners.contains(&waiting.operator)),
                ..before.clone()
            })
        })
        .await
    }

    /// Works a change of where it belongs out and writes it, anew when somebody else was quicker.
    pub(super) async fn change_installation(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        change: impl Fn(&Installation) -> Result<Installation, OfficeError>,
    ) -> Result<(), OfficeError> {
        for _ in 0..ROUNDS {
            let owned = self.owned(actor, id).await?;
            let before = &owned.installation.value;
            let after = change(before)?;
            if *before == after {
                return Ok(());
            }
            let names = |owners: Vec<crate::Operator>| {
                let names: Vec<_> = owners.into_iter().map(|owner| owner.name).collect();
                names.join(", ")
            };
            let percent = |guard: Option<u8>| guard.map_or("off".to_owned(), |share| format!("{share} %"));
            let entry = self
                .draft(
                    actor,
                    AuditAction::ConnectorChanged,
                    owned.connector.value.object(),
                )
                .change(
                    "owners",
                    Some(names(self.named(&before.owners).await?)),
                    Some(names(self.named(&after.owners).await?)),
                )
                .change("guard", Some(percent(before.guard)), Some(percent(after.guard)))
                .change(
                    "what is read",
                    Some(types::in_words(&before.types)),
                    Some(types::in_words(&after.types)),
                );
            let write = Write::ReplaceInstallation(owned.installation.with(after));
            if self.commit(&[write], &[entry]).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(OfficeError::Contended)
    }

    /// Removes a connector, with its credentials, settings, tasks and what it read.
    ///
    /// # Errors
    /// When there is none, when the actor may not, or when the store fails.
    pub async fn remove_connector(&self, actor: &Actor, id: &ConnectorId) -> Result<(), OfficeError> {
        let owned = self.owned(actor, id).await?;
        actor.may(Action::RemoveConnector)?;
        let entry = self.draft(
            actor,
            AuditAction::ConnectorRemoved,
            owned.connector.value.object(),
        );
        self.commit_new(&[Write::RemoveConnector(id.clone())], &[entry])
            .await
    }
}

impl Connector {
    /// As the audit trail names it.
    pub fn object(&self) -> Object {
        Object::new("connector", &self.id, &self.name)
    }
}

impl App {
    /// As the audit trail names it.
    pub fn object(&self) -> Object {
        Object::new("app", &self.id, &self.name)
    }
}
