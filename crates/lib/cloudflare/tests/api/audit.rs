//! The audit log, by its cursor.

use chrono::{DateTime, Utc};
use cloudflare::endpoint::AuditLogs;
use cloudflare_sim::{CursorPlace, Endpoint, Options, Spec};

use crate::setup::{account, client, simulator};

fn moment(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

#[tokio::test]
async fn the_audit_log_is_read_page_by_page_to_its_end() {
    for cursor in [CursorPlace::ResultInfo, CursorPlace::CursorsAfter] {
        let options = Options {
            cursor,
            ..Options::unlimited()
        };
        let sim = simulator(
            Spec {
                audit_entries: 2100,
                ..Spec::default()
            },
            options,
        )
        .await;
        let mut pages = client(&sim).audit_log(AuditLogs {
            account: account(&sim),
            since: moment("2000-01-01T00:00:00Z"),
            before: moment("2100-01-01T00:00:00Z"),
        });
        let mut entries = Vec::new();
        while let Some(page) = pages.next().await.unwrap() {
            entries.extend(page);
        }
        assert_eq!(entries.len(), sim.read(|state| state.audit_log.len()));
        assert!(entries.iter().all(|entry| entry.request.method.is_some()));
        assert_eq!(sim.journal().count(Endpoint::AuditLog), 3, "{cursor:?}");
    }
}
