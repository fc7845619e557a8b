//! A change of one member, from the wish to the certainty that it came true.

use cloudflare::endpoint::{RemoveMember, UpdateMember};
use cloudflare::types::{Member, MemberStatus, Role};
use connector::{Call, Change, Changed, ConnectorError, Effect, Mode};
use tokio::time::Instant;

use super::holdings::{Goal, Plan, Wish, are_same, is_reached, plan};
use super::people::Place;
use super::thing::Held;
use super::{ATTEMPTS, FRESH, Provisioning, Written, refusal, told, who};

/// What is asked for.
#[derive(Debug)]
pub(super) struct Task<'a> {
    /// What is wanted.
    pub(super) wish: Wish<'a>,
    /// Whether to make it so.
    pub(super) mode: Mode,
    /// In words, such as `Grant Billing to ada@example.com`.
    pub(super) title: String,
}

/// Where a change stands after an attempt.
enum Step {
    /// It is over.
    Over(Changed),
    /// It is to be tried again.
    Again(Option<Change>, Option<cloudflare::Error>),
}

/// A change that is about to be made.
struct Intent<'a> {
    task: &'a Task<'a>,
    before: Member,
    goal: Goal,
    /// The member then; `None` when there is to be none.
    after: Option<Member>,
    change: Change,
    /// Whether roles say all about it.
    as_roles: bool,
}

impl Provisioning {
    /// Makes a wish about a member come true.
    pub(super) async fn change(&self, mut place: Place, task: &Task<'_>) -> Result<Changed, ConnectorError> {
        let _turn = self.locks.turn(place.name()).await;
        let (mut written, mut trouble) = (None, None);
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                self.pause().await;
            }
            match self.attempt(&mut place, task, written.take()).await? {
                Step::Over(changed) => return Ok(changed),
                Step::Again(sent, error) => (written, trouble) = (sent, error.or(trouble)),
            }
        }
        Err(refusal::given_up(&task.title, trouble))
    }

    /// One attempt. `written` is what earlier ones may have done already.
    async fn attempt(
        &self,
        place: &mut Place,
        task: &Task<'_>,
        written: Option<Change>,
    ) -> Result<Step, ConnectorError> {
        let Some(before) = self.read(place, &task.title).await? else {
            return absent(place, task, written);
        };
        let read_at = Instant::now();
        usable(&before, task)?;
        let Some(goal) = self.goal(&before, task).await? else {
            return Ok(Step::Over(told::settled(
                task.title.clone(),
                self.held(&before),
                written,
            )));
        };
        let cleared = self.guard(&before, task, &goal).await?;
        let intent = self.intent(task, before, goal);
        if task.mode == Mode::DryRun {
            return Ok(Step::Over(Changed::new(Effect::Planned, intent.change)));
        }
        if cleared.asked {
            return self.after_asking(place, intent, written).await;
        }
        self.make(place, intent, read_at, written).await
    }

    /// Asking took time: what was read before must still be so.
    async fn after_asking(
        &self,
        place: &mut Place,
        intent: Intent<'_>,
        written: Option<Change>,
    ) -> Result<Step, ConnectorError> {
        let now = self.read(place, &intent.task.title).await?;
        let read_at = Instant::now();
        if !now.is_some_and(|now| are_same(&now, &intent.before)) {
            return Ok(Step::Again(written, None));
        }
        self.make(place, intent, read_at, written).await
    }

    /// What there is to be; `None` when it is so already.
    async fn goal(&self, before: &Member, task: &Task<'_>) -> Result<Option<Goal>, ConnectorError> {
        let mut planned = plan(before, task.wish, None);
        if let (Plan::NeedsPolicyOf(_), Wish::Give(Held::Role { role, .. })) = (&planned, task.wish) {
            let known = self.policy_of(role, &before.policies).await?;
            planned = plan(before, task.wish, known.as_ref());
        }
        match planned {
            Plan::Nothing => Ok(None),
            Plan::Reach(goal) => Ok(Some(goal)),
            Plan::NothingLeft if self.rules.remove_member_on_last_role && !task.wish.lifts_a_denial() => {
                Ok(Some(Goal::Gone))
            }
            refused => Err(refuse(&refused, before, task.wish)),
        }
    }

    fn intent<'a>(&self, task: &'a Task<'a>, before: Member, goal: Goal) -> Intent<'a> {
        let as_roles = told::is_about_roles(&before, &goal);
        let after = told::after(&before, &goal, new_role(task.wish));
        let lines = |member: &Member| told::lines(member, as_roles, &self.account);
        let change = Change {
            title: told::title(&task.title, &before),
            before: lines(&before),
            after: after.as_ref().map(lines).unwrap_or_default(),
            calls: vec![self.call(&before, &goal)],
        };
        Intent {
            task,
            before,
            goal,
            after,
            change,
            as_roles,
        }
    }

    fn call(&self, before: &Member, goal: &Goal) -> Call {
        match self.update(before, goal) {
            Some(update) => told::call(&update),
            None => told::call(&self.removal(before)),
        }
    }

    fn update(&self, before: &Member, goal: &Goal) -> Option<UpdateMember> {
        let (account, member) = (self.account.clone(), before.id.clone());
        match goal {
            Goal::Gone => None,
            Goal::Hold(access) => Some(UpdateMember {
                account,
                member,
                access: access.clone(),
            }),
        }
    }

    fn removal(&self, before: &Member) -> RemoveMember {
        let (account, member) = (self.account.clone(), before.id.clone());
        RemoveMember { account, member }
    }

    /// Writes, and looks at what came of it.
    async fn make(
        &self,
        place: &mut Place,
        intent: Intent<'_>,
        read_at: Instant,
        written: Option<Change>,
    ) -> Result<Step, ConnectorError> {
        let title = &intent.task.title;
        let (before, deadline) = (&intent.before, read_at + FRESH);
        let end = match self.update(before, &intent.goal) {
            Some(update) => self.send(title, &update, deadline).await,
            None => self.send(title, &self.removal(before), deadline).await,
        };
        match end {
            // Somebody was faster: reading again tells what is so.
            Err(error) if intent.goal == Goal::Gone && error.kind == connector::ErrorKind::NotFound => {
                Ok(Step::Again(written, None))
            }
            Err(error) => Err(error),
            Ok(Written::Stale(error)) => Ok(Step::Again(written, Some(error))),
            Ok(Written::Done(())) => self.look(place, intent, None).await,
            Ok(Written::Open(error)) => self.look(place, intent, Some(error)).await,
        }
    }

    /// Reads back; what is not as it should be is looked at again after a moment.
    async fn look(
        &self,
        place: &mut Place,
        intent: Intent<'_>,
        open: Option<cloudflare::Error>,
    ) -> Result<Step, ConnectorError> {
        let title = &intent.task.title;
        let after = self.read_back(place, title).await?;
        if is_reached(&intent.goal, after.as_ref()) {
            return Ok(Step::Over(Changed::new(Effect::Made, intent.change)));
        }
        if open.is_some()
            && after
                .as_ref()
                .is_some_and(|after| are_same(after, &intent.before))
        {
            return Ok(Step::Again(Some(intent.change), open));
        }
        self.pause().await;
        match self.read_back(place, title).await? {
            after if is_reached(&intent.goal, after.as_ref()) => {
                Ok(Step::Over(Changed::new(Effect::Made, intent.change)))
            }
            Some(after) if plan(&after, intent.task.wish, None) == Plan::Nothing => {
                self.among_others(&intent, &after).map(Step::Over)
            }
            _ => Ok(Step::Again(Some(intent.change), open)),
        }
    }

    /// The wish came true, and something else happened at the same moment.
    fn among_others(&self, intent: &Intent<'_>, after: &Member) -> Result<Changed, ConnectorError> {
        let meant = intent.after.as_ref().unwrap_or(after);
        let beyond = |one, other| told::beyond(one, other, intent.as_roles, &self.account);
        let lost = beyond(meant, after);
        if !lost.is_empty() {
            return Err(refusal::lost(&intent.task.title, &lost));
        }
        let mut changed = Changed::new(Effect::Made, intent.change.clone());
        let gained = beyond(after, meant);
        if !gained.is_empty() {
            let note = told::gained_meanwhile(who::name(after), &gained);
            changed.notes.push(note);
        }
        Ok(changed)
    }

    fn held(&self, member: &Member) -> Vec<String> {
        told::lines(member, super::holdings::is_only_roles(member), &self.account)
    }
}

