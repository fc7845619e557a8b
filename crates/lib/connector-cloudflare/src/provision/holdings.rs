//! What a member holds directly, and what it comes to when one thing is given or taken. Pure.
//!
//! Cloudflare replaces everything at once, in one of two forms. Roles may only be written for a member whose access
//! is nothing but roles: written for anybody else they would take the scoped policies away.

use std::collections::BTreeSet;

use cloudflare::RoleId;
use cloudflare::endpoint::MemberAccess;
use cloudflare::types::{Access, Member, Policy, Role};

use super::pairs;
use super::thing::{Held, Scoped};
use crate::known_roles;
use crate::map::policy::{Permission, permissions};
use crate::map::{role, scope};

/// What is wanted of a member.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wish<'a> {
    /// To hold this.
    Give(&'a Held),
    /// Not to hold this.
    Take(&'a Held),
    /// Not to be one.
    Leave,
}

impl Wish<'_> {
    /// Whether it would give more by taking a denial away.
    pub(crate) fn lifts_a_denial(self) -> bool {
        matches!(self, Self::Take(Held::Scoped(scoped)) if scoped.access != Access::Allow)
    }
}

/// What there is to be afterwards.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Goal {
    /// A member with just this.
    Hold(MemberAccess),
    /// No member.
    Gone,
}

/// What a wish comes to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Plan {
    /// It is so already.
    Nothing,
    /// This is to be reached.
    Reach(Goal),
    /// Nothing would be left.
    NothingLeft,
    /// The role must be written as a policy, and it is not known as which.
    NeedsPolicyOf(RoleId),
    /// The role is not held by a policy of the member's own.
    NotDirect,
    /// Cloudflare shows no policies, so none can be written.
    PoliciesNotShown,
}

/// The policy that a role is.
#[derive(Clone, Debug)]
pub(crate) struct RolePolicy {
    /// The role.
    pub(crate) role: RoleId,
    /// The policy, not there yet.
    pub(crate) policy: Policy,
}

impl Plan {
    fn hold(access: MemberAccess) -> Self {
        Self::Reach(Goal::Hold(access))
    }
}

/// Works out what a wish comes to. `known` is the policy of the role, when it was looked up.
pub(crate) fn plan(member: &Member, wish: Wish<'_>, known: Option<&RolePolicy>) -> Plan {
    match wish {
        Wish::Leave => Plan::Reach(Goal::Gone),
        Wish::Give(Held::Role { role, .. }) => give_role(member, role, known),
        Wish::Give(Held::Scoped(scoped)) => give_scoped(member, scoped),
        Wish::Take(Held::Role { role, .. }) => take_role(member, role),
        Wish::Take(Held::Scoped(scoped)) => take_scoped(member, scoped),
    }
}

/// Whether the member's access is nothing but account-wide roles, each seen as a role and as its policy, so that
/// writing roles keeps all of it. An answer without policies must show nothing but roles that are known as such.
pub(crate) fn is_only_roles(member: &Member) -> bool {
    let plain = |policy: &Policy| {
        policy.access == Access::Allow
            && policy.other.is_empty()
            && policy.resource_groups.iter().all(scope::is_whole_account)
    };
    let groups = || {
        member
            .policies
            .iter()
            .flat_map(|policy| &policy.permission_groups)
    };
    let as_role = |group| member.roles.iter().any(|role| role::mirrors(role, group));
    let as_policy = |role: &Role| groups().any(|group| role::mirrors(role, group));
    // Scoped permissions appear among the roles by the ids of their permission groups.
    let derived = |role: &Role| groups().any(|group| group.id.as_str() == role.id.as_str());
    let real = |role: &Role| {
        if member.policies.is_empty() {
            known_roles::by_id(role.id.as_str()).is_some()
        } else {
            as_policy(role) && !derived(role)
        }
    };
    !member.roles.is_empty()
        && member.policies.iter().all(plain)
        && groups().all(as_role)
        && member.roles.iter().all(real)
}

fn has_role(member: &Member, role: &Role) -> bool {
    member.roles.iter().any(|held| held.id == role.id)
}

/// Whether a policy's pair is that role.
fn is_role(pair: &Permission<'_>, role: &Role) -> bool {
    *pair.access == Access::Allow && scope::is_whole_account(pair.place) && role::mirrors(role, pair.group)
}

fn give_role(member: &Member, role: &Role, known: Option<&RolePolicy>) -> Plan {
    let by_policy = permissions(&member.policies).any(|pair| is_role(&pair, role));
    if by_policy || has_role(member, role) {
        return Plan::Nothing;
    }
    if is_only_roles(member) {
        let roles = member.roles.iter().map(|held| held.id.clone());
        return Plan::hold(MemberAccess::Roles(roles.chain([role.id.clone()]).collect()));
    }
    if member.policies.is_empty() {
        return Plan::PoliciesNotShown;
    }
    match known.filter(|known| known.role == role.id) {
        Some(known) => with(member, known.policy.clone()),
        None => Plan::NeedsPolicyOf(role.id.clone()),
    }
}

