//! Members and their policies.

use std::sync::Arc;

use super::{Ground, names};
use crate::{
    chance::Chance,
    state::{
        AddressPlace, Effect, Member, MemberStatus, PendingForm, PermissionGroup, Person, Policy,
        ResourceGroup, ScopeShape,
    },
};

/// The ways in which pending members are shown, in turn.
const PENDING: [MemberStatus; 4] = [
    MemberStatus::Pending(PendingForm::Null, AddressPlace::Both),
    MemberStatus::Pending(PendingForm::Zeros, AddressPlace::Both),
    MemberStatus::Pending(PendingForm::Absent, AddressPlace::User),
    MemberStatus::Pending(PendingForm::Absent, AddressPlace::TopLevel),
];

/// The members, two Super Administrators first.
pub(super) fn members(ground: &Ground<'_>, chance: &mut Chance) -> Vec<Member> {
    (0..ground.spec.members)
        .map(|number| member(ground, chance, number))
        .collect()
}

fn member(ground: &Ground<'_>, chance: &mut Chance, number: usize) -> Member {
    // Every fiftieth, so that small accounts have some and the share is exact.
    let pending = number % 50 == 7;
    let policies = match number {
        0 | 1 => ground
            .catalogue
            .roles
            .first()
            .map(|role| ground.account_wide(chance, role))
            .into_iter()
            .collect(),
        _ if number % 20 == 5 => scoped_policies(ground, chance, number),
        _ => role_policies(ground, chance),
    };
    let status = PENDING.get(number / 50 % PENDING.len()).filter(|_| pending);
    Member::new(
        chance.id(),
        person(chance, number, pending),
        status.copied().unwrap_or(MemberStatus::Accepted),
        policies,
    )
}

fn person(chance: &mut Chance, number: usize, pending: bool) -> Person {
    let first = chance.pick(names::FIRST).copied().unwrap_or_default();
    let last = chance.pick(names::LAST).copied().unwrap_or_default();
    Person {
        user_id: chance.id(),
        email: format!(
            "{}.{}{number}@example.com",
            first.to_lowercase(),
            last.to_lowercase()
        ),
        first_name: (!pending).then(|| first.to_owned()),
        last_name: (!pending).then(|| last.to_owned()),
        two_factor: !pending && (number < 2 || !chance.percent(20)),
    }
}

/// One to three account-wide roles, never Super Administrator.
fn role_policies(ground: &Ground<'_>, chance: &mut Chance) -> Vec<Policy> {
    let ordinary = ground.catalogue.roles.get(1..).unwrap_or_default();
    let ordinary = if ordinary.is_empty() {
        ground.catalogue.roles.as_slice()
    } else {
        ordinary
    };
    let start = chance.below(ordinary.len());
    let count = 1 + chance.below(3);
    let chosen = ordinary
        .iter()
        .cycle()
        .skip(start)
        .take(count.min(ordinary.len()));
    chosen.map(|role| ground.account_wide(chance, role)).collect()
}

/// A domain role on zones beside an account-wide one, now and then a deny or a Worker.
fn scoped_policies(ground: &Ground<'_>, chance: &mut Chance, number: usize) -> Vec<Policy> {
    let mut policies = role_policies(ground, chance);
    policies.truncate(1);
    let places = ground.resource_groups.get(1..).unwrap_or_default();
    let Some(place) = chance.pick(places) else {
        return policies;
    };
    let is_worker = place.name.is_none() && reaches_worker(place);
    let role = if is_worker {
        Some(&ground.catalogue.worker)
    } else {
        chance.pick(&ground.catalogue.domain)
    };
    let effect = if number % 100 == 45 {
        Effect::Deny
    } else {
        Effect::Allow
    };
    policies.extend(role.map(|role| policy(chance, effect, role, place)));
    policies
}

fn reaches_worker(place: &ResourceGroup) -> bool {
    match &place.scope {
        ScopeShape::Object(scope) => scope.objects.iter().any(|object| object.key.contains(".worker.")),
        ScopeShape::Array(_) => false,
    }
}

impl Ground<'_> {
    /// The policy that a role given to somebody turns into.
    pub(super) fn account_wide(&self, chance: &mut Chance, role: &Arc<PermissionGroup>) -> Policy {
        let everywhere = self.resource_groups.first().cloned();
        Policy::new(
            chance.id(),
            Effect::Allow,
            vec![role.clone()],
            everywhere.into_iter().collect(),
        )
    }
}

/// A policy of one permission group on one resource group.
pub(super) fn policy(
    chance: &mut Chance,
    access: Effect,
    role: &Arc<PermissionGroup>,
    place: &Arc<ResourceGroup>,
) -> Policy {
    Policy::new(chance.id(), access, vec![role.clone()], vec![place.clone()])
}
