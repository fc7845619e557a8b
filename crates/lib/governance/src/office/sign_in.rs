//! Signing in. Passwords and codes are checked by whoever knows how; here is what follows from it.

use super::{Office, OfficeError};
use crate::repository::{Write, Written};
use crate::{
    Action, Actor, AuditAction, Email, LinkPurpose, Object, Operator, OperatorId, OperatorStatus,
    SecondFactor, SignIn, TokenHash, Via,
};

impl Office {
    /// Whoever has that address, with what they sign in with. For checking, not for showing.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn who_signs_in(&self, email: &Email) -> Result<Option<(Operator, SignIn)>, OfficeError> {
        let Some(found) = self.store.operator_with(email).await? else {
            return Ok(None);
        };
        let sign_in = self.store.sign_in(&found.value.id).await?;
        Ok(sign_in.map(|sign_in| (found.value, sign_in)))
    }

    /// What the actor signs in with. For checking, not for showing.
    ///
    /// # Errors
    /// When nobody is signed in, or when the store fails.
    pub async fn own_sign_in(&self, actor: &Actor) -> Result<SignIn, OfficeError> {
        let id = actor.operator().ok_or(OfficeError::Unknown("user"))?;
        let found = self.store.sign_in(id).await?;
        found.ok_or(OfficeError::Unknown("user"))
    }

    /// Notes that somebody was not who they said. `email` is what they typed, `known` whom it belongs to.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sign_in_failed(
        &self,
        stranger: &Actor,
        email: &str,
        known: Option<&Operator>,
        why: &str,
    ) -> Result<(), OfficeError> {
        if let Some(operator) = known {
            // Nobody looked at what was tried while no try is answered, so it says nothing.
            let sign_in = self.store.sign_in(&operator.id).await?;
            if sign_in.is_none_or(|sign_in| !sign_in.is_locked(self.now())) {
                self.store.note_failure(&operator.id, self.now()).await?;
            }
        }
        let email: String = email.chars().filter(|c| !c.is_control()).take(254).collect();
        let object = known.map_or_else(|| Object::new("user", "", &email), Operator::object);
        let entry = self
            .draft(stranger, AuditAction::SignInFailed, object)
            .because(why);
        self.commit_new(&[], &[entry]).await
    }

    /// Notes that a one-time code was used; `false` when it was before.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn use_step(&self, id: &OperatorId, step: i64) -> Result<bool, OfficeError> {
        Ok(self.store.use_step(id, step).await?)
    }

    /// Uses a recovery code, after which these are left; `false` when one was used meanwhile.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn spend_recovery_code(
        &self,
        second: &SecondFactor,
        id: &OperatorId,
        left: &str,
    ) -> Result<bool, OfficeError> {
        Ok(self.store.spend_recovery_code(id, &second.recovery, left).await?)
    }

    /// Keeps what somebody signs in with, as it is after their password was right.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn keep_sign_in(&self, operator: &Operator, sign_in: SignIn) -> Result<(), OfficeError> {
        let is_own = sign_in.operator == operator.id;
        is_own.then_some(()).ok_or(OfficeError::Unknown("user"))?;
        self.commit_new(&[Write::PutSignIn(sign_in)], &[]).await
    }

    /// Forgets the wrong tries of somebody who was right, and the recovery code that they used, if they did.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sign_in_succeeded(
        &self,
        stranger: &Actor,
        operator: &Operator,
        sign_in: SignIn,
        used_recovery_code: bool,
    ) -> Result<(), OfficeError> {
        let entry = self.draft(stranger, AuditAction::RecoveryCodeUsed, operator.object());
        let entries: &[_] = if used_recovery_code { &[entry] } else { &[] };
        self.commit_new(&[Write::PutSignIn(sign_in.succeeded())], entries)
            .await
    }

    /// Who comes in by the link of a demo. It is good once, like every link.
    ///
    /// # Errors
    /// When the link is none of a demo or not good any more, or when the store fails.
    pub async fn enter_demo(&self, token: &TokenHash) -> Result<Operator, OfficeError> {
        const OVER: OfficeError = OfficeError::Unknown("link that is good");
        let link = self.good_link(token).await?.ok_or(OVER)?;
        let LinkPurpose::Demo(id) = &link.purpose else {
            return Err(OVER);
        };
        let found = self.store.operator(id).await?.ok_or(OVER)?;
        match self.commit(&[Write::UseLink(link.id, self.now())], &[]).await? {
            Written::Yes => Ok(found.value),
            Written::Outdated => Err(OVER),
        }
    }

    /// Lets somebody choose their password by the link that they were sent; they may come in from now on.
    ///
    /// # Errors
    /// When the link is none or not good any more, or when the store fails.
    pub async fn choose_password(
        &self,
        stranger: &Actor,
        token: &TokenHash,
        password: String,
    ) -> Result<Operator, OfficeError> {
        const OVER: OfficeError =
            OfficeError::Conflict("this link is not good any more: ask for another one");
        let link = self.good_link(token).await?.ok_or(OVER)?;
        let LinkPurpose::Welcome(id) = &link.purpose else {
            return Err(OVER);
        };
        let found = self.store.operator(id).await?.ok_or(OVER)?;
        if let OperatorStatus::Deactivated { .. } = found.value.status {
            return Err(OVER);
        }
        let active = Operator {
            status: OperatorStatus::Active,
            ..found.value.clone()
        };
        let before = self.store.sign_in(id).await?;
        let sign_in = SignIn {
            password: Some(password),
            ..before.unwrap_or_else(|| SignIn::none(id.clone())).succeeded()
        };
        let mut entry = self.draft(stranger, AuditAction::PasswordChanged, active.object());
        entry.actor.clone_from(&active.name);
        entry.actor_id = Some(active.id.to_string());
        let writes = [
            Write::UseLink(link.id.clone(), self.now()),
            Write::ReplaceOperator(found.with(active.clone())),
            Write::PutSignIn(sign_in),
            Write::EndSessionsOf {
                operator: id.clone(),
                except: None,
                at: self.now(),
            },
        ];
        match self.commit(&writes, &[entry]).await? {
            Written::Yes => Ok(active),
            Written::Outdated => Err(OVER),
        }
    }

    /// Changes the actor's password; their other sessions end.
    ///
    /// # Errors
    /// When nobody is signed in, or when the store fails.
    pub async fn change_password(&self, actor: &Actor, password: String) -> Result<(), OfficeError> {
        actor.may(Action::ManageOneself)?;
        let sign_in = SignIn {
            password: Some(password),
            ..self.own_sign_in(actor).await?
        };
        self.change_own(actor, sign_in, AuditAction::PasswordChanged)
            .await
    }

    /// Keeps the actor's second factor, while it is being set up and once it is; their other sessions end then.
    ///
    /// # Errors
    /// When nobody is signed in, or when the store fails.
    pub async fn keep_second_factor(&self, actor: &Actor, second: SecondFactor) -> Result<(), OfficeError> {
        actor.may(Action::ManageOneself)?;
        let is_confirmed = second.confirmed_at.is_some();
        let sign_in = SignIn {
            second: Some(second),
            ..self.own_sign_in(actor).await?
        };
        if is_confirmed {
            return self
                .change_own(actor, sign_in, AuditAction::SecondFactorAdded)
                .await;
        }
        self.commit_new(&[Write::PutSignIn(sign_in)], &[]).await
    }

    async fn change_own(
        &self,
        actor: &Actor,
        sign_in: SignIn,
        action: AuditAction,
    ) -> Result<(), OfficeError> {
        let Via::Session { operator, session } = &actor.via else {
            return Err(OfficeError::Unknown("user"));
        };
        let entry = self.draft(actor, action, Object::new("user", operator, &actor.name));
        let writes = [
            Write::PutSignIn(sign_in),
            Write::EndSessionsOf {
                operator: operator.clone(),
                except: Some(session.clone()),
                at: self.now(),
            },
        ];
        self.commit_new(&writes, &[entry]).await
    }
}
