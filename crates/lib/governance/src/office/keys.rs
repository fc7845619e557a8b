//! API keys: made, recognised, listed, taken back.

use chrono::TimeDelta;

use super::{Office, OfficeError};
use crate::repository::{Write, Written};
use crate::{
    Action, Actor, ApiKey, ApiKeyId, AuditAction, KeyHolder, KeyLife, KeyScope, Operator, TokenHash,
};

/// A key that somebody wants to have.
#[derive(Clone, Copy, Debug)]
pub struct NewApiKey<'a> {
    /// What they call it.
    pub name: &'a str,
    /// How far it is to reach.
    pub scope: KeyScope,
    /// How long it is to be good.
    pub life: KeyLife,
}

impl Office {
    /// Gives the actor a key, whose secret has this hash and these last characters.
    ///
    /// # Errors
    /// When nobody is signed in, when the actor may not have a key of that scope, when the text is no name, or when the
    /// store fails.
    pub async fn add_api_key(
        &self,
        actor: &Actor,
        new: &NewApiKey<'_>,
        (token, last_four): (TokenHash, &str),
    ) -> Result<ApiKey, OfficeError> {
        actor.may(Action::ManageOneself)?;
        if new.scope == KeyScope::Users {
            actor.may(Action::ManageOperators)?;
        }
        let operator = actor.operator().ok_or(OfficeError::Unknown("user"))?;
        let (now, bytes) = self.fresh();
        let key = ApiKey {
            id: ApiKeyId::new(now, bytes),
            token,
            last_four: last_four.to_owned(),
            name: ApiKey::name(new.name)?,
            operator: operator.clone(),
            scope: new.scope,
            created_at: now,
            expires_at: now + TimeDelta::days(new.life.days()),
            used_at: None,
            revoked_at: None,
        };
        let entry = self
            .draft(actor, AuditAction::ApiKeyAdded, key.object())
            .change("scope", None, Some(key.scope.as_str().to_owned()))
            .change("expires", None, Some(key.expires_at.to_rfc3339()))
            .change("secret", None, Some(format!("…{}", key.last_four)));
        self.commit_new(&[Write::AddApiKey(key.clone())], &[entry])
            .await?;
        Ok(key)
    }

    /// Who acts with the key that has that secret, if it is good and its owner may come in.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn whose_key(&self, token: &TokenHash) -> Result<Option<KeyHolder>, OfficeError> {
        let now = self.now();
        let found = self.store.api_key(token).await?;
        let found = found.filter(|(key, operator)| key.is_good(now) && operator.is_active());
        let Some((key, operator)) = found else {
            return Ok(None);
        };
        if key.is_to_be_noted(now) {
            self.store.api_key_used(&key.id, now).await?;
        }
        Ok(Some(KeyHolder { key, operator }))
    }

    /// The keys of whoever asks that were not taken back, the newest first.
    ///
    /// # Errors
    /// When nobody is signed in, or when the store fails.
    pub async fn own_api_keys(&self, actor: &Actor) -> Result<Vec<ApiKey>, OfficeError> {
        actor.may(Action::ManageOneself)?;
        let operator = actor.operator().ok_or(OfficeError::Unknown("user"))?;
        Ok(self.store.api_keys_of(operator).await?)
    }

    /// Everybody's keys that were not taken back, with their owners, the newest first.
    ///
    /// # Errors
    /// When the actor may not know, or when the store fails.
    pub async fn api_keys(&self, actor: &Actor) -> Result<Vec<(ApiKey, Operator)>, OfficeError> {
        actor.may(Action::ManageOperators)?;
        Ok(self.store.api_keys().await?)
    }

    /// Takes a key back: one's own, or anybody's for whoever decides who may come in. Whoever uses it is turned away
    /// with the next call.
    ///
    /// # Errors
    /// When there is none for this actor that could be taken back, or when the store fails.
    pub async fn revoke_api_key(&self, actor: &Actor, id: &ApiKeyId) -> Result<(), OfficeError> {
        const UNKNOWN: OfficeError = OfficeError::Unknown("API key");
        actor.may(Action::ManageOneself)?;
        let key = self.store.api_key_with_id(id).await?.ok_or(UNKNOWN)?;
        if actor.operator() != Some(&key.operator) {
            actor.may(Action::ManageOperators).map_err(|_| UNKNOWN)?;
        }
        let entry = self.draft(actor, AuditAction::ApiKeyRevoked, key.object());
        let write = Write::RevokeApiKey(id.clone(), self.now());
        match self.commit(&[write], &[entry]).await? {
            Written::Yes => Ok(()),
            Written::Outdated => Err(UNKNOWN),
        }
    }
}
