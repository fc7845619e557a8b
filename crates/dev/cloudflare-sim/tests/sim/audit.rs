//! The audit log: required times, cursors in both places, filters.

use std::collections::BTreeSet;

use cloudflare_sim::{CursorPlace, Options, Running, Sim, Spec};
use serde_json::Value;

use crate::client::account;

const ALL: &str = "/logs/audit?since=2020-01-01&before=2030-01-01T00:00:00Z";

async fn start(cursor: CursorPlace) -> Running {
    let spec = Spec {
        audit_entries: 7,
        ..Spec::with_members(5)
    };
    Sim::new(
        spec,
        Options {
            cursor,
            ..Options::default()
        },
    )
    .start()
    .await
    .unwrap()
}

/// Reads all pages, finding the cursor at this place.
async fn ids(sim: &Running, place: &str) -> Vec<Vec<Value>> {
    let (mut pages, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = account(sim, &format!("{ALL}&limit=3&cursor={cursor}")).await;
        pages.push(page.list().iter().map(|entry| entry["id"].clone()).collect());
        assert_eq!(page.json()["result_info"]["count"], page.list().len().to_string());
        page.json()
            .pointer(place)
            .unwrap()
            .as_str()
            .unwrap()
            .clone_into(&mut cursor);
        if cursor.is_empty() {
            return pages;
        }
    }
}

#[tokio::test]
async fn a_cursor_leads_through_all_entries() {
    for (form, place) in [
        (CursorPlace::ResultInfo, "/result_info/cursor"),
        (CursorPlace::CursorsAfter, "/result_info/cursors/after"),
    ] {
        let pages = ids(&start(form).await, place).await;
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3, 1]);
        let distinct: BTreeSet<_> = pages.iter().flatten().map(Value::to_string).collect();
        assert_eq!(distinct.len(), 7);
    }
}

#[tokio::test]
async fn the_period_is_required_and_respected() {
    let sim = start(CursorPlace::ResultInfo).await;
    for query in ["", "?since=2020-01-01", "?since=soon&before=2030-01-01"] {
        assert_eq!(
            account(&sim, &format!("/logs/audit{query}")).await.status,
            400,
            "{query}"
        );
    }
    assert_eq!(account(&sim, &format!("{ALL}&cursor=made-up")).await.status, 400);
    // Entries are seven hours apart, the newest an hour before the first of October.
    let day = "/logs/audit?since=2026-09-30T12:00:00Z&before=2026-10-01";
    let entries = account(&sim, day).await.list();
    let times: Vec<_> = entries
        .iter()
        .map(|entry| entry["action"]["time"].as_str().unwrap())
        .collect();
    assert_eq!(times, ["2026-09-30T23:00:00Z", "2026-09-30T16:00:00Z"]);
}

#[tokio::test]
async fn entries_are_filtered_and_turned() {
    let sim = start(CursorPlace::ResultInfo).await;
    let added = account(&sim, &format!("{ALL}&action_type=create")).await.list();
    assert_eq!(added.len(), 3);
    assert!(
        added
            .iter()
            .all(|entry| entry["action"]["description"] == "Add Member")
    );
    let newest_first = account(&sim, ALL).await.list();
    let oldest_first = account(&sim, &format!("{ALL}&direction=asc")).await.list();
    assert_eq!(newest_first.first(), oldest_first.last());
}
