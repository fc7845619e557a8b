//! Lines into what they say. A line is read as JSON with `level`, `ts`, `msg` and more; one that is nothing of the kind,
//! such as the last words of a program that broke off, is a message as it stands.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use governance::{AttemptId, ConnectorId, LogLevel, LogLine};
use serde_json::{Map, Value};

use super::Redaction;

/// The most characters of a message.
const LONGEST_MESSAGE: usize = 4000;
/// The most characters of the name of a field.
const LONGEST_NAME: usize = 100;
/// The most characters of what a field says.
const LONGEST_VALUE: usize = 1000;
/// The most fields.
const MOST_FIELDS: usize = 30;
/// A time that is further from now than so is none that a line can have been written at.
const FARTHEST: TimeDelta = TimeDelta::days(1);

/// Reads the lines of one process, one after the other.
pub(super) struct Reader<'a> {
    connector: &'a ConnectorId,
    redaction: &'a Redaction,
    /// How much a line matters that does not say so itself.
    otherwise: LogLevel,
}

impl<'a> Reader<'a> {
    pub(super) fn new(connector: &'a ConnectorId, redaction: &'a Redaction) -> Self {
        Self {
            connector,
            redaction,
            otherwise: LogLevel::Info,
        }
    }

    /// What a line says; nothing when it is empty.
    pub(super) fn read(&mut self, bytes: &[u8], now: DateTime<Utc>) -> Option<LogLine> {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let line = match serde_json::from_str(text) {
            Ok(Value::Object(said)) => {
                self.otherwise = LogLevel::Info;
                structured(said, self.connector, now)
            }
            _ => self.plain(text, now),
        };
        Some(tidy(line, self.redaction))
    }

    /// Programs end with their mistake in words, which may take several lines.
    fn plain(&mut self, text: &str, now: DateTime<Utc>) -> LogLine {
        if text.starts_with("error: ") {
            self.otherwise = LogLevel::Error;
        }
        LogLine {
            connector: self.connector.clone(),
            attempt: None,
            at: now,
            level: self.otherwise,
            message: text.to_owned(),
            fields: Vec::new(),
        }
    }
}

fn structured(mut said: Map<String, Value>, connector: &ConnectorId, now: DateTime<Utc>) -> LogLine {
    let text = |said: &mut Map<String, Value>, name: &str| said.shift_remove(name).map(shown);
    let level = text(&mut said, "level").and_then(|name| LogLevel::named(&name));
    let at = said.shift_remove("ts").as_ref().and_then(moment);
    let message = text(&mut said, "msg").unwrap_or_default();
    let attempt = said.get("task").and_then(Value::as_str);
    let attempt = attempt.and_then(|id| AttemptId::parse(id).ok());
    if attempt.is_some() {
        said.shift_remove("task");
    }
    let fields = said.into_iter().filter(|(_, value)| !value.is_null());
    LogLine {
        connector: connector.clone(),
        attempt,
        at: at.filter(|at| (*at - now).abs() < FARTHEST).unwrap_or(now),
        level: level.unwrap_or(LogLevel::Info),
        message,
        fields: fields.map(|(name, value)| (name, shown(value))).collect(),
    }
}

/// Seconds since 1970.
fn moment(value: &Value) -> Option<DateTime<Utc>> {
    let since = Duration::try_from_secs_f64(value.as_f64()?).ok()?;
    DateTime::UNIX_EPOCH.checked_add_signed(TimeDelta::from_std(since).ok()?)
}

