//! People who sign in with a password alone.

use super::{Finding, Severity, person, powers};
use crate::account::{Account, Person};
use crate::text::{count, people};

/// Super Administrators first, then everybody else, the powerful before the rest.
pub(super) fn find(account: &Account) -> Vec<Finding> {
    let without = account
        .people
        .iter()
        .filter(|person| person.enabled && person.second_factor == Some(false));
    let (supers, mut others): (Vec<&Person>, Vec<&Person>) =
        without.partition(|person| person.is_super_administrator());
    others.sort_by_key(|person| powers(person).is_empty());
    vec![of_super_administrators(&supers), of_others(&others)]
}

fn of_super_administrators(supers: &[&Person]) -> Finding {
    Finding {
        code: "super-administrator-without-2fa",
        severity: Severity::High,
        title: format!(
            "{} without 2FA",
            count(supers.len() as u64, "Super Administrator")
        ),
        subjects: supers.iter().map(|someone| person(someone, "")).collect(),
        why: "One stolen password is enough to take over the whole account.",
        advice: "Have them set up 2FA today, or enforce it for the account.",
    }
}

fn of_others(others: &[&Person]) -> Finding {
    Finding {
        code: "member-without-2fa",
        severity: Severity::Medium,
        title: format!("{} without 2FA", people(others.len() as u64)),
        subjects: others
            .iter()
            .map(|someone| person(someone, powers(someone)))
            .collect(),
        why: "A stolen password is enough to act in their name.",
        advice: "Enforce 2FA for the account once the powerful ones have it.",
    }
}
