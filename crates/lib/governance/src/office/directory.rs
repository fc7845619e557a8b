//! People as a directory says that they are: it adds, changes and lets go of its own, and of nobody else's.

use super::{Office, OfficeError, ROUNDS};
use crate::people::external_id;
use crate::repository::{RepositoryError, Versioned, Write, Written};
use crate::{
    Action, Actor, AuditAction, AuditDraft, NameError, Operator, OperatorId, OperatorSource, OperatorStatus,
    Person, Provisioning, Role, SignIn, TokenHash,
};

/// What stands in the audit trail beside whose key it was.
pub(super) const BY_SCIM: &str = "by SCIM";

/// A change that is worked out, with its entries.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) writes: Vec<Write>,
    pub(super) entries: Vec<AuditDraft>,
}

/// Who adds people, in letters to them.
const DIRECTORY: &str = "your company's directory";

impl Office {
    /// Those whom a directory has brought and not let go of, by name.
    ///
    /// # Errors
    /// When the actor may not provision, or when the store fails.
    pub async fn provisioned(&self, actor: &Actor) -> Result<Vec<Operator>, OfficeError> {
        actor.may(Action::Provision)?;
        let mut all = self.store.operators().await?;
        all.retain(is_provisioned);
        Ok(all)
    }

    /// One of those.
    ///
    /// # Errors
    /// When there is none, when the actor may not provision, or when the store fails.
    pub async fn provisioned_one(
        &self,
        actor: &Actor,
        id: &OperatorId,
    ) -> Result<Versioned<Operator>, OfficeError> {
        actor.may(Action::Provision)?;
        let found = self.store.operator(id).await?;
        let found = found.filter(|found| is_provisioned(&found.value));
        found.ok_or(OfficeError::Unknown("user"))
    }

    /// Adds somebody whom a directory brings. Whoever it had let go of comes back as somebody new; whoever was added
    /// here becomes its own only when a Super Administrator has allowed that. The link is for a letter, if one is sent.
    ///
    /// # Errors
    /// When the actor may not provision, when the address is somebody's already, or when the store fails.
    pub async fn provision(
        &self,
        actor: &Actor,
        person: &Person,
        link: (TokenHash, &str),
    ) -> Result<Operator, OfficeError> {
        actor.may(Action::Provision)?;
        let person = checked(person)?;
        for _ in 0..ROUNDS {
            let settings = self.store.provisioning().await?.value;
            let (operator, mut plan) = match self.store.operator_with(&person.email).await? {
                None => self.brought(actor, &person)?,
                Some(found) => self.taken_over(actor, &person, &found, &settings).await?,
            };
            if settings.invites && operator.status == OperatorStatus::Invited {
                plan.writes.extend(self.welcome(DIRECTORY, &operator, link));
            }
            if self.commit(&plan.writes, &plan.entries).await? == Written::Yes {
                return Ok(operator);
            }
        }
        Err(OfficeError::Contended)
    }

    fn brought(&self, actor: &Actor, person: &Person) -> Result<(Operator, Plan), OfficeError> {
        let status = if person.active {
            OperatorStatus::Invited
        } else {
            OperatorStatus::Deactivated { at: self.now() }
        };
        let roles = [Role::User].into_iter().collect();
        let operator = Operator {
            source: source(person),
            ..self.new_operator(&person.name, person.email.as_str(), roles, status)?
        };
        let entry = self
            .draft(actor, AuditAction::OperatorAdded, operator.object())
            .change("roles", None, Some(operator.roles.to_string()))
            .change("email", None, Some(operator.email.to_string()))
            .because(BY_SCIM);
        let plan = Plan {
            writes: vec![
                Write::AddOperator(operator.clone()),
                Write::PutSignIn(SignIn::none(operator.id.clone())),
            ],
            entries: vec![entry],
        };
        Ok((operator, plan))
    }