/// A value as people read it.
fn shown(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// The same line without secrets, without what moves a cursor, and no longer than a line may be.
fn tidy(line: LogLine, redaction: &Redaction) -> LogLine {
    let tidy = |text: String, longest| cut(&clean(&redaction.apply(text)), longest);
    let fields = line.fields.into_iter().take(MOST_FIELDS);
    let fields = fields.map(|(name, value)| (tidy(name, LONGEST_NAME), tidy(value, LONGEST_VALUE)));
    LogLine {
        message: tidy(line.message, LONGEST_MESSAGE),
        fields: fields.collect(),
        ..line
    }
}

fn clean(text: &str) -> String {
    text.replace(|letter: char| letter.is_control() && letter != '\n', " ")
}

fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_000_000;

    fn read(text: &str) -> Option<LogLine> {
        let now = DateTime::from_timestamp(NOW, 0).unwrap();
        let redaction = Redaction::new(vec!["v1-secret".into()]);
        Reader::new(&ConnectorId::new(now, [1; 16]), &redaction).read(text.as_bytes(), now)
    }

    /// Everything of a line but whose it is.
    fn told(text: &str) -> String {
        read(text).map_or_else(
            || "nothing".to_owned(),
            |line| {
                let attempt = line.attempt.map(|id| format!("{id} ")).unwrap_or_default();
                let (at, level) = (line.at.timestamp_millis() - NOW * 1000, line.level);
                format!("{at} {level} {attempt}{} {:?}", line.message, line.fields)
            },
        )
    }

    #[test]
    fn a_line_of_ours_is_taken_apart() {
        let text = r#"{"level":"warn","ts":1794999999.25,"caller":"sync::run:12","msg":"slow","task":"3MVnoU9ZuM1HunR9e6s2SeXlUOX","count":3,"who":null,"list":[1]}"#;
        insta::assert_snapshot!(told(text), @r#"-750 warn 3MVnoU9ZuM1HunR9e6s2SeXlUOX slow [("caller", "sync::run:12"), ("count", "3"), ("list", "[1]")]"#);
    }

    #[test]
    fn whatever_else_it_is_it_is_read() {
        insta::assert_snapshot!(told("thread 'main' panicked at src/main.rs:7:"), @"0 info thread 'main' panicked at src/main.rs:7: []");
        insta::assert_snapshot!(told(r#"{"level":"loud","ts":"now","task":7,"msg":{"a":1}}"#), @r#"0 info {"a":1} [("task", "7")]"#);
        insta::assert_snapshot!(told(r#"{"ts":12}"#), @"0 info  []");
        insta::assert_snapshot!(told(r#"{"ts":-1e300,"task":"../.."}"#), @r#"0 info  [("task", "../..")]"#);
        insta::assert_snapshot!(told("[1,2]"), @"0 info [1,2] []");
        insta::assert_snapshot!(told("  \r"), @"nothing");
    }

    #[test]
    fn last_words_are_mistakes_to_their_end() {
        let (now, redaction) = (DateTime::UNIX_EPOCH, Redaction::default());
        let connector = ConnectorId::new(now, [1; 16]);
        let mut reader = Reader::new(&connector, &redaction);
        let lines = [
            "words",
            "error: two mistakes",
            "- one",
            "hint: see there",
            "{}",
            "words",
        ];
        let levels = lines.map(|line| reader.read(line.as_bytes(), now).unwrap().level.name());
        assert_eq!(levels, ["info", "error", "error", "error", "info", "info"]);
    }

    #[test]
    fn secrets_and_what_moves_the_cursor_do_not_get_through() {
        insta::assert_snapshot!(told(r#"{"msg":"with v1-secret\u001b[2J\nand","key":"v1-secret"}"#), @r#"
        0 info with [redacted] [2J
        and [("key", "[redacted]")]
        "#);
        insta::assert_snapshot!(told("plain v1-secret"), @"0 info plain [redacted] []");
    }

    #[test]
    fn what_is_long_is_cut() {
        let many = (0..50).map(|number| format!(r#""f{number}":"{}""#, "ä".repeat(2000)));
        let text = format!(
            r#"{{"msg":"{}",{}}}"#,
            "m".repeat(9000),
            many.collect::<Vec<_>>().join(",")
        );
        let line = read(&text).unwrap();
        assert_eq!(line.message.chars().count(), LONGEST_MESSAGE + 1);
        assert_eq!(line.fields.len(), MOST_FIELDS);
        assert!(
            line.fields
                .iter()
                .all(|(_, value)| value.chars().count() == LONGEST_VALUE + 1)
        );
    }
}
