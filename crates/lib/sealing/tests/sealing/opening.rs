//! What is sealed can be opened with the private key, and is what the control plane expects.

use crate::keys::{ED25519, ed25519_identity, open, rsa_identity, rsa_jwk, seal, ssh_line};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use proptest::prelude::*;
use sealing::Recipient;

fn x25519() -> (age::x25519::Identity, Recipient) {
    let identity = age::x25519::Identity::generate();
    let recipient = Recipient::age(&identity.to_public().to_string()).unwrap();
    (identity, recipient)
}

#[test]
fn an_ed25519_json_web_key_opens_an_age_file_in_base64() {
    let sealed = seal(&Recipient::jwk(ED25519.as_bytes()).unwrap(), "s3cret");
    let file = BASE64_STANDARD.decode(&sealed.bytes).unwrap();
    assert_eq!(open(&ed25519_identity(), &file), "s3cret");
    assert_eq!(sealed.provider, "baton/jwk/v1");
    assert_eq!(
        (sealed.label.name.as_str(), sealed.label.description.as_str()),
        ("api_token", "the new secret")
    );
}

#[test]
fn an_rsa_json_web_key_opens_an_age_file_in_base64() {
    let sealed = seal(&Recipient::jwk(rsa_jwk().as_bytes()).unwrap(), "s3cret");
    let file = BASE64_STANDARD.decode(&sealed.bytes).unwrap();
    assert_eq!(open(&rsa_identity(), &file), "s3cret");
}

#[test]
fn an_age_recipient_opens_an_age_file() {
    let (identity, recipient) = x25519();
    let sealed = seal(&recipient, "s3cret");
    assert_eq!(open(&identity, &sealed.bytes), "s3cret");
    assert_eq!(sealed.provider, "baton/age/v1");
}

#[test]
fn an_openssh_key_is_an_age_recipient() {
    let sealed = seal(&Recipient::age(&ssh_line()).unwrap(), "s3cret");
    assert_eq!(open(&ed25519_identity(), &sealed.bytes), "s3cret");
    assert_eq!(sealed.provider, "baton/age/v1");
}

#[test]
fn json_web_keys_are_named_by_their_thumbprint() {
    // RFC 8037, appendix A.3, and RFC 7638, section 3.1, in hexadecimal digits.
    let name = |json: &str| seal(&Recipient::jwk(json.as_bytes()).unwrap(), "").key_ids;
    assert_eq!(
        name(ED25519),
        ["90facafea9b1556698540f70c0117a22ea37bd5cf3ed3c47093c1707282b4b89"]
    );
    assert_eq!(
        name(&rsa_jwk()),
        ["3736cbb1787cb8309c77ee8c3705c5e16ffb9e859715901f1e4c59b11182f57b"]
    );
}

#[test]
fn age_recipients_are_named_by_the_hash_of_their_text() {
    let text = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";
    assert_eq!(
        seal(&Recipient::age(text).unwrap(), "").key_ids,
        ["e669ae85e31856826947b65d66926681cd6c4d8a35e8addddbe6e733444a44ef"]
    );
}

#[test]
fn the_same_secret_never_looks_the_same() {
    let (_, recipient) = x25519();
    assert_ne!(seal(&recipient, "s3cret").bytes, seal(&recipient, "s3cret").bytes);
}

#[test]
fn only_the_recipient_can_open() {
    let (_, recipient) = x25519();
    let (stranger, _) = x25519();
    assert!(age::decrypt(&stranger, &seal(&recipient, "s3cret").bytes).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_secret_comes_back_and_is_not_seen_on_the_way(secret in "\\PC{8,200}") {
        let (identity, recipient) = x25519();
        let sealed = seal(&recipient, &secret);
        prop_assert_eq!(open(&identity, &sealed.bytes), secret.clone());
        prop_assert!(!String::from_utf8_lossy(&sealed.bytes).contains(&secret));
        let debug = format!("{sealed:?} {recipient:?}");
        prop_assert!(!debug.contains(&secret));
    }
}