/// There is no such member: whoever is gone has nothing any more, and can be given nothing.
fn absent(place: &Place, task: &Task<'_>, written: Option<Change>) -> Result<Step, ConnectorError> {
    match task.wish {
        Wish::Give(_) => Err(refusal::no_such_member(place.title())),
        Wish::Take(_) | Wish::Leave => {
            let settled = told::settled(task.title.clone(), Vec::new(), written);
            Ok(Step::Over(settled))
        }
    }
}

/// Only who accepted has access that can be changed; anybody can be removed.
fn usable(member: &Member, task: &Task<'_>) -> Result<(), ConnectorError> {
    match (&member.status, task.wish) {
        (MemberStatus::Accepted, _) | (_, Wish::Leave) => Ok(()),
        (MemberStatus::Pending, _) => Err(refusal::invited_only(who::name(member))),
        (status, _) => Err(refusal::unusable_member(who::name(member), status)),
    }
}

fn refuse(plan: &Plan, member: &Member, wish: Wish<'_>) -> ConnectorError {
    let title = match wish {
        Wish::Give(held) | Wish::Take(held) => held.title(),
        Wish::Leave => "",
    };
    let who = who::name(member);
    match plan {
        Plan::NothingLeft => refusal::last_access(title, who),
        Plan::NotDirect => refusal::not_held_directly(title, who),
        Plan::NeedsPolicyOf(_) => refusal::role_without_permission_group(title, who),
        Plan::PoliciesNotShown | Plan::Nothing | Plan::Reach(_) => refusal::policies_not_shown(who),
    }
}

fn new_role(wish: Wish<'_>) -> Option<&Role> {
    match wish {
        Wish::Give(Held::Role { role, .. }) => Some(role),
        _ => None,
    }
}
