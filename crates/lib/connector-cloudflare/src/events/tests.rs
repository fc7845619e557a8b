use chrono::{DateTime, TimeDelta, Utc};
use cloudflare::types::AuditLogEntry;
use proptest::prelude::*;
use serde_json::json;

use super::choose;
use super::cursor::{Cursor, OVERLAP};

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + seconds, 0).unwrap()
}

fn id(number: u32) -> String {
    format!("{number:012x}{number:020x}")
}

/// Somebody changed a member.
fn entry(time: i64, number: u32) -> AuditLogEntry {
    let body = json!({
        "id": id(number),
        "action": { "time": at(time), "type": "update", "result": "success" },
        "raw": { "method": "PUT", "uri": "/accounts/a/members/m" },
    });
    serde_json::from_value(body).unwrap()
}

#[test]
fn a_cursor_comes_back_as_it_went() {
    let cursor = Cursor::at(at(0)).moved(at(60), vec![(at(10), id(1)), (at(60), id(2))]);
    let read = Cursor::parse(&cursor.to_text()).unwrap();
    assert_eq!(read.position, at(60));
    assert!(read.has_seen(at(10), &id(1)) && read.has_seen(at(60), &id(2)) && !read.has_seen(at(10), &id(3)));
    insta::assert_snapshot!(cursor.to_text(), @"1;2026-09-21T14:14:20Z;1e000000000001,00000000000002");
}

#[test]
fn what_is_no_cursor_is_not_read() {
    for text in [
        "",
        "1",
        "1;x;",
        "2;2026-10-01T00:00:00Z;",
        "1;2026-10-01T00:00:00Z;;",
        "1;2026-10-01T00:00:00Z;0a/b",
        "c100",
    ] {
        assert_eq!(Cursor::parse(text), None, "{text}");
    }
}

#[test]
fn a_cursor_is_never_longer_than_the_protocol_allows() {
    let told = (0..5_000).map(|number| (at(i64::from(number % 60)), id(number)));
    let cursor = Cursor::at(at(0)).moved(at(60), told.collect());
    assert!(cursor.to_text().len() <= 4096, "{}", cursor.to_text().len());
}

proptest! {
    /// Whatever comes into the log not later than the overlap is told, and told once while there is room for it.
    #[test]
    fn nothing_that_comes_late_is_skipped(
        entries in prop::collection::vec((0_i64..3_600, 0_i64..290), 1..200),
        reads in prop::collection::vec(1_i64..600, 1..40),
        at_most in 1_usize..50,
    ) {
        let mut told: Vec<String> = Vec::new();
        let mut cursor = Cursor::at(at(0));
        let mut now = 0;
        let more_reads = std::iter::repeat_n(120, 400);
        for wait in reads.into_iter().chain(more_reads) {
            now += wait;
            let from = cursor.clone();
            let since = from.position - OVERLAP;
            let log = entries.iter().zip(0..).filter(|((time, late), _)| time + late <= now && at(*time) >= since);
            let log = log.map(|((time, _), number)| entry(*time, number)).collect();
            let chosen = choose(from, log, at(now), at_most);
            told.extend(chosen.entries.iter().map(|entry| entry.id.as_str().to_owned()));
            cursor = Cursor::parse(&chosen.next.to_text()).unwrap();
        }
        told.sort_unstable();
        let once: Vec<String> = entries.iter().zip(0..).map(|(_, number)| id(number)).collect();
        prop_assert_eq!(told, once);
    }
}

#[test]
fn the_overlap_is_what_the_steps_of_a_cursor_can_say() {
    assert!(OVERLAP <= TimeDelta::seconds(36 * 36 - 1));
}

/// However much happens at once, everything is told, and told once.
#[test]
fn a_burst_is_told_to_its_end() {
    for seconds in [1, 7, 200] {
        let log = || {
            (0..2_000)
                .map(|number| entry(i64::from(number) % seconds, number))
                .collect()
        };
        let mut told = Vec::new();
        let mut cursor = Cursor::at(at(0));
        for _ in 0..25 {
            let chosen = choose(cursor, log(), at(300), 100);
            told.extend(chosen.entries.iter().map(|entry| entry.id.as_str().to_owned()));
            cursor = Cursor::parse(&chosen.next.to_text()).unwrap();
        }
        told.sort_unstable();
        let once: Vec<String> = (0..2_000).map(id).collect();
        assert_eq!(told, once, "within {seconds} s");
    }
}
