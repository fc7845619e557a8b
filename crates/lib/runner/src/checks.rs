//! Checks of single settings that go beyond their kind.

use std::path::Path;

use task_protocol::{ClientId, ClientSecret};

use crate::input::{Environment, Origin, Values};
use crate::problem::Problem;

/// What parts a resource may play, as `external-resource-traits` names them.
const TRAITS: [&str; 6] = ["USER", "GROUP", "ROLE", "APP", "SECRET", "SECURITY_INSIGHT"];

/// What is wrong with single settings, whatever the task.
pub(crate) fn failed(values: &Values, environment: &Environment) -> Vec<Problem> {
    let checks = [
        file(values),
        client_id(values),
        client_secret(values),
        profile(values),
        arguments(values, "invoke-action-args"),
        arguments(values, "invoke-resource-action-args"),
        event_start(values),
    ];
    checks
        .into_iter()
        .flatten()
        .chain(crate::settings::working_folder_problem(values, environment))
        .collect()
}

/// What is wrong with settings that only a sync reads.
pub(crate) fn failed_for_a_sync(values: &Values) -> Vec<Problem> {
    let checks = [
        targeted(values),
        full_sync(values),
        engine(values),
        external_file(values),
    ];
    checks.into_iter().flatten().chain(traits(values)).collect()
}

fn file(values: &Values) -> Option<Problem> {
    values.text("file").trim().is_empty().then(|| {
        Problem::new("the file has no name")
            .given_by(values.origin("file"))
            .hint("name one, such as -f sync.c1z, or leave it out")
    })
}

fn client_id(values: &Values) -> Option<Problem> {
    let id = Some(values.text("client-id")).filter(|id| !id.is_empty())?;
    let error = ClientId::parse(id).err()?;
    let problem = Problem::new(error.to_string()).given_by(values.origin("client-id"));
    Some(problem.hint("it looks like name@host/v1; copy it from where it was made"))
}

fn client_secret(values: &Values) -> Option<Problem> {
    use secrecy::ExposeSecret;
    let error = ClientSecret::parse(values.secret("client-secret")?.expose_secret()).err()?;
    let problem = Problem::new(error.to_string()).given_by(values.origin("client-secret"));
    Some(problem.hint("it has four parts with colons between them; copy all of it"))
}

fn targeted(values: &Values) -> Option<Problem> {
    let targets = !values.list("sync-resources").is_empty();
    if values.switch("skip-grants") && !targets {
        let problem = Problem::new("skip-grants can only be set within a targeted sync");
        return Some(
            problem
                .given_by(values.origin("skip-grants"))
                .hint("add --sync-resources, or drop --skip-grants"),
        );
    }
    let both = targets && !values.list("sync-resource-types").is_empty();
    both.then(|| {
        Problem::new("sync-resources and sync-resource-types cannot be used together")
            .hint("name single resources, or whole types")
    })
}

fn full_sync(values: &Values) -> Option<Problem> {
    let alone = values.switch("skip-full-sync") && !values.is_set("client-id");
    alone.then(|| {
        Problem::new("skip-full-sync only has a meaning in service mode")
            .given_by(values.origin("skip-full-sync"))
            .hint("drop it; to read only a part, use --sync-resources or --sync-resource-types")
    })
}

/// What is wrong with the storage engine, whoever asks for the sync.
pub(crate) fn engine(values: &Values) -> Option<Problem> {
    (values.text("storage-engine") == "pebble").then(|| {
        Problem::new("field storage-engine: this version writes v1 (sqlite) files, not v3 (pebble) ones")
            .given_by(values.origin("storage-engine"))
            .hint("drop it, or say sqlite; programs that read v3 files read v1 files as well")
    })
}

fn external_file(values: &Values) -> Option<Problem> {
    let path = values.text("external-resource-c1z");
    let absent = !path.is_empty() && !Path::new(path).exists();
    absent.then(|| {
        Problem::new(format!(
            "the specified external resource c1z file does not exist: {path}"
        ))
        .given_by(values.origin("external-resource-c1z"))
    })
}

fn traits(values: &Values) -> impl Iterator<Item = Problem> {
    let unknown = values.list("external-resource-traits").iter().filter(|name| {
        let name = name.to_uppercase();
        !TRAITS.contains(&name.strip_prefix("TRAIT_").unwrap_or(&name))
    });
    unknown.map(|name| {
        Problem::new(format!("unknown external resource trait \"{name}\""))
            .given_by(values.origin("external-resource-traits"))
            .hint(format!("known are {}", TRAITS.join(", ").to_lowercase()))
    })
}

fn profile(values: &Values) -> Option<Problem> {
    let text = Some(values.text("create-account-profile")).filter(|text| !text.is_empty())?;
    object_problem(
        text,
        "create-account-profile",
        values.origin("create-account-profile"),
    )
}

fn arguments(values: &Values, name: &str) -> Option<Problem> {
    object_problem(values.text(name), name, values.origin(name))
}

/// The parser's words quote at most a place in the text, not the text.
fn object_problem(text: &str, name: &str, origin: &Origin) -> Option<Problem> {
    let error = match serde_json::from_str::<serde_json::Value>(text) {
        Ok(serde_json::Value::Object(_)) => return None,
        Ok(_) => "it is JSON, but not an object".to_owned(),
        Err(error) => error.to_string(),
    };
    Some(
        Problem::new(format!("failed to parse {name}: {error}"))
            .given_by(origin)
            .hint(r#"write a JSON object, such as {"key": "value"}"#),
    )
}

fn event_start(values: &Values) -> Option<Problem> {
    let text = Some(values.text("event-feed-start-at")).filter(|text| !text.is_empty())?;
    let error = chrono::DateTime::parse_from_rfc3339(text).err()?;
    Some(
        Problem::new(format!("event-feed-start-at: '{text}' is not a time: {error}"))
            .given_by(values.origin("event-feed-start-at"))
            .hint("write it like 2026-11-23T12:00:00Z"),
    )
}
