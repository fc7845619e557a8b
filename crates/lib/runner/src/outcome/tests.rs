use connector::Change;
use insta::assert_snapshot;
use model::ResourceId;
use sealing::Label;
use serde_json::Value;

use super::*;

fn rotated(provider: &'static str) -> Outcome {
    let change = Change {
        title: "Roll ci \u{1b}deploy".to_owned(),
        ..Change::default()
    };
    let sealed = Sealed {
        provider,
        key_ids: vec!["k1".to_owned()],
        label: Label {
            name: "api_token".to_owned(),
            description: "A token".to_owned(),
        },
        bytes: (0..60).collect(),
    };
    Outcome {
        task: "rotate",
        changed: Some(Changed::new(Effect::Made, change)),
        response: Response::Secrets(ResourceId::new("token", "t1"), vec![sealed]),
    }
}

#[test]
fn sealed_secrets_for_machines() {
    assert_snapshot!(rotated("baton/age/v1").json(), @r#"{"task":"rotate","effect":"made","change":{"title":"Roll ci \u001bdeploy","before":[],"after":[],"calls":[]},"notes":[],"response":{"encryptedData":[{"provider":"baton/age/v1","name":"api_token","description":"A token","encryptedBytes":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7","keyIds":["k1"]}],"resourceId":{"resourceType":"token","resource":"t1"}}}"#);
    let older: Value = serde_json::from_str(&rotated("baton/jwk/v1").json()).unwrap();
    assert_eq!(older["response"]["encryptedData"][0]["keyId"], "k1");
}

#[test]
fn sealed_secrets_for_people_can_be_copied_into_age() {
    assert_snapshot!(rotated("baton/age/v1").text(), @r"
    Done: Roll ci  deploy

    The new secret of api_token, sealed for key k1 (baton/age/v1; open it with: age --decrypt -i <your key>):

    -----BEGIN AGE ENCRYPTED FILE-----
    AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v
    MDEyMzQ1Njc4OTo7
    -----END AGE ENCRYPTED FILE-----
    ");
    assert_snapshot!(rotated("baton/jwk/v1").text(), @r"
    Done: Roll ci  deploy

    The new secret of api_token, sealed for key k1 (baton/jwk/v1; in base64):

    AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7
    ");
}

#[test]
fn lines_that_stay_go_and_come() {
    let lines = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let change = Change {
        title: "x".to_owned(),
        before: lines(&["a", "a", "b"]),
        after: lines(&["a", "c", "b"]),
        calls: Vec::new(),
    };
    let outcome = Outcome {
        task: "grant",
        changed: Some(Changed::new(Effect::Made, change)),
        response: Response::Granted(Effect::Made),
    };
    assert_snapshot!(outcome.text(), @r"
    Done: x

        a
      - a
        b
      + c
    ");
}
