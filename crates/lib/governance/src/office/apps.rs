//! Apps: added, found, made managed, given owners.

use super::{Office, OfficeError, ROUNDS};
use crate::repository::{RepositoryError, Write, Written};
use crate::{Action, Actor, App, AppId, AppName, AppSource, AppState, AuditAction, OperatorId};

impl Office {
    /// Adds an app.
    ///
    /// # Errors
    /// When the actor may not, when the text is no name or is taken, or when the store fails.
    pub async fn add_app(
        &self,
        actor: &Actor,
        name: &str,
        state: AppState,
        source: AppSource,
    ) -> Result<App, OfficeError> {
        actor.may(Action::AddApp)?;
        let (now, bytes) = self.fresh();
        let app = App {
            id: AppId::new(now, bytes),
            name: AppName::parse(name)?,
            state,
            source,
            owners: actor.operator().cloned().into_iter().collect(),
            created_at: now,
        };
        let entry = self.draft(actor, AuditAction::AppAdded, app.object());
        self.commit_new(&[Write::AddApp(app.clone())], &[entry]).await?;
        Ok(app)
    }

    /// Adds those of a list that are not there yet, as unmanaged ones; gives how many were new. Lines that are no
    /// name are refused together, before anything is added.
    ///
    /// # Errors
    /// When the actor may not, when a text is no name, or when the store fails.
    pub async fn import_apps(&self, actor: &Actor, names: &[String]) -> Result<usize, OfficeError> {
        actor.may(Action::AddApp)?;
        for name in names {
            AppName::parse(name)?;
        }
        let mut added = 0;
        for name in names {
            match self
                .add_app(actor, name, AppState::Unmanaged, AppSource::List)
                .await
            {
                Ok(_) => added += 1,
                Err(OfficeError::Store(RepositoryError::Taken { .. })) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(added)
    }

    /// Has an app that was found seen to from now on, by these owners.
    ///
    /// # Errors
    /// When there is none, when the actor may not, when it is managed already, when nobody could answer for it, or when
    /// the store fails.
    pub async fn promote_app(
        &self,
        actor: &Actor,
        id: &AppId,
        owners: &[OperatorId],
    ) -> Result<(), OfficeError> {
        actor.may(Action::PromoteApp)?;
        self.able_owners(owners).await?;
        self.change_app(actor, id, AuditAction::AppPromoted, |app| {
            if app.state == AppState::Managed {
                return Err(OfficeError::Conflict("this app is managed already"));
            }
            Ok(App {
                state: AppState::Managed,
                owners: owners.to_vec(),
                ..app.clone()
            })
        })
        .await
    }

    /// Changes what an app is called and who answers for it.
    ///
    /// # Errors
    /// When there is none, when the actor may not, when the text is no name or is taken, when nobody could answer for
    /// it, or when the store fails.
    pub async fn change_app_to(
        &self,
        actor: &Actor,
        id: &AppId,
        name: &str,
        owners: &[OperatorId],
    ) -> Result<(), OfficeError> {
        let name = AppName::parse(name)?;
        self.able_owners(owners).await?;
        self.change_app(actor, id, AuditAction::AppChanged, |app| {
            actor.may(Action::ManageApp(app))?;
            Ok(App {
                name: name.clone(),
                owners: owners.to_vec(),
                ..app.clone()
            })
        })
        .await
    }

    async fn change_app(
        &self,
        actor: &Actor,
        id: &AppId,
        action: AuditAction,
        change: impl Fn(&App) -> Result<App, OfficeError>,
    ) -> Result<(), OfficeError> {
        for _ in 0..ROUNDS {
            let found = self.app(actor, id).await?;
            let after = change(&found.value)?;
            if after == found.value {
                return Ok(());
            }
            let names = |owners: &[OperatorId]| {
                let ids: Vec<_> = owners.iter().map(OperatorId::as_str).collect();
                ids.join(", ")
            };
            let before = &found.value;
            let entry = self
                .draft(actor, action, before.object())
                .change(
                    "name",
                    Some(before.name.to_string()),
                    Some(after.name.to_string()),
                )
                .change(
                    "state",
                    Some(before.state.to_string()),
                    Some(after.state.to_string()),
                )
                .change("owners", Some(names(&before.owners)), Some(names(&after.owners)));
            let write = Write::ReplaceApp(found.with(after));
            if self.commit(&[write], &[entry]).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(OfficeError::Contended)
    }
}
