//! Who is in a user group.

use cloudflare::MemberId;
use cloudflare::endpoint::{AddUserGroupMember, GetUserGroup, GetUserGroupMember, RemoveUserGroupMember};
use cloudflare::types::{MemberStatus, UserGroup};
use connector::{Call, Change, Changed, ConnectorError, Effect, ErrorKind, Mode};
use tokio::time::Instant;

use super::guard::makes_super_administrators;
use super::people::Place;
use super::thing::Group;
use super::who::{self, Who};
use super::{ATTEMPTS, FRESH, Provisioning, Written, found, refusal, told, unhurried};

/// To put a person into a group, or to take them out.
#[derive(Debug)]
struct Task<'a> {
    group: &'a Group,
    name: String,
    joins: bool,
    mode: Mode,
    title: String,
}

/// Where a change stands after an attempt.
enum Step {
    Over(Changed),
    Again {
        wrote: bool,
        trouble: Option<cloudflare::Error>,
    },
}

impl Provisioning {
    /// Puts a person into a group.
    pub(super) async fn join(&self, who: Who, group: &Group, mode: Mode) -> Result<Changed, ConnectorError> {
        let task = Task::new(&who, group, true, mode);
        self.membership(who, &task).await
    }

    /// Takes a person out of a group.
    pub(super) async fn leave(&self, who: Who, group: &Group, mode: Mode) -> Result<Changed, ConnectorError> {
        let task = Task::new(&who, group, false, mode);
        self.membership(who, &task).await
    }

    async fn membership(&self, mut who: Who, task: &Task<'_>) -> Result<Changed, ConnectorError> {
        let _turn = self.locks.turn(who.user.as_str()).await;
        let (mut written, mut last) = (false, None);
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                self.pause().await;
            }
            let Some(member) = self.member_id(&mut who, task).await? else {
                return task.absent(&who, written);
            };
            match self.attempt_membership(&mut who, &member, task, written).await? {
                Step::Over(changed) => return Ok(changed),
                Step::Again { wrote, trouble } => {
                    (written, last) = (written || wrote, trouble.or(last));
                }
            }
        }
        Err(refusal::given_up(&task.title, last))
    }

    /// The membership that the record names. Where the record cannot tell the guards enough, the member is read.
    async fn member_id(&self, who: &mut Who, task: &Task<'_>) -> Result<Option<MemberId>, ConnectorError> {
        if who.member.is_none() || who.is_bare() {
            self.refresh(who, task).await?;
        }
        Ok(who.member.clone())
    }

    /// Looks up whether the membership is still the person's, and which is.
    async fn refresh(&self, who: &mut Who, task: &Task<'_>) -> Result<(), ConnectorError> {
        let mut place = Place::Person(who.clone());
        let member = self.read(&mut place, &task.title).await?;
        if let Some(member) = &member
            && member.status != MemberStatus::Accepted
        {
            return Err(refusal::unusable_member(who::name(member), &member.status));
        }
        if let Some(member) = &member {
            who.learn(member);
        }
        who.member = member.map(|member| member.id);
        Ok(())
    }

    /// Whether the person has another membership by now; an error when there is none any more.
    async fn has_moved(
        &self,
        who: &mut Who,
        known: &MemberId,
        task: &Task<'_>,
    ) -> Result<bool, ConnectorError> {
        self.refresh(who, task).await?;
        let now = who
            .member
            .as_ref()
            .ok_or_else(|| refusal::no_such_member(who.name()))?;
        Ok(now != known)
    }

    async fn attempt_membership(
        &self,
        who: &mut Who,
        member: &MemberId,
        task: &Task<'_>,
        written: bool,
    ) -> Result<Step, ConnectorError> {
        if let Err(refusal) = self.may_change(who, task).await {
            // What is so already needs no leave.
            let is_so = self.is_in(member, task, false).await? == task.joins;
            return if is_so {
                Ok(Step::Over(task.ended(written, None)))
            } else {
                Err(refusal)
            };
        }
        if task.joins {
            return self.attempt_join(who, member, task, written).await;
        }
        self.attempt_leave(who, member, task, written).await
    }

    /// The guards that need no more than the record.
    async fn may_change(&self, who: &Who, task: &Task<'_>) -> Result<(), ConnectorError> {
        if self.rules.protect(who.names()) {
            return Err(refusal::protected(who.name()));
        }
        if task.joins {
            return Ok(());
        }
        self.not_own_person(who, false).await
    }

    async fn attempt_join(
        &self,
        who: &mut Who,
        member: &MemberId,
        task: &Task<'_>,
        written: bool,
    ) -> Result<Step, ConnectorError> {
        if self.is_in(member, task, false).await? {
            return Ok(Step::Over(task.ended(written, None)));
        }
        let read_at = Instant::now();
        let join = AddUserGroupMember {
            account: self.account.clone(),
            group: task.group.id.clone(),
            member: member.clone(),
        };
        let call = told::call(&join);
        if task.mode == Mode::DryRun {
            // That somebody is in no group is also true of those who left, whom only a write would tell apart.
            let moved = self.has_moved(who, member, task).await?;
            return Ok(if moved {
                Step::again(written, None)
            } else {
                Step::Over(task.planned(call))
            });
        }
        match self.send(&task.title, &join, read_at + FRESH).await {
            // The group or the membership may be gone; a new membership of the same person is another matter.
            Err(error) if error.kind == ErrorKind::NotFound || error.kind == ErrorKind::InvalidArgument => {
                let moved = self.has_moved(who, member, task).await?;
                if moved {
                    Ok(Step::again(written, None))
                } else {
                    Err(error)
                }
            }
            sent => self.look_at_membership(member, task, call, sent?).await,
        }
    }

    async fn attempt_leave(
        &self,
        who: &mut Who,
        member: &MemberId,
        task: &Task<'_>,
        written: bool,
    ) -> Result<Step, ConnectorError> {
        let Some(group) = self.group(task).await? else {
            return Ok(Step::Over(task.ended(written, None)));
        };
        self.not_own_person(who, makes_super_administrators(&group))
            .await?;
        let _cleared = self
            .not_the_last_through(&group, member, who.name(), &task.title)
            .await?;
        let leave = RemoveUserGroupMember {
            account: self.account.clone(),
            group: task.group.id.clone(),
            member: member.clone(),
        };
        let call = told::call(&leave);
        if task.mode == Mode::DryRun {
            if self.is_in(member, task, false).await? {
                return Ok(Step::Over(task.planned(call)));
            }
            return self.not_in(who, member, task, written).await;
        }
        match self.send(&task.title, &leave, unhurried()).await {
            Err(error) if error.kind == ErrorKind::NotFound => self.not_in(who, member, task, written).await,
            sent => self.look_at_membership(member, task, call, sent?).await,
        }
    }

    /// The membership is not in the group; a new membership of the same person may be.
    async fn not_in(
        &self,
        who: &mut Who,
        known: &MemberId,
        task: &Task<'_>,
        written: bool,
    ) -> Result<Step, ConnectorError> {
        self.refresh(who, task).await?;
        Ok(match &who.member {
            Some(now) if now != known => Step::again(written, None),
            _ => Step::Over(task.ended(written, None)),
        })
    }

    async fn look_at_membership(
        &self,
        member: &MemberId,
        task: &Task<'_>,
        call: Call,
        sent: Written<()>,
    ) -> Result<Step, ConnectorError> {
        let open = match sent {
            Written::Stale(error) => return Ok(Step::again(false, Some(error))),
            Written::Open(error) => Some(error),
            Written::Done(()) => None,
        };
        for look in 0..2 {
            if look > 0 {
                self.pause().await;
            }
            if self.is_in(member, task, true).await? == task.joins {
                return Ok(Step::Over(task.ended(true, Some(call))));
            }
        }
        Ok(Step::again(true, open))
    }

    async fn is_in(
        &self,
        member: &MemberId,
        task: &Task<'_>,
        after_write: bool,
    ) -> Result<bool, ConnectorError> {
        let (account, group) = (self.account.clone(), task.group.id.clone());
        let member = member.clone();
        let answer = self
            .client
            .call(&GetUserGroupMember {
                account,
                group,
                member,
            })
            .await;
        match found(answer) {
            Ok(member) => Ok(member.is_some()),
            Err(error) if after_write => Err(refusal::outcome_unknown(&task.title, error)),
            Err(error) => Err(refusal::by_cloudflare(&task.title, error)),
        }
    }

    async fn group(&self, task: &Task<'_>) -> Result<Option<UserGroup>, ConnectorError> {
        let (account, group) = (self.account.clone(), task.group.id.clone());
        let answer = self.client.call(&GetUserGroup { account, group }).await;
        found(answer).map_err(|error| refusal::by_cloudflare(&task.title, error))
    }
}

