use insta::assert_snapshot;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// The key of RFC 8037, appendix A.1, as a client secret.
const SECRET: &str = "secret-token:example.com:v1:eyJrdHkiOiJPS1AiLCJjcnYiOiJFZDI1NTE5IiwieCI6IjExcVlBWUt4Q3JmVlNfN1R5V1FIT2c3a\
                      GN2UGFwaU1scndJYWFQY0hVUm8iLCJkIjoibldHeG5lXzlXbUM2aEVyMGt1d3N4RVJKeFdsN01ta1pjRHVzQXh5dWYyQSJ9";

/// Made with another implementation from the same key, with the members in another order and the audience as a list.
const FOREIGN: &str = "eyJub25jZSI6IjAwMTEyMjMzNDQ1NTY2Nzc4ODk5YWFiYmNjZGRlZWZmIiwiYWxnIjoiRWREU0EifQ.eyJhdWQiOlsiMTI3LjAuMC4x\
                       Il0sImV4cCI6MTc5NTU5MDEyMCwiaWF0IjoxNzk1NTkwMDAwLCJpc3MiOiJjb25uZWN0b3ItdW5kZXItdGVzdEAxMjcuMC4wLjE6MTg\
                       0NDMvdmFsaWQiLCJuYmYiOjE3OTU1ODk4ODAsInN1YiI6ImNvbm5lY3Rvci11bmRlci10ZXN0QDEyNy4wLjAuMToxODQ0My92YWxpZCJ\
                       9.IQQUBWrSmoEew-sHTylf1AEfhtFlqw3IyqixS6tbsLmovaK3Wt13vA5mw8Msiut_oWRYPQR6YmAPRBEQLqW7AQ";

/// Made with another implementation: what we have to write, byte by byte.
const EXPECTED: &str = "eyJhbGciOiJFZERTQSIsIm5vbmNlIjoiMDAxMTIyMzM0NDU1NjY3Nzg4OTlhYWJiY2NkZGVlZmYifQ.eyJpc3MiOiJjb25uZWN0b3I\
                        tdW5kZXItdGVzdEAxMjcuMC4wLjE6MTg0NDMvdmFsaWQiLCJzdWIiOiJjb25uZWN0b3ItdW5kZXItdGVzdEAxMjcuMC4wLjE6MTg0ND\
                        MvdmFsaWQiLCJhdWQiOiIxMjcuMC4wLjEiLCJleHAiOjE3OTU1OTAxMjAsIm5iZiI6MTc5NTU4OTg4MCwiaWF0IjoxNzk1NTkwMDAwf\
                        Q.NYxsAKDELTeWUtVu5rSzvBSsNo9FdTXJPWxUDSE3VJe9R_MctAmmx-Uubf5APPFY2yJD-ITvIVhLHobKoKGpAA";

const NONCE: [u8; 16] = 0x0011_2233_4455_6677_8899_aabb_ccdd_eeff_u128.to_be_bytes();
const NOW: i64 = 1_795_590_000;

fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

fn client() -> ClientId {
    ClientId::parse("connector-under-test@127.0.0.1:18443/valid").unwrap()
}

fn secret() -> ClientSecret {
    ClientSecret::parse(SECRET).unwrap()
}

fn header() -> Value {
    json!({"alg": "EdDSA", "nonce": "00112233445566778899aabbccddeeff"})
}

fn claims() -> Value {
    let client = client();
    json!({
        "iss": client.as_str(), "sub": client.as_str(), "aud": "127.0.0.1",
        "exp": NOW + 120, "nbf": NOW - 120, "iat": NOW,
    })
}

fn signed(header: &Value, claims: &Value) -> String {
    let message = format!(
        "{}.{}",
        base64url::encode(header.to_string()),
        base64url::encode(claims.to_string())
    );
    let signature = base64url::encode(secret().sign(message.as_bytes()));
    format!("{message}.{signature}")
}

fn with(mut object: Value, member: &str, value: impl Into<Value>) -> Value {
    object[member] = value.into();
    object
}

