use proptest::prelude::*;

use super::*;
use crate::fields;
use crate::input::{Environment, merge, read_environment};

/// The settings that decide, in the documented order, and whether each is there yet.
const DOCUMENTED: [(&str, bool); 18] = [
    ("client-id", true),
    ("grant-entitlement", true),
    ("revoke-grant", true),
    ("event-feed", false),
    ("create-account-profile", true),
    ("create-account-login", true),
    ("create-account-email", true),
    ("invoke-action", true),
    ("list-action-schemas", true),
    ("invoke-resource-action", true),
    ("list-resource-actions", true),
    ("delete-resource", true),
    ("rotate-credentials", true),
    ("create-ticket", false),
    ("list-ticket-schemas", false),
    ("get-ticket", false),
    ("diff-syncs", false),
    ("compact-syncs", false),
];

fn values(names: &[&str]) -> Values {
    let common: Vec<_> = fields::common().cloned().collect();
    let environment: Environment = common
        .iter()
        .filter(|field| names.contains(&field.name))
        .map(|field| (field.variable(), "true".to_owned()))
        .collect();
    merge(&common, &[read_environment(&common, &environment)]).0
}

proptest! {
    #[test]
    fn the_first_in_the_documented_order_decides(given in proptest::sample::subsequence(DOCUMENTED.to_vec(), 0..5)) {
        let names: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
        let asked = asked(&values(&names));
        match given.first() {
            None => prop_assert_eq!(asked, Asked::Sync),
            Some(("client-id", _)) => prop_assert_eq!(asked, Asked::Service),
            Some((name, true)) => prop_assert!(matches!(asked, Asked::Change(by, _) if by == *name), "{:?}", asked),
            Some((_, false)) => prop_assert!(matches!(asked, Asked::Later(_)), "{:?}", asked),
        }
    }
}

#[test]
fn events_are_asked_for_only_by_the_word_true() {
    let common: Vec<_> = fields::common().cloned().collect();
    let environment = Environment::from([("BATON_EVENT_FEED".to_owned(), "false".to_owned())]);
    let values = merge(&common, &[read_environment(&common, &environment)]).0;
    assert_eq!(asked(&values), Asked::Sync);
}
