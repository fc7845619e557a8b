//! The guards before a write. They ask Cloudflare only when the change could do harm.

use std::collections::BTreeSet;

use cloudflare::endpoint::{UserGroupMembers, UserGroups};
use cloudflare::types::{Member, MemberStatus, UserGroup};
use cloudflare::{ErrorKind, Identity, MemberId, UserGroupId};
use connector::ConnectorError;

use super::holdings::{
    Goal, Wish, gives_super_administrator, is_super_administrator, keeps_super_administrator,
};
use super::member::Task;
use super::thing::Held;
use super::who::Who;
use super::{Provisioning, refusal, who};

/// How a member is a Super Administrator: directly, or through user groups.
#[derive(Debug, Default)]
pub(super) struct Powers {
    direct: BTreeSet<MemberId>,
    through: Vec<(UserGroupId, BTreeSet<MemberId>)>,
}

impl Powers {
    /// Who still has them when `gone` no longer has them directly.
    fn without_direct(&self, gone: &MemberId) -> usize {
        let mut left: BTreeSet<&MemberId> = self.direct.iter().filter(|member| *member != gone).collect();
        left.extend(self.through.iter().flat_map(|(_, members)| members));
        left.len()
    }

    /// Who still has them when `gone` is no member any more.
    fn without_member(&self, gone: &MemberId) -> usize {
        let through = self.through.iter().flat_map(|(_, members)| members);
        let left: BTreeSet<&MemberId> = self.direct.iter().chain(through).collect();
        left.into_iter().filter(|member| *member != gone).count()
    }

    /// Who still has them when `gone` is no longer in a group.
    fn without_group(&self, group: &UserGroupId, gone: &MemberId) -> usize {
        let through = self.through.iter().flat_map(|(through, members)| {
            members
                .iter()
                .filter(move |member| through != group || *member != gone)
        });
        self.direct.iter().chain(through).collect::<BTreeSet<_>>().len()
    }

    fn has(&self, member: &MemberId) -> bool {
        self.direct.contains(member) || self.through.iter().any(|(_, members)| members.contains(member))
    }

    fn count(&self) -> usize {
        let through = self.through.iter().flat_map(|(_, members)| members);
        self.direct.iter().chain(through).collect::<BTreeSet<_>>().len()
    }
}

impl Provisioning {
    /// Lets a change of a member pass or refuses it; says whether Cloudflare was asked for that.
    pub(super) async fn guard(
        &self,
        before: &Member,
        task: &Task<'_>,
        goal: &Goal,
    ) -> Result<bool, ConnectorError> {
        let name = who::name(before);
        let user = before.user.id.as_ref().map_or("", |id| id.as_str());
        if self
            .rules
            .protect([before.email.as_str(), user, before.id.as_str()])
        {
            return Err(refusal::protected(name));
        }
        if let Wish::Give(held) = task.wish {
            return given(held).map(|()| false);
        }
        if before.status == MemberStatus::Pending {
            return Ok(false);
        }
        let powerful = is_super_administrator(before);
        let asked = self.not_own(before, powerful).await?;
        let loses = powerful && !keeps_super_administrator(goal);
        if loses || *goal == Goal::Gone {
            let checked = self.not_the_last(before, goal, powerful, &task.title).await?;
            return Ok(asked || checked);
        }
        Ok(asked)
    }

    /// Refuses what would hit the person behind our credential; says whether Cloudflare was asked.
    async fn not_own(&self, member: &Member, powerful: bool) -> Result<bool, ConnectorError> {
        let (identity, asked) = self.identity().await?;
        match identity {
            Identity::Person { id, email } => {
                let same_user = id.is_some() && id == member.user.id;
                if same_user || email.eq_ignore_ascii_case(&member.email) {
                    return Err(refusal::own_identity(who::name(member)));
                }
            }
            // Only Super Administrators can change members, so nobody else can be behind the credential.
            Identity::Hidden(cause) if powerful => {
                return Err(refusal::own_identity_unknown(who::name(member), cause));
            }
            Identity::Hidden(_) | Identity::Token(_) => {}
        }
        Ok(asked)
    }

    /// Refuses what would hit the person behind our credential, of whom only the record is known.
    pub(super) async fn not_own_person(&self, who: &Who) -> Result<(), ConnectorError> {
        match self.identity().await?.0 {
            Identity::Person { id, email } => {
                let [address, user, _] = who.names();
                let same_user = id.as_ref().is_some_and(|id| id.as_str() == user);
                if same_user || (!address.is_empty() && email.eq_ignore_ascii_case(address)) {
                    return Err(refusal::own_identity(who.name()));
                }
                Ok(())
            }
            Identity::Hidden(_) | Identity::Token(_) => Ok(()),
        }
    }

