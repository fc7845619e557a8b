//! Who is in one user group.

use std::sync::Arc;

use cloudflare::endpoint::UserGroupMembers;
use cloudflare::listing::Batch;
use cloudflare::types::{MemberStatus, UserGroupMember};
use cloudflare::{Error, ErrorKind as Failure, MemberId, UserGroupId};
use connector::{ConnectorError, ErrorKind, Known, Note, Output, Record};
use model::{Resource, ResourceId};

use crate::account::Account;
use crate::errors::failed;
use crate::map;
use crate::notes;
use crate::people::{People, Who};
use crate::types::USER;

/// How many members that no list had are looked up for one group.
const LOOKED_UP: usize = 10;

pub(super) async fn read(
    account: &Account,
    id: UserGroupId,
    known: &dyn Known,
    out: &mut dyn Output,
) -> Result<(), ConnectorError> {
    let people = account.people(known).await?;
    if people.is_empty() {
        return Ok(());
    }
    let group = people.group(id.as_str()).cloned().ok_or_else(|| missing(&id))?;
    let mut reading = Reading::default();
    let mut pages = account.client.list(UserGroupMembers {
        account: account.id.clone(),
        group: id,
    });
    loop {
        let batch = match pages.next().await {
            Ok(Some(batch)) => batch,
            Ok(None) => break,
            Err(error) => {
                let note = absent(&group.display_name, error)?;
                return out.note(note).await;
            }
        };
        match batch {
            Batch::Page(members, progress) => {
                out.records(reading.page(&group, members, &people)).await?;
                out.progress(progress.done, progress.total);
            }
            Batch::Restart => {
                reading = Reading::default();
                out.restart().await?;
            }
            Batch::End(outcome) => {
                if !outcome.settled {
                    out.note(notes::unsettled("the members of a user group")).await?;
                }
            }
        }
    }
    reading.resolve(account, &group, known, out).await?;
    reading.remark(&group.display_name, out).await
}

/// A group may be kept from the credential, or be removed after the groups were listed.
fn absent(group: &str, error: Error) -> Result<Note, ConnectorError> {
    match error.kind() {
        Failure::NotPermitted { .. } => {
            let absent = format!("the members of the user group {group} are not in this file");
            Ok(notes::missing_permission(&absent, &error))
        }
        Failure::NotFound => Ok(notes::group_removed(group)),
        _ => Err(failed(error)),
    }
}

/// Those who get no grant from the list alone.
#[derive(Default)]
struct Reading {
    invited: Vec<String>,
    unknown: Vec<MemberId>,
}

impl Reading {
    fn page(&mut self, group: &Arc<Resource>, members: Vec<UserGroupMember>, people: &People) -> Vec<Record> {
        members
            .into_iter()
            .filter_map(|member| match people.who(member.id.as_str()) {
                Who::User(user) => Some(membership(group, user)),
                Who::Invited => {
                    self.invited.push(shown(member));
                    None
                }
                Who::Unknown => {
                    self.unknown.push(member.id);
                    None
                }
            })
            .collect()
    }

    /// Asks for those whom the list of members did not have: they came meanwhile.
    async fn resolve(
        &mut self,
        account: &Account,
        group: &Arc<Resource>,
        known: &dyn Known,
        out: &mut dyn Output,
    ) -> Result<(), ConnectorError> {
        if self.unknown.is_empty() {
            return Ok(());
        }
        let mut directory = account.directory(known, out).await?;
        let rest = self.unknown.split_off(self.unknown.len().min(LOOKED_UP));
        for id in std::mem::replace(&mut self.unknown, rest) {
            let Some(member) = account.member(id).await? else {
                continue;
            };
            account
                .add_zones_for(&mut directory, member.policies.iter(), out)
                .await?;
            let mut records = map::member::records(&member, &directory);
            match &member.user.id {
                Some(user) if member.status == MemberStatus::Accepted => {
                    records.push(membership(group, ResourceId::new(USER, user.as_str())));
                }
                _ => self.invited.push(member.email),
            }
            out.records(records).await?;
        }
        Ok(())
    }

    async fn remark(&self, group: &str, out: &mut dyn Output) -> Result<(), ConnectorError> {
        if !self.invited.is_empty() {
            out.note(notes::invited_to_group(group, &self.invited)).await?;
        }
        if !self.unknown.is_empty() {
            let ids: Vec<String> = self.unknown.iter().map(ToString::to_string).collect();
            out.note(notes::unknown_in_group(group, &ids)).await?;
        }
        Ok(())
    }
}

fn membership(group: &Arc<Resource>, user: ResourceId) -> Record {
    Record::Grant(map::group::membership(Arc::clone(group), user))
}

fn shown(member: UserGroupMember) -> String {
    member.email.unwrap_or_else(|| member.id.into())
}

fn missing(group: &UserGroupId) -> ConnectorError {
    let message = format!("the user group {group} is not among those that were read");
    ConnectorError::new(ErrorKind::Internal, message)
}
