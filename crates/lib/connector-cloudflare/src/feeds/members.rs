//! The members, in one pass: people, invitations, roles held, policies held.

use cloudflare::endpoint::Members;
use cloudflare::listing::{Batch, Outcome};
use cloudflare::types::{Member, MemberStatus};
use connector::{ConnectorError, Known, Output};

use super::once::Once;
use crate::account::Account;
use crate::directory::Directory;
use crate::errors::{failed, no_members};
use crate::{map, notes};

pub(super) async fn read(
    account: &Account,
    known: &dyn Known,
    out: &mut dyn Output,
) -> Result<(), ConnectorError> {
    let mut reading = Reading::new(account.directory(known, out).await?);
    let mut pages = account.client.list(Members {
        account: account.id.clone(),
    });
    while let Some(batch) = pages.next().await.map_err(failed)? {
        match batch {
            Batch::Page(members, progress) => {
                reading.page(account, &members, out).await?;
                out.progress(progress.done, progress.total);
            }
            Batch::Restart => {
                reading = Reading::new(reading.directory);
                out.restart().await?;
            }
            Batch::End(outcome) => return reading.end(outcome, out).await,
        }
    }
    Ok(())
}

/// What is remembered from page to page.
struct Reading {
    directory: Directory,
    once: Once,
    without_user: Vec<String>,
}

impl Reading {
    fn new(directory: Directory) -> Self {
        Self {
            directory,
            once: Once::default(),
            without_user: Vec::new(),
        }
    }

    async fn page(
        &mut self,
        account: &Account,
        members: &[Member],
        out: &mut dyn Output,
    ) -> Result<(), ConnectorError> {
        account.faces.remember(members);
        let policies = members.iter().flat_map(|member| &member.policies);
        account.add_zones_for(&mut self.directory, policies, out).await?;
        let without_user = members.iter().filter(|member| is_without_user(member));
        self.without_user
            .extend(without_user.map(|member| member.email.clone()));
        let records = members
            .iter()
            .flat_map(|member| map::member::records(member, &self.directory));
        let records = records.filter(|record| self.once.lets(record)).collect();
        out.records(records).await
    }

    async fn end(self, outcome: Outcome, out: &mut dyn Output) -> Result<(), ConnectorError> {
        if outcome.count == 0 {
            return Err(no_members());
        }
        if !outcome.settled {
            out.note(notes::unsettled("the members")).await?;
        }
        if !self.without_user.is_empty() {
            out.note(notes::without_user(&self.without_user)).await?;
        }
        Ok(())
    }
}

fn is_without_user(member: &Member) -> bool {
    member.user.id.is_none() && member.status != MemberStatus::Pending
}
