//! Policies that forbid.

use super::{Finding, Severity, person};
use crate::account::{Account, Person};
use crate::rights::RightKind;
use crate::text::people;

/// Shown beside what is allowed and not subtracted: which of them wins is not documented for members.
pub(super) fn find(account: &Account) -> Finding {
    let denied = account.people.iter().map(|person| (person, denials(person)));
    let subjects: Vec<_> = denied
        .filter(|(_, denials)| !denials.is_empty())
        .map(|(someone, denials)| person(someone, denials))
        .collect();
    Finding {
        code: "deny-policy",
        severity: Severity::Low,
        title: format!("{} with a policy that denies", people(subjects.len() as u64)),
        subjects,
        why: "Cloudflare does not document which wins when one policy allows and another denies.",
        advice: "Take away the policy that allows, instead of denying beside it.",
    }
}

fn denials(person: &Person) -> String {
    let phrases: Vec<String> = person
        .of_kind(RightKind::Denial)
        .map(|holding| holding.right.phrase())
        .collect();
    phrases.join("; ")
}
