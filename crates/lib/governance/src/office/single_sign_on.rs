//! The provider that people may sign in with: set up, turned on and off, removed.

use super::{Office, OfficeError};
use crate::repository::Write;
use crate::{Action, Actor, AuditAction, AuditDraft, Object, SingleSignOn};

impl Office {
    /// The provider, as it is set up. The secret in it is sealed.
    ///
    /// # Errors
    /// When the actor may not know, or when the store fails.
    pub async fn single_sign_on(&self, actor: &Actor) -> Result<Option<SingleSignOn>, OfficeError> {
        actor.may(Action::ManageSignIn)?;
        Ok(self.store.single_sign_on().await?)
    }

    /// The provider, if people may sign in with it: for whoever lets them in.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn offered_sign_on(&self) -> Result<Option<SingleSignOn>, OfficeError> {
        let found = self.store.single_sign_on().await?;
        Ok(found.filter(|sign_on| sign_on.enabled))
    }

    /// Saves how people sign in with a provider. Whether it is offered stays as it is, unless it is another provider:
    /// that one has to be turned on.
    ///
    /// # Errors
    /// When the actor may not, when a text is none that can be kept, when somebody else was quicker, or when the store
    /// fails.
    pub async fn save_single_sign_on(&self, actor: &Actor, new: SingleSignOn) -> Result<(), OfficeError> {
        actor.may(Action::ManageSignIn)?;
        let new = new.checked()?;
        let before = self.store.single_sign_on().await?;
        let same = before.as_ref().filter(|before| before.issuer == new.issuer);
        let saved = SingleSignOn {
            enabled: same.is_some_and(|before| before.enabled),
            saved_at: self.now(),
            revision: before.as_ref().map_or(1, |before| before.revision + 1),
            ..new
        };
        let entry = self.sign_on_entry(actor, AuditAction::SingleSignOnSaved, &saved);
        let entry = differences(entry, before.as_ref(), &saved);
        self.commit_new(&[Write::SaveSingleSignOn(saved)], &[entry]).await
    }

    /// Offers it to people, or does not any more. Whoever is signed in stays so.
    ///
    /// # Errors
    /// When the actor may not, when nothing is set up, when somebody else was quicker, or when the store fails.
    pub async fn offer_single_sign_on(&self, actor: &Actor, enabled: bool) -> Result<(), OfficeError> {
        actor.may(Action::ManageSignIn)?;
        let before = self.store.single_sign_on().await?.ok_or(NOT_SET_UP)?;
        if before.enabled == enabled {
            return Ok(());
        }
        let action = if enabled {
            AuditAction::SingleSignOnEnabled
        } else {
            AuditAction::SingleSignOnDisabled
        };
        let entry = self.sign_on_entry(actor, action, &before);
        let changed = SingleSignOn {
            enabled,
            saved_at: self.now(),
            revision: before.revision + 1,
            ..before
        };
        self.commit_new(&[Write::SaveSingleSignOn(changed)], &[entry])
            .await
    }

    /// Forgets the provider. What people are known by there stays, for when it is set up again.
    ///
    /// # Errors
    /// When the actor may not, when nothing is set up, when somebody else was quicker, or when the store fails.
    pub async fn remove_single_sign_on(&self, actor: &Actor) -> Result<(), OfficeError> {
        actor.may(Action::ManageSignIn)?;
        let before = self.store.single_sign_on().await?.ok_or(NOT_SET_UP)?;
        let entry = self.sign_on_entry(actor, AuditAction::SingleSignOnRemoved, &before);
        self.commit_new(&[Write::RemoveSingleSignOn(before.revision)], &[entry])
            .await
    }

    fn sign_on_entry(&self, actor: &Actor, action: AuditAction, about: &SingleSignOn) -> AuditDraft {
        let object = Object::new(
            "single-sign-on",
            &about.issuer,
            format!("single sign-on with {}", about.name),
        );
        self.draft(actor, action, object)
    }
}

const NOT_SET_UP: OfficeError = OfficeError::Conflict("single sign-on is not set up");

/// What changed, without the secret, of which it is only said that there is another one.
fn differences(entry: AuditDraft, before: Option<&SingleSignOn>, after: &SingleSignOn) -> AuditDraft {
    let field = |entry: AuditDraft, name: &str, of: &dyn Fn(&SingleSignOn) -> String| {
        entry.change(name, before.map(of), Some(of(after)))
    };
    let yes_or_no = |value: bool| if value { "yes" } else { "no" }.to_owned();
    let entry = field(entry, "issuer", &|one| one.issuer.clone());
    let entry = field(entry, "client id", &|one| one.client_id.clone());
    let entry = field(entry, "name", &|one| one.name.clone());
    let entry = field(entry, "domains", &|one| one.domains.join(", "));
    let entry = field(entry, "lets unknown people in", &|one| {
        yes_or_no(one.admits_unknown)
    });
    let entry = field(entry, "believes the provider's second factor", &|one| {
        yes_or_no(one.believes_second_factor)
    });
    let is_other = before.is_some_and(|before| before.secret != after.secret);
    let had = before.and_then(|before| before.secret.as_ref());
    let was = had.map(|_| "one".to_owned());
    let is = after
        .secret
        .as_ref()
        .map(|_| if is_other { "another one" } else { "one" });
    entry.change("client secret", was, is.map(str::to_owned))
}
