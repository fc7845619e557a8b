//! Groups of a directory, and the roles that they give.

use std::collections::BTreeSet;

use super::directory::{BY_SCIM, Plan, is_provisioned};
use super::{Office, OfficeError, ROUNDS};
use crate::people::group_name;
use crate::repository::{Versioned, Write, Written};
use crate::{
    Action, Actor, AuditAction, Group, GroupId, GroupRole, GroupSays, Object, Operator, OperatorId,
    Provisioning, Role, Roles,
};

/// How groups and what they give are before a change, and after it.
type Turned<'a> = [(&'a Provisioning, &'a [Group]); 2];

impl Office {
    /// The groups of the directory, by name.
    ///
    /// # Errors
    /// When the actor may not know who there is, or when the store fails.
    pub async fn groups(&self, actor: &Actor) -> Result<Vec<Group>, OfficeError> {
        actor.may(Action::SeeOperators)?;
        let groups = self.store.groups().await?;
        Ok(groups.into_iter().map(|group| group.value).collect())
    }

    /// Adds a group of the directory. Its members have what it gives from their next request on.
    ///
    /// # Errors
    /// When the actor may not provision, when the name is none or taken, when a member is nobody of the directory's, or
    /// when the store fails.
    pub async fn add_group(&self, actor: &Actor, says: GroupSays) -> Result<Group, OfficeError> {
        actor.may(Action::Provision)?;
        let (now, bytes) = self.fresh();
        let group = Group {
            id: GroupId::new(now, bytes),
            says: says.checked()?,
            created_at: now,
        };
        for _ in 0..ROUNDS {
            let written = self
                .turn(actor, group.says.members.clone(), |groups| {
                    groups.push(group.clone());
                    Ok((
                        Write::AddGroup(group.clone()),
                        AuditAction::GroupAdded,
                        group.clone(),
                    ))
                })
                .await?;
            if written == Written::Yes {
                return Ok(group);
            }
        }
        Err(OfficeError::Contended)
    }

    /// Changes a group as the directory says.
    ///
    /// # Errors
    /// When there is none such, when the actor may not provision, when the name is none or taken, when a member is nobody
    /// of the directory's, when nobody would be left who may do everything, when `change` refuses, or when the store
    /// fails.
    pub async fn change_group<E: From<OfficeError>>(
        &self,
        actor: &Actor,
        id: &GroupId,
        change: impl Fn(GroupSays) -> Result<GroupSays, E>,
    ) -> Result<Group, E> {
        actor.may(Action::Provision).map_err(OfficeError::from)?;
        for _ in 0..ROUNDS {
            let found = self.group(id).await?;
            let before = &found.value;
            let says = change(before.says.clone())?
                .checked()
                .map_err(OfficeError::from)?;
            let after = Group {
                says,
                ..before.clone()
            };
            if after == *before {
                return Ok(after);
            }
            let who = before.says.members.union(&after.says.members).cloned().collect();
            let written = self.turn(actor, who, |groups| {
                groups.retain(|group| group.id != *id);
                groups.push(after.clone());
                let write = Write::ReplaceGroup(found.with(after.clone()));
                Ok((write, AuditAction::GroupChanged, after.clone()))
            });
            if written.await? == Written::Yes {
                return Ok(after);
            }
        }
        Err(OfficeError::Contended.into())
    }

    /// Removes a group: what it gave goes with it.
    ///
    /// # Errors
    /// When there is none such, when the actor may not provision, when nobody would be left who may do everything, or
    /// when the store fails.
    pub async fn remove_group(&self, actor: &Actor, id: &GroupId) -> Result<(), OfficeError> {
        actor.may(Action::Provision)?;
        for _ in 0..ROUNDS {
            let found = self.group(id).await?.value;
            let written = self.turn(actor, found.says.members.clone(), |groups| {
                groups.retain(|group| group.id != *id);
                let write = Write::RemoveGroup(id.clone());
                Ok((write, AuditAction::GroupRemoved, found.clone()))
            });
            if written.await? == Written::Yes {
                return Ok(());
            }
        }
        Err(OfficeError::Contended)
    }

