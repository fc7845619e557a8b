//! Turning events into lines.

use std::sync::Arc;

use model::Clock;
use serde_json::Value;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::{LookupSpan, Scope};

use super::details::Details;
use super::fields::Fields;
use super::line::{Format, Line};
use super::sink::Sink;

/// The field that names the task which something is done for: whatever happens within a span that has it, has it too.
const TASK: &str = "task";

/// The task of a span.
struct Task(Value);

/// The task of the innermost of these spans that has one.
fn task_of<'a, S: LookupSpan<'a>>(scope: Scope<'a, S>) -> Option<Value> {
    scope
        .into_iter()
        .find_map(|span| span.extensions().get::<Task>().map(|Task(task)| task.clone()))
}

/// Writes a line for each event, and one for each span at its end.
pub(super) struct Lines {
    pub(super) format: Format,
    pub(super) sink: Sink,
    pub(super) clock: Arc<dyn Clock>,
    /// What the sink hears; the details are all that passes the filter.
    pub(super) level: Level,
    pub(super) details: Details,
}

impl Lines {
    fn write(&self, metadata: &Metadata<'_>, fields: Fields) {
        let line = self.line(metadata, fields);
        if self.details.are_wanted() {
            self.details.write(&line.render(Format::Json));
        }
        if *metadata.level() <= self.level {
            self.sink.write(&line.render(self.format));
        }
    }

    /// Whether anybody hears it.
    fn is_heard(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.level || self.details.are_wanted()
    }

    fn line(&self, metadata: &Metadata<'_>, fields: Fields) -> Line {
        Line {
            time: self.clock.now(),
            level: metadata.level().as_str().to_lowercase(),
            caller: format!("{}:{}", metadata.target(), metadata.line().unwrap_or_default()),
            message: fields.message,
            fields: fields.others,
        }
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Lines {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if !self.is_heard(event.metadata()) {
            return;
        }
        let mut fields = Fields::default();
        event.record(&mut fields);
        if let Some(task) = context.event_scope(event).and_then(task_of) {
            fields.others.entry(TASK).or_insert(task);
        }
        self.write(event.metadata(), fields);
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let heard = self.is_heard(span.metadata());
        if !heard && span.fields().field(TASK).is_none() {
            return;
        }
        let mut fields = Fields {
            message: span.name().to_owned(),
            ..Fields::default()
        };
        attributes.record(&mut fields);
        if let Some(task) = fields.others.get(TASK) {
            span.extensions_mut().insert(Task(task.clone()));
        }
        if heard {
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(fields) = span.extensions_mut().get_mut::<Fields>() {
            values.record(fields);
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        let fields = span.extensions_mut().remove::<Fields>();
        if let Some(fields) = fields {
            self.write(span.metadata(), fields);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use model::FixedClock;
    use tempfile::TempDir;
    use tracing_subscriber::layer::SubscriberExt as _;

    use super::*;

    /// The messages of what is logged at the level of events, each with its task.
    fn logged(happen: impl FnOnce()) -> Vec<String> {
        let folder = TempDir::new().unwrap();
        let log = folder.path().join("log");
        let lines = Lines {
            format: Format::Json,
            sink: Sink::files(&[log.to_str().unwrap().to_owned()]).unwrap(),
            clock: Arc::new(FixedClock(chrono::DateTime::UNIX_EPOCH)),
            level: Level::INFO,
            details: Details::default(),
        };
        tracing::subscriber::with_default(tracing_subscriber::registry().with(lines), happen);
        let text = fs::read_to_string(log).unwrap();
        let lines = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines
            .map(|line| format!("{} {}", line["msg"], line["task"]))
            .collect()
    }

    /// Spans are details, which the log does not show; whose task it is, it does.
    #[test]
    fn what_happens_within_a_task_says_so() {
        let said = logged(|| {
            tracing::info!("before");
            tracing::debug_span!("task", task = "t1", kind = "sync").in_scope(|| {
                tracing::info!("a read");
                tracing::debug!("a detail");
                tracing::debug_span!("call").in_scope(|| tracing::warn!("a wait"));
                tracing::info!(task = "t2", "another one's");
            });
            tracing::info!("after");
        });
        insta::assert_snapshot!(said.join("\n"), @r#"
        "before" null
        "a read" "t1"
        "a wait" "t1"
        "another one's" "t2"
        "after" null
        "#);
    }
}
