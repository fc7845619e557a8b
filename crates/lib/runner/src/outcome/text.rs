//! An outcome for people: short sentences, then what was before and what is after.

use connector::{AccountOutcome, ActionSchema, Call, Change, Changed, Effect};
use model::Resource;
use proto::json::to_json;
use sealing::{AGE_PROVIDER, Sealed};
use serde_json::Value;

use super::{Outcome, Response};
use crate::actions::{ActionRun, State, takes};
use crate::messages;
use crate::summary::remark;
use crate::words::plain;

/// The letters in a line of an age file as text.
const ARMOR_WIDTH: usize = 64;

pub(super) fn of(outcome: &Outcome) -> String {
    let changed = outcome.changed.as_ref().map(of_change).unwrap_or_default();
    let response = of_response(&outcome.response);
    let remarks: String = outcome
        .changed
        .iter()
        .flat_map(|changed| &changed.notes)
        .map(|note| remark(&note.clone().plain()))
        .collect();
    format!("{changed}{response}{remarks}")
}

fn of_change(changed: &Changed) -> String {
    let Change {
        title,
        before,
        after,
        calls,
    } = &changed.change;
    let title = plain(title);
    let lines = difference(before, after);
    match changed.effect {
        Effect::Made => format!("Done: {title}\n{lines}"),
        Effect::AlreadySo => format!("Nothing to do, it is so already: {title}\n{lines}"),
        Effect::Planned => {
            let calls: String = calls.iter().map(call).collect();
            format!("Would be done: {title}\n{lines}{calls}\nNothing was changed.\n")
        }
    }
}

/// What goes has a `-`, what comes a `+`, and what stays neither.
fn difference(before: &[String], after: &[String]) -> String {
    let mut coming: Vec<&String> = after.iter().collect();
    let mut lines = Vec::new();
    for line in before {
        match coming.iter().position(|other| *other == line) {
            Some(place) => {
                coming.remove(place);
                lines.push(format!("    {}\n", plain(line)));
            }
            None => lines.push(format!("  - {}\n", plain(line))),
        }
    }
    lines.extend(coming.into_iter().map(|line| format!("  + {}\n", plain(line))));
    if lines.is_empty() {
        return String::new();
    }
    format!("\n{}", lines.concat())
}

fn call(call: &Call) -> String {
    let body = call
        .body
        .as_ref()
        .map(|body| format!("{body:#}\n"))
        .unwrap_or_default();
    let body = textwrap::indent(&body, "    ");
    format!("\n  {} {}\n{body}", call.method, plain(&call.path))
}

fn of_response(response: &Response) -> String {
    match response {
        Response::Granted(_) | Response::Revoked(_) | Response::Deleted(_) => String::new(),
        Response::Account(outcome) => account(outcome),
        Response::Secrets(_, secrets) => secrets.iter().map(secret).collect(),
        Response::Action(run) => action(run),
        Response::Schemas(schemas) if schemas.is_empty() => "There are no actions.\n".to_owned(),
        Response::Schemas(schemas) => schemas.iter().map(schema).collect::<Vec<_>>().join("\n"),
    }
}

fn account(outcome: &AccountOutcome) -> String {
    match outcome {
        AccountOutcome::Created(resource) => format!("\nThe account can be used: {}\n", named(resource)),
        AccountOutcome::ActionRequired { resource, message } => {
            format!("\n{}\n{}\n", plain(message), named(resource))
        }
        AccountOutcome::AlreadyExists(Some(resource)) => {
            format!("\nThere is one already: {}\n", named(resource))
        }
        AccountOutcome::AlreadyExists(None) => "\nThere is one already.\n".to_owned(),
        AccountOutcome::Planned => String::new(),
    }
}

fn named(resource: &Resource) -> String {
    plain(&format!("{} ({})", resource.display_name, resource.id))
}

/// A sealed secret to copy; age files in the form that age programs read from a text.
fn secret(sealed: &Sealed) -> String {
    let keys = sealed.key_ids.join(", ");
    let (text, how) = if sealed.provider == AGE_PROVIDER {
        (
            armored(&sealed.base64()),
            "open it with: age --decrypt -i <your key>",
        )
    } else {
        (sealed.base64(), "in base64")
    };
    let name = plain(&sealed.label.name);
    format!(
        "\nThe new secret of {name}, sealed for key {keys} ({}; {how}):\n\n{text}\n",
        sealed.provider
    )
}

fn armored(base64: &str) -> String {
    let letters: Vec<char> = base64.chars().collect();
    let lines = letters
        .chunks(ARMOR_WIDTH)
        .map(|line| line.iter().collect::<String>());
    let lines: Vec<String> = lines.collect();
    format!(
        "-----BEGIN AGE ENCRYPTED FILE-----\n{}\n-----END AGE ENCRYPTED FILE-----",
        lines.join("\n")
    )
}

fn action(run: &ActionRun) -> String {
    match &run.state {
        State::Complete(_) => format!("Complete: {}\n{}", run.name, values(run)),
        State::Failed(error) => format!("Failed: {}: {}\n", run.name, plain(&error.message)),
        State::Pending | State::Running => format!("Under way: {} ({})\n", run.name, run.id),
    }
}

/// What an action gives, a line for each thing.
fn values(run: &ActionRun) -> String {
    let json = to_json(&messages::run(run));
    let members = json
        .get("response")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    members.map(|(key, value)| member(key, value)).collect()
}

/// A value beside its name, several ones below it.
fn member(key: &str, value: &Value) -> String {
    match value.as_array() {
        Some(items) => {
            let lines = items.iter().map(|item| format!("    {}\n", word(item)));
            format!("  {key}:\n{}", lines.collect::<String>())
        }
        None => format!("  {key}: {}\n", word(value)),
    }
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), plain)
}

fn schema(schema: &ActionSchema) -> String {
    let on = schema.resource_type.as_ref();
    let on = on.map(|kind| format!(" (on {kind})")).unwrap_or_default();
    format!(
        "{}{on}\n  {}\n  takes {}\n",
        schema.name,
        schema.description,
        takes(schema)
    )
}
