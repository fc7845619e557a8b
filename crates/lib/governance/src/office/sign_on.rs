//! People whom a provider vouches for: let in, linked, unlinked.

use super::{Office, OfficeError};
use crate::repository::{RepositoryError, Versioned, Write, Written};
use crate::{
    Action, Actor, AuditAction, Email, Identity, Object, Operator, OperatorSource, OperatorStatus, Role,
    SignIn, SignOnRefusal, SingleSignOn, Vouched,
};

impl Office {
    /// Who it is that the provider vouches for, with what they sign in with besides. Somebody who was invited for it is
    /// linked by their verified address; somebody unknown becomes a user where that is wanted. An address alone never
    /// leads to an account that was there before.
    ///
    /// # Errors
    /// When they do not come in, or when the store fails.
    pub async fn sign_on(
        &self,
        stranger: &Actor,
        vouched: &Vouched,
    ) -> Result<(Operator, SignIn), OfficeError> {
        let sign_on = self.accepted(vouched).await?;
        let operator = match self.known(vouched).await? {
            Some(operator) => operator,
            None => match self.first_sign_on(stranger, &sign_on, vouched).await {
                Ok(operator) => operator,
                // Of two first sign-ins at once the other may have been quicker.
                Err(refused) => self.known(vouched).await?.ok_or(refused)?,
            },
        };
        if let OperatorStatus::Deactivated { .. } = operator.status {
            return Err(SignOnRefusal::Deactivated.into());
        }
        let own = self.store.sign_in(&operator.id).await?;
        let own = own.unwrap_or_else(|| SignIn::none(operator.id.clone()));
        Ok((operator, own))
    }

    async fn known(&self, vouched: &Vouched) -> Result<Option<Operator>, OfficeError> {
        let known = self.store.identity(&vouched.issuer, &vouched.subject).await?;
        let Some(identity) = known else {
            return Ok(None);
        };
        let found = self.store.operator(&identity.operator).await?;
        Ok(found.map(|found| found.value))
    }

    /// The provider, if it is the one that is set up and lets this person in.
    async fn accepted(&self, vouched: &Vouched) -> Result<SingleSignOn, OfficeError> {
        let sign_on = self.offered_sign_on().await?.ok_or(SignOnRefusal::Off)?;
        if sign_on.issuer != vouched.issuer {
            return Err(SignOnRefusal::OtherProvider.into());
        }
        vouched.check()?;
        sign_on.lets_in(vouched.email.as_ref())?;
        Ok(sign_on)
    }

    async fn first_sign_on(
        &self,
        stranger: &Actor,
        sign_on: &SingleSignOn,
        vouched: &Vouched,
    ) -> Result<Operator, OfficeError> {
        let email = vouched.email.as_ref().ok_or(SignOnRefusal::NotVerified)?;
        match self.store.operator_with(email).await? {
            Some(found) => self.invited(stranger, found, vouched).await,
            None if sign_on.admits_unknown => self.admitted(stranger, email, vouched).await,
            None => Err(SignOnRefusal::Unknown.into()),
        }
    }

    /// Somebody who was added to come in this way, or whom a directory brought, for the first time.
    async fn invited(
        &self,
        stranger: &Actor,
        found: Versioned<Operator>,
        vouched: &Vouched,
    ) -> Result<Operator, OfficeError> {
        if let OperatorStatus::Deactivated { .. } = found.value.status {
            return Err(SignOnRefusal::Deactivated.into());
        }
        let source = match &found.value.source {
            OperatorSource::Invited => source(vouched),
            // Whom a directory brought, and who never came in another way, is still the directory's.
            of @ OperatorSource::Directory { deleted: false, .. }
                if found.value.status == OperatorStatus::Invited =>
            {
                of.clone()
            }
            _ => return Err(SignOnRefusal::NotLinked.into()),
        };
        let operator = Operator {
            status: OperatorStatus::Active,
            source,
            ..found.value.clone()
        };
        let write = Write::ReplaceOperator(found.with(operator.clone()));
        self.link_first(stranger, &operator, vouched, (write, AuditAction::IdentityLinked))
            .await?;
        Ok(operator)
    }

    /// Somebody who was never here.
    async fn admitted(
        &self,
        stranger: &Actor,
        email: &Email,
        vouched: &Vouched,
    ) -> Result<Operator, OfficeError> {
        let roles = [Role::User].into_iter().collect();
        let new = |name: &str| self.new_operator(name, email.as_str(), roles, OperatorStatus::Active);
        let name = vouched
            .name
            .as_deref()
            .and_then(|name| crate::one_line(name, super::LONGEST_NAME));
        let operator = Operator {
            source: source(vouched),
            ..new(name.as_deref().unwrap_or(email.as_str()))?
        };
        let write = Write::AddOperator(operator.clone());
        self.link_first(stranger, &operator, vouched, (write, AuditAction::OperatorAdded))
            .await?;
        Ok(operator)
    }

