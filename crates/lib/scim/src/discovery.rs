//! What the service says of itself.

use serde_json::{Value, json};

use crate::query::MOST;
use crate::{group, person};

/// What it can do.
pub(crate) fn config(base: &str) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "patch": { "supported": true },
        "bulk": { "supported": false, "maxOperations": 0, "maxPayloadSize": 0 },
        "filter": { "supported": true, "maxResults": MOST },
        "changePassword": { "supported": false },
        "sort": { "supported": false },
        "etag": { "supported": false },
        "authenticationSchemes": [{
            "type": "oauthbearertoken",
            "name": "API key",
            "description": "Authorization: Bearer, with an API key for users by SCIM",
            "primary": true,
        }],
        "meta": { "resourceType": "ServiceProviderConfig", "location": format!("{base}/ServiceProviderConfig") },
    })
}

/// The kinds of things that there are.
pub(crate) fn resource_types(base: &str) -> Vec<Value> {
    let kind = |name: &str, endpoint: &str, schema: &str| {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
            "id": name,
            "name": name,
            "endpoint": endpoint,
            "schema": schema,
            "meta": { "resourceType": "ResourceType", "location": format!("{base}/ResourceTypes/{name}") },
        })
    };
    vec![
        kind("User", "/Users", person::SCHEMA),
        kind("Group", "/Groups", group::SCHEMA),
    ]
}

/// What they have.
pub(crate) fn schemas(base: &str) -> Vec<Value> {
    let name = json!({
        "name": "name", "type": "complex", "multiValued": false, "required": false, "mutability": "readWrite",
        "returned": "default", "uniqueness": "none",
        "subAttributes": [text("formatted"), text("givenName"), text("familyName")],
    });
    let user = [
        named("userName", "server"),
        text("displayName"),
        name,
        many("emails", "readOnly", &[text("value"), text("type")]),
        flag("active"),
        exact("externalId"),
    ];
    let members = many("members", "readWrite", &[exact("value")]);
    let group = [named("displayName", "server"), members, exact("externalId")];
    vec![
        schema(base, person::SCHEMA, "User", &user),
        schema(base, group::SCHEMA, "Group", &group),
    ]
}

fn schema(base: &str, id: &str, name: &str, attributes: &[Value]) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
        "id": id,
        "name": name,
        "attributes": attributes,
        "meta": { "resourceType": "Schema", "location": format!("{base}/Schemas/{id}") },
    })
}

fn attribute(name: &str, required: bool, exact: bool, uniqueness: &str) -> Value {
    json!({
        "name": name, "type": "string", "multiValued": false, "required": required, "caseExact": exact,
        "mutability": "readWrite", "returned": "default", "uniqueness": uniqueness,
    })
}

fn text(name: &str) -> Value {
    attribute(name, false, false, "none")
}

fn exact(name: &str) -> Value {
    attribute(name, false, true, "none")
}

fn named(name: &str, uniqueness: &str) -> Value {
    attribute(name, true, false, uniqueness)
}

fn flag(name: &str) -> Value {
    json!({
        "name": name, "type": "boolean", "multiValued": false, "required": false,
        "mutability": "readWrite", "returned": "default",
    })
}

fn many(name: &str, mutability: &str, parts: &[Value]) -> Value {
    json!({
        "name": name, "type": "complex", "multiValued": true, "required": false, "mutability": mutability,
        "returned": "default", "uniqueness": "none", "subAttributes": parts,
    })
}
