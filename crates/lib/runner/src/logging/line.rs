//! The two forms of a line.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value};

/// What a line looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// One JSON object.
    Json,
    /// Columns with tabs between them, for people.
    Console,
}

/// What a line says.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) time: DateTime<Utc>,
    /// In lower case.
    pub(super) level: String,
    /// Where in the program it comes from.
    pub(super) caller: String,
    pub(super) message: String,
    pub(super) fields: Map<String, Value>,
}

impl Line {
    /// The line with its line feed.
    pub(super) fn render(&self, format: Format) -> String {
        match format {
            Format::Json => self.json(),
            Format::Console => self.console(),
        }
    }

    fn json(&self) -> String {
        let mut object = Map::new();
        object.insert("level".to_owned(), self.level.as_str().into());
        object.insert("ts".to_owned(), seconds(self.time).into());
        object.insert("caller".to_owned(), self.caller.as_str().into());
        object.insert("msg".to_owned(), self.message.as_str().into());
        object.extend(self.fields.clone());
        format!("{}\n", Value::Object(object))
    }

    fn console(&self) -> String {
        let time = self.time.to_rfc3339_opts(SecondsFormat::Millis, true);
        let level = self.level.to_uppercase();
        let fields = if self.fields.is_empty() {
            String::new()
        } else {
            format!("\t{}", Value::Object(self.fields.clone()))
        };
        format!("{time}\t{level}\t{}\t{}{fields}\n", self.caller, self.message)
    }
}

/// Seconds since 1970 with six digits after the point, which a double holds exactly enough until 2242.
fn seconds(time: DateTime<Utc>) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "microseconds since 1970 stay below 2^53"
    )]
    let micros = time.timestamp_micros() as f64;
    micros / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        let fields = serde_json::json!({"count": 3, "type": "user"})
            .as_object()
            .cloned()
            .unwrap_or_default();
        Line {
            time: DateTime::from_timestamp(1_795_000_000, 250_000_000).unwrap(),
            level: "info".to_owned(),
            caller: "sync::run:12".to_owned(),
            message: "two\nlines".to_owned(),
            fields,
        }
    }

    #[test]
    fn json_has_the_originals_keys_first() {
        insta::assert_snapshot!(line().render(Format::Json), @r#"{"level":"info","ts":1795000000.25,"caller":"sync::run:12","msg":"two\nlines","count":3,"type":"user"}"#);
    }

    #[test]
    fn console_has_tabs() {
        let columns =
            "2026-11-18T11:06:40.250Z INFO sync::run:12 two\nlines {\"count\":3,\"type\":\"user\"}\n";
        assert_eq!(line().render(Format::Console).replace('\t', " "), columns);
    }
}
