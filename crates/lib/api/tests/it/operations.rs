//! Every operation once, with something to send: in an order in which what is removed is removed last.

use serde_json::{Value, json};

/// The operations, by method and path.
pub(crate) const ALL: &[&str] = &[
    "GET /me",
    "GET /operators",
    "GET /operators/{operator}",
    "GET /apps",
    "GET /apps/{app}",
    "GET /connectors",
    "GET /connectors/{connector}",
    "GET /connectors/{connector}/settings",
    "GET /connectors/{connector}/held",
    "GET /connectors/{connector}/credentials",
    "GET /connectors/{connector}/runs",
    "GET /connectors/{connector}/runs/{run}",
    "GET /connectors/{connector}/runs/{run}/difference",
    "GET /connectors/{connector}/runs/{run}/changes",
    "GET /connectors/{connector}/log",
    "GET /connectors/{connector}/files",
    "GET /connectors/{connector}/files/{file}",
    "GET /connectors/{connector}/overview",
    "GET /connectors/{connector}/accounts",
    "GET /connectors/{connector}/account",
    "GET /connectors/{connector}/entitlements",
    "GET /connectors/{connector}/entitlement",
    "GET /connectors/{connector}/holders",
    "GET /connectors/{connector}/holdings",
    "GET /audit",
    "GET /letters",
    "POST /operators",
    "PATCH /operators/{operator}",
    "DELETE /operators/{operator}/sessions",
    "POST /operators/{operator}/deactivate",
    "POST /operators/{operator}/reactivate",
    "POST /apps",
    "POST /apps/import",
    "PATCH /apps/{app}",
    "POST /apps/{app}/promote",
    "POST /connectors",
    "PATCH /connectors/{connector}",
    "POST /connectors/{connector}/settings/test",
    "PUT /connectors/{connector}/settings",
    "POST /connectors/{connector}/credentials",
    "DELETE /connectors/{connector}/credentials/{credential}",
    "POST /connectors/{connector}/sync",
    "POST /connectors/{connector}/runs/{run}/cancel",
    "POST /connectors/{connector}/pause",
    "POST /connectors/{connector}/resume",
    "POST /connectors/{connector}/ask-again",
    "POST /connectors/{connector}/held/confirm",
    "POST /connectors/{connector}/held/discard",
    "DELETE /connectors/{connector}",
];

/// What has to stand behind an address.
pub(crate) fn query(operation: &str) -> &'static str {
    match operation.rsplit('/').next().unwrap_or_default() {
        "account" | "holdings" => "?type=user&id=u1",
        "entitlement" => "?id=role:r1:member",
        "holders" => "?entitlement=role:r1:member",
        _ => "",
    }
}

/// What is sent with an operation, for things that this person is to own.
pub(crate) fn body(operation: &str, owner: &str) -> Value {
    let settings = json!({
        "account_id": "0123456789abcdef0123456789abcdef",
        "authentication": { "way": "api-token", "token": "cfat_0123456789abcdefghij" },
        "mode": "reviews",
    });
    match operation {
        "POST /operators" => json!({ "name": "New", "email": "new@example.com", "roles": ["user"] }),
        "PATCH /operators/{operator}" => json!({ "roles": ["super-administrator"] }),
        "POST /apps" => json!({ "name": "Another" }),
        "POST /apps/import" => json!({ "names": ["One", "Two"] }),
        "PATCH /apps/{app}" => json!({ "name": "Mail 2" }),
        "POST /apps/{app}/promote" => json!({ "owners": [owner] }),
        "POST /connectors" => json!({
            "name": "Another",
            "kind": "cloudflare",
            "hosting": "hosted",
            "app": { "attach": "new", "name": "Another app" },
            "owners": [owner],
            "schedule": { "when": "never" },
        }),
        "PATCH /connectors/{connector}" => json!({ "guard": { "percent": 20 } }),
        "POST /connectors/{connector}/settings/test" | "PUT /connectors/{connector}/settings" => settings,
        _ => Value::Null,
    }
}
