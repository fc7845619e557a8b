//! The guards before a write. They ask Cloudflare only when the change could do harm.

use std::collections::BTreeSet;

use cloudflare::endpoint::{GetUserGroupMember, UserGroupMembers, UserGroups};
use cloudflare::types::{Access, Member, MemberStatus, UserGroup};
use cloudflare::{ErrorKind, Identity, MemberId, UserGroupId, UserId};
use connector::ConnectorError;

use super::holdings::{
    Goal, Wish, gives_super_administrator, is_super_administrator, keeps_super_administrator,
};
use super::locks::Turn;
use super::member::Task;
use super::thing::Held;
use super::who::Who;
use super::{Provisioning, found, refusal, who};

/// How a member is a Super Administrator: directly, or through user groups.
#[derive(Debug, Default)]
pub(super) struct Powers {
    direct: BTreeSet<MemberId>,
    through: Vec<(UserGroupId, BTreeSet<MemberId>)>,
}

/// The turn that changes take which could leave too few Super Administrators, whoever they are about.
const POWER: &str = "super administrators";

/// A change that the guards let pass.
#[derive(Debug, Default)]
pub(super) struct Cleared {
    /// Whether Cloudflare was asked for that, which took its time.
    pub(super) asked: bool,
    /// Kept until the change is made and seen.
    _turn: Option<Turn>,
}

impl Cleared {
    fn after_asking(turn: Turn) -> Self {
        Self {
            asked: true,
            _turn: Some(turn),
        }
    }
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

    /// Whether a member has them through this group.
    fn through(&self, group: &UserGroupId, member: &MemberId) -> bool {
        let mut through = self.through.iter();
        through.any(|(through, members)| through == group && members.contains(member))
    }
}

impl Provisioning {
    /// Lets a change of a member pass, or refuses it.
    pub(super) async fn guard(
        &self,
        before: &Member,
        task: &Task<'_>,
        goal: &Goal,
    ) -> Result<Cleared, ConnectorError> {
        let name = who::name(before);
        let user = before.user.id.as_ref().map_or("", |id| id.as_str());
        if self
            .rules
            .protect([before.email.as_str(), user, before.id.as_str()])
        {
            return Err(refusal::protected(name));
        }
        if let Wish::Give(held) = task.wish {
            return given(held).map(|()| Cleared::default());
        }
        if before.status == MemberStatus::Pending {
            return Ok(Cleared::default());
        }
        if *goal == Goal::Gone {
            return self.may_go(before, task).await;
        }
        let powerful = is_super_administrator(before);
        let asked = self.not_own(before, powerful).await?;
        if powerful && !keeps_super_administrator(goal) {
            let turn = self.locks.turn(POWER).await;
            let powers = self
                .powers(self.powerful_groups(&task.title).await?, &task.title)
                .await?;
            self.enough(powers.without_direct(&before.id), name)?;
            return Ok(Cleared::after_asking(turn));
        }
        Ok(Cleared { asked, _turn: None })
    }

    /// Lets a member be removed, or refuses it.
    async fn may_go(&self, member: &Member, task: &Task<'_>) -> Result<Cleared, ConnectorError> {
        let name = who::name(member);
        let turn = self.locks.turn(POWER).await;
        let groups = self.groups(&task.title).await?;
        if let Wish::Take(held) = task.wish {
            self.in_no_group(member, held, &groups, &task.title).await?;
        }
        let groups: Vec<UserGroup> = groups.into_iter().filter(makes_super_administrators).collect();
        let direct = is_super_administrator(member);
        if !direct && groups.is_empty() {
            self.not_own(member, false).await?;
            return Ok(Cleared::after_asking(turn));
        }
        let powers = self.powers(groups, &task.title).await?;
        let powerful = direct || powers.has(&member.id);
        self.not_own(member, powerful).await?;
        if powerful {
            self.enough(powers.without_member(&member.id), name)?;
        }
        Ok(Cleared::after_asking(turn))
    }

    /// Refuses to remove somebody for the sake of one role who has more through user groups.
    async fn in_no_group(
        &self,
        member: &Member,
        held: &Held,
        groups: &[UserGroup],
        title: &str,
    ) -> Result<(), ConnectorError> {
        let mut names = Vec::new();
        for group in groups {
            let (account, group_id, id) = (self.account.clone(), group.id.clone(), member.id.clone());
            let asked = GetUserGroupMember {
                account,
                group: group_id,
                member: id,
            };
            let answer = found(self.client.call(&asked).await);
            if answer
                .map_err(|error| refusal::by_cloudflare(title, error))?
                .is_some()
            {
                names.push(group.name.clone());
            }
        }
        if names.is_empty() {
            return Ok(());
        }
        Err(refusal::still_in_groups(held.title(), who::name(member), &names))
    }