    async fn group(&self, id: &GroupId) -> Result<Versioned<Group>, OfficeError> {
        let found = self.store.group(id).await?;
        found.ok_or(OfficeError::Unknown("group"))
    }

    /// Writes a change of one group, with what follows from it for whoever was or is in it.
    async fn turn(
        &self,
        actor: &Actor,
        who: BTreeSet<OperatorId>,
        change: impl FnOnce(&mut Vec<Group>) -> Result<(Write, AuditAction, Group), OfficeError>,
    ) -> Result<Written, OfficeError> {
        let settings = self.store.provisioning().await?;
        let groups = self.store.groups().await?;
        let before: Vec<Group> = groups.into_iter().map(|group| group.value).collect();
        let mut after = before.clone();
        let (write, action, group) = change(&mut after)?;
        let entry = self.draft(actor, action, group.object()).because(BY_SCIM);
        let old = before.iter().find(|one| one.id == group.id);
        let count = |group: &Group| group.says.members.len().to_string();
        let entry = entry
            .change(
                "name",
                old.map(|old| old.says.name.clone()),
                Some(group.says.name.clone()),
            )
            .change("members", old.map(count), Some(count(&group)));
        let mut plan = Plan {
            writes: vec![Write::SaveProvisioning(settings.clone()), write],
            entries: vec![entry],
        };
        let turned = [(&settings.value, &*before), (&settings.value, &*after)];
        self.follow(actor, &mut plan, turned, &who).await?;
        self.commit(&plan.writes, &plan.entries).await
    }

    /// Gives and takes what follows for these people when groups, or what they give, are otherwise.
    async fn follow(
        &self,
        actor: &Actor,
        plan: &mut Plan,
        [before, after]: Turned<'_>,
        who: &BTreeSet<OperatorId>,
    ) -> Result<(), OfficeError> {
        let mut changed = Vec::new();
        for id in who {
            let found = self.store.operator(id).await?;
            let Some(found) = found.filter(|found| is_provisioned(&found.value)) else {
                // Whoever was in it and is not the directory's any more has nothing by it.
                let was_in = before.1.iter().any(|group| group.says.members.contains(id));
                if was_in {
                    continue;
                }
                return Err(OfficeError::NoMember);
            };
            let had = before.0.roles_of(before.1, id);
            let has = after.0.roles_of(after.1, id);
            let roles = otherwise(&found.value.roles, &had, &has);
            if roles != found.value.roles {
                let one = Operator {
                    roles,
                    ..found.value.clone()
                };
                changed.push((found, one));
            }
        }
        for (found, one) in &changed {
            let next = self.replaced(actor, found, one);
            plan.writes.extend(next.writes);
            plan.entries.extend(next.entries);
        }
        let pairs: Vec<_> = changed.iter().map(|(found, one)| (&found.value, one)).collect();
        self.guard_the_last(plan, &pairs).await
    }

    /// How directories are let in.
    ///
    /// # Errors
    /// When the actor may not know, or when the store fails.
    pub async fn provisioning(&self, actor: &Actor) -> Result<Provisioning, OfficeError> {
        actor.may(Action::ManageOperators)?;
        Ok(self.store.provisioning().await?.value)
    }

    /// Decides whether the directory takes over who was added here, and whether new people get a letter.
    ///
    /// # Errors
    /// When the actor may not, or when the store fails.
    pub async fn set_provisioning(
        &self,
        actor: &Actor,
        adopts: bool,
        invites: bool,
    ) -> Result<(), OfficeError> {
        self.change_provisioning(actor, |before| Provisioning {
            adopts,
            invites,
            ..before.clone()
        })
        .await
    }

