use insta::assert_snapshot;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// The private key of RFC 8037, appendix A.1.
fn rfc_key() -> Value {
    json!({
        "kty": "OKP",
        "crv": "Ed25519",
        "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    })
}

fn text(key: &Value) -> String {
    format!("a:b:v1:{}", base64url::encode(key.to_string()))
}

fn changed(member: &str, value: impl Into<Value>) -> String {
    let mut key = rfc_key();
    key[member] = value.into();
    text(&key)
}

#[test]
fn the_signature_is_that_of_the_rfc() {
    let secret = ClientSecret::parse(&text(&rfc_key())).unwrap();
    assert_eq!(
        secret.public_key().to_text(),
        "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    );
    // RFC 8037, appendix A.4.
    let signature = secret.sign(b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc");
    assert_eq!(
        base64url::encode(signature),
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    );
}

#[test]
fn a_secret_is_written_for_scanners_to_recognise() {
    let secret = ClientSecret::parse(&text(&rfc_key())).unwrap();
    let written = secret.to_text();
    // Made with another implementation.
    assert_eq!(
        written.expose_secret(),
        "secret-token:rollcall:v1:eyJrdHkiOiJPS1AiLCJjcnYiOiJFZDI1NTE5IiwieCI6IjExcVlBWUt4Q3JmVlNfN1R5V1FIT2c3aGN2UGFw\
         aU1scndJYWFQY0hVUm8iLCJkIjoibldHeG5lXzlXbUM2aEVyMGt1d3N4RVJKeFdsN01ta1pjRHVzQXh5dWYyQSJ9"
    );
}

#[test]
fn a_new_secret_comes_back_from_its_text() {
    let secret = ClientSecret::generate([7; 32]);
    let again = ClientSecret::parse(secret.to_text().expose_secret()).unwrap();
    assert_eq!(again.public_key(), secret.public_key());
    assert_eq!(again.sign(b"x"), secret.sign(b"x"));
}

#[test]
fn a_secret_cannot_be_printed() {
    let secret = ClientSecret::parse(&text(&rfc_key())).unwrap();
    assert_snapshot!(format!("{secret:?}"), @r#"ClientSecret { public_key: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", .. }"#);
}

#[test]
fn which_part_is_malformed_is_told() {
    let mut no_public = rfc_key();
    no_public.as_object_mut().unwrap().remove("x");
    let other = ClientSecret::generate([7; 32]).public_key().to_text();
    let texts = [
        String::new(),
        "secret-token:example.com:v1".to_owned(),
        "secret-token:example.com:v2:AAAA".to_owned(),
        "secret-token:example.com:v1:".to_owned(),
        "secret-token:example.com:v1:A".to_owned(),
        format!("{}=", text(&rfc_key())),
        "secret-token:example.com:v1:AAAA".to_owned(),
        changed("kty", "RSA"),
        changed("crv", "X25519"),
        changed("d", Value::Null),
        changed("d", "AAAA"),
        changed("x", other),
        text(&no_public),
    ];
    let told = texts.map(|text| ClientSecret::parse(&text).unwrap_err().to_string());
    assert_snapshot!(told.join("\n"), @"
    invalid client secret: it does not have four parts with colons between them
    invalid client secret: it does not have four parts with colons between them
    invalid client secret: its third part is not v1
    invalid client secret: its fourth part holds no JSON Web Key
    invalid client secret: its fourth part is not base64url without padding
    invalid client secret: its fourth part is not base64url without padding
    invalid client secret: its fourth part holds no JSON Web Key
    invalid client secret: the key in its fourth part is not an Ed25519 key
    invalid client secret: the key in its fourth part is not an Ed25519 key
    invalid client secret: the key in its fourth part has no private half of 32 bytes
    invalid client secret: the key in its fourth part has no private half of 32 bytes
    invalid client secret: the public half of its key does not belong to the private half
    invalid client secret: the public half of its key does not belong to the private half
    ");
}

proptest! {
    #[test]
    fn reading_never_panics(text in "\\PC*", key in "\\PC*") {
        let _ignored = ClientSecret::parse(&text).is_ok();
        let _ignored = ClientSecret::parse(&format!("a:b:v1:{}", base64url::encode(key))).is_ok();
    }
}