    /// Whoever has that address already, as the directory's.
    async fn taken_over(
        &self,
        actor: &Actor,
        person: &Person,
        found: &Versioned<Operator>,
        settings: &Provisioning,
    ) -> Result<(Operator, Plan), OfficeError> {
        let before = &found.value;
        let comes_back = matches!(before.source, OperatorSource::Directory { deleted: true, .. });
        if !comes_back {
            may_adopt(before, settings)?;
        }
        let roles = if comes_back {
            [Role::User].into_iter().collect()
        } else {
            before.roles.clone()
        };
        let after = Operator {
            source: source(person),
            name: person.name.clone(),
            status: self.status_after(before, person.active).await?,
            roles,
            ..before.clone()
        };
        let plan = self.replaced(actor, found, &after);
        Ok((after, plan))
    }

    /// Changes somebody as their directory says.
    ///
    /// # Errors
    /// When there is nobody such, when the actor may not provision, when the new address is somebody's, when nobody would
    /// be left who may do everything, when `change` refuses, or when the store fails.
    pub async fn change_person<E: From<OfficeError>>(
        &self,
        actor: &Actor,
        id: &OperatorId,
        change: impl Fn(Person) -> Result<Person, E>,
        link: (TokenHash, &str),
    ) -> Result<Operator, E> {
        for _ in 0..ROUNDS {
            let found = self.provisioned_one(actor, id).await?;
            let before = Person::of(&found.value);
            let person = checked(&change(before.clone())?).map_err(OfficeError::from)?;
            if person == before {
                return Ok(found.value);
            }
            let after = Operator {
                email: person.email.clone(),
                name: person.name.clone(),
                source: source(&person),
                status: self.status_after(&found.value, person.active).await?,
                ..found.value.clone()
            };
            if self.write_person(actor, &found, &after, link).await? == Written::Yes {
                return Ok(after);
            }
        }
        Err(OfficeError::Contended.into())
    }

    async fn write_person(
        &self,
        actor: &Actor,
        found: &Versioned<Operator>,
        after: &Operator,
        link: (TokenHash, &str),
    ) -> Result<Written, OfficeError> {
        let mut plan = self.replaced(actor, found, after);
        self.guard_the_last(&mut plan, &[(&found.value, after)]).await?;
        let is_invited_anew = after.status == OperatorStatus::Invited
            && (found.value.status != OperatorStatus::Invited || found.value.email != after.email);
        if is_invited_anew {
            plan.writes
                .push(Write::EndWelcomesOf(after.id.clone(), self.now()));
            if self.store.provisioning().await?.value.invites {
                plan.writes.extend(self.welcome(DIRECTORY, after, link));
            }
        }
        self.commit(&plan.writes, &plan.entries).await
    }

