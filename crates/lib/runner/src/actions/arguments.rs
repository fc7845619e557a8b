//! Whether an invocation fits the action.

use connector::{ActionField, ActionSchema, ConnectorError, ErrorKind, FieldKind};
use model::ProfileValue;

use crate::task::Invocation;

/// Checks the name and the arguments against what there is, before anything is called.
pub(crate) fn check(schemas: &[ActionSchema], invocation: &Invocation) -> Result<(), ConnectorError> {
    let Invocation {
        name,
        arguments,
        resource_type,
    } = invocation;
    let found = schemas.iter().find(|schema| schema.name == name);
    let found = found.filter(|schema| resource_type.is_none() || schema.resource_type == *resource_type);
    let schema = found.ok_or_else(|| unknown_action(schemas, name))?;
    let missing = schema
        .arguments
        .iter()
        .filter(|field| field.required && !arguments.contains_key(field.name));
    let missing = missing.map(|field| format!("{} is missing", field.name));
    let given = arguments
        .iter()
        .filter_map(|(key, value)| misfit(schema, key, value));
    let mistakes: Vec<String> = missing.chain(given).collect();
    if mistakes.is_empty() {
        return Ok(());
    }
    let text = format!("the arguments do not fit {name}: {}", mistakes.join("; "));
    Err(ConnectorError::new(ErrorKind::InvalidArgument, text)
        .with_code("invalid-action-arguments")
        .with_hint(format!("it takes {}", takes(schema))))
}

fn unknown_action(schemas: &[ActionSchema], name: &str) -> ConnectorError {
    let text = format!("invoking action failed: handler for action {name} not found");
    let names: Vec<&str> = schemas.iter().map(|schema| schema.name).collect();
    let hint = if names.is_empty() {
        "this connector has no actions".to_owned()
    } else {
        format!("there are {}", names.join(", "))
    };
    ConnectorError::new(ErrorKind::NotFound, text)
        .with_code("unknown-action")
        .with_hint(hint)
}

/// What is wrong with one argument.
fn misfit(schema: &ActionSchema, key: &str, value: &ProfileValue) -> Option<String> {
    let Some(field) = schema.arguments.iter().find(|field| field.name == key) else {
        return Some(format!("{key} is not known"));
    };
    (!fits(field.kind, value)).then(|| format!("{key} is not {}", kind_name(field.kind)))
}

fn fits(kind: FieldKind, value: &ProfileValue) -> bool {
    match (kind, value) {
        (FieldKind::Text, ProfileValue::Text(_)) | (FieldKind::Switch, ProfileValue::Bool(_)) => true,
        (FieldKind::Texts, ProfileValue::List(items)) => {
            items.iter().all(|item| matches!(item, ProfileValue::Text(_)))
        }
        _ => false,
    }
}

/// A kind of value, for people.
fn kind_name(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "a text",
        FieldKind::Switch => "true or false",
        FieldKind::Texts => "a list of texts",
    }
}

/// What an action takes, for people.
pub(crate) fn takes(schema: &ActionSchema) -> String {
    let field = |field: &ActionField| {
        let must = if field.required { ", required" } else { "" };
        format!("{} ({}{must})", field.name, kind_name(field.kind))
    };
    let fields: Vec<String> = schema.arguments.iter().map(field).collect();
    if fields.is_empty() {
        "no arguments".to_owned()
    } else {
        fields.join(", ")
    }
}
