//! Apps: added, found, made managed, given owners.

use super::{Office, OfficeError, ROUNDS};
use crate::repository::{Write, Written};
use crate::{Action, Actor, App, AppId, AppName, AppSource, AppState, AuditAction, AuditDraft, OperatorId};

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

    /// Has apps that were found seen to from now on, by these owners: all of them, or none.
    ///
    /// # Errors
    /// When one is not there, when the actor may not, when one is managed already, when nobody could answer for them, or
    /// when the store fails.
    pub async fn promote_apps(
        &self,
        actor: &Actor,
        ids: &[AppId],
        owners: &[OperatorId],
    ) -> Result<(), OfficeError> {
        actor.may(Action::PromoteApp)?;
        self.able_owners(owners).await?;
        for _ in 0..ROUNDS {
            let (mut writes, mut entries) = (Vec::new(), Vec::new());
            for id in ids {
                let found = self.app(actor, id).await?;
                if found.value.state == AppState::Managed {
                    return Err(OfficeError::Conflict("this app is managed already"));
                }
                let after = App {
                    state: AppState::Managed,
                    owners: owners.to_vec(),
                    ..found.value.clone()
                };
                entries.push(self.otherwise(actor, AuditAction::AppPromoted, &found.value, &after));
                writes.push(Write::ReplaceApp(found.with(after)));
            }
            if self.commit(&writes, &entries).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(OfficeError::Contended)
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
            let entry = self.otherwise(actor, action, &found.value, &after);
            let write = Write::ReplaceApp(found.with(after));
            if self.commit(&[write], &[entry]).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(OfficeError::Contended)
    }

    pub(super) fn otherwise(
        &self,
        actor: &Actor,
        action: AuditAction,
        before: &App,
        after: &App,
    ) -> AuditDraft {
        let names = |owners: &[OperatorId]| {
            let ids: Vec<_> = owners.iter().map(OperatorId::as_str).collect();
            ids.join(", ")
        };
        let name = |app: &App| Some(app.name.to_string());
        self.draft(actor, action, before.object())
            .change("name", name(before), name(after))
            .change(
                "state",
                Some(before.state.to_string()),
                Some(after.state.to_string()),
            )
            .change("owners", Some(names(&before.owners)), Some(names(&after.owners)))
    }
}
