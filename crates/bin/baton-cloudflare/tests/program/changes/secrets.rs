//! New secrets: only for whom they are sealed.

use std::io::Read;

use age::x25519::Identity;
use insta::assert_snapshot;
use secrecy::ExposeSecret;
use serde_json::Value;
use tempfile::NamedTempFile;

use super::company::{Company, without_ids};

/// What was sealed in a JSON `EncryptedData`, which names its key.
fn open(identity: &Identity, sealed: &Value) -> String {
    let file = decode(sealed["encryptedBytes"].as_str().unwrap());
    let decryptor = age::Decryptor::new(file.as_slice()).unwrap();
    let mut reader = decryptor
        .decrypt(std::iter::once(identity as &dyn age::Identity))
        .unwrap();
    let mut secret = String::new();
    reader.read_to_string(&mut secret).unwrap();
    secret
}

fn decode(base64: &str) -> Vec<u8> {
    use base64::Engine;
    base64::prelude::BASE64_STANDARD.decode(base64).unwrap()
}

/// The secret with which the token works now.
fn secret_of(company: &Company, token: &str) -> String {
    company.world.sim.read(|state| {
        let mut all = state.credentials.iter();
        let known = all.find(|credential| credential.id == token).unwrap();
        known.secret.expose_secret().to_owned()
    })
}

#[test]
fn a_rolled_secret_is_for_its_recipients() {
    let company = Company::new();
    let keys = [Identity::generate(), Identity::generate()];
    let texts = keys.each_ref().map(|key| key.to_public().to_string());
    let token = company.object("ci deploy");
    let by_flag = [
        "--rotate-credentials",
        &token,
        "--rotate-credentials-type",
        "api_token",
    ];
    let by_name = ["rotate", "ci deploy"];
    for asked in [&by_flag[..], &by_name] {
        let recipients = ["--recipient", &texts[0], "--recipient", &texts[1]];
        let planned = company.deed(&[asked, &recipients, &["--dry-run"]].concat());
        assert_eq!(planned.effect(), "planned");
        assert!(planned.changed_nothing());
        let rolled = company.deed(&[asked, &recipients].concat());
        let sealed = rolled.json()["response"]["encryptedData"].clone();
        for (place, key) in keys.iter().enumerate() {
            assert_eq!(open(key, &sealed[place]), secret_of(&company, &token));
        }
    }
}

#[test]
fn the_answer_names_the_keys() {
    let company = Company::new();
    let key = Identity::generate();
    let deed = company.deed(&["rotate", "ci deploy", "--recipient", &key.to_public().to_string()]);
    let mut json = deed.json();
    json["response"]["encryptedData"][0]["encryptedBytes"] = "[sealed]".into();
    assert_snapshot!(without_ids(&format!("{json:#}")));
    assert_snapshot!(without_ids(&deed.differs.join("\n")), @r"
    - token ci deploy ([id]): active, secret 1
    + token ci deploy ([id]): active, secret 2
    ");
}

#[test]
fn an_action_seals_as_well() {
    let company = Company::new();
    let key = Identity::generate();
    let token = company.object("certificate renewal");
    let deed = company.deed(&[
        "run",
        "roll_token",
        &format!("token_id={token}"),
        &format!("recipients={}", key.to_public()),
    ]);
    let sealed = &deed.json()["response"]["response"]["secrets"][0];
    assert_eq!(open(&key, sealed), secret_of(&company, &token));
}

#[test]
fn nothing_is_rolled_for_nobody() {
    let company = Company::new();
    let keys = NamedTempFile::new().unwrap();
    std::fs::write(keys.path(), "# none yet\n").unwrap();
    let empty = format!("@{}", keys.path().display());
    let private = Identity::generate().to_string();
    let ends = [
        &[][..],
        &["--dry-run"],
        &["--recipient", "age1mistyped"],
        &["--recipient", private.expose_secret()],
        &["--recipient", "@no-such-file"],
        &["--recipient", &empty],
    ]
    .map(|recipients| {
        let deed = company.deed(&[&["rotate", "ci deploy"], recipients].concat());
        assert!(deed.changed_nothing());
        deed.shown().replace(keys.path().to_str().unwrap(), "[keys]")
    });
    assert_snapshot!(ends.join("\n"));
}
