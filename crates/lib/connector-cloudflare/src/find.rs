//! One resource, with what can be held on it and who holds it.
//!
//! Cloudflare answers few such questions directly. Where it does not, the feeds that would write the resource
//! are read, and all but what was asked for is dropped.

mod memory;
mod search;

use cloudflare::endpoint::Members;
use cloudflare::listing::Batch;
use cloudflare::types::{Member, MemberStatus};
use cloudflare::{MemberId, UserGroupId};
use connector::{ConnectorError, Found};
use model::{Resource, ResourceId};

use crate::account::Account;
use crate::directory::Directory;
use crate::errors::{failed, no_members};
use crate::feeds::{self, Name};
use crate::map;
use crate::types::{API_TOKEN, INVITATION, RESOURCE_GROUP, ROLE, USER, USER_GROUP};
use memory::Memory;
use search::Search;

/// Reads one resource; `None` when the account has no such thing.
pub(crate) async fn find(account: &Account, id: &ResourceId) -> Result<Option<Found>, ConnectorError> {
    let object = id.object.as_str();
    match id.resource_type.as_str() {
        USER => Ok(user(account, object).await?.map(alone)),
        INVITATION => Ok(invitation(account, object).await?.map(alone)),
        ROLE => search(account, id, &[Name::Roles, Name::Members]).await,
        RESOURCE_GROUP => {
            let sources = [Name::Roles, Name::Scopes, Name::Members, Name::UserGroups];
            search(account, id, &sources).await
        }
        USER_GROUP => {
            let members = Name::GroupMembers(UserGroupId::new(object));
            search(account, id, &[Name::UserGroups, Name::Members, members]).await
        }
        API_TOKEN => search(account, id, &[Name::Tokens]).await,
        _ => Ok(None),
    }
}

/// Reads feeds in order and keeps what the search is for; stops when the first ones show that it is not there.
async fn search(
    account: &Account,
    id: &ResourceId,
    sources: &[Name],
) -> Result<Option<Found>, ConnectorError> {
    let mut memory = Memory::default();
    let mut search = Search::new(id.clone());
    for name in sources {
        if id.resource_type.as_str() == USER_GROUP && *name != Name::UserGroups && !search.is_there() {
            break;
        }
        feeds::read(account, &name.id(), &memory, &mut search).await?;
        search.commit(&mut memory);
    }
    search.found()
}

/// Members can be asked for by member id only, so the list is read until the user comes by.
async fn user(account: &Account, id: &str) -> Result<Option<Resource>, ConnectorError> {
    let mut pages = account.client.list(Members {
        account: account.id.clone(),
    });
    while let Some(batch) = pages.next().await.map_err(failed)? {
        match batch {
            Batch::Page(members, _) => {
                let found = members.iter().find_map(|member| as_user(member, id));
                if found.is_some() {
                    return Ok(found);
                }
            }
            Batch::End(outcome) if outcome.count == 0 => return Err(no_members()),
            Batch::Restart | Batch::End(_) => {}
        }
    }
    Ok(None)
}

fn as_user(member: &Member, id: &str) -> Option<Resource> {
    let user = member.user.id.as_ref().filter(|user| user.as_str() == id)?;
    (member.status != MemberStatus::Pending).then(|| map::user::resource(member, user))
}

async fn invitation(account: &Account, id: &str) -> Result<Option<Resource>, ConnectorError> {
    let member = account.member(MemberId::new(id)).await?;
    let Some(member) = member.filter(|member| member.status == MemberStatus::Pending) else {
        return Ok(None);
    };
    let mut unheard = Search::new(ResourceId::new(INVITATION, id));
    let mut directory = Directory::new(account.names(&mut unheard).await?);
    account
        .add_zones_for(&mut directory, member.policies.iter(), &mut unheard)
        .await?;
    Ok(Some(map::invitation::resource(&member, &directory)))
}

fn alone(resource: Resource) -> Found {
    Found {
        resource,
        entitlements: Vec::new(),
        grants: Vec::new(),
    }
}
