//! A change in words.

use std::collections::{BTreeMap, BTreeSet};

use cloudflare::AccountId;
use cloudflare::endpoint::{Change as ChangingCall, MemberAccess};
use cloudflare::types::{Member, Role};
use connector::{Call, Change, Changed, Effect, Note, Severity};

use super::holdings::{Goal, is_only_roles};
use super::who;
use crate::directory::Directory;
use crate::map::policy::{Permission, permissions};
use crate::map::role;
use crate::names::Names;

/// A call, as it would be sent.
pub(crate) fn call<E: ChangingCall>(endpoint: &E) -> Call {
    Call {
        method: endpoint.method().to_string(),
        path: endpoint.path().to_string(),
        body: endpoint.body(),
    }
}

/// The title with an address where it had an id: a removal is asked for by id, and who that is, is known only now.
pub(crate) fn title(title: &str, member: &Member) -> String {
    let user = member.user.id.as_ref().map_or("", |id| id.as_str());
    let ids = [user, member.id.as_str()].into_iter().filter(|id| !id.is_empty());
    ids.fold(title.to_owned(), |title, id| title.replace(id, who::name(member)))
}

/// It is so: by what an earlier attempt wrote, or because it was so from the start.
pub(crate) fn settled(title: String, held: Vec<String>, written: Option<Change>) -> Changed {
    let so = || Change {
        title,
        before: held.clone(),
        after: held,
        calls: Vec::new(),
    };
    match written {
        Some(change) => Changed::new(Effect::Made, change),
        None => Changed::new(Effect::AlreadySo, so()),
    }
}

/// A member as the goal makes it; `None` when there is none then.
pub(crate) fn after(before: &Member, goal: &Goal, new: Option<&Role>) -> Option<Member> {
    let mut member = before.clone();
    match goal {
        Goal::Gone => return None,
        Goal::Hold(MemberAccess::Policies(policies)) => member.policies.clone_from(policies),
        Goal::Hold(MemberAccess::Roles(ids)) => {
            let known = before.roles.iter().chain(new);
            member.roles = known.filter(|role| ids.contains(&role.id)).cloned().collect();
        }
    }
    Some(member)
}

/// Whether roles say all about a change from `before` to the goal.
pub(crate) fn is_about_roles(before: &Member, goal: &Goal) -> bool {
    is_only_roles(before) && !matches!(goal, Goal::Hold(MemberAccess::Policies(_)))
}

/// What a member holds directly, a line for each thing, in the order of letters.
pub(crate) fn lines(member: &Member, as_roles: bool, account: &AccountId) -> Vec<String> {
    let lines: BTreeSet<String> = held(member, as_roles, account).into_values().collect();
    lines.into_iter().collect()
}

/// Each thing that a member holds directly, by what it is told from others by, in words. Where roles are written,
/// they say what holds for the whole account.
fn held(member: &Member, as_roles: bool, account: &AccountId) -> BTreeMap<String, String> {
    let directory = Directory::new(Names::new(account.clone()));
    let is_role = |pair: &Permission<'_>| as_roles && pair.is_account_wide();
    let pairs = || permissions(&member.policies).filter(|pair| !is_role(pair));
    // What is scoped also appears among the roles, by the id of its permission group.
    let is_derived = |role: &Role| pairs().any(|pair| pair.group.id.as_str() == role.id.as_str());
    let roles = member.roles.iter().filter(|role| as_roles && !is_derived(role));
    let roles = roles.map(|held| (held.id.to_string(), role::name(held).to_owned()));
    let pairs = pairs().map(|pair| (pair.name(), pair.describe(&directory)));
    roles.chain(pairs).collect()
}

/// What `one` holds and `other` does not, in words. Names may differ between answers, so ids are compared.
pub(crate) fn beyond(one: &Member, other: &Member, as_roles: bool, account: &AccountId) -> Vec<String> {
    let others = held(other, as_roles, account);
    let mut own = held(one, as_roles, account);
    own.retain(|id, _| !others.contains_key(id));
    own.into_values().collect()
}

/// Somebody else gave the member something at the same moment.
pub(crate) fn gained_meanwhile(who: &str, gained: &[String]) -> Note {
    Note {
        severity: Severity::Warning,
        code: "changed-meanwhile".to_owned(),
        message: format!(
            "{who} also received at the same moment, not from here: {}",
            gained.join("; ")
        ),
        hint: "the next sync shows it".to_owned(),
    }
}
