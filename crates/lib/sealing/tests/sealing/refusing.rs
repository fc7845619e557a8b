//! What is no recipient is refused in words that say what to do, and that never repeat a key.

use crate::keys::{ED25519, ED25519_D, RSA_N, seal, ssh_line};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use insta::assert_snapshot;
use proptest::collection::vec;
use proptest::prelude::*;
use sealing::{InvalidRecipient, Recipient};

const AGE: &str = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";

fn refusal(text: &str) -> InvalidRecipient {
    Recipient::parse(text).unwrap_err()
}

/// The whole of what a person is told.
fn told(text: &str) -> String {
    let error = refusal(text);
    format!("{error}; {} ({})", error.hint(), error.code())
}

fn okp(x: &[u8]) -> String {
    let x = BASE64_URL_SAFE_NO_PAD.encode(x);
    format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#)
}

fn rsa(modulus: &[u8]) -> String {
    let n = BASE64_URL_SAFE_NO_PAD.encode(modulus);
    format!(r#"{{"kty":"RSA","e":"AQAB","n":"{n}"}}"#)
}

#[test]
fn people_may_leave_space_and_comments() {
    let key = ssh_line();
    assert_eq!(Recipient::parse(&format!("  {AGE}\n")), Recipient::age(AGE));
    assert_eq!(
        Recipient::parse(&format!("{key} ada@example.com laptop\n")),
        Recipient::age(&key)
    );
    assert_eq!(
        Recipient::parse(&format!("\n{ED25519}\n")),
        Recipient::jwk(ED25519.as_bytes())
    );
}

#[test]
fn a_request_must_write_an_age_recipient_exactly() {
    for text in [
        format!(" {AGE}"),
        format!("{AGE}\n"),
        format!("{AGE}\n{AGE}"),
        format!("{AGE}\r"),
    ] {
        assert_eq!(
            Recipient::age(&text),
            Err(InvalidRecipient::NotOneLine),
            "{text:?}"
        );
    }
    let with_comment = format!("{} ada@example.com", ssh_line());
    for text in ["", "# a comment", &AGE.to_uppercase(), with_comment.as_str()] {
        assert!(Recipient::age(text).is_err(), "{text:?}");
    }
}

#[test]
fn only_one_recipient_at_a_time() {
    let key = ssh_line();
    assert_eq!(refusal(&format!("{AGE}\n{AGE}")), InvalidRecipient::NotOneLine);
    assert_eq!(
        refusal(&format!("{key} ada\n{key}")),
        InvalidRecipient::NotOneLine
    );
}

#[test]
fn a_private_key_is_refused_and_never_repeated() {
    let jwk = ED25519.replace('}', &format!(r#","d":"{ED25519_D}"}}"#));
    let shared = format!(r#"{{"kty":"oct","k":"{ED25519_D}"}}"#);
    let pem =
        format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{ED25519_D}\n-----END OPENSSH PRIVATE KEY-----\n");
    let age = format!("AGE-SECRET-KEY-1{ED25519_D}");
    for text in [jwk, shared, pem, age] {
        let error = refusal(&text);
        assert_eq!(error, InvalidRecipient::Private);
        assert!(!format!("{error} {error:?} {}", error.hint()).contains(ED25519_D));
    }
    assert_snapshot!(told("AGE-SECRET-KEY-1"), @"this is a private key, and only the public one is needed to seal a secret; give the public key; whoever has seen the private one can open everything (recipient-private)");
}

#[test]
fn nothing_that_was_given_is_repeated() {
    let secret = "cfat_0123456789";
    let damaged = format!(r#"{{"kty":"{secret}","x":"{secret}","crv":["{secret}"]}}"#);
    let other_kind = format!(r#"{{"kty":"{secret}"}}"#);
    for text in [
        secret.to_owned(),
        format!("age1{secret}"),
        format!("ssh-{secret} {secret}"),
        damaged,
        other_kind,
    ] {
        assert!(!told(&text).contains(secret), "{text}");
        assert!(!format!("{:?}", refusal(&text)).contains(secret), "{text}");
    }
}

#[test]
fn what_is_no_key_is_refused() {
    assert_snapshot!(told("ada@example.com"), @"this is no recipient; give an age recipient (`age1...`), an `ssh-ed25519` public key, or a public JSON Web Key of kind Ed25519 or RSA (recipient-unknown)");
    assert_snapshot!(told(&AGE.replace("t7r", "t7q")), @"the age recipient is damaged: it is mistyped or cut off; copy the public key again, all of it (recipient-damaged)");
    assert_snapshot!(told(&ED25519.replace(r#""x""#, r#""y""#)), @"the JSON Web Key is damaged: a member that such a key has is absent; copy the public key again, all of it (recipient-damaged)");
    assert_snapshot!(told(&okp(&[1; 31])), @"the JSON Web Key is damaged: `x` is not 32 bytes; copy the public key again, all of it (recipient-damaged)");
    // Half of all values are no point of the curve.
    assert_snapshot!(told(&okp(&[2; 32])), @"the public key is damaged: it is no point or number that such a key can be; copy the public key again, all of it (recipient-damaged)");
    assert_snapshot!(told(&rsa(&[0, 0])), @"the JSON Web Key is damaged: a number in it is zero; copy the public key again, all of it (recipient-damaged)");
    assert_snapshot!(told(r#"{"keys":[]}"#), @"the JSON Web Key is damaged: it is no JSON object with the members of a key; copy the public key again, all of it (recipient-damaged)");
}

#[test]
fn kinds_of_keys_that_cannot_be_sealed_for_are_named() {
    let ecdsa = r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
        "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#;
    assert_snapshot!(told(ecdsa), @"elliptic curve keys other than Ed25519 are not supported; give an age recipient (`age1...`), an `ssh-ed25519` public key, or a public JSON Web Key of kind Ed25519 or RSA (recipient-unsupported)");
    assert_snapshot!(told(r#"{"kty":"OKP","crv":"X25519","x":"AAAA"}"#), @"JSON Web Keys of this kind are not supported; give an age recipient (`age1...`), an `ssh-ed25519` public key, or a public JSON Web Key of kind Ed25519 or RSA (recipient-unsupported)");
    assert_snapshot!(told("ssh-rsa AAAAB3NzaC1yc2E= ada@example.com"), @"OpenSSH keys other than `ssh-ed25519` are not supported; give an age recipient (`age1...`), an `ssh-ed25519` public key, or a public JSON Web Key of kind Ed25519 or RSA (recipient-unsupported)");
    assert_snapshot!(told("age1pq1qqqq"), @"post-quantum age recipients are not supported; give an age recipient (`age1...`), an `ssh-ed25519` public key, or a public JSON Web Key of kind Ed25519 or RSA (recipient-unsupported)");
    assert_snapshot!(told(&rsa(&[0xFF; 513])), @"RSA keys of more than 4096 bits are not supported; give an age recipient (`age1...`), an `ssh-ed25519` public key, or a public JSON Web Key of kind Ed25519 or RSA (recipient-unsupported)");
}

/// An age recipient with this key.
fn age(key: &[u8; 32]) -> String {
    bech32::encode::<bech32::Bech32>(bech32::Hrp::parse("age").unwrap(), key).unwrap()
}

/// The points of Curve25519 with which everybody shares the same secret, and the numbers that mean the same.
fn points_of_small_order() -> Vec<[u8; 32]> {
    let number = |first: u8, between: u8, last: u8| {
        let mut number = [between; 32];
        (number[0], number[31]) = (first, last);
        number
    };
    let low = [0, 1].map(|first| number(first, 0, 0));
    let high = [0xEC, 0xED, 0xEE].map(|first| number(first, 0xFF, 0x7F));
    let order_8 = ORDER_8.map(|text| BASE64_STANDARD.decode(text).unwrap().try_into().unwrap());
    low.into_iter().chain(high).chain(order_8).collect()
}

const ORDER_8: [&str; 2] = [
    "4Ot6fDtBuK4WVuP68Z/EatoJjeucMrH9hmIFFl9JuAA=",
    "X5yVvKNQjCSx0LFVnIPvWwREXMRYHI6G2CJO3dCfEVc=",
];

#[test]
fn keys_that_keep_nothing_secret_are_refused() {
    for point in points_of_small_order() {
        assert_eq!(refusal(&age(&point)), InvalidRecipient::Weak, "{point:?}");
    }
    // As an Ed25519 key, this is the neutral point.
    let neutral = points_of_small_order()[1];
    assert_eq!(refusal(&okp(&neutral)), InvalidRecipient::Weak);
    let short = &BASE64_URL_SAFE_NO_PAD.decode(RSA_N).unwrap()[..127];
    assert_eq!(refusal(&rsa(&[short, &[1]].concat())), InvalidRecipient::Weak);
    assert_snapshot!(told(&okp(&neutral)), @"this key is too weak: others could open what is sealed for it; give an age recipient (`age1...`), an `ssh-ed25519` public key, or a public JSON Web Key of kind Ed25519 or RSA (recipient-weak)");
}

/// The library's own reader panics on this.
#[test]
fn a_malformed_rsa_line_is_an_error() {
    let blob = b"\0\0\0\x07ssh-rsa\0\0\0\x01\0\0\0\0\x01\0";
    let line = format!("ssh-rsa {}", BASE64_STANDARD.encode(blob));
    assert!(matches!(refusal(&line), InvalidRecipient::Unsupported { .. }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The library panics on keys that it cannot seal for, so none of them may come that far.
    #[test]
    fn what_is_accepted_can_be_sealed_for(key in any::<[u8; 32]>(), modulus in vec(any::<u8>(), 0..520)) {
        for text in [okp(&key), age(&key), rsa(&modulus)] {
            if let Ok(recipient) = Recipient::parse(&text) {
                seal(&recipient, "s3cret");
            }
        }
    }

    #[test]
    fn no_text_makes_reading_it_panic(text in "(age1|ssh-rsa |ssh-ed25519 |\\{)?\\PC{0,90}") {
        let _ = Recipient::parse(&text);
    }
}
