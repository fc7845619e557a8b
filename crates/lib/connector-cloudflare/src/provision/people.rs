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
        let refused = |error| refusal::by_cloudflare(title, error);
        self.look_up(place)
            .await
            .map_err(refused)?
            .map(checked)
            .transpose()
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

    async fn look_up(&self, place: &mut Place) -> Result<Option<Found>, cloudflare::Error> {
        match place {
            Place::Person(who) => Ok(self.person(who).await?.map(Found::Member)),
            Place::Invitation(id) => Ok(self.member(id).await?.map(Found::Invitation)),
        }
    }

    /// The person's membership. A known id that is nobody's or somebody else's any more is looked up anew.
    async fn person(&self, who: &mut Who) -> Result<Option<Member>, cloudflare::Error> {
        if let Some(id) = &who.member
            && let Some(member) = self.member(id).await?
            && who.is(&member)
        {
            return Ok(Some(member));
        }
        let Some(listed) = self.listed(|member| who.is(member)).await? else {
            return Ok(None);
        };
        // The list took its time: the member itself says how things are now.
        let member = self.member(&listed.id).await?;
        who.member = Some(listed.id);
        Ok(member.filter(|member| who.is(member)))
    }

    pub(super) async fn member(&self, member: &MemberId) -> Result<Option<Member>, cloudflare::Error> {
        let (account, member) = (self.account.clone(), member.clone());
        found(self.client.call(&GetMember { account, member }).await)
    }

    /// The first member that is meant, in the list of all.
    pub(super) async fn listed(
        &self,
        is_meant: impl Fn(&Member) -> bool,
    ) -> Result<Option<Member>, cloudflare::Error> {
        let account = self.account.clone();
        let mut pages = self.client.list(Members { account });
        let mut seen = None;
        while let Some(batch) = pages.next().await? {
            match batch {
                Batch::Page(members, _) => seen = seen.or(members.into_iter().find(&is_meant)),
                Batch::Restart => seen = None,
                Batch::End(_) => {}
            }
            if seen.is_some() {
                break;
            }
        }
        Ok(seen)
    }

    /// All members; never none.
    pub(super) async fn everybody(&self, title: &str) -> Result<Vec<Member>, ConnectorError> {
        let account = self.account.clone();
        let listed = self.client.list(Members { account }).collect().await;
        let (members, _) = listed.map_err(|error| refusal::by_cloudflare(title, error))?;
        if members.is_empty() {
            return Err(no_members());
        }
        Ok(members)
    }
}

/// What was found where it was looked for.
enum Found {
    Member(Member),
    Invitation(Member),
}

/// An invitation that was accepted is none any more.
fn checked(found: Found) -> Result<Member, ConnectorError> {
    match found {
        Found::Invitation(member) if member.status != MemberStatus::Pending => {
            Err(refusal::invitation_accepted(who::name(&member)))
        }
        Found::Member(member) | Found::Invitation(member) => Ok(member),
    }
}
