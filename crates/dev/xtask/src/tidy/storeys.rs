//! Who may know whom. ARCHITECTURE.md says why; this table is what is enforced.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Each of our crates, and the crates of ours that it may depend on outside its tests.
const STOREYS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("proto", &["model"]),
    ("http-client", &[]),
    ("cloudflare", &["http-client"]),
    ("c1z", &["model", "proto"]),
    ("sealing", &[]),
    ("vault", &["model"]),
    ("archive", &[]),
    ("authn", &["model"]),
    ("mail", &[]),
    ("task-protocol", &["proto"]),
    ("oidc", &["http-client", "model"]),
    ("passkeys", &["model"]),
    ("runtime", &[]),
    ("ui", &[]),
    ("connector", &["model", "sealing"]),
    ("sync", &["c1z", "connector", "model", "proto"]),
    (
        "connector-cloudflare",
        &["cloudflare", "connector", "model", "sealing"],
    ),
    (
        "runner",
        &[
            "c1z",
            "connector",
            "http-client",
            "model",
            "proto",
            "runtime",
            "sealing",
            "sync",
            "task-protocol",
        ],
    ),
    ("governance", &["model"]),
    ("projection", &["c1z", "governance", "model", "proto"]),
    ("store", &["governance", "model"]),
    (
        "task-service",
        &["c1z", "governance", "model", "proto", "task-protocol"],
    ),
    (
        "console",
        &[
            "authn",
            "governance",
            "http-client",
            "lobby",
            "model",
            "oidc",
            "passkeys",
            "ui",
            "vault",
        ],
    ),
    ("api", &["authn", "governance", "lobby", "model"]),
    (
        "lobby",
        &["authn", "governance", "model", "task-protocol", "vault"],
    ),
    ("scim", &["authn", "governance", "lobby"]),
    ("inspect", &["c1z", "model", "proto"]),
    ("hosting", &["governance", "model"]),
    (
        "baton-cloudflare",
        &[
            "cloudflare",
            "connector",
            "connector-cloudflare",
            "http-client",
            "model",
            "runner",
        ],
    ),
    (
        "rollcall",
        &[
            "archive",
            "api",
            "authn",
            "baton-cloudflare",
            "c1z",
            "cloudflare",
            "cloudflare-sim",
            "connector",
            "connector-cloudflare",
            "console",
            "governance",
            "hosting",
            "http-client",
            "inspect",
            "lobby",
            "mail",
            "model",
            "projection",
            "proto",
            "runner",
            "runtime",
            "sealing",
            "scim",
            "store",
            "sync",
            "task-protocol",
            "task-service",
            "vault",
        ],
    ),
    ("cloudflare-sim", &[]),
    ("testkit", &["c1z", "model", "proto"]),
    ("xtask", &[]),
];

/// Libraries that stand for a mechanism, and the only crates of ours that may use them outside tests.
const SOLE_USERS: &[(&str, &[&str])] = &[
    ("reqwest", &["http-client", "task-service"]),
    ("rustls", &["http-client", "task-service"]),
    ("rusqlite", &["c1z"]),
    ("zstd", &["c1z"]),
    ("age", &["sealing"]),
    ("askama", &["ui"]),
    (
        "axum",
        &[
            "api",
            "cloudflare-sim",
            "console",
            "runtime",
            "scim",
            "task-service",
            "testkit",
        ],
    ),
    ("schemars", &["api"]),
    ("hyper", &["runtime"]),
    (
        "tonic",
        &["proto", "task-protocol", "runner", "runtime", "task-service"],
    ),
    ("argon2", &["authn"]),
    ("chacha20poly1305", &["vault"]),
    ("lettre", &["mail"]),
    ("ring", &["authn", "passkeys", "task-protocol", "testkit"]),
    ("openidconnect", &["oidc"]),
    ("sea-orm", &["store"]),
    ("sqlx", &["store", "testkit"]),
    ("object_store", &["task-service"]),
    ("opentelemetry", &["runtime"]),
    ("petgraph", &["sync"]),
    ("indicatif", &["runner"]),
    ("prost-build", &["xtask"]),
    ("fantoccini", &["testkit"]),
    (
        "tokio",
        &[
            "http-client",
            "cloudflare",
            "oidc",
            "sync",
            "connector-cloudflare",
            "console",
            "mail",
            "runner",
            "baton-cloudflare",
            "rollcall",
            "cloudflare-sim",
            "projection",
            "runtime",
            "store",
            "hosting",
            "task-service",
            "testkit",
        ],
    ),
];

/// Every dependency that the tables do not allow.
pub(super) fn check(root: &Path) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let metadata = metadata(root)?;
    let ours = our_names(&metadata);
    Ok(packages(&metadata)
        .flat_map(|package| check_package(package, &ours))
        .collect())
}

fn check_package(package: &Value, ours: &[&str]) -> Vec<String> {
    let name = text(package, "name");
    let Some((_, allowed)) = STOREYS.iter().find(|(known, _)| *known == name) else {
        return vec![format!(
            "crate `{name}` has no storey: add it to xtask's table and to ARCHITECTURE.md"
        )];
    };
    let mut findings = Vec::new();
    for dependency in dependencies(package) {
        if ours.contains(&dependency) && !allowed.contains(&dependency) {
            findings.push(format!(
                "`{name}` may not know `{dependency}` (ARCHITECTURE.md, the storeys)"
            ));
        }
        if let Some((_, users)) = SOLE_USERS
            .iter()
            .find(|(library, users)| *library == dependency && !users.contains(&name))
        {
            findings.push(format!(
                "`{name}` may not use `{dependency}`: only {} may",
                users.join(", ")
            ));
        }
    }
    findings
}

fn metadata(root: &Path) -> Result<Value, Box<dyn std::error::Error>> {
    let arguments = ["metadata", "--no-deps", "--format-version=1", "--locked"];
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata
        .get("packages")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn our_names(metadata: &Value) -> Vec<&str> {
    packages(metadata).map(|package| text(package, "name")).collect()
}

/// Normal and build dependencies; what only tests use may point anywhere.
fn dependencies(package: &Value) -> impl Iterator<Item = &str> {
    let all = package
        .get("dependencies")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    all.filter(|dependency| text(dependency, "kind") != "dev")
        .map(|dependency| text(dependency, "name"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}