fn give_scoped(member: &Member, scoped: &Scoped) -> Plan {
    if permissions(&member.policies).any(|pair| scoped.is(&pair)) {
        return Plan::Nothing;
    }
    if member.policies.is_empty() {
        return Plan::PoliciesNotShown;
    }
    with(
        member,
        Policy::new(scoped.access.clone(), scoped.group.clone(), scoped.place.clone()),
    )
}

fn with(member: &Member, policy: Policy) -> Plan {
    let policies = member.policies.iter().cloned().chain([policy]).collect();
    Plan::hold(MemberAccess::Policies(policies))
}

fn take_role(member: &Member, role: &Role) -> Plan {
    let by_policy = permissions(&member.policies).any(|pair| is_role(&pair, role));
    if !by_policy && !has_role(member, role) {
        return Plan::Nothing;
    }
    if member.policies.is_empty() {
        return take_of_roles(member, role);
    }
    if !by_policy {
        return Plan::NotDirect;
    }
    without(member, |pair| is_role(pair, role))
}

/// Of a member of whom Cloudflare shows roles only.
fn take_of_roles(member: &Member, role: &Role) -> Plan {
    if !is_only_roles(member) {
        return Plan::PoliciesNotShown;
    }
    let others = member.roles.iter().filter(|held| held.id != role.id);
    let others: Vec<RoleId> = others.map(|held| held.id.clone()).collect();
    if others.is_empty() {
        Plan::NothingLeft
    } else {
        Plan::hold(MemberAccess::Roles(others))
    }
}

fn take_scoped(member: &Member, scoped: &Scoped) -> Plan {
    if !permissions(&member.policies).any(|pair| scoped.is(&pair)) {
        return Plan::Nothing;
    }
    without(member, |pair| scoped.is(pair))
}

fn without(member: &Member, gone: impl Fn(&Permission<'_>) -> bool) -> Plan {
    let policies = pairs::without(&member.policies, gone);
    if policies.is_empty() {
        Plan::NothingLeft
    } else {
        Plan::hold(MemberAccess::Policies(policies))
    }
}

impl Scoped {
    /// Whether a policy's pair is this.
    fn is(&self, pair: &Permission<'_>) -> bool {
        *pair.access == self.access
            && pair.group.id == self.group.id
            && scope::id(pair.place).object.as_str() == self.object
    }
}

/// Whether the member holds the Super Administrator role directly. Whoever is denied it is none.
pub(crate) fn is_super_administrator(member: &Member) -> bool {
    let role = role::super_administrator();
    let held = has_role(member, &role) || gives_super_administrator(&member.policies);
    held && !denies_super_administrator(&member.policies)
}

fn denies_super_administrator(policies: &[Policy]) -> bool {
    let role = role::super_administrator();
    permissions(policies).any(|pair| {
        *pair.access != Access::Allow
            && scope::is_whole_account(pair.place)
            && role::mirrors(&role, pair.group)
    })
}

/// Whether two readings of a member say the same: neither roles nor policies come in a fixed order.
pub(crate) fn are_same(one: &Member, other: &Member) -> bool {
    let roles =
        |member: &Member| -> BTreeSet<RoleId> { member.roles.iter().map(|role| role.id.clone()).collect() };
    (&one.id, &one.user, &one.status) == (&other.id, &other.user, &other.status)
        && roles(one) == roles(other)
        && pairs::keys(&one.policies) == pairs::keys(&other.policies)
}

/// Whether policies make whoever holds them a Super Administrator.
pub(crate) fn gives_super_administrator(policies: &[Policy]) -> bool {
    let role = role::super_administrator();
    permissions(policies).any(|pair| is_role(&pair, &role))
}

/// Whether a member would be a Super Administrator then.
pub(crate) fn keeps_super_administrator(goal: &Goal) -> bool {
    match goal {
        Goal::Gone => false,
        Goal::Hold(MemberAccess::Roles(roles)) => roles.contains(&role::super_administrator().id),
        Goal::Hold(MemberAccess::Policies(policies)) => gives_super_administrator(policies),
    }
}

/// Whether the goal is reached, in whatever order and however Cloudflare numbers things.
pub(crate) fn is_reached(goal: &Goal, member: Option<&Member>) -> bool {
    match (goal, member) {
        (Goal::Gone, member) => member.is_none(),
        (Goal::Hold(_), None) => false,
        (Goal::Hold(access), Some(member)) => holds_just(member, access),
    }
}

fn holds_just(member: &Member, access: &MemberAccess) -> bool {
    match access {
        MemberAccess::Roles(roles) => {
            let held: BTreeSet<&RoleId> = member.roles.iter().map(|role| &role.id).collect();
            held == roles.iter().collect() && is_only_roles(member)
        }
        MemberAccess::Policies(policies) => pairs::keys(&member.policies) == pairs::keys(policies),
    }
}
