//! The document says what there is, all of it and no more, and is the one that is in `docs`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::operations::ALL;
use crate::routes::{Furnished, Who};
use crate::world::{World, answer};

fn operations(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().unwrap();
    let each = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().keys();
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    each.collect()
}

#[test]
fn the_table_of_operations_has_every_one() {
    let all: BTreeSet<String> = ALL.iter().map(|operation| (*operation).to_owned()).collect();
    assert_eq!(operations(&api::document()), all);
}

/// What the document names is answered by the router; what it does not name is answered by nobody.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_documented_answers_and_nothing_else() {
    let who = Who::With(
        governance::Role::SuperAdministrator,
        governance::KeyScope::Everything,
    );
    let furnished = Furnished::new(who).await;
    for operation in operations(&api::document()) {
        let found = furnished.call(&operation).await;
        let is_there = !found.text.contains("There is nothing at this address.") && found.status != 405;
        assert!(is_there, "{operation}: {} {}", found.status, found.text);
    }
    for path in ["", "/", "/nothing", "/connectors/", "/me/"] {
        let found = furnished.world.get(&furnished.key, path).await;
        assert_eq!(found.status, 404, "{path}");
    }
    let found = furnished
        .world
        .send(&furnished.key, reqwest::Method::DELETE, "/me", &Value::Null)
        .await;
    assert_eq!(
        (found.status, found.code()),
        (405, "method-not-allowed".to_owned())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_may_read_the_document() {
    let world = World::new().await;
    let found = answer(world.request(reqwest::Method::GET, "/openapi.json")).await;
    assert_eq!(found.status, 200);
    assert_eq!(found.json(), api::document());
}

/// As with other snapshots, `INSTA_UPDATE=always` writes it anew.
#[test]
fn the_document_in_docs_is_this_one() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/openapi.json");
    let document = format!("{:#}\n", api::document());
    if is_to_be_written() {
        std::fs::write(file, &document).unwrap();
    }
    let kept = std::fs::read_to_string(file).unwrap();
    assert!(
        kept == document,
        "docs/openapi.json is not what the endpoints say"
    );
}

#[expect(clippy::disallowed_methods, reason = "it is how snapshots are accepted")]
fn is_to_be_written() -> bool {
    std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always")
}

/// What is sent may have no part that nobody knows; each reference leads somewhere; each operation has a name of its own.
#[test]
fn the_document_is_in_order() {
    let document = api::document();
    let text = document.to_string();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "{name}");
    }
    let mut names = BTreeSet::new();
    for path in document["paths"].as_object().unwrap().values() {
        for operation in path.as_object().unwrap().values() {
            assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()));
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let Some(name) = schema["$ref"].as_str() else {
                continue;
            };
            let schema = &schemas[name.rsplit('/').next().unwrap()];
            assert_eq!(schema["additionalProperties"], false, "{name}");
        }
    }
}
