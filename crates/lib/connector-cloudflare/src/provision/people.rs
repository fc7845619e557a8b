//! Finding and reading members.

use cloudflare::MemberId;
use cloudflare::endpoint::{GetMember, Members};
use cloudflare::listing::Batch;
use cloudflare::types::{Member, MemberStatus};
use connector::ConnectorError;

use super::who::{self, Who};
use super::{Provisioning, found, refusal};
use crate::errors::no_members;

/// Where a member is looked for.
#[derive(Debug)]
pub(super) enum Place {
    /// By the person; the membership that is known may be an old one.
    Person(Who),
    /// An invitation, by its membership.
    Invitation(MemberId),
}

impl Place {
    /// By what changes take turns.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Person(who) => who.user.as_str(),
            Self::Invitation(member) => member.as_str(),
        }
    }

    /// For people.
    pub(super) fn title(&self) -> &str {
        match self {
            Self::Person(who) => who.name(),
            Self::Invitation(member) => member.as_str(),
        }
    }
}

impl Provisioning {
    /// Reads the member as it is now; `None` when there is none.
    pub(super) async fn read(
        &self,
        place: &mut Place,
        title: &str,
    ) -> Result<Option<Member>, ConnectorError> {
        match place {
            Place::Person(who) => self.person(who, title).await,
            Place::Invitation(id) => self.member_of(id, title).await?.map(still_open).transpose(),
        }
    }

    /// Reads a member after a write; when that fails, what came of the write is not known.
    pub(super) async fn read_back(
        &self,
        place: &mut Place,
        title: &str,
    ) -> Result<Option<Member>, ConnectorError> {
        let known = match place {
            Place::Person(who) => who.member.clone(),
            Place::Invitation(member) => Some(member.clone()),
        };
        let Some(member) = known else {
            return Ok(None);
        };
        let answer = self.member(&member).await;
        answer.map_err(|error| refusal::outcome_unknown(title, error))
    }

    /// The person's membership. A known id that is nobody's or somebody else's any more is looked up anew.
    async fn person(&self, who: &mut Who, title: &str) -> Result<Option<Member>, ConnectorError> {
        if let Some(id) = &who.member
            && let Some(member) = self.member_of(id, title).await?
            && who.is(&member)
        {
            return Ok(Some(member));
        }
        let Some(listed) = self.listed(title, |member| who.is(member)).await? else {
            return Ok(None);
        };
        // The list took its time: the member itself says how things are now.
        let member = self.member_of(&listed.id, title).await?;
        who.member = Some(listed.id);
        Ok(member.filter(|member| who.is(member)))
    }

    async fn member_of(&self, member: &MemberId, title: &str) -> Result<Option<Member>, ConnectorError> {
        let answer = self.member(member).await;
        answer.map_err(|error| refusal::by_cloudflare(title, error))
    }

    pub(super) async fn member(&self, member: &MemberId) -> Result<Option<Member>, cloudflare::Error> {
        let (account, member) = (self.account.clone(), member.clone());
        found(self.client.call(&GetMember { account, member }).await)
    }

    /// The first member that is meant, in the list of all. `None` only when the whole list, at rest, has none.
    pub(super) async fn listed(
        &self,
        title: &str,
        is_meant: impl Fn(&Member) -> bool,
    ) -> Result<Option<Member>, ConnectorError> {
        let account = self.account.clone();
        let mut pages = self.client.list(Members { account });
        let next = |error| refusal::by_cloudflare(title, error);
        while let Some(batch) = pages.next().await.map_err(next)? {
            match batch {
                Batch::Page(members, _) => {
                    if let Some(member) = members.into_iter().find(&is_meant) {
                        return Ok(Some(member));
                    }
                }
                Batch::End(outcome) if outcome.count == 0 => return Err(no_members()),
                Batch::End(outcome) if !outcome.settled => return Err(refusal::unsettled(title)),
                Batch::Restart | Batch::End(_) => {}
            }
        }
        Ok(None)
    }

    /// All members; never none.
    pub(super) async fn everybody(&self, title: &str) -> Result<Vec<Member>, ConnectorError> {
        let account = self.account.clone();
        let listed = self.client.list(Members { account }).collect().await;
        let (members, outcome) = listed.map_err(|error| refusal::by_cloudflare(title, error))?;
        if members.is_empty() {
            return Err(no_members());
        }
        if !outcome.settled {
            return Err(refusal::unsettled(title));
        }
        Ok(members)
    }
}

/// An invitation that was accepted is none any more.
fn still_open(member: Member) -> Result<Member, ConnectorError> {
    if member.status == MemberStatus::Pending {
        Ok(member)
    } else {
        Err(refusal::invitation_accepted(who::name(&member)))
    }
}
