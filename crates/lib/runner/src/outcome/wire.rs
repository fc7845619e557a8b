//! Answers as protojson prints them (`c1.connector.v2`): zero values are left out.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use connector::{AccountOutcome, ActionField, ActionKind, ActionSchema, Changed, FieldKind};
use model::{Resource, ResourceId};
use proto::connector_v2 as wire;
use proto::json::to_json;
use sealing::Sealed;
use serde_json::{Map, Value, json};

use super::Response;
use crate::actions::{ActionRun, State};
use crate::profile;

/// The provider whose recipients are JSON Web Keys.
const JWK: &str = "baton/jwk/v1";

/// What was changed, and what was noticed meanwhile.
pub(super) fn changed(changed: &Changed) -> Vec<(String, Value)> {
    let Changed {
        effect,
        change,
        notes,
    } = changed;
    vec![
        ("effect".to_owned(), json!(effect)),
        ("change".to_owned(), json!(change)),
        ("notes".to_owned(), json!(notes)),
    ]
}

/// The message that answers the task; `None` when there is nothing to answer because nothing was made.
pub(super) fn response(response: &Response) -> Option<Value> {
    match response {
        Response::Account(outcome) => account(outcome),
        Response::Secrets(_, secrets) if secrets.is_empty() => None,
        Response::Secrets(resource, secrets) => Some(json!({
            "encryptedData": secrets.iter().map(sealed).collect::<Vec<_>>(),
            "resourceId": resource_id(resource),
        })),
        Response::Action(run) => Some(action(run)),
        Response::Schemas(schemas) => Some(filled([("schemas", schemas.iter().map(schema).collect())])),
    }
}

/// `CreateAccountResponse`.
fn account(outcome: &AccountOutcome) -> Option<Value> {
    let (key, fields) = match outcome {
        AccountOutcome::Created(resource) => ("success", vec![("resource", whole(resource))]),
        AccountOutcome::ActionRequired { resource, message } => (
            "actionRequired",
            vec![
                ("resource", whole(resource)),
                ("message", message.as_str().into()),
            ],
        ),
        AccountOutcome::AlreadyExists(Some(resource)) => {
            ("alreadyExists", vec![("resource", whole(resource))])
        }
        AccountOutcome::AlreadyExists(None) => return Some(json!({"alreadyExists": {}})),
        AccountOutcome::Planned => return None,
    };
    let mark = ("isCreateAccountResult", true.into());
    Some(json!({ key: filled(fields.into_iter().chain([mark])) }))
}

fn whole(resource: &Resource) -> Value {
    to_json(&wire::Resource::from(resource))
}

fn resource_id(id: &ResourceId) -> Value {
    to_json(&wire::ResourceId::from(id))
}

/// `EncryptedData`; the older provider repeats its key in a field that is deprecated.
fn sealed(sealed: &Sealed) -> Value {
    let older = sealed.key_ids.first().filter(|_| sealed.provider == JWK);
    filled([
        ("provider", sealed.provider.into()),
        ("keyId", older.cloned().into()),
        ("name", sealed.label.name.as_str().into()),
        ("description", sealed.label.description.as_str().into()),
        ("encryptedBytes", BASE64_STANDARD.encode(&sealed.bytes).into()),
        ("keyIds", sealed.key_ids.clone().into()),
    ])
}

/// `InvokeActionResponse`.
fn action(run: &ActionRun) -> Value {
    let response = match &run.state {
        State::Complete(response) => profile::to_json(response),
        State::Failed(error) => json!({"error": error.message}),
        State::Pending | State::Running => Value::Null,
    };
    filled([
        ("id", run.id.as_str().into()),
        ("status", run.status().into()),
        ("response", response),
        ("name", run.name.as_str().into()),
    ])
}

/// `BatonActionSchema`.
fn schema(schema: &ActionSchema) -> Value {
    let fields = |fields: &[ActionField]| fields.iter().map(field).collect::<Value>();
    let on = schema.resource_type.as_ref().map(ToString::to_string);
    filled([
        ("name", schema.name.into()),
        ("arguments", fields(&schema.arguments)),
        ("returnTypes", fields(&schema.returns)),
        ("displayName", schema.display_name.into()),
        ("description", schema.description.into()),
        ("actionType", json!([action_type(schema.kind)])),
        ("resourceTypeId", on.into()),
    ])
}

fn action_type(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Dynamic => "ACTION_TYPE_DYNAMIC",
        ActionKind::Account => "ACTION_TYPE_ACCOUNT",
        ActionKind::ResourceEnable => "ACTION_TYPE_RESOURCE_ENABLE",
        ActionKind::ResourceDisable => "ACTION_TYPE_RESOURCE_DISABLE",
    }
}

/// `c1.config.v1.Field`.
fn field(field: &ActionField) -> Value {
    let variant = match field.kind {
        FieldKind::Text => "stringField",
        FieldKind::Switch => "boolField",
        FieldKind::Texts => "stringSliceField",
    };
    let named = filled([
        ("name", field.name.into()),
        ("displayName", field.display_name.into()),
        ("description", field.description.into()),
        ("isRequired", field.required.into()),
    ]);
    let mut members: Map<String, Value> = named.as_object().cloned().unwrap_or_default();
    members.insert(variant.to_owned(), json!({}));
    Value::Object(members)
}

/// An object without the members that say nothing.
fn filled<'a>(members: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let said = members.into_iter().filter(|(_, value)| match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Number(_) | Value::Object(_) => true,
    });
    Value::Object(said.map(|(key, value)| (key.to_owned(), value)).collect())
}