fn verified(text: &str, now: i64) -> Result<Verified, AssertionError> {
    Assertion::parse(text)?.verify(
        &secret().public_key(),
        &["rollcall.example.com", "127.0.0.1"],
        time(now),
    )
}

#[test]
fn we_sign_as_others_expect_it() {
    assert_eq!(sign(&client(), &secret(), time(NOW), NONCE), EXPECTED);
}

#[test]
fn the_key_is_named_when_it_has_a_name() {
    let json = json!({
        "kty": "OKP", "crv": "Ed25519", "kid": "k1",
        "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    });
    let named = ClientSecret::parse(&format!("a:b:v1:{}", base64url::encode(json.to_string()))).unwrap();
    let assertion = sign(&client(), &named, time(NOW), NONCE);
    let header = base64url::decode(assertion.split_once('.').unwrap().0).unwrap();
    assert_eq!(
        String::from_utf8(header).unwrap(),
        r#"{"alg":"EdDSA","kid":"k1","nonce":"00112233445566778899aabbccddeeff"}"#
    );
    assert!(verified(&assertion, NOW).is_ok());
}

#[test]
fn what_others_sign_is_verified() {
    let expected = Verified {
        client_id: client(),
        nonce: "00112233445566778899aabbccddeeff".to_owned(),
        expires_at: time(NOW + 180),
    };
    assert_eq!(Assertion::parse(FOREIGN).unwrap().client_id(), &client());
    assert_eq!(verified(FOREIGN, NOW), Ok(expected));
}

#[test]
fn an_assertion_holds_only_for_its_time() {
    let at = |seconds| verified(EXPECTED, NOW + seconds).err();
    assert_eq!(at(-180), None);
    assert_eq!(at(179), None);
    assert_eq!(at(180), Some(AssertionError::Expired { seconds: 60 }));
    assert_eq!(at(-181), Some(AssertionError::NotYet { seconds: 61 }));
}

fn refusals<const N: usize>(cases: [(&str, String); N]) -> String {
    let told = cases.map(|(name, text)| {
        let error = verified(&text, NOW).unwrap_err();
        format!("{name:17} {:22} {error}", error.code())
    });
    told.join("\n")
}

#[test]
fn a_header_that_is_changed_is_refused() {
    let header = |member, value: Value| signed(&with(header(), member, value), &claims());
    let cases = [
        ("alg none", header("alg", "none".into())),
        ("alg HS256", header("alg", "HS256".into())),
        ("crit", header("crit", json!(["b64"]))),
        ("no nonce", header("nonce", Value::Null)),
        ("short nonce", header("nonce", "00".into())),
        (
            "upper-case nonce",
            header("nonce", "00112233445566778899AABBCCDDEEFF".into()),
        ),
        ("a list", signed(&json!([]), &claims())),
    ];
    assert_snapshot!(refusals(cases), @"
    alg none          assertion-unsupported  the assertion is not signed with EdDSA
    alg HS256         assertion-unsupported  the assertion is not signed with EdDSA
    crit              assertion-unsupported  the assertion has critical header members, and none is known
    no nonce          assertion-nonce        the nonce of the assertion is not 32 lower-case hexadecimal digits
    short nonce       assertion-nonce        the nonce of the assertion is not 32 lower-case hexadecimal digits
    upper-case nonce  assertion-nonce        the nonce of the assertion is not 32 lower-case hexadecimal digits
    a list            assertion-malformed    the header of the assertion is not a JSON object with alg and nonce
    ");
}

#[test]
fn claims_that_are_changed_are_refused() {
    let claim = |member, value: Value| signed(&header(), &with(claims(), member, value));
    let nobody = with(with(claims(), "iss", "ada"), "sub", "ada");
    let cases = [
        ("a text", signed(&header(), &json!("x"))),
        ("iss", claim("iss", "other@127.0.0.1/valid".into())),
        ("sub", claim("sub", "other@127.0.0.1/valid".into())),
        ("no client id", signed(&header(), &nobody)),
        ("aud", claim("aud", "example.com".into())),
        ("no aud", claim("aud", json!([]))),
        ("exp too late", claim("exp", (NOW + 481).into())),
        ("exp before nbf", claim("exp", (NOW - 121).into())),
        ("exp as text", claim("exp", "1795590120".into())),
        ("exp out of range", claim("exp", i64::MAX.into())),
        ("nbf long ago", claim("nbf", (NOW - 481).into())),
        ("no nbf", claim("nbf", Value::Null)),
        ("iat behind exp", claim("iat", (NOW + 120).into())),
        ("iat before nbf", claim("iat", (NOW - 121).into())),
    ];
    assert_snapshot!(refusals(cases), @"
    a text            assertion-malformed    the claims of the assertion are not a JSON object with iss, sub, aud, exp, nbf and iat
    iss               assertion-client       the subject of the assertion is not its issuer
    sub               assertion-client       the subject of the assertion is not its issuer
    no client id      assertion-client       the issuer of the assertion is no client id
    aud               assertion-audience     the assertion is for another host
    no aud            assertion-audience     the assertion is for another host
    exp too late      assertion-lifetime     the assertion does not end within 10 minutes of its beginning, or was not made between them
    exp before nbf    assertion-lifetime     the assertion does not end within 10 minutes of its beginning, or was not made between them
    exp as text       assertion-malformed    the claims of the assertion are not a JSON object with iss, sub, aud, exp, nbf and iat
    exp out of range  assertion-malformed    the claims of the assertion are not a JSON object with iss, sub, aud, exp, nbf and iat
    nbf long ago      assertion-lifetime     the assertion does not end within 10 minutes of its beginning, or was not made between them
    no nbf            assertion-malformed    the claims of the assertion are not a JSON object with iss, sub, aud, exp, nbf and iat
    iat behind exp    assertion-lifetime     the assertion does not end within 10 minutes of its beginning, or was not made between them
    iat before nbf    assertion-lifetime     the assertion does not end within 10 minutes of its beginning, or was not made between them
    ");
}

#[test]
fn what_is_no_jws_is_refused() {
    let cases = [
        ("two parts", "a.b".to_owned()),
        ("four parts", format!("{EXPECTED}.AAAA")),
        ("padded", format!("{EXPECTED}=")),
        ("too large", "a".repeat(8 * 1024 + 1)),
    ];
    assert_snapshot!(refusals(cases), @"
    two parts         assertion-malformed    the assertion is not a compact JWS
    four parts        assertion-malformed    the claims of the assertion are not a JSON object with iss, sub, aud, exp, nbf and iat
    padded            assertion-malformed    the assertion is not a compact JWS
    too large         assertion-too-large    the assertion has more than 8 KiB
    ");
}

#[test]
fn a_signature_by_another_key_is_refused() {
    let other = ClientSecret::generate([7; 32]).public_key();
    let result = Assertion::parse(EXPECTED)
        .unwrap()
        .verify(&other, &["127.0.0.1"], time(NOW));
    assert_eq!(result, Err(AssertionError::Signature));
}

proptest! {
    #[test]
    fn one_other_character_anywhere_is_refused(at in 0..EXPECTED.len(), to in "[A-Za-z0-9_.=-]") {
        let changed: String = EXPECTED
            .char_indices()
            .map(|(place, c)| if place == at { to.clone() } else { c.to_string() })
            .collect();
        prop_assert_eq!(verified(&changed, NOW).is_ok(), changed == EXPECTED);
    }

    #[test]
    fn reading_never_panics(text in "\\PC{0,200}", header in "\\PC*", claims in "\\PC*", exp: i64, nbf: i64, iat: i64) {
        let _ignored = verified(&text, NOW).is_ok();
        let parts = format!("{}.{}.AAAA", base64url::encode(header), base64url::encode(claims));
        let _ignored = verified(&parts, NOW).is_ok();
        let times = with(with(with(self::claims(), "exp", exp), "nbf", nbf), "iat", iat);
        let _ignored = verified(&signed(&self::header(), &times), NOW).is_ok();
    }
}
