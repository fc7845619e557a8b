//! The feeds: each reads one listing and writes what it finds.

mod group_members;
mod members;
mod once;
mod roles;
mod scopes;
mod tokens;
mod user_groups;

use cloudflare::UserGroupId;
use connector::{ConnectorError, ErrorKind, Feed, FeedId, Known, Output, Owned};
use model::ResourceId;

use crate::account::Account;
use crate::types::{API_TOKEN, INVITATION, RESOURCE_GROUP, ROLE, USER, USER_GROUP};

/// A feed by name. The names are kept in checkpoints: they never change their meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    /// The roles and who can have them.
    Roles,
    /// The resource groups, and what can be held on them.
    Scopes,
    /// The members: people, invitations, and what they hold.
    Members,
    /// The user groups, and what they hold.
    UserGroups,
    /// The members of one user group.
    GroupMembers(UserGroupId),
    /// The tokens that the account owns.
    Tokens,
}

const GROUP_MEMBERS: &str = "user-group-members/";

impl Name {
    /// Reads a feed's id.
    pub(crate) fn parse(id: &FeedId) -> Option<Self> {
        Some(match id.0.as_str() {
            "roles" => Self::Roles,
            "scopes" => Self::Scopes,
            "members" => Self::Members,
            "user-groups" => Self::UserGroups,
            "api-tokens" => Self::Tokens,
            other => Self::GroupMembers(UserGroupId::new(other.strip_prefix(GROUP_MEMBERS)?)),
        })
    }

    /// The feed's id.
    pub(crate) fn id(&self) -> FeedId {
        FeedId(match self {
            Self::Roles => "roles".to_owned(),
            Self::Scopes => "scopes".to_owned(),
            Self::Members => "members".to_owned(),
            Self::UserGroups => "user-groups".to_owned(),
            Self::Tokens => "api-tokens".to_owned(),
            Self::GroupMembers(group) => format!("{GROUP_MEMBERS}{group}"),
        })
    }

    /// The feed, with what it waits for and what it alone writes.
    pub(crate) fn feed(&self) -> Feed {
        Feed {
            id: self.id(),
            title: self.title().to_owned(),
            after: self.after().iter().map(Self::id).collect(),
            owns: self.owns(),
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Self::Roles => "roles",
            Self::Scopes => "scopes",
            Self::Members => "members",
            Self::UserGroups => "user groups",
            Self::GroupMembers(_) => "user group members",
            Self::Tokens => "API tokens",
        }
    }

    fn after(&self) -> &'static [Self] {
        match self {
            Self::Roles | Self::Scopes => &[],
            Self::Members => &[Self::Roles, Self::Scopes],
            Self::UserGroups => &[Self::Scopes],
            Self::GroupMembers(_) => &[Self::Members, Self::UserGroups],
            Self::Tokens => &[Self::Members],
        }
    }

    fn owns(&self) -> Vec<Owned> {
        match self {
            Self::Roles => catalogue(ROLE),
            Self::Scopes => catalogue(RESOURCE_GROUP),
            Self::Members => vec![
                Owned::Resources(USER.into()),
                Owned::Resources(INVITATION.into()),
                grants(ROLE, USER),
                grants(RESOURCE_GROUP, USER),
            ],
            Self::UserGroups => {
                let mut owned = catalogue(USER_GROUP);
                owned.push(grants(RESOURCE_GROUP, USER_GROUP));
                owned
            }
            Self::GroupMembers(group) => {
                vec![Owned::GrantsOn(ResourceId::new(USER_GROUP, group.as_str()))]
            }
            Self::Tokens => vec![Owned::Resources(API_TOKEN.into())],
        }
    }
}

/// The feeds that every run reads; those of the groups' members follow.
pub(crate) fn plan() -> Vec<Feed> {
    let names = [
        Name::Roles,
        Name::Scopes,
        Name::Members,
        Name::UserGroups,
        Name::Tokens,
    ];
    names.iter().map(Name::feed).collect()
}

/// Reads one feed whole.
pub(crate) async fn read(
    account: &Account,
    feed: &FeedId,
    known: &dyn Known,
    out: &mut dyn Output,
) -> Result<(), ConnectorError> {
    match Name::parse(feed).ok_or_else(|| unknown(feed))? {
        Name::Roles => roles::read(account, out).await,
        Name::Scopes => scopes::read(account, out).await,
        Name::Members => members::read(account, known, out).await,
        Name::UserGroups => user_groups::read(account, known, out).await,
        Name::GroupMembers(group) => group_members::read(account, group, known, out).await,
        Name::Tokens => tokens::read(account, known, out).await,
    }
}

fn unknown(feed: &FeedId) -> ConnectorError {
    ConnectorError::new(ErrorKind::Internal, format!("there is no feed named {feed}"))
}

fn catalogue(kind: &str) -> Vec<Owned> {
    vec![Owned::Resources(kind.into()), Owned::Entitlements(kind.into())]
}

fn grants(on: &str, to: &str) -> Owned {
    Owned::Grants {
        on: on.into(),
        to: to.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        let group = Name::GroupMembers(UserGroupId::new("a/b"));
        for feed in plan().into_iter().chain([group.feed()]) {
            assert_eq!(Name::parse(&feed.id).unwrap().feed(), feed);
        }
        assert_eq!(Name::parse(&FeedId::from("zones")), None);
    }
}
