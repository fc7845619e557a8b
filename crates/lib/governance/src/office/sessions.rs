//! Sessions: begun, recognised, ended.

use super::{Office, OfficeError};
use crate::repository::{Write, Written};
use crate::{
    Action, Actor, AuditAction, AuditDraft, Link, Operator, OperatorId, Proof, Role, Session, SessionId,
    SessionScope, TokenHash, Via,
};

/// Who a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whose {
    /// The session.
    pub session: Session,
    /// The person.
    pub operator: Operator,
}

/// A session that is to begin.
#[derive(Clone, Copy, Debug)]
pub struct NewSession<'a> {
    /// By which it is found.
    pub token: TokenHash,
    /// How far it reaches.
    pub scope: SessionScope,
    /// How its person showed who they are.
    pub proof: Proof,
    /// What the browser calls itself.
    pub agent: &'a str,
}

impl Whose {
    /// As somebody who acts, from that address and with that request.
    pub fn actor(&self, from: Option<String>, request: Option<String>) -> Actor {
        Actor {
            name: self.operator.name.clone(),
            roles: self.operator.roles.clone(),
            via: Via::Session {
                operator: self.operator.id.clone(),
                session: self.session.id.clone(),
            },
            from,
            request,
        }
    }
}

impl Office {
    /// Whose session has that secret, if it is not over and its person may come in.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn whose(&self, token: &TokenHash) -> Result<Option<Whose>, OfficeError> {
        let now = self.now();
        let found = self.store.session(token).await?;
        let found = found.filter(|(session, operator)| session.end(now).is_none() && operator.is_active());
        let Some((session, operator)) = found else {
            return Ok(None);
        };
        if session.is_to_be_noted(now) {
            self.store.session_seen(&session.id, now).await?;
        }
        Ok(Some(Whose { session, operator }))
    }

    /// Ends a session that led to another one.
    ///
    /// # Errors
    /// When it is over, or when the store fails.
    pub async fn leave_session(&self, session: &Session) -> Result<(), OfficeError> {
        let write = Write::EndSession(session.id.clone(), self.now());
        match self.commit(&[write], &[]).await? {
            Written::Yes => Ok(()),
            Written::Outdated => Err(OfficeError::Unknown("session")),
        }
    }

    /// Begins a session for somebody who has shown who they are, as far as its scope says.
    ///
    /// # Errors
    /// When they may not come in, or when the store fails.
    pub async fn begin_session(
        &self,
        stranger: &Actor,
        operator: &Operator,
        new: NewSession<'_>,
    ) -> Result<Session, OfficeError> {
        if !operator.is_active() {
            return Err(OfficeError::Unknown("user"));
        }
        let (now, bytes) = self.fresh();
        let session = Session {
            id: SessionId::new(now, bytes),
            token: new.token,
            operator: operator.id.clone(),
            created_at: now,
            seen_at: now,
            ended_at: None,
            from: stranger.from.clone(),
            agent: new.agent.chars().filter(|c| !c.is_control()).take(200).collect(),
            scope: new.scope,
            proof: new.proof,
        };
        if new.scope != SessionScope::Full {
            self.commit_new(&[Write::AddSession(session.clone())], &[])
                .await?;
            return Ok(session);
        }
        let entries = self.coming_in(stranger, operator, new.proof).await?;
        self.commit_new(&[Write::AddSession(session.clone())], &entries)
            .await?;
        Ok(session)
    }

    /// What is written down of somebody who comes in. Whoever may do everything and comes past the provider is the way
    /// in for when the provider is away, and to be looked at otherwise.
    async fn coming_in(
        &self,
        stranger: &Actor,
        operator: &Operator,
        proof: Proof,
    ) -> Result<Vec<AuditDraft>, OfficeError> {
        let entry = |action| self.draft_by(stranger, operator, action);
        let mut entries = vec![entry(AuditAction::SignedIn).because(proof.words())];
        if proof != Proof::SingleSignOn && operator.roles.has(Role::SuperAdministrator) {
            let offered = self.offered_sign_on().await?;
            entries.extend(offered.map(|_| entry(AuditAction::BrokeGlass).because(proof.words())));
        }
        Ok(entries)
    }

    /// An entry about somebody who has just shown who they are.
    pub(super) fn draft_by(&self, stranger: &Actor, operator: &Operator, action: AuditAction) -> AuditDraft {
        let mut entry = self.draft(stranger, action, operator.object());
        entry.actor.clone_from(&operator.name);
        entry.actor_id = Some(operator.id.to_string());
        entry
    }

    /// The sessions of whoever asks that are not over, the last used first.
    ///
    /// # Errors
    /// When nobody is signed in, or when the store fails.
    pub async fn own_sessions(&self, actor: &Actor) -> Result<Vec<Session>, OfficeError> {
        actor.may(Action::ManageOneself)?;
        let operator = actor.operator().ok_or(OfficeError::Unknown("user"))?;
        let now = self.now();
        let all = self.store.sessions(operator).await?;
        let is_open = |session: &Session| session.scope == SessionScope::Full && session.end(now).is_none();
        Ok(all.into_iter().filter(is_open).collect())
    }

    /// Ends one of the actor's own sessions.
    ///
    /// # Errors
    /// When it is none of theirs or over, or when the store fails.
    pub async fn end_session(&self, actor: &Actor, id: &SessionId) -> Result<(), OfficeError> {
        let own = self.own_sessions(actor).await?;
        let is_own = own.iter().any(|session| session.id == *id);
        is_own.then_some(()).ok_or(OfficeError::Unknown("session"))?;
        let operator = actor.operator().ok_or(OfficeError::Unknown("user"))?;
        let object = crate::Object::new("user", operator, &actor.name);
        let entry = self.draft(actor, AuditAction::SessionEnded, object);
        match self
            .commit(&[Write::EndSession(id.clone(), self.now())], &[entry])
            .await?
        {
            Written::Yes => Ok(()),
            Written::Outdated => Err(OfficeError::Unknown("session")),
        }
    }

    /// Ends all sessions of somebody.
    ///
    /// # Errors
    /// When there is nobody, when the actor may not, or when the store fails.
    pub async fn end_sessions_of(&self, actor: &Actor, id: &OperatorId) -> Result<(), OfficeError> {
        actor.may(Action::ManageOperators)?;
        let found = self
            .store
            .operator(id)
            .await?
            .ok_or(OfficeError::Unknown("user"))?;
        let entry = self.draft(actor, AuditAction::SessionEnded, found.value.object());
        let write = Write::EndSessionsOf {
            operator: id.clone(),
            except: None,
            at: self.now(),
        };
        self.commit_new(&[write], &[entry]).await
    }

    /// The link with that secret, if it is good.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn good_link(&self, token: &TokenHash) -> Result<Option<Link>, OfficeError> {
        let now = self.now();
        let found = self.store.link(token).await?;
        Ok(found.filter(|link| link.is_good(now)))
    }
}
