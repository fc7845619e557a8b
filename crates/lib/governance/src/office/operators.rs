//! People who use the console: added, changed, let in no more.

use super::{LONGEST_NAME, Office, OfficeError, ROUNDS};
use crate::repository::{Write, Written};
use crate::{
    Action, Actor, AuditAction, AuditDraft, Email, Link, LinkId, LinkPurpose, NameError, Object, Operator,
    OperatorId, OperatorSource, OperatorStatus, Role, Roles, SignIn, TokenHash,
};

impl Office {
    /// Adds somebody who comes in by a link that is sent to them, with this secret's hash; `address` is where the
    /// console is reached, and `secret` what the link ends with.
    ///
    /// # Errors
    /// When the actor may not, when the address is none or is taken, or when the store fails.
    pub async fn add_operator(
        &self,
        actor: &Actor,
        (name, email): (&str, &str),
        roles: Roles,
        link: (TokenHash, &str),
    ) -> Result<Operator, OfficeError> {
        actor.may(Action::ManageOperators)?;
        let operator = self.new_operator(name, email, roles, OperatorStatus::Invited)?;
        let [link, letter] = self.welcome(&actor.name, &operator, link);
        let entry = self
            .draft(actor, AuditAction::OperatorAdded, operator.object())
            .change("roles", None, Some(operator.roles.to_string()))
            .change("email", None, Some(operator.email.to_string()));
        let writes = [
            Write::AddOperator(operator.clone()),
            Write::PutSignIn(SignIn::none(operator.id.clone())),
            link,
            letter,
        ];
        self.commit_new(&writes, &[entry]).await?;
        Ok(operator)
    }

    /// Adds somebody who comes in by single sign-on: whom the provider vouches for with this address as verified. They
    /// are written to, with the `link` that leads to the console.
    ///
    /// # Errors
    /// When the actor may not, when single sign-on is not offered, when the address is none or is taken, or when the
    /// store fails.
    pub async fn invite_operator(
        &self,
        actor: &Actor,
        (name, email): (&str, &str),
        roles: Roles,
        link: &str,
    ) -> Result<Operator, OfficeError> {
        actor.may(Action::ManageOperators)?;
        let sign_on = self.offered_sign_on().await?;
        let sign_on = sign_on.ok_or(OfficeError::Conflict("single sign-on is not turned on"))?;
        let operator = Operator {
            source: OperatorSource::Invited,
            ..self.new_operator(name, email, roles, OperatorStatus::Invited)?
        };
        let text = format!(
            "Hello {},\n\n{} has added you to Rollcall. Sign in with {} here:\n\n{link}\n",
            operator.name, actor.name, sign_on.name,
        );
        let letter = self.letter(&operator, "Welcome to Rollcall".to_owned(), text);
        let entry = self
            .draft(actor, AuditAction::OperatorAdded, operator.object())
            .change("roles", None, Some(operator.roles.to_string()))
            .change("email", None, Some(operator.email.to_string()))
            .change("signs in", None, Some("by single sign-on".to_owned()));
        let writes = [
            Write::AddOperator(operator.clone()),
            Write::PutSignIn(SignIn::none(operator.id.clone())),
            Write::AddLetter(letter),
        ];
        self.commit_new(&writes, &[entry]).await?;
        Ok(operator)
    }

    /// A link for somebody who was added to choose a password with, and the letter with it, which says `who` added them.
    pub(super) fn welcome(
        &self,
        who: &str,
        operator: &Operator,
        (token, link): (TokenHash, &str),
    ) -> [Write; 2] {
        let welcome = self.new_link(token, LinkPurpose::Welcome(operator.id.clone()));
        let text = format!(
            "Hello {},\n\n{who} has added you to Rollcall. Choose a password here, within three days:\n\n{link}\n",
            operator.name,
        );
        let letter = self.letter(operator, "Welcome to Rollcall".to_owned(), text);
        [Write::AddLink(welcome), Write::AddLetter(letter)]
    }

    /// Somebody new, who is not stored yet.
    pub(super) fn new_operator(
        &self,
        name: &str,
        email: &str,
        roles: Roles,
        status: OperatorStatus,
    ) -> Result<Operator, OfficeError> {
        let (now, bytes) = self.fresh();
        Ok(Operator {
            id: OperatorId::new(now, bytes),
            email: Email::parse(email)?,
            name: person_name(name)?,
            roles,
            status,
            source: OperatorSource::Local,
            created_at: now,
        })
    }

    /// A link that is not stored yet.
    pub(super) fn new_link(&self, token: TokenHash, purpose: LinkPurpose) -> Link {
        let (now, bytes) = self.fresh();
        Link {
            id: LinkId::new(now, bytes),
            token,
            expires_at: now + Link::life(&purpose),
            purpose,
            created_at: now,
            used_at: None,
        }
    }