    /// A directory lets go of somebody: they are deactivated, in no group any more, and exist for it no more.
    ///
    /// # Errors
    /// When there is nobody such, when the actor may not provision, when nobody would be left who may do everything, or
    /// when the store fails.
    pub async fn let_go(&self, actor: &Actor, id: &OperatorId) -> Result<(), OfficeError> {
        for _ in 0..ROUNDS {
            let turn = self.store.provisioning().await?;
            let found = self.provisioned_one(actor, id).await?;
            let person = Person::of(&found.value);
            let after = Operator {
                source: OperatorSource::Directory {
                    external_id: person.external_id,
                    deleted: true,
                },
                status: self.status_after(&found.value, false).await?,
                roles: [Role::User].into_iter().collect(),
                ..found.value.clone()
            };
            let mut plan = self.replaced(actor, &found, &after);
            plan.writes.insert(0, Write::SaveProvisioning(turn));
            for group in self.store.groups().await? {
                let mut without = group.value.clone();
                if without.says.members.remove(id) {
                    plan.writes.push(Write::ReplaceGroup(group.with(without)));
                }
            }
            self.guard_the_last(&mut plan, &[(&found.value, &after)]).await?;
            if self.commit(&plan.writes, &plan.entries).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(OfficeError::Contended)
    }

    /// How somebody is once a directory has said whether they may come in: whoever has no password yet is invited.
    async fn status_after(&self, one: &Operator, active: bool) -> Result<OperatorStatus, OfficeError> {
        let is_out = matches!(one.status, OperatorStatus::Deactivated { .. });
        if active != is_out {
            return Ok(one.status);
        }
        if !active {
            return Ok(OperatorStatus::Deactivated { at: self.now() });
        }
        let sign_in = self.store.sign_in(&one.id).await?;
        let has_password = sign_in.is_some_and(|sign_in| sign_in.password.is_some());
        Ok(if has_password {
            OperatorStatus::Active
        } else {
            OperatorStatus::Invited
        })
    }

    /// One written over what they were; whoever is out now is out at once.
    pub(super) fn replaced(&self, actor: &Actor, found: &Versioned<Operator>, after: &Operator) -> Plan {
        let is_out = |one: &Operator| matches!(one.status, OperatorStatus::Deactivated { .. });
        let before = &found.value;
        let action = match (is_out(before), is_out(after)) {
            (false, true) => AuditAction::OperatorDeactivated,
            (true, false) => AuditAction::OperatorReactivated,
            _ => AuditAction::OperatorChanged,
        };
        let from = |one: &Operator| Some(one.source.to_string());
        let entry = super::operators::changes(self.draft(actor, action, before.object()), before, after)
            .change(
                "email",
                Some(before.email.to_string()),
                Some(after.email.to_string()),
            )
            .change("from", from(before), from(after))
            .because(BY_SCIM);
        let mut writes = vec![Write::ReplaceOperator(found.with(after.clone()))];
        if is_out(after) && !is_out(before) {
            writes.extend(self.ends(&after.id));
        }
        Plan {
            writes,
            entries: vec![entry],
        }
    }

    /// Refuses when nobody would be left who may do everything, once these are otherwise.
    pub(super) async fn guard_the_last(
        &self,
        plan: &mut Plan,
        changed: &[(&Operator, &Operator)],
    ) -> Result<(), OfficeError> {
        let is_one = super::operators::is_one;
        if !changed
            .iter()
            .any(|(before, after)| is_one(before) && !is_one(after))
        {
            return Ok(());
        }
        let all = self.store.operators().await?;
        let after = |one: &Operator| {
            let changed = changed.iter().find(|(_, after)| after.id == one.id);
            changed.map_or_else(|| is_one(one), |(_, after)| is_one(after))
        };
        if !all.iter().any(after) {
            return Err(OfficeError::LastSuperAdministrator);
        }
        // Two may be leaving at once, each of whom saw the other.
        plan.writes.push(Write::SuperAdministratorLeft);
        Ok(())
    }
}

/// Somebody whom a directory has brought and not let go of.
pub(super) fn is_provisioned(one: &Operator) -> bool {
    matches!(one.source, OperatorSource::Directory { deleted: false, .. })
}

fn source(person: &Person) -> OperatorSource {
    OperatorSource::Directory {
        external_id: person.external_id.clone(),
        deleted: false,
    }
}

/// Whether a directory may make this person its own.
fn may_adopt(one: &Operator, settings: &Provisioning) -> Result<(), OfficeError> {
    let refused = match &one.source {
        OperatorSource::Directory { .. } => {
            let what = format!("a user with the address {}", one.email);
            return Err(RepositoryError::Taken { what }.into());
        }
        OperatorSource::Invited | OperatorSource::OpenId { .. } => {
            "somebody who signs in by single sign-on has this address"
        }
        OperatorSource::Local if !settings.adopts => {
            "somebody who was added in the console has this address: a Super Administrator can let the directory \
             take such people over, under Users, Provisioning"
        }
        OperatorSource::Local if one.roles.has(Role::SuperAdministrator) => {
            "a Super Administrator who was added in the console has this address, and is not taken over"
        }
        OperatorSource::Local if matches!(one.status, OperatorStatus::Deactivated { .. }) => {
            "somebody who was deactivated in the console has this address"
        }
        OperatorSource::Local => return Ok(()),
    };
    Err(OfficeError::Conflict(refused))
}

/// What can be kept of what a directory says.
fn checked(person: &Person) -> Result<Person, NameError> {
    Ok(Person {
        name: super::operators::person_name(&person.name)?,
        external_id: person.external_id.as_deref().map(external_id).transpose()?,
        ..person.clone()
    })
}

impl std::fmt::Display for OperatorSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Local => "Added here",
            Self::Invited | Self::OpenId { .. } => "Single sign-on",
            Self::Directory { deleted: false, .. } => "A directory",
            Self::Directory { deleted: true, .. } => "A directory, which let go of them",
        })
    }
}
