//! Audit logs, version 2: a cursor, and a count that is text.

use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};

use super::{
    Context,
    envelope::{self, Answer, Envelope},
};
use crate::{CursorPlace, state::AuditEntry};

impl Context<'_> {
    pub(super) fn audit_log(&self) -> Answer {
        self.audit_page().unwrap_or_else(|refusal| refusal)
    }

    fn audit_page(&self) -> Result<Answer, Answer> {
        let (since, before) = (self.instant("since")?, self.instant("before")?);
        let limit = self.per_page("limit")?;
        let start = self.position()?;
        let inside = |entry: &&AuditEntry| entry.time >= since && entry.time < before;
        let mut entries: Vec<_> = self
            .state
            .audit_log
            .iter()
            .filter(inside)
            .filter(|entry| self.selects(&entry.body))
            .collect();
        if self.params.get("direction") == Some("asc") {
            entries.reverse();
        }
        let page: Vec<_> = entries
            .iter()
            .skip(start)
            .take(limit)
            .map(|entry| &entry.body)
            .collect();
        let end = start.saturating_add(page.len());
        let cursor = if end < entries.len() {
            format!("c{end}")
        } else {
            String::new()
        };
        Ok(envelope::write(
            StatusCode::OK,
            &Envelope {
                success: true,
                errors: &[],
                messages: None,
                result_info: Some(self.cursor_info(page.len(), &cursor)),
                result: page,
            },
        ))
    }

    fn selects(&self, entry: &Value) -> bool {
        let at = |pointer: &str| entry.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        self.params.accepts("action_type", at("/action/type"))
            && self.params.accepts("action_result", at("/action/result"))
            && self.params.accepts("actor_email", at("/actor/email"))
            && self.params.accepts("resource_product", at("/resource/product"))
            && self.params.accepts("resource_id", at("/resource/id"))
    }

    fn cursor_info(&self, count: usize, cursor: &str) -> Value {
        match self.options.cursor {
            CursorPlace::ResultInfo => json!({ "count": count.to_string(), "cursor": cursor }),
            CursorPlace::CursorsAfter => {
                json!({ "count": count.to_string(), "cursors": { "after": cursor } })
            }
        }
    }

    fn position(&self) -> Result<usize, Answer> {
        match self.params.get("cursor") {
            None | Some("") => Ok(0),
            Some(cursor) => cursor
                .strip_prefix('c')
                .and_then(|text| text.parse().ok())
                .ok_or_else(|| bad("cursor")),
        }
    }

    /// A required date or RFC 3339 time.
    fn instant(&self, name: &str) -> Result<DateTime<Utc>, Answer> {
        let text = self.params.get(name).ok_or_else(|| bad(name))?;
        let day = |day: NaiveDate| day.and_hms_opt(0, 0, 0).map(|time| time.and_utc());
        DateTime::parse_from_rfc3339(text)
            .map(|time| time.to_utc())
            .ok()
            .or_else(|| text.parse().ok().and_then(day))
            .ok_or_else(|| bad(name))
    }
}

fn bad(name: &str) -> Answer {
    envelope::error(
        StatusCode::BAD_REQUEST,
        1001,
        format!("Invalid request: {name} is missing or invalid"),
    )
}