    /// Refuses what would hit the person behind our credential; says whether Cloudflare was asked.
    async fn not_own(&self, member: &Member, powerful: bool) -> Result<bool, ConnectorError> {
        let user = member.user.id.as_ref().map(UserId::as_str);
        self.not_us(user, &member.email, who::name(member), powerful)
            .await
    }

    /// Refuses what would hit the person behind our credential, of whom only the record is known.
    pub(super) async fn not_own_person(&self, who: &Who, powerful: bool) -> Result<(), ConnectorError> {
        let [address, user, _] = who.names();
        self.not_us(Some(user), address, who.name(), powerful)
            .await
            .map(drop)
    }

    async fn not_us(
        &self,
        user: Option<&str>,
        address: &str,
        name: &str,
        powerful: bool,
    ) -> Result<bool, ConnectorError> {
        let (identity, asked) = self.identity().await?;
        match identity {
            Identity::Person { id, email } => {
                let same_user = id.is_some() && id.as_ref().map(UserId::as_str) == user;
                if same_user || email.eq_ignore_ascii_case(address) {
                    return Err(refusal::own_identity(name));
                }
            }
            // Only Super Administrators can change members, so only one can be behind the credential.
            Identity::Hidden(cause) if powerful => return Err(refusal::own_identity_unknown(name, cause)),
            Identity::Hidden(_) | Identity::Token(_) => {}
        }
        Ok(asked)
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

    /// Refuses to take somebody out of a group that makes its members Super Administrators, when too few are left.
    pub(super) async fn not_the_last_through(
        &self,
        group: &UserGroup,
        member: &MemberId,
        name: &str,
        title: &str,
    ) -> Result<Cleared, ConnectorError> {
        if !makes_super_administrators(group) {
            return Ok(Cleared::default());
        }
        let turn = self.locks.turn(POWER).await;
        let powers = self.powers(self.powerful_groups(title).await?, title).await?;
        if powers.through(&group.id, member) {
            self.enough(powers.without_group(&group.id, member), name)?;
        }
        Ok(Cleared::after_asking(turn))
    }

    fn enough(&self, left: usize, name: &str) -> Result<(), ConnectorError> {
        match left {
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
            let (members, outcome) = listed.map_err(|error| refusal::by_cloudflare(title, error))?;
            if !outcome.settled {
                return Err(refusal::unsettled(title));
            }
            let members = members.into_iter().map(|member| member.id);
            powers.through.push((
                group.id,
                members.filter(|member| active.contains(member)).collect(),
            ));
        }
        Ok(powers)
    }

    /// The groups whose members are Super Administrators.
    async fn powerful_groups(&self, title: &str) -> Result<Vec<UserGroup>, ConnectorError> {
        let groups = self.groups(title).await?.into_iter();
        Ok(groups.filter(makes_super_administrators).collect())
    }

    /// All user groups; none where they may not be read.
    async fn groups(&self, title: &str) -> Result<Vec<UserGroup>, ConnectorError> {
        let account = self.account.clone();
        match self.client.list(UserGroups { account }).collect().await {
            Ok((groups, outcome)) if outcome.settled => Ok(groups),
            Ok(_) => Err(refusal::unsettled(title)),
            Err(error) if matches!(error.kind(), ErrorKind::NotPermitted { .. } | ErrorKind::NotFound) => {
                Ok(Vec::new())
            }
            Err(error) => Err(refusal::by_cloudflare(title, error)),
        }
    }
}

/// Whether whoever is in the group is a Super Administrator.
pub(super) fn makes_super_administrators(group: &UserGroup) -> bool {
    gives_super_administrator(&group.policies)
}

/// What is given must be there to be given.
fn given(held: &Held) -> Result<(), ConnectorError> {
    match held {
        Held::Role { listed: false, .. } => Err(refusal::role_not_offered(held.title())),
        Held::Scoped(scoped) if scoped.access != Access::Allow => {
            Err(refusal::denial_not_granted(&scoped.title))
        }
        Held::Scoped(scoped) if scoped.place.id.as_str().is_empty() => {
            Err(refusal::place_without_id(&scoped.title))
        }
        Held::Role { .. } | Held::Scoped(_) => Ok(()),
    }
}
