//! Members who may do nothing.

use super::{Finding, Severity, person};
use crate::account::{Account, Person};
use crate::text::people;

/// People with an account in use and no right at all.
pub(super) fn find(account: &Account) -> Finding {
    let has_nothing = |person: &&Person| person.enabled && person.rights().next().is_none();
    let idle: Vec<&Person> = account.people.iter().filter(has_nothing).collect();
    let holds_any = account
        .people
        .iter()
        .any(|person| person.rights().next().is_some());
    let told = if holds_any { idle.as_slice() } else { &[] };
    Finding {
        code: "member-without-access",
        severity: Severity::Low,
        title: format!("{} without any access", people(told.len() as u64)),
        subjects: told.iter().map(|someone| person(someone, "")).collect(),
        why: "A membership without use is one more account that can be taken over.",
        advice: "Remove the membership, or give the access that was meant.",
    }
}
