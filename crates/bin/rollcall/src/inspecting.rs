//! From the command line to a question about a file.

use c1z::{Limits, ReadOptions};
use inspect::{Format, Question};
use model::ResourceId;

use crate::args::{Form, Held, Inspect, Output, Topic};
use crate::failure::Failure;
use crate::terminal;

/// Answers on the terminal.
pub(crate) fn run(args: Inspect) -> Result<(), Failure> {
    let question = question(args);
    terminal::with_screen(|screen| inspect::answer(&question, screen))?;
    Ok(())
}

fn question(args: Inspect) -> Question {
    let reading = ReadOptions {
        limits: limits(args.max_decoded_size_mb),
        temp_dir: args.temp_dir,
    };
    let format = match args.output {
        Output::Table => Format::Table,
        Output::Json => Format::Json,
    };
    Question {
        file: args.file,
        reading,
        sync: args.sync_id.map(Into::into),
        format,
        topic: topic(args.topic),
    }
}

fn limits(megabytes: Option<u64>) -> Limits {
    let standard = Limits::default();
    Limits {
        decoded_bytes: megabytes.map_or(standard.decoded_bytes, |megabytes| megabytes << 20),
        ..standard
    }
}

fn topic(topic: Topic) -> inspect::Topic {
    match topic {
        Topic::ResourceTypes => inspect::Topic::ResourceTypes,
        Topic::Resources { resource_type } => inspect::Topic::Resources(resource_type.map(Into::into)),
        Topic::Entitlements { resource_type } => inspect::Topic::Entitlements(resource_type.map(Into::into)),
        Topic::Grants(held) => inspect::Topic::Grants(self::held(held)),
        Topic::Principals(held) => inspect::Topic::Principals(self::held(held)),
        Topic::Access { who } => inspect::Topic::Access(who),
        Topic::Diff { from, to, other } => inspect::Topic::Diff(inspect::Sides {
            from: from.map(Into::into),
            to: to.map(Into::into),
            other,
        }),
        Topic::Stats => inspect::Topic::Stats,
        Topic::Syncs => inspect::Topic::Syncs,
        Topic::Check => inspect::Topic::Check,
        Topic::Findings => inspect::Topic::Findings,
        Topic::Export { form } => export(form),
    }
}

fn export(form: Form) -> inspect::Topic {
    let (form, out) = match form {
        Form::Csv { out } => (inspect::Form::Csv, out),
        Form::Xlsx { out } => (inspect::Form::Xlsx, out),
    };
    inspect::Topic::Export { form, out }
}

fn held(held: Held) -> inspect::Held {
    match (held.resource_type, held.resource) {
        (Some(kind), Some(object)) => inspect::Held {
            resource: Some(ResourceId::new(kind, object)),
            ..inspect::Held::default()
        },
        (kind, _) => inspect::Held {
            entitlement: held.entitlement.map(Into::into),
            resource_type: kind.map(Into::into),
            resource: None,
        },
    }
}
