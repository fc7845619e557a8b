//! Logs of connectors: read in both directions, searched, forgotten.

use governance::repository::{Logs as _, Tasks as _};
use governance::{LogId, LogLevel, LogLine, LogPage, LogQuery};
use store::Database;

use crate::world::{at, attempt_id, change, connector_id, started, task, task_id};

fn line(connector: u8, message: &str) -> LogLine {
    LogLine {
        connector: connector_id(connector),
        attempt: None,
        at: at(0),
        level: LogLevel::Info,
        message: message.to_owned(),
        fields: Vec::new(),
    }
}

/// Lines of connector 1, each written in the second of its number.
async fn write(database: &Database, count: i64) {
    let lines: Vec<_> = (0..count)
        .map(|number| LogLine {
            at: at(number),
            ..line(1, &number.to_string())
        })
        .collect();
    database.add_log(&lines).await.unwrap();
}

fn all(connector: u8) -> LogQuery {
    LogQuery::all(connector_id(connector))
}

/// The messages of a page, and the place of its last line.
async fn page(database: &Database, query: &LogQuery, page: LogPage, at_most: u64) -> (String, Option<LogId>) {
    let found = database.log(query, page, at_most).await.unwrap();
    let messages: Vec<_> = found.iter().map(|entry| entry.line.message.as_str()).collect();
    (messages.join(" "), found.last().map(|entry| entry.id))
}

async fn messages(database: &Database, query: &LogQuery) -> String {
    page(database, query, LogPage::Newest, 1000).await.0
}

pub(crate) async fn pages_go_both_ways(database: &Database) {
    write(database, 7).await;
    let query = all(1);
    let (newest, last) = page(database, &query, LogPage::Newest, 3).await;
    assert_eq!(newest, "6 5 4");
    let (before, last) = page(database, &query, LogPage::Before(last.unwrap()), 3).await;
    assert_eq!(before, "3 2 1");
    let (after, last) = page(database, &query, LogPage::After(last.unwrap()), 2).await;
    assert_eq!(after, "2 3");
    let (after, last) = page(database, &query, LogPage::After(last.unwrap()), u64::MAX).await;
    assert_eq!(after, "4 5 6");
    let (nothing, _) = page(database, &query, LogPage::After(last.unwrap()), 5).await;
    assert_eq!(nothing, "");
}

pub(crate) async fn each_connector_has_its_own(database: &Database) {
    let lines = [line(1, "a"), line(2, "b"), line(1, "c")];
    database.add_log(&lines).await.unwrap();
    database.add_log(&[]).await.unwrap();
    assert_eq!(messages(database, &all(1)).await, "c a");
    assert_eq!(messages(database, &all(2)).await, "b");
    assert_eq!(messages(database, &all(3)).await, "");
}

pub(crate) async fn a_task_is_all_its_tries(database: &Database) {
    database.add_task(&task(1)).await.unwrap();
    change(database, 1, |task| started(task, 1, "h1", at(1))).await;
    change(database, 1, |task| {
        task.expire(at(10_000), &governance::TaskRules::default())
            .unwrap()
    })
    .await;
    change(database, 1, |task| started(task, 2, "h1", at(20_000))).await;
    let of = |attempt: Option<u8>, connector, message| LogLine {
        attempt: attempt.map(attempt_id),
        ..line(connector, message)
    };
    let lines = [
        of(None, 1, "before"),
        of(Some(1), 1, "first"),
        of(Some(3), 1, "other"),
        of(Some(2), 1, "second"),
        // Whoever says that it works on somebody else's task is not listened to.
        of(Some(2), 2, "foreign"),
    ];
    database.add_log(&lines).await.unwrap();
    let query = LogQuery {
        task: Some(task_id(1)),
        ..all(1)
    };
    assert_eq!(messages(database, &query).await, "second first");
}

pub(crate) async fn what_matters_less_is_left_out(database: &Database) {
    let lines = LogLevel::ALL.map(|level| LogLine {
        level,
        ..line(1, level.name())
    });
    database.add_log(&lines).await.unwrap();
    let least = |least| LogQuery { least, ..all(1) };
    for (level, expected) in [
        (LogLevel::Debug, "error warn info debug"),
        (LogLevel::Info, "error warn info"),
        (LogLevel::Warn, "error warn"),
        (LogLevel::Error, "error"),
    ] {
        assert_eq!(messages(database, &least(level)).await, expected);
    }
}

pub(crate) async fn texts_are_found_whatever_their_letters(database: &Database) {
    let with = |message, value: &str| LogLine {
        fields: vec![("who".to_owned(), value.to_owned())],
        ..line(1, message)
    };
    let lines = [
        with("Members", "ada@example.com"),
        with("100%", "Zürich"),
        with("a_b", "back\\slash"),
        with("aXb", ""),
    ];
    database.add_log(&lines).await.unwrap();
    let find = async |text: &str| {
        let query = LogQuery {
            text: text.to_owned(),
            ..all(1)
        };
        messages(database, &query).await
    };
    assert_eq!(find("member").await, "Members");
    assert_eq!(find("ADA@Example").await, "Members");
    assert_eq!(find("Zürich").await, "100%");
    assert_eq!(find("%").await, "100%");
    assert_eq!(find("a_B").await, "a_b");
    assert_eq!(find("axb").await, "aXb");
    assert_eq!(find("nobody").await, "");
    assert_eq!(find("").await, "aXb a_b 100% Members");
}

pub(crate) async fn what_is_old_is_forgotten_in_portions(database: &Database) {
    write(database, 7).await;
    let mut forgotten = Vec::new();
    for _ in 0..3 {
        forgotten.push(database.forget_log_before(at(5), 3).await.unwrap());
    }
    assert_eq!(forgotten, [3, 2, 0]);
    assert_eq!(messages(database, &all(1)).await, "6 5");
}

pub(crate) async fn what_is_too_much_is_forgotten_in_portions(database: &Database) {
    write(database, 7).await;
    database.add_log(&[line(2, "other")]).await.unwrap();
    let connector = connector_id(1);
    let mut forgotten = Vec::new();
    for _ in 0..3 {
        forgotten.push(database.forget_log_beyond(&connector, 2, 3).await.unwrap());
    }
    assert_eq!(forgotten, [3, 2, 0]);
    assert_eq!(messages(database, &all(1)).await, "6 5");
    assert_eq!(messages(database, &all(2)).await, "other");
}

/// Whoever reads on from a line that was forgotten misses nothing that came later.
pub(crate) async fn a_place_is_never_given_again(database: &Database) {
    write(database, 3).await;
    let (_, first) = page(database, &all(1), LogPage::Newest, 1).await;
    database.forget_log_before(at(100), 100).await.unwrap();
    database.add_log(&[line(1, "later")]).await.unwrap();
    let (after, _) = page(database, &all(1), LogPage::After(first.unwrap()), 10).await;
    assert_eq!(after, "later");
}
