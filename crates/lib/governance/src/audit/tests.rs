//! Entries as lines, and lines that somebody has been at.

use chrono::DateTime;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;

fn draft() -> impl Strategy<Value = AuditDraft> {
    let maybe = || option::of(any::<String>());
    let change = (any::<String>(), maybe(), maybe()).prop_map(|(field, before, after)| Difference {
        field,
        before,
        after,
    });
    let who = (any::<String>(), maybe(), any::<String>(), maybe(), maybe());
    let what = (any::<String>(), any::<String>(), any::<String>(), any::<String>());
    (
        0..7_258_118_400_000_000_i64,
        who,
        what,
        vec(change, 0..4),
        maybe(),
    )
        .prop_map(
            |(at, (actor, actor_id, via, from, request), (action, kind, id, name), changes, reason)| {
                AuditDraft {
                    at: DateTime::from_timestamp_micros(at).unwrap(),
                    actor,
                    actor_id,
                    via,
                    from,
                    request,
                    action,
                    object: Object { kind, id, name },
                    changes,
                    reason,
                }
            },
        )
}

fn chained(drafts: Vec<AuditDraft>) -> Vec<AuditEntry> {
    let mut newest = (0, AuditHash::beginning());
    let chain = |draft: AuditDraft| {
        let entry = draft.chained(newest);
        newest = (entry.number, entry.hash);
        entry
    };
    drafts.into_iter().map(chain).collect()
}

fn verified(lines: &[String]) -> Result<i64, String> {
    let mut verifier = Verifier::default();
    for line in lines {
        let entry = AuditEntry::from_json(line).map_err(|error| error.to_string())?;
        verifier.next(&entry).map_err(|broken| broken.to_string())?;
    }
    Ok(verifier.head().0)
}

proptest! {
    #[test]
    fn any_entry_is_one_line_and_read_as_it_was(drafts in vec(draft(), 1..6)) {
        let entries = chained(drafts);
        let lines: Vec<_> = entries.iter().map(AuditEntry::to_json).collect();
        for (entry, line) in entries.iter().zip(&lines) {
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(&AuditEntry::from_json(line).unwrap(), entry);
        }
        prop_assert_eq!(verified(&lines), Ok(i64::try_from(lines.len()).unwrap()));
    }

    /// Whatever is moved from a field to its neighbour makes another entry.
    #[test]
    fn nothing_moves_from_a_field_to_the_next(draft in draft(), extra in "[a-z]{1,5}") {
        let newest = (0, AuditHash::beginning());
        let here = AuditDraft { actor: format!("{}{extra}", draft.actor), ..draft.clone() };
        let there = AuditDraft { via: format!("{extra}{}", draft.via), ..draft.clone() };
        prop_assert_ne!(here.clone().chained(newest).hash, there.chained(newest).hash);
        let nothing = AuditDraft { reason: None, ..draft.clone() };
        let empty = AuditDraft { reason: Some(String::new()), ..draft };
        prop_assert_ne!(nothing.chained(newest).hash, empty.chained(newest).hash);
    }
}

fn small(name: &str) -> AuditDraft {
    let at = "2026-11-25T10:00:00.123456Z".parse().unwrap();
    let object = Object::new("connector", "c1", name);
    AuditDraft::new(
        at,
        &crate::Actor::command("ada"),
        AuditAction::ConnectorChanged,
        object,
    )
    .change("name", Some("Old".to_owned()), Some(name.to_owned()))
    .change(
        "schedule",
        Some("every 1 h".to_owned()),
        Some("every 1 h".to_owned()),
    )
    .because("it was misspelt")
}

/// The format is a contract with whoever keeps trails elsewhere.
#[test]
fn a_line_looks_like_this() {
    let entries = chained(vec![small("New")]);
    insta::assert_snapshot!(entries[0].to_json());
}

#[test]
fn a_line_that_was_changed_is_seen() {
    let lines: Vec<_> = chained(["a", "b", "c", "d"].map(small).to_vec())
        .iter()
        .map(AuditEntry::to_json)
        .collect();
    assert_eq!(verified(&lines), Ok(4));
    let edited = |place: usize, from: &str, to: &str| {
        let mut lines = lines.clone();
        assert!(lines[place].contains(from));
        lines[place] = lines[place].replacen(from, to, 1);
        verified(&lines).unwrap_err()
    };
    let without = |place: usize| {
        let mut lines = lines.clone();
        lines.remove(place);
        verified(&lines).unwrap_err()
    };
    let mut swapped = lines.clone();
    swapped.swap(1, 2);
    let said = [
        edited(0, "misspelt", "right"),
        edited(2, "command", "session"),
        edited(3, "123456", "123457"),
        edited(1, "\"number\":2", "\"number\":3"),
        edited(1, "\"hash\":\"", "\"hash\":\"0"),
        edited(1, "\"hash\":\"", "\"hash\":\"ä"),
        edited(1, "}", ""),
        without(0),
        without(2),
        verified(&swapped).unwrap_err(),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

/// An entry that a newer version wrote is told by its stored name.
#[test]
fn every_action_has_a_name_and_words_of_its_own() {
    let mut names: Vec<_> = AuditAction::ALL.iter().map(|action| action.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), AuditAction::ALL.len());
    let unknown = AuditDraft {
        action: "moon.landed".to_owned(),
        ..small("a")
    };
    assert_eq!(unknown.says(), "moon.landed");
    assert_eq!(small("a").says(), "changed the connector");
}
