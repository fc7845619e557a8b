use std::collections::BTreeMap;

use c1z::{Saved, Stats};

use super::*;

fn note(severity: Severity, message: &str, hint: &str) -> Note {
    Note {
        severity,
        code: "x".to_owned(),
        message: message.to_owned(),
        hint: hint.to_owned(),
    }
}

#[test]
fn the_end_says_what_there_is_what_is_absent_and_where() {
    let counts = Stats {
        resources: 523,
        entitlements: 41,
        grants: 1204,
        resources_by_resource_type: BTreeMap::from([("user".to_owned(), 523), ("api_token".to_owned(), 0)]),
        ..Stats::default()
    };
    let notes = vec![
        note(Severity::Warning, "tokens are absent", "give the token a right"),
        note(Severity::Info, "administrators of the parent are in no list", ""),
    ];
    let saved = Saved {
        path: "sync.c1z".into(),
        decompressed_bytes: 900_000,
        compressed_bytes: 130_000,
    };
    let summary = Summary {
        sync_id: "s".into(),
        resumed: false,
        counts,
        notes,
        saved,
    };
    let report = Report {
        summary,
        calls: 23,
        took: Duration::from_millis(1234),
    };
    insta::assert_snapshot!(report.text(&[]));
}
