//! Which member is which user: user groups know members, grants name users.

use std::collections::HashMap;
use std::sync::Arc;

use connector::{ConnectorError, Known};
use model::{Lifecycle, Resource, ResourceId, ResourceTypeId};

use crate::account;
use crate::types::{INVITATION, USER, USER_GROUP};

/// Members by id, and the groups they can be in. Some 64 bytes for each member.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// Sorted by member.
    members: Vec<(Id, Option<Id>)>,
    groups: HashMap<String, Arc<Resource>>,
}

/// Who a member is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// A person with a login.
    User(ResourceId),
    /// Somebody who has not accepted, and so holds nothing.
    Invited,
    /// The list of members did not have that member.
    Unknown,
}

/// An id in Cloudflare's usual form, 32 hex characters, or whatever else it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Id {
    Usual([u8; 16]),
    Other(Box<str>),
}

impl People {
    /// Reads what the feeds of members and user groups wrote.
    pub(crate) async fn load(known: &dyn Known) -> Result<Self, ConnectorError> {
        let mut people = Self::default();
        people.add_members(known, USER).await?;
        people.add_members(known, INVITATION).await?;
        people.members.sort_unstable();
        let groups = account::all(known, USER_GROUP).await?.into_iter();
        people.groups = groups.map(|group| (group.id.object.to_string(), group)).collect();
        Ok(people)
    }

    /// Whether nobody is known, because members are not part of the run.
    pub(crate) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Who the member is.
    pub(crate) fn who(&self, member: &str) -> Who {
        let id = Id::from(member);
        let position = self.members.binary_search_by(|(member, _)| member.cmp(&id));
        match position.ok().and_then(|position| self.members.get(position)) {
            Some((_, Some(user))) => Who::User(ResourceId::new(USER, user.to_string())),
            Some((_, None)) => Who::Invited,
            None => Who::Unknown,
        }
    }

    /// The group as a resource.
    pub(crate) fn group(&self, id: &str) -> Option<&Arc<Resource>> {
        self.groups.get(id)
    }

    async fn add_members(&mut self, known: &dyn Known, kind: &str) -> Result<(), ConnectorError> {
        let kind = ResourceTypeId::from(kind);
        let mut cursor = None;
        loop {
            let (page, next) = known.resources(&kind, cursor).await?;
            self.members.extend(page.iter().filter_map(entry));
            cursor = next;
            if cursor.is_none() {
                return Ok(());
            }
        }
    }
}

/// A user's member id is in the profile; an invitation's id is the member's. Users who declined stay in the list
/// but hold nothing, as if they were invited.
fn entry(resource: &Resource) -> Option<(Id, Option<Id>)> {
    let object = Id::from(resource.id.object.as_str());
    if resource.id.resource_type.as_str() == INVITATION {
        return Some((object, None));
    }
    let member = resource.profile_text("member_id")?;
    let accepted = resource
        .status
        .as_ref()
        .is_some_and(|status| status.lifecycle == Lifecycle::Enabled);
    Some((Id::from(member), accepted.then_some(object)))
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        let usual = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let number = usual.then(|| u128::from_str_radix(text, 16).ok()).flatten();
        number.map_or_else(
            || Self::Other(text.into()),
            |number| Self::Usual(number.to_be_bytes()),
        )
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Usual(bytes) => write!(f, "{:032x}", u128::from_be_bytes(*bytes)),
            Self::Other(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use model::{Profile, Status};

    use super::*;

    #[test]
    fn who_declined_is_nobody_that_holds_anything() {
        for (lifecycle, user) in [(Lifecycle::Enabled, Some("u")), (Lifecycle::Disabled, None)] {
            let profile = Profile::from([("member_id".to_owned(), "m".into())]);
            let mut resource = Resource::new(ResourceId::new(USER, "u"), "").with_profile(profile);
            resource.status = Some(Status {
                lifecycle,
                details: String::new(),
            });
            assert_eq!(entry(&resource), Some((Id::from("m"), user.map(Id::from))));
        }
    }

    #[test]
    fn ids_of_any_form_come_back_as_they_were() {
        for text in [
            "00000000000000000000000000000001",
            "bd4a016a06b15839978fe790cd939c3e",
            "BD4A016A06B15839978FE790CD939C3E",
            "+d4a016a06b15839978fe790cd939c3e",
            "short",
            "",
        ] {
            assert_eq!(Id::from(text).to_string(), text);
        }
    }
}