    async fn link_first(
        &self,
        stranger: &Actor,
        operator: &Operator,
        vouched: &Vouched,
        (write, action): (Write, AuditAction),
    ) -> Result<(), OfficeError> {
        let entry = self
            .draft_by(stranger, operator, action)
            .change("roles", None, Some(operator.roles.to_string()))
            .change("email", None, Some(operator.email.to_string()))
            .change("identity", None, Some(named(vouched)))
            .because("first single sign-on");
        let writes = [
            write,
            Write::PutSignIn(SignIn::none(operator.id.clone())),
            Write::AddIdentity(self.identity(operator, vouched)),
        ];
        self.commit_new(&writes, &[entry]).await.map_err(quicker)
    }

    fn identity(&self, operator: &Operator, vouched: &Vouched) -> Identity {
        Identity {
            operator: operator.id.clone(),
            issuer: vouched.issuer.clone(),
            subject: vouched.subject.clone(),
            linked_at: self.now(),
        }
    }

    /// What the actor is known by at providers.
    ///
    /// # Errors
    /// When nobody is signed in, or when the store fails.
    pub async fn own_identities(&self, actor: &Actor) -> Result<Vec<Identity>, OfficeError> {
        let id = actor.operator().ok_or(OfficeError::Unknown("user"))?;
        Ok(self.store.identities(id).await?)
    }

    /// Has the actor be recognised by what a provider says from now on. Whoever calls has made sure that it is they who
    /// asked for it.
    ///
    /// # Errors
    /// When it is somebody else already, when the provider or the address is none that comes in, or when the store
    /// fails.
    pub async fn link_identity(&self, actor: &Actor, vouched: &Vouched) -> Result<(), OfficeError> {
        actor.may(Action::ManageOneself)?;
        self.accepted(vouched).await?;
        let id = actor.operator().ok_or(OfficeError::Unknown("user"))?;
        let operator = self
            .store
            .operator(id)
            .await?
            .ok_or(OfficeError::Unknown("user"))?;
        let known = self.store.identity(&vouched.issuer, &vouched.subject).await?;
        if let Some(known) = known {
            let is_own = known.operator == *id;
            return is_own.then_some(()).ok_or(SignOnRefusal::Taken.into());
        }
        let entry = self
            .draft(actor, AuditAction::IdentityLinked, operator.value.object())
            .change("identity", None, Some(named(vouched)));
        let write = Write::AddIdentity(self.identity(&operator.value, vouched));
        self.commit_new(&[write], &[entry]).await.map_err(quicker)
    }

    /// Has the actor be recognised by it no more.
    ///
    /// # Errors
    /// When it is none of theirs, when they could not come in any more, or when the store fails.
    pub async fn unlink_identity(
        &self,
        actor: &Actor,
        issuer: &str,
        subject: &str,
    ) -> Result<(), OfficeError> {
        actor.may(Action::ManageOneself)?;
        let own = self.own_identities(actor).await?;
        let is_it = |one: &Identity| one.issuer == issuer && one.subject == subject;
        let identity = own.into_iter().find(is_it).ok_or(OfficeError::Unknown("link"))?;
        if self.own_sign_in(actor).await?.password.is_none() {
            return Err(SignOnRefusal::OnlyWay.into());
        }
        let object = Object::new("user", &identity.operator, &actor.name);
        let entry = self.draft(actor, AuditAction::IdentityUnlinked, object).change(
            "identity",
            Some(format!("{subject} at {issuer}")),
            None,
        );
        match self.commit(&[Write::RemoveIdentity(identity)], &[entry]).await? {
            Written::Yes => Ok(()),
            Written::Outdated => Err(OfficeError::Unknown("link")),
        }
    }
}

fn source(vouched: &Vouched) -> OperatorSource {
    OperatorSource::OpenId {
        issuer: vouched.issuer.clone(),
        subject: vouched.subject.clone(),
    }
}

fn named(vouched: &Vouched) -> String {
    format!("{} at {}", vouched.subject, vouched.issuer)
}

/// Somebody else was quicker.
fn quicker(error: OfficeError) -> OfficeError {
    match error {
        OfficeError::Store(RepositoryError::Taken { .. }) => OfficeError::Contended,
        other => other,
    }
}
