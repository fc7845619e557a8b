//! What a directory says: people, groups, and which roles its groups give here.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{Email, Operator, OperatorSource, OperatorStatus, Role};
use crate::{GroupId, NameError, Object, OperatorId};

/// The most characters of a group's name, and of a directory's own id for something.
const LONGEST_NAME: usize = 200;

/// What a directory says of somebody. What it does not say, such as roles, it does not decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// By which they sign in.
    pub email: Email,
    /// How they are called.
    pub name: String,
    /// The directory's own id for them.
    pub external_id: Option<String>,
    /// Whether they may come in.
    pub active: bool,
}

/// A group of a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Which.
    pub id: GroupId,
    /// What it says of itself.
    pub says: GroupSays,
    /// Since when it is known.
    pub created_at: DateTime<Utc>,
}

/// What a directory says of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupSays {
    /// How it is called; no two have the same, in capitals or not.
    pub name: String,
    /// The directory's own id for it.
    pub external_id: Option<String>,
    /// Who is in it.
    pub members: BTreeSet<OperatorId>,
}

/// How a directory is let in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provisioning {
    /// Whether somebody who was added here becomes the directory's when it names their address.
    pub adopts: bool,
    /// Whether whoever is new gets a letter with a link to choose a password.
    pub invites: bool,
    /// Which role the members of a group have, by the group's name.
    pub roles: Vec<GroupRole>,
}

/// A group's members have a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupRole {
    /// The name of the group.
    pub group: String,
    /// The role.
    pub role: Role,
}

impl Person {
    /// As the directory has somebody now.
    pub fn of(operator: &Operator) -> Self {
        let external_id = match &operator.source {
            OperatorSource::Directory { external_id, .. } => external_id.clone(),
            OperatorSource::Local | OperatorSource::Invited | OperatorSource::OpenId { .. } => None,
        };
        Self {
            email: operator.email.clone(),
            name: operator.name.clone(),
            external_id,
            active: !matches!(operator.status, OperatorStatus::Deactivated { .. }),
        }
    }
}

impl Group {
    /// The most members of one.
    pub const MOST: usize = 10_000;

    /// Names that are the same in capitals or not are the same.
    pub fn key(name: &str) -> String {
        name.trim().to_lowercase()
    }

    /// As the audit trail names it.
    pub fn object(&self) -> Object {
        Object::new("group", &self.id, &self.says.name)
    }
}

impl GroupSays {
    /// The same, if it can be kept.
    ///
    /// # Errors
    /// When its name is none.
    pub(crate) fn checked(self) -> Result<Self, NameError> {
        Ok(Self {
            name: group_name(&self.name)?,
            external_id: self.external_id.map(|id| external_id(&id)).transpose()?,
            ..self
        })
    }
}

/// A group's name: one line, without spaces at its ends.
pub(crate) fn group_name(text: &str) -> Result<String, NameError> {
    crate::one_line(text, LONGEST_NAME).ok_or(NameError("a group's name has 1 to 200 characters in one line"))
}

/// A directory's own id for something.
pub(crate) fn external_id(text: &str) -> Result<String, NameError> {
    crate::one_line(text, LONGEST_NAME).ok_or(NameError("an external id has 1 to 200 characters in one line"))
}

impl Provisioning {
    /// What somebody's groups give them.
    pub fn roles_of<'g>(
        &self,
        groups: impl IntoIterator<Item = &'g Group>,
        who: &OperatorId,
    ) -> BTreeSet<Role> {
        let theirs = groups
            .into_iter()
            .filter(|group| group.says.members.contains(who));
        let keys: BTreeSet<String> = theirs.map(|group| Group::key(&group.says.name)).collect();
        let given = self
            .roles
            .iter()
            .filter(|one| keys.contains(&Group::key(&one.group)));
        given.map(|one| one.role).collect()
    }
}
