//! Turning events into lines.

use std::sync::Arc;

use model::Clock;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use super::details::Details;
use super::fields::Fields;
use super::line::{Format, Line};
use super::sink::Sink;

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
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if !self.is_heard(event.metadata()) {
            return;
        }
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.write(event.metadata(), fields);
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id).filter(|span| self.is_heard(span.metadata())) else {
            return;
        };
        let mut fields = Fields {
            message: span.name().to_owned(),
            ..Fields::default()
        };
        attributes.record(&mut fields);
        span.extensions_mut().insert(fields);
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
