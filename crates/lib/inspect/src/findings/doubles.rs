//! The same right, held in two ways.

use std::collections::BTreeMap;

use super::{Finding, Severity, person};
use crate::account::{Account, Person};
use crate::rights::RightKind;
use crate::text::people;

/// Whoever holds a right both directly and through a group.
pub(super) fn find(account: &Account) -> Finding {
    let held = account.people.iter().map(|person| (person, doubles(person)));
    let subjects: Vec<_> = held
        .filter(|(_, doubles)| !doubles.is_empty())
        .map(|(someone, doubles)| person(someone, doubles.join("; ")))
        .collect();
    Finding {
        code: "held-twice",
        severity: Severity::Low,
        title: format!(
            "{} holding the same access directly and through a group",
            people(subjects.len() as u64)
        ),
        subjects,
        why: "Taking one of the two away changes nothing, and whoever does so may not notice.",
        advice: "Keep the group and remove the direct one.",
    }
}

/// An account-wide role and the same role from a group are two entitlements, so names are compared.
fn doubles(someone: &Person) -> Vec<String> {
    let mut ways: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    let rights = someone
        .rights()
        .filter(|holding| holding.right.kind != RightKind::Denial);
    for holding in rights {
        let (direct, through) = ways.entry(holding.right.phrase()).or_default();
        *direct |= holding.direct;
        *through |= !holding.via.is_empty();
    }
    let both = ways.into_iter().filter(|(_, ways)| *ways == (true, true));
    both.map(|(phrase, _)| phrase).collect()
}