    /// Changes what somebody is. It holds from their next request on.
    ///
    /// # Errors
    /// When there is nobody, when the actor may not, when nobody would be left who may do everything, or when the store
    /// fails.
    pub async fn set_roles(&self, actor: &Actor, id: &OperatorId, roles: &Roles) -> Result<(), OfficeError> {
        let change = |before: &Operator| Operator {
            roles: roles.clone(),
            ..before.clone()
        };
        self.change_operator(actor, id, change, (AuditAction::OperatorChanged, false))
            .await
    }

    /// Lets somebody in no more: their sessions and API keys end at once, and for good.
    ///
    /// # Errors
    /// When there is nobody, when the actor may not, when nobody would be left who may do everything, or when the store
    /// fails.
    pub async fn deactivate(&self, actor: &Actor, id: &OperatorId) -> Result<(), OfficeError> {
        let now = self.now();
        let change = |before: &Operator| Operator {
            status: match before.status {
                OperatorStatus::Deactivated { at } => OperatorStatus::Deactivated { at },
                _ => OperatorStatus::Deactivated { at: now },
            },
            ..before.clone()
        };
        self.change_operator(actor, id, change, (AuditAction::OperatorDeactivated, true))
            .await
    }

    /// Lets somebody in again.
    ///
    /// # Errors
    /// When there is nobody, when the actor may not, or when the store fails.
    pub async fn reactivate(&self, actor: &Actor, id: &OperatorId) -> Result<(), OfficeError> {
        let change = |before: &Operator| Operator {
            status: OperatorStatus::Active,
            ..before.clone()
        };
        self.change_operator(actor, id, change, (AuditAction::OperatorReactivated, false))
            .await
    }

    /// The end of everything by which somebody is in.
    pub(super) fn ends(&self, id: &OperatorId) -> [Write; 3] {
        let at = self.now();
        let sessions = Write::EndSessionsOf {
            operator: id.clone(),
            except: None,
            at,
        };
        [
            sessions,
            Write::RevokeApiKeysOf(id.clone(), at),
            Write::EndWelcomesOf(id.clone(), at),
        ]
    }

    async fn change_operator(
        &self,
        actor: &Actor,
        id: &OperatorId,
        change: impl Fn(&Operator) -> Operator,
        (action, ends_all): (AuditAction, bool),
    ) -> Result<(), OfficeError> {
        actor.may(Action::ManageOperators)?;
        for _ in 0..ROUNDS {
            let found = self
                .store
                .operator(id)
                .await?
                .ok_or(OfficeError::Unknown("user"))?;
            let after = change(&found.value);
            if after == found.value {
                return Ok(());
            }
            let leaves = is_one(&found.value) && !is_one(&after);
            if leaves && !self.is_super_administrator_left(&found.value).await? {
                return Err(OfficeError::LastSuperAdministrator);
            }
            let entry = changes(
                self.draft(actor, action, found.value.object()),
                &found.value,
                &after,
            );
            let mut writes = vec![Write::ReplaceOperator(found.with(after))];
            if ends_all {
                writes.extend(self.ends(id));
            }
            if leaves {
                // Two may be leaving at once, each of whom saw the other.
                writes.push(Write::SuperAdministratorLeft);
            }
            if self.commit(&writes, &[entry]).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(OfficeError::Contended)
    }
}

/// A person's name: one line, without spaces at its ends.
pub(super) fn person_name(name: &str) -> Result<String, NameError> {
    crate::one_line(name, LONGEST_NAME)
        .ok_or(NameError("a person's name has 1 to 120 characters in one line"))
}

/// Whether this is somebody who may do everything.
pub(super) fn is_one(one: &Operator) -> bool {
    one.is_active() && one.roles.has(Role::SuperAdministrator)
}

pub(super) fn changes(entry: AuditDraft, before: &Operator, after: &Operator) -> AuditDraft {
    entry
        .change("name", Some(before.name.clone()), Some(after.name.clone()))
        .change(
            "roles",
            Some(before.roles.to_string()),
            Some(after.roles.to_string()),
        )
        .change(
            "status",
            Some(before.status.to_string()),
            Some(after.status.to_string()),
        )
}

impl Operator {
    /// As the audit trail names them.
    pub fn object(&self) -> Object {
        Object::new("user", &self.id, &self.name)
    }
}

impl std::fmt::Display for OperatorStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Invited => "Invited",
            Self::Active => "Active",
            Self::Deactivated { .. } => "Deactivated",
        })
    }
}
