//! The `OpenAPI` document: made of the endpoints, so that it says nothing that they do not do.

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::PREFIX;
use crate::endpoint::Endpoint;
use crate::problem::Told;

/// What each endpoint may answer besides what it is for.
const TROUBLES: [(&str, &str); 6] = [
    ("401", "There is no key, or none that is good."),
    (
        "403",
        "The key's owner may not, or its scope does not reach so far.",
    ),
    (
        "404",
        "There is no such thing, or not for the key's owner to see.",
    ),
    ("409", "It cannot be done with how things are."),
    ("422", "Something in the request cannot be."),
    ("429", "There were too many calls."),
];

/// The document of these.
pub(crate) fn of(endpoints: &[Endpoint]) -> Value {
    let mut schemas = Schemas::new();
    let mut paths = Map::new();
    for endpoint in endpoints {
        let operation = schemas.operation(endpoint);
        let path = paths.entry(endpoint.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(endpoint.method.as_str().to_lowercase(), operation);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Rollcall",
            "summary": "Access governance for Cloudflare.",
            "description": "All that the console does, for programs. Keys are made in the console, under Your account, API keys; a key may do what its owner may and its scope allows.",
            "version": "1",
        },
        "servers": [{ "url": PREFIX }],
        "security": [{ "key": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas.all(),
            "securitySchemes": {
                "key": { "type": "http", "scheme": "bearer", "bearerFormat": "rck_…" },
            },
        },
    })
}

/// Something that went wrong, as RFC 9457 has it.
fn problem(about: &str) -> Value {
    json!({
        "description": about,
        "content": {
            "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } },
        },
    })
}

/// What is sent, and what is answered: a part that may be left out when it is sent is always there when it is answered.
struct Schemas {
    sent: SchemaGenerator,
    answered: SchemaGenerator,
}

impl Schemas {
    fn new() -> Self {
        let settings = SchemaSettings::draft2020_12().with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        });
        let mut answered = settings.clone().for_serialize().into_generator();
        answered.subschema_for::<Told>();
        Self {
            sent: settings.for_deserialize().into_generator(),
            answered,
        }
    }

    fn operation(&mut self, endpoint: &Endpoint) -> Value {
        let mut operation = Map::new();
        operation.insert("operationId".to_owned(), endpoint.name.into());
        operation.insert("summary".to_owned(), endpoint.about.into());
        operation.insert("tags".to_owned(), json!([tag(endpoint.path)]));
        let parameters = self.parameters(endpoint);
        if !parameters.is_empty() {
            operation.insert("parameters".to_owned(), parameters.into());
        }
        if let Some(schema) = (endpoint.input)(&mut self.sent) {
            let content = json!({ "application/json": { "schema": schema } });
            let body = json!({ "required": true, "content": content });
            operation.insert("requestBody".to_owned(), body);
        }
        operation.insert("responses".to_owned(), self.responses(endpoint).into());
        operation.into()
    }

    fn parameters(&mut self, endpoint: &Endpoint) -> Vec<Value> {
        let named = endpoint.path.split('/').filter_map(|part| {
            let name = part.strip_prefix('{')?.strip_suffix('}')?;
            Some(json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        });
        let query = (endpoint.query)(&mut self.sent).to_value();
        let of = |part: &str| query.get(part).cloned().unwrap_or_default();
        let required = of("required");
        let asked = of("properties").as_object().cloned().unwrap_or_default();
        let asked = asked.into_iter().map(|(name, mut schema)| {
            let about = schema
                .as_object_mut()
                .and_then(|schema| schema.remove("description"));
            let is_required = required.as_array().is_some_and(|all| all.contains(&json!(name)));
            json!({
                "name": name,
                "in": "query",
                "required": is_required,
                "description": about.unwrap_or_default(),
                "schema": without_nothing(schema),
            })
        });
        named.chain(asked).collect()
    }

    fn responses(&mut self, endpoint: &Endpoint) -> Map<String, Value> {
        let schema = (endpoint.answer)(&mut self.answered);
        let media = schema.map_or_else(|| json!({}), |schema| json!({ "schema": schema }));
        let answers = endpoint.statuses.iter().map(|(status, about)| {
            let response = match endpoint.content {
                Some(content) => json!({ "description": about, "content": { content: media } }),
                None => json!({ "description": about }),
            };
            (status.as_str().to_owned(), response)
        });
        let troubles = TROUBLES.map(|(status, about)| (status.to_owned(), problem(about)));
        answers.chain(troubles).collect()
    }

    /// All that were named. What is both sent and answered stands here as it may be sent.
    fn all(mut self) -> Map<String, Value> {
        let mut all = self.answered.take_definitions(true);
        all.extend(self.sent.take_definitions(true));
        all.sort_keys();
        all
    }
}

/// The schema of something that can be left out, for where there is no way to say that it is nothing.
fn without_nothing(schema: Value) -> Value {
    let Value::Object(mut schema) = schema else {
        return schema;
    };
    if let Some(Value::Array(types)) = schema.get("type") {
        let some = types.iter().find(|one| **one != "null").cloned();
        schema.insert("type".to_owned(), some.unwrap_or_default());
    }
    if let Some(Value::Array(any)) = schema.remove("anyOf") {
        let some = any.into_iter().find(|one| *one != json!({ "type": "null" }));
        return some.unwrap_or_default();
    }
    schema.into()
}

/// Under what it stands in a list of all.
fn tag(path: &str) -> &str {
    let mut parts = path.split('/').skip(1).filter(|part| !part.starts_with('{'));
    let (first, second) = (parts.next(), parts.next());
    match second {
        Some(part @ ("settings" | "held" | "credentials" | "runs" | "log" | "files")) => part,
        Some(
            "overview" | "accounts" | "account" | "entitlements" | "entitlement" | "holders" | "holdings",
        ) => "access",
        _ => first.unwrap_or_default(),
    }
}
