//! The writing half of a connector.

use async_trait::async_trait;
use model::{Entitlement, Profile, Resource, ResourceId};
use sealing::{Recipient, Sealed};

use crate::{Changed, ConnectorError, ErrorKind};

/// Changes an account, one thing at a time.
///
/// An implementation reads, checks its guards, changes exactly what was asked for, and reads back. Asking again for
/// what is so already succeeds with [`crate::Effect::AlreadySo`]. Operations that a connector does not have are
/// refused with [`ErrorKind::Unimplemented`].
#[async_trait]
pub trait Provisioner: Send + Sync {
    /// Gives an entitlement to a principal.
    ///
    /// # Errors
    /// When a guard refuses, or when it is not certain that the principal now holds it; the message says which.
    async fn grant(&self, request: &AccessRequest) -> Result<Changed, ConnectorError> {
        let kind = &request.entitlement.resource.id.resource_type;
        Err(unimplemented(format!(
            "resource type {kind} does not have provisioner configured"
        )))
    }

    /// Takes an entitlement from a principal.
    ///
    /// # Errors
    /// When a guard refuses, or when it is not certain that the principal no longer holds it.
    async fn revoke(&self, request: &AccessRequest) -> Result<Changed, ConnectorError> {
        self.grant(request).await
    }

    /// Makes an account for a person, or invites them.
    ///
    /// # Errors
    /// When something is missing from the request, or when it is not certain that the person was invited.
    async fn create_account(&self, _request: &AccountRequest) -> Result<Account, ConnectorError> {
        Err(unimplemented(
            "this connector does not have account manager configured".to_owned(),
        ))
    }

    /// Removes a resource.
    ///
    /// # Errors
    /// When a guard refuses, or when it is not certain that the resource is gone.
    async fn delete(&self, request: &DeleteRequest) -> Result<Changed, ConnectorError> {
        let kind = &request.resource.resource_type;
        Err(unimplemented(format!(
            "resource type {kind} does not have resource Delete() configured"
        )))
    }

    /// Replaces a credential's secret. The new one leaves the connector only sealed.
    ///
    /// # Errors
    /// When a guard refuses, when nobody is named to seal it for, or when the new secret could not be had.
    async fn rotate(&self, _request: &RotateRequest) -> Result<Rotated, ConnectorError> {
        Err(unimplemented(
            "resource type does not have credential manager configured".to_owned(),
        ))
    }
}

fn unimplemented(message: String) -> ConnectorError {
    ConnectorError::new(ErrorKind::Unimplemented, message).with_code("unimplemented")
}

/// Whether a change is made, or only told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Make it.
    #[default]
    Make,
    /// Only read, check the guards, and tell what would be done.
    DryRun,
}

/// To give an entitlement to a principal, or to take it away.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessRequest {
    /// What is given or taken, with the complete resource that it is on.
    pub entitlement: Entitlement,
    /// Who receives or loses it, as complete as it is known.
    pub principal: Resource,
    /// Whether to make the change.
    pub mode: Mode,
}

/// To make an account for a person (`c1.connector.v2.AccountInfo`).
#[derive(Clone, Debug, PartialEq)]
pub struct AccountRequest {
    /// The primary address.
    pub email: String,
    /// The name to sign in with; may be empty.
    pub login: String,
    /// Attributes, by the names of the connector's [`AccountField`]s.
    pub profile: Profile,
    /// Whether to make the change.
    pub mode: Mode,
}

/// An attribute that a new account can be given (`c1.connector.v2.ConnectorAccountCreationSchema.Field`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountField {
    /// Its key in [`AccountRequest::profile`].
    pub name: &'static str,
    /// For people.
    pub display_name: &'static str,
    /// For people: what it is.
    pub description: &'static str,
    /// An example of a value.
    pub placeholder: &'static str,
    /// Whether forms insist on it.
    pub required: bool,
    /// Whether it holds several texts.
    pub is_list: bool,
}

/// How making an account ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// What there is now.
    pub outcome: AccountOutcome,
    /// What was done, or would be.
    pub changed: Changed,
}

/// What there is after an account was asked for (`c1.connector.v2.CreateAccountResponse`).
#[derive(Clone, Debug, PartialEq)]
pub enum AccountOutcome {
    /// The account can be used.
    Created(Resource),
    /// Somebody must do something before the account can be used.
    ActionRequired {
        /// What stands for the account until then, such as an invitation.
        resource: Resource,
        /// What must be done, for people.
        message: String,
    },
    /// There is such an account, or such an invitation.
    AlreadyExists(Option<Resource>),
    /// Nothing was made: it was only asked what would be.
    Planned,
}

/// To remove a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteRequest {
    /// Which.
    pub resource: ResourceId,
    /// Whether to make the change.
    pub mode: Mode,
}

/// To replace the secret of a credential.
#[derive(Clone, Debug)]
pub struct RotateRequest {
    /// Which credential.
    pub resource: ResourceId,
    /// Whom the new secret is sealed for; each receives a copy.
    pub recipients: Vec<Recipient>,
    /// Whether to make the change.
    pub mode: Mode,
}

/// A replaced secret.
#[derive(Clone, Debug, PartialEq)]
pub struct Rotated {
    /// What was done, or would be.
    pub changed: Changed,
    /// The new secret, once for each recipient; empty when nothing was made.
    pub secrets: Vec<Sealed>,
}

/// What a connector can do with resources of a type besides reading them (`c1.connector.v2.Capability`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ability {
    /// Grant and revoke entitlements on them.
    Provision,
    /// Make accounts of this type.
    CreateAccount,
    /// Remove them.
    Delete,
    /// Replace their secrets.
    RotateCredential,
}
