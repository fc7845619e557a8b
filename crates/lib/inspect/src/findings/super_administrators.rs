//! How many may do everything.

use super::{Finding, Severity, person};
use crate::account::{Account, Person};

/// More than this many are hard to keep an eye on.
const MANY: usize = 4;

/// One is a risk, and so are many.
pub(super) fn find(account: &Account) -> Option<Finding> {
    let people = account.people.iter();
    let supers: Vec<&Person> = people
        .filter(|person| person.enabled && person.is_super_administrator())
        .collect();
    match supers.len() {
        1 => Some(single(&supers)),
        number if number > MANY => Some(many(&supers)),
        _ => None,
    }
}

fn single(supers: &[&Person]) -> Finding {
    Finding {
        code: "single-super-administrator",
        severity: Severity::Medium,
        title: "only one Super Administrator".to_owned(),
        subjects: supers.iter().map(|someone| person(someone, "")).collect(),
        why: "If this person cannot sign in, nobody can manage members, billing or tokens.",
        advice: "Make a second person Super Administrator.",
    }
}

fn many(supers: &[&Person]) -> Finding {
    Finding {
        code: "many-super-administrators",
        severity: Severity::Medium,
        title: format!("{} Super Administrators", supers.len()),
        subjects: supers.iter().map(|someone| person(someone, "")).collect(),
        why: "Each of them can do everything, removing the others included.",
        advice: "Give those who do not manage members a smaller role.",
    }
}
