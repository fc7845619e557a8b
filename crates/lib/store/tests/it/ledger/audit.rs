//! The audit trail: one after the other whoever writes, and nothing of it changed unseen.

use governance::repository::{AuditFilter, Ledger as _, Written};
use governance::{Broken, Verifier};
use store::Database;
use tokio::task::JoinSet;

use super::world::entry;
use crate::place::Place;

async fn add(database: &Database, names: &[&str]) {
    let entries: Vec<_> = names.iter().map(|name| entry(name)).collect();
    assert_eq!(database.commit(&[], &entries).await.unwrap(), Written::Yes);
}

/// Goes through all that there is, portion by portion.
async fn verified(database: &Database) -> Result<i64, Broken> {
    let mut verifier = Verifier::default();
    let mut last = 0;
    loop {
        let portion = database.audit_after(last, 3).await.unwrap();
        let Some(newest) = portion.last() else {
            return Ok(verifier.head().0);
        };
        last = newest.number;
        for entry in &portion {
            verifier.next(entry)?;
        }
    }
}

pub(crate) async fn many_writers_leave_one_chain(database: &Database) {
    let mut writers = JoinSet::new();
    for writer in 0..8 {
        let database = database.clone();
        writers.spawn(async move {
            for count in 0..5 {
                let [first, second] = ["a", "b"].map(|which| format!("{writer} {count} {which}"));
                add(&database, &[&first, &second]).await;
            }
        });
    }
    writers.join_all().await;
    assert_eq!(verified(database).await, Ok(80));
    // Entries of one change stay together.
    let all = database.audit_after(0, 100).await.unwrap();
    for pair in all.chunks(2) {
        let [first, second] = [&pair[0], &pair[1]].map(|entry| entry.draft.object.name.as_str());
        assert_eq!(first.strip_suffix('a'), second.strip_suffix('b'));
    }
}

/// What somebody does who has the database: the first entry that is not what was written is named.
pub(crate) async fn what_was_changed_in_the_trail_is_seen(place: &Place) {
    let changed = |number| Err(Broken::Hash { number });
    let gone = |expected, found| Err(Broken::Number { expected, found });
    let cases: [(&'static str, Result<i64, Broken>); 10] = [
        (
            "UPDATE audit_entries SET actor = 'Eve' WHERE number = 4",
            changed(4),
        ),
        (
            "UPDATE audit_entries SET at = at + 1 WHERE number = 1",
            changed(1),
        ),
        (
            "UPDATE audit_entries SET reason = 'it was right' WHERE number = 7",
            changed(7),
        ),
        (
            "UPDATE audit_entries SET changes = '[[\"name\",null,\"x\"]]' WHERE number = 5",
            changed(5),
        ),
        (
            "UPDATE audit_entries SET actor = 'test', via = 'scommand' WHERE number = 2",
            changed(2),
        ),
        ("DELETE FROM audit_entries WHERE number = 3", gone(3, 4)),
        ("DELETE FROM audit_entries WHERE number <= 2", gone(1, 3)),
        (
            "DELETE FROM audit_entries WHERE number = 3; UPDATE audit_entries SET number = 3 WHERE number = 7",
            changed(3),
        ),
        (
            "UPDATE audit_entries SET number = 100 WHERE number = 2; \
             UPDATE audit_entries SET number = 2 WHERE number = 3; \
             UPDATE audit_entries SET number = 3 WHERE number = 100",
            changed(2),
        ),
        // The chain alone cannot show what is cut off at its end: who keeps the newest hash elsewhere can.
        ("DELETE FROM audit_entries WHERE number = 7", Ok(6)),
    ];
    let database = place.open().await;
    add(&database, &["1", "2", "3", "4", "5", "6", "7"]).await;
    assert_eq!(verified(&database).await, Ok(7));
    place
        .execute("CREATE TABLE as_it_was AS SELECT * FROM audit_entries")
        .await;
    for (sql, expected) in cases {
        place.execute(sql).await;
        assert_eq!(verified(&database).await, expected, "{sql}");
        place
            .execute("DELETE FROM audit_entries; INSERT INTO audit_entries SELECT * FROM as_it_was")
            .await;
    }
    assert_eq!(verified(&database).await, Ok(7));
}

async fn names(database: &Database, filter: &AuditFilter) -> Vec<String> {
    let (found, count) = database.audit_newest(filter, 0, 100).await.unwrap();
    assert_eq!(count, found.len() as u64);
    found.into_iter().map(|entry| entry.draft.object.name).collect()
}

pub(crate) async fn entries_are_found_by_what_they_are_about(database: &Database) {
    add(database, &["Åsa's 100 % app", "plain_app", "plain-app"]).await;
    let mut of_a_user = entry("Ada");
    of_a_user.object = governance::Object::new("user", "u1", "Ada");
    of_a_user.actor = "Grace Hopper".to_owned();
    of_a_user.action = "user.added".to_owned();
    database.commit(&[], &[of_a_user]).await.unwrap();

    let text = |text: &str| AuditFilter {
        text: Some(text.to_owned()),
        ..AuditFilter::default()
    };
    for (looked_for, expected) in [
        ("GRACE", &["Ada"][..]),
        ("user.added", &["Ada"]),
        ("U1", &["Ada"]),
        ("Åsa", &["Åsa's 100 % app"]),
        ("0 %", &["Åsa's 100 % app"]),
        ("plain_", &["plain_app"]),
        ("APP", &["plain-app", "plain_app", "Åsa's 100 % app"]),
        ("\\", &[]),
        ("nobody", &[]),
    ] {
        assert_eq!(names(database, &text(looked_for)).await, expected, "{looked_for}");
    }
    let about = AuditFilter {
        object_kind: Some("user".to_owned()),
        object_id: Some("u1".to_owned()),
        ..AuditFilter::default()
    };
    assert_eq!(names(database, &about).await, ["Ada"]);
    let about_another = AuditFilter {
        object_id: Some("u2".to_owned()),
        ..about
    };
    assert_eq!(names(database, &about_another).await, [""; 0]);
}

pub(crate) async fn pages_of_the_trail_follow_each_other(database: &Database) {
    add(database, &["1", "2", "3", "4", "5"]).await;
    let page = async |past| {
        let (found, count) = database
            .audit_newest(&AuditFilter::default(), past, 2)
            .await
            .unwrap();
        assert_eq!(count, 5);
        found.into_iter().map(|entry| entry.number).collect::<Vec<_>>()
    };
    assert_eq!(page(0).await, [5, 4]);
    assert_eq!(page(2).await, [3, 2]);
    assert_eq!(page(4).await, [1]);
    let before = AuditFilter {
        before: Some(3),
        ..AuditFilter::default()
    };
    assert_eq!(names(database, &before).await, ["2", "1"]);
    assert_eq!(page(9).await, [0_i64; 0]);
    let after = database.audit_after(2, 2).await.unwrap();
    assert_eq!(after.iter().map(|entry| entry.number).collect::<Vec<_>>(), [3, 4]);
}
