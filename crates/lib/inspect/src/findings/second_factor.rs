//! People who sign in with a password alone.

use super::{Finding, Severity, person, powers};
use crate::account::{Account, Person};
use crate::text::{count, people};

/// Super Administrators first, then those with powerful roles, then everybody else.
pub(super) fn find(account: &Account) -> Vec<Finding> {
    let without = account
        .people
        .iter()
        .filter(|person| person.enabled && person.second_factor == Some(false));
    let (supers, others): (Vec<&Person>, Vec<&Person>) =
        without.partition(|person| person.is_super_administrator());
    let (powerful, others): (Vec<&Person>, Vec<&Person>) =
        others.into_iter().partition(|person| !powers(person).is_empty());
    vec![
        of_super_administrators(&supers),
        of_powerful(&powerful),
        of_others(&others),
    ]
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

fn of_powerful(powerful: &[&Person]) -> Finding {
    Finding {
        code: "powerful-member-without-2fa",
        severity: Severity::High,
        title: format!(
            "{} with powerful roles without 2FA",
            people(powerful.len() as u64)
        ),
        subjects: powerful
            .iter()
            .map(|someone| person(someone, powers(someone)))
            .collect(),
        why: "One stolen password is enough to change what the company runs on.",
        advice: "Have them set up 2FA now, or take the roles away until they have.",
    }
}

fn of_others(others: &[&Person]) -> Finding {
    Finding {
        code: "member-without-2fa",
        severity: Severity::Medium,
        title: format!("{} without 2FA", people(others.len() as u64)),
        subjects: others.iter().map(|someone| person(someone, "")).collect(),
        why: "A stolen password is enough to act in their name.",
        advice: "Enforce 2FA for the account.",
    }
}
