//! How a hosted connector reaches its account.

use super::{Office, OfficeError, ROUNDS};
use crate::repository::{Write, Written};
use crate::{
    Action, Actor, AuditAction, AuditDraft, Authentication, Checked, ConnectorId, ConnectorSettings, Hosting,
    Installation, SyncWork, Task, TaskId,
};

impl Office {
    /// Saves how a connector reaches its account, and lets it read with that. Whoever saves them has helped: nobody
    /// is waited for any more.
    ///
    /// # Errors
    /// When there is no such connector, when the actor may not, when it does not run here, or when the store fails.
    pub async fn save_settings(
        &self,
        actor: &Actor,
        new: &ConnectorSettings,
        sync: SyncWork,
    ) -> Result<(), OfficeError> {
        for _ in 0..ROUNDS {
            let owned = self.owned(actor, &new.connector).await?;
            let installation = &owned.installation.value;
            actor.may(Action::ConfigureConnector(installation))?;
            if installation.hosting != Hosting::Hosted {
                return Err(OfficeError::Conflict(
                    "this connector is told its settings where it runs",
                ));
            }
            let before = self.store.settings(&new.connector).await?;
            let now = self.now();
            let settings = ConnectorSettings {
                revision: before.as_ref().map_or(1, |before| before.revision + 1),
                saved_at: now,
                ..new.clone()
            };
            let entry = difference(
                self.draft(actor, AuditAction::SettingsSaved, owned.connector.value.object()),
                before.as_ref(),
                &settings,
            );
            let helped = Installation {
                waiting_for: None,
                ..installation.clone()
            };
            let going_on = owned.connector.value.clone().sync_asked(now);
            let mut writes = vec![
                Write::SaveSettings(settings),
                Write::ReplaceConnector(owned.connector.with(going_on)),
                Write::ReplaceInstallation(owned.installation.with(helped)),
            ];
            writes.extend(self.first_sync(installation, sync).await?.map(Write::AddTask));
            if self.commit(&writes, &[entry]).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(OfficeError::Contended)
    }

    /// A sync, unless one is on its way.
    async fn first_sync(&self, place: &Installation, sync: SyncWork) -> Result<Option<Task>, OfficeError> {
        let open = self.open_sync(&place.connector).await?;
        let (now, bytes) = self.fresh();
        let task = || place.sync(TaskId::new(now, bytes), sync, now);
        Ok(open.is_none().then(task))
    }

    /// The settings of a connector, for somebody who may know them. The secret in them is sealed.
    ///
    /// # Errors
    /// When there is no such connector, when the actor may not, or when the store fails.
    pub async fn settings(
        &self,
        actor: &Actor,
        id: &ConnectorId,
    ) -> Result<Option<ConnectorSettings>, OfficeError> {
        let owned = self.owned(actor, id).await?;
        actor.may(Action::SeeSetUp(&owned.installation.value))?;
        Ok(self.store.settings(id).await?)
    }

    /// Notes what a test of the settings said, if they are still the same.
    ///
    /// # Errors
    /// When there is no such connector, when the actor may not, or when the store fails.
    pub async fn note_check(
        &self,
        actor: &Actor,
        settings: &ConnectorSettings,
        checked: &Checked,
    ) -> Result<(), OfficeError> {
        let owned = self.owned(actor, &settings.connector).await?;
        actor.may(Action::ConfigureConnector(&owned.installation.value))?;
        let noted = self
            .store
            .note_check(&settings.connector, settings.revision, checked);
        Ok(noted.await?)
    }
}

/// What changed, without the secret: that there is another one shows by its last letters.
fn difference(
    entry: AuditDraft,
    before: Option<&ConnectorSettings>,
    after: &ConnectorSettings,
) -> AuditDraft {
    let way = |settings: &ConnectorSettings| match &settings.authentication {
        Authentication::ApiToken => "API token".to_owned(),
        Authentication::ApiKey { email } => format!("Email + API key of {email}"),
    };
    let ending = |settings: &ConnectorSettings| format!("…{}", settings.last_four);
    let field = |entry: AuditDraft, name: &str, of: &dyn Fn(&ConnectorSettings) -> String| {
        entry.change(name, before.map(of), Some(of(after)))
    };
    let entry = field(entry, "account id", &|settings| settings.account_id.clone());
    let entry = field(entry, "authentication", &way);
    let entry = field(entry, "mode", &|settings| settings.mode.as_str().to_owned());
    field(entry, "secret", &ending)
}