    /// Gives the members of a group a role; everything only when that is meant.
    ///
    /// # Errors
    /// When the actor may not, when the name is none, when it is everything and not meant, or when the store fails.
    pub async fn map_group(
        &self,
        actor: &Actor,
        new: &GroupRole,
        means_everything: bool,
    ) -> Result<(), OfficeError> {
        actor.may(Action::ManageOperators)?;
        let group = group_name(&new.group)?;
        if new.role == Role::SuperAdministrator && !means_everything {
            return Err(OfficeError::Conflict(
                "whoever decides who is in this group would decide who may do everything: tick that you mean it",
            ));
        }
        self.change_provisioning(actor, |before| {
            let mut roles = before.roles.clone();
            let is_same =
                |one: &GroupRole| Group::key(&one.group) == Group::key(&group) && one.role == new.role;
            if !roles.iter().any(is_same) {
                roles.push(GroupRole {
                    group: group.clone(),
                    role: new.role,
                });
                roles.sort();
            }
            Provisioning {
                roles,
                ..before.clone()
            }
        })
        .await
    }

    /// Takes from the members of a group what it gave them.
    ///
    /// # Errors
    /// When the actor may not, when nobody would be left who may do everything, or when the store fails.
    pub async fn unmap_group(&self, actor: &Actor, old: &GroupRole) -> Result<(), OfficeError> {
        self.change_provisioning(actor, |before| {
            let mut roles = before.roles.clone();
            roles.retain(|one| one != old);
            Provisioning {
                roles,
                ..before.clone()
            }
        })
        .await
    }

    async fn change_provisioning(
        &self,
        actor: &Actor,
        change: impl Fn(&Provisioning) -> Provisioning,
    ) -> Result<(), OfficeError> {
        actor.may(Action::ManageOperators)?;
        for _ in 0..ROUNDS {
            let found = self.store.provisioning().await?;
            let after = change(&found.value);
            if after == found.value {
                return Ok(());
            }
            let groups = self.store.groups().await?;
            let groups: Vec<Group> = groups.into_iter().map(|group| group.value).collect();
            let object = Object::new("provisioning", "provisioning", "provisioning of users");
            let entry = difference(&found.value, &after).into_iter().fold(
                self.draft(actor, AuditAction::ProvisioningChanged, object),
                |entry, (field, from, to)| entry.change(field, Some(from), Some(to)),
            );
            let who = groups
                .iter()
                .flat_map(|group| group.says.members.iter().cloned())
                .collect();
            let mut plan = Plan {
                writes: vec![Write::SaveProvisioning(found.with(after.clone()))],
                entries: vec![entry],
            };
            if after.roles != found.value.roles {
                let turned = [(&found.value, &*groups), (&after, &*groups)];
                self.follow(actor, &mut plan, turned, &who).await?;
            }
            if self.commit(&plan.writes, &plan.entries).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(OfficeError::Contended)
    }
}

/// Somebody's roles without what their groups give no more, and with what they give now. Whatever else they have stays;
/// somebody with nothing left is a user.
fn otherwise(roles: &Roles, had: &BTreeSet<Role>, has: &BTreeSet<Role>) -> Roles {
    let mut after: BTreeSet<Role> = roles
        .iter()
        .filter(|role| has.contains(role) || !had.contains(role))
        .collect();
    after.extend(has.difference(had));
    if after.is_empty() {
        after.insert(Role::User);
    }
    after.into_iter().collect()
}

fn difference(before: &Provisioning, after: &Provisioning) -> [(&'static str, String, String); 3] {
    let said = |provisioning: &Provisioning| {
        let all = provisioning.roles.iter();
        let all: Vec<_> = all.map(|one| format!("{}: {}", one.group, one.role)).collect();
        all.join("; ")
    };
    let word = |is: bool| if is { "yes" } else { "no" }.to_owned();
    [
        ("takes over", word(before.adopts), word(after.adopts)),
        ("writes to them", word(before.invites), word(after.invites)),
        ("groups", said(before), said(after)),
    ]
}