    /// Who we are to Cloudflare, and whether that had to be asked just now. What is hidden is asked for again each
    /// time: the permission may be given meanwhile.
    pub(super) async fn identity(&self) -> Result<(Identity, bool), ConnectorError> {
        if let Some(identity) = self.identity.get() {
            return Ok((identity.clone(), false));
        }
        let identity = self.client.identify(&self.account).await;
        let identity = identity
            .map_err(|error| refusal::by_cloudflare("asking who the credential belongs to", error))?;
        if !matches!(identity, Identity::Hidden(_)) {
            self.identity.set(identity.clone()).unwrap_or_default();
        }
        Ok((identity, true))
    }

    /// Refuses to leave the account without Super Administrators; says whether Cloudflare was asked.
    async fn not_the_last(
        &self,
        member: &Member,
        goal: &Goal,
        powerful: bool,
        title: &str,
    ) -> Result<bool, ConnectorError> {
        let groups = self.powerful_groups(title).await?;
        if !powerful && groups.is_empty() {
            return Ok(true);
        }
        let powers = self.powers(groups, title).await?;
        let left = match goal {
            Goal::Gone => powers.without_member(&member.id),
            Goal::Hold(_) => powers.without_direct(&member.id),
        };
        self.enough(&powers, left, &member.id, who::name(member))
            .map(|()| true)
    }

    /// Refuses to take somebody out of a group that makes its members Super Administrators, when too few are left.
    pub(super) async fn not_the_last_through(
        &self,
        group: &UserGroup,
        member: &MemberId,
        name: &str,
        title: &str,
    ) -> Result<(), ConnectorError> {
        if !gives_super_administrator(&group.policies) {
            return Ok(());
        }
        let groups = self.powerful_groups(title).await?;
        let powers = self.powers(groups, title).await?;
        let left = powers.without_group(&group.id, member);
        self.enough(&powers, left, member, name)
    }

    fn enough(
        &self,
        powers: &Powers,
        left: usize,
        member: &MemberId,
        name: &str,
    ) -> Result<(), ConnectorError> {
        match left {
            _ if !powers.has(member) || left == powers.count() => Ok(()),
            0 => Err(refusal::last_super_administrator(name)),
            1 if !self.rules.allow_one_super_administrator => {
                Err(refusal::last_but_one_super_administrator(name))
            }
            _ => Ok(()),
        }
    }

    async fn powers(&self, groups: Vec<UserGroup>, title: &str) -> Result<Powers, ConnectorError> {
        let everybody = self.everybody(title).await?;
        let accepted = everybody
            .iter()
            .filter(|member| member.status == MemberStatus::Accepted);
        let active: BTreeSet<&MemberId> = accepted.clone().map(|member| &member.id).collect();
        let direct = accepted.filter(|member| is_super_administrator(member));
        let mut powers = Powers {
            direct: direct.map(|member| member.id.clone()).collect(),
            through: Vec::new(),
        };
        for group in groups {
            let (account, id) = (self.account.clone(), group.id.clone());
            let listed = self
                .client
                .list(UserGroupMembers { account, group: id })
                .collect()
                .await;
            let (members, _) = listed.map_err(|error| refusal::by_cloudflare(title, error))?;
            let members = members.into_iter().map(|member| member.id);
            powers.through.push((
                group.id,
                members.filter(|member| active.contains(member)).collect(),
            ));
        }
        Ok(powers)
    }

    /// The groups whose members are Super Administrators; none where groups may not be read.
    async fn powerful_groups(&self, title: &str) -> Result<Vec<UserGroup>, ConnectorError> {
        let account = self.account.clone();
        match self.client.list(UserGroups { account }).collect().await {
            Ok((groups, _)) => {
                let powerful = |group: &UserGroup| gives_super_administrator(&group.policies);
                Ok(groups.into_iter().filter(powerful).collect())
            }
            Err(error) if matches!(error.kind(), ErrorKind::NotPermitted { .. } | ErrorKind::NotFound) => {
                Ok(Vec::new())
            }
            Err(error) => Err(refusal::by_cloudflare(title, error)),
        }
    }
}

/// What is given must be there to be given.
fn given(held: &Held) -> Result<(), ConnectorError> {
    match held {
        Held::Role { listed: false, .. } => Err(refusal::role_not_offered(held.title())),
        Held::Scoped(scoped) if scoped.place.id.as_str().is_empty() => {
            Err(refusal::place_without_id(&scoped.title))
        }
        Held::Role { .. } | Held::Scoped(_) => Ok(()),
    }
}
