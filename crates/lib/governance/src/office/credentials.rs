//! What self-hosted connectors sign in with.

use chrono::{DateTime, Utc};

use super::{Office, OfficeError, ROUNDS};
use crate::repository::{Write, Written};
use crate::{Action, Actor, AuditAction, ConnectorId, Credential, CredentialId, PublicKey, ServiceId};

impl Office {
    /// Gives a connector another credential. The secret stays with whoever made the key.
    ///
    /// # Errors
    /// When there is no such connector, when the actor may not, or when the store fails.
    pub async fn add_credential(
        &self,
        actor: &Actor,
        connector: &ConnectorId,
        client_id: impl FnOnce(&CredentialId) -> String + Send,
        (public_key, expires_at): (PublicKey, Option<DateTime<Utc>>),
    ) -> Result<Credential, OfficeError> {
        let owned = self.owned(actor, connector).await?;
        actor.may(Action::ConfigureConnector(&owned.installation.value))?;
        owned.reads_by_itself()?;
        let (now, bytes) = self.fresh();
        let id = CredentialId::new(now, bytes);
        let credential = Credential {
            client_id: client_id(&id),
            id,
            connector: connector.clone(),
            public_key,
            created_at: now,
            expires_at,
            revoked_at: None,
            last_used_at: None,
        };
        let entry = self
            .draft(
                actor,
                AuditAction::CredentialAdded,
                owned.connector.value.object(),
            )
            .change("client id", None, Some(credential.client_id.clone()));
        self.commit_new(&[Write::AddCredential(credential.clone())], &[entry])
            .await?;
        Ok(credential)
    }

    /// Gives a connector that runs beside a service what its next life signs in with, and takes back what earlier ones
    /// have: all at once, and only while the service holds the lease. So of two services that both take themselves for
    /// the one that runs it, the connectors of one are turned away.
    ///
    /// # Errors
    /// When there is no such connector, when another service holds the lease, or when the store fails.
    pub async fn renew_hosted_credential(
        &self,
        service: &ServiceId,
        connector: &ConnectorId,
        client_id: impl Fn(&CredentialId) -> String + Send + Sync,
        (is_left, public_key): (fn(&Credential) -> bool, PublicKey),
    ) -> Result<Credential, OfficeError> {
        let actor = &Actor::service();
        let object = self.owned(actor, connector).await?.connector.value.object();
        for _ in 0..ROUNDS {
            let (now, bytes) = self.fresh();
            let id = CredentialId::new(now, bytes);
            let new = Credential {
                client_id: client_id(&id),
                id,
                connector: connector.clone(),
                public_key,
                created_at: now,
                expires_at: None,
                revoked_at: None,
                last_used_at: None,
            };
            let mut writes = vec![Write::HoldsLease(connector.clone(), service.clone(), now)];
            let mut entries = Vec::new();
            for left in self.store.credentials(connector).await? {
                if left.revoked_at.is_none() && is_left(&left) {
                    writes.push(Write::RevokeCredential(left.id, now));
                    let entry = self.draft(actor, AuditAction::CredentialRevoked, object.clone());
                    entries.push(entry.change("client id", Some(left.client_id), None));
                }
            }
            writes.push(Write::AddCredential(new.clone()));
            let entry = self.draft(actor, AuditAction::CredentialAdded, object.clone());
            entries.push(entry.change("client id", None, Some(new.client_id.clone())));
            if self.commit(&writes, &entries).await? == Written::Yes {
                return Ok(new);
            }
        }
        Err(OfficeError::Conflict("another service runs this connector"))
    }

    /// Whether a credential is good.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn is_good(&self, id: &CredentialId) -> Result<bool, OfficeError> {
        let found = self.store.credential_with_id(id).await?;
        Ok(found.is_some_and(|found| found.check(self.now()).is_ok()))
    }

    /// Takes a credential back; whoever uses it is turned away with the next call.
    ///
    /// # Errors
    /// When there is none that could be taken back, when the actor may not, or when the store fails.
    pub async fn revoke_credential(&self, actor: &Actor, id: &CredentialId) -> Result<(), OfficeError> {
        const UNKNOWN: OfficeError = OfficeError::Unknown("credential");
        let credential = self.store.credential_with_id(id).await?.ok_or(UNKNOWN)?;
        let owned = self
            .owned(actor, &credential.connector)
            .await
            .map_err(|_| UNKNOWN)?;
        actor.may(Action::ConfigureConnector(&owned.installation.value))?;
        let entry = self
            .draft(
                actor,
                AuditAction::CredentialRevoked,
                owned.connector.value.object(),
            )
            .change("client id", Some(credential.client_id), None);
        let write = Write::RevokeCredential(id.clone(), self.now());
        match self.commit(&[write], &[entry]).await? {
            Written::Yes => Ok(()),
            Written::Outdated => Err(UNKNOWN),
        }
    }
}
