//! Powerful rights in the hands of people from other companies.

use std::collections::BTreeMap;

use super::{Finding, Severity, person, powers};
use crate::account::{Account, Person};
use crate::text::people;

/// People whose address is not of the domain that most have.
pub(super) fn find(account: &Account) -> Option<Finding> {
    let company = company(account)?;
    let outside = |person: &&Person| domain(&person.email).is_some_and(|domain| domain != company);
    let powerful = account
        .people
        .iter()
        .filter(outside)
        .map(|person| (person, powers(person)));
    let subjects: Vec<_> = powerful
        .filter(|(_, powers)| !powers.is_empty())
        .map(|(someone, powers)| person(someone, format!("{}: {powers}", someone.email)))
        .collect();
    Some(Finding {
        code: "powerful-outsider",
        severity: Severity::Medium,
        title: format!(
            "{} from outside {company} with powerful rights",
            people(subjects.len() as u64)
        ),
        subjects,
        why: "Contractors leave without this company's offboarding noticing.",
        advice: "Agree on an end date with whoever invited them, and limit them to the zones they work on.",
    })
}

/// The domain of more than half of the addresses.
fn company(account: &Account) -> Option<String> {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for domain in account.people.iter().filter_map(|person| domain(&person.email)) {
        *numbers.entry(domain).or_default() += 1;
    }
    let all: usize = numbers.values().sum();
    numbers
        .into_iter()
        .find(|(_, number)| number * 2 > all)
        .map(|(domain, _)| domain)
}

fn domain(email: &str) -> Option<String> {
    email
        .rsplit_once('@')
        .map(|(_, domain)| domain.to_ascii_lowercase())
}