impl Step {
    fn again(wrote: bool, trouble: Option<cloudflare::Error>) -> Self {
        Self::Again { wrote, trouble }
    }
}

impl<'a> Task<'a> {
    fn new(who: &Who, group: &'a Group, joins: bool, mode: Mode) -> Self {
        let (verb, link) = if joins { ("Add", "to") } else { ("Remove", "from") };
        Self {
            group,
            name: who.name().to_owned(),
            joins,
            mode,
            title: format!("{verb} {} {link} the user group {}", who.name(), group.name),
        }
    }

    /// There is no such member: whoever is gone is in no group, and can be put into none.
    fn absent(&self, who: &Who, written: bool) -> Result<Changed, ConnectorError> {
        if self.joins {
            return Err(refusal::no_such_member(who.name()));
        }
        Ok(self.ended(written, None))
    }

    /// It is so now: by what we wrote, or by itself.
    fn ended(&self, written: bool, call: Option<Call>) -> Changed {
        let effect = if written { Effect::Made } else { Effect::AlreadySo };
        Changed::new(effect, self.change(written, call))
    }

    fn planned(&self, call: Call) -> Changed {
        Changed::new(Effect::Planned, self.change(true, Some(call)))
    }

    fn change(&self, changes: bool, call: Option<Call>) -> Change {
        let line = |is_in: bool| {
            let word = if is_in { "is in" } else { "is not in" };
            vec![format!("{} {word} {}", self.name, self.group.name)]
        };
        Change {
            title: self.title.clone(),
            before: line(self.joins != changes),
            after: line(self.joins),
            calls: call.into_iter().collect(),
        }
    }
}
