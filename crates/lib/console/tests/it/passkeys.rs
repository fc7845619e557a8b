//! Passkeys over the pages: what an answer is good for, and for whom it is none.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use governance::repository::{People as _, Write};
use governance::{Operator, Role, SessionScope};
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _};

use crate::world::{Answer, Browser, World};

type Form = Vec<(&'static str, String)>;

/// An authenticator made of software, with one passkey on it.
struct Key {
    pair: Ed25519KeyPair,
    id: &'static str,
    /// Whose it is, as it knows.
    user: String,
}

/// What an answer says, right or wrong.
struct Said<'a> {
    origin: &'a str,
    flags: u8,
    count: u32,
}

fn text(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// What a form that needs an authenticator asks.
fn asked(page: &Answer, action: &str) -> (String, String) {
    let (_, form) = page
        .text
        .split_once(&format!("action=\"{action}\""))
        .unwrap_or_else(|| panic!("{}", page.text));
    let value = |before: &str| {
        let (_, rest) = form.split_once(before).unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    (value("data-challenge=\""), value("name=\"asked\" value=\""))
}

impl Key {
    fn new(id: &'static str, of: &Operator) -> Self {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self {
            pair: Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap(),
            id,
            user: of.id.to_string(),
        }
    }

    fn client(purpose: &str, challenge: &str, origin: &str) -> String {
        format!("{{\"type\":\"webauthn.{purpose}\",\"challenge\":\"{challenge}\",\"origin\":\"{origin}\"}}")
    }

    fn create(&self, (challenge, asked): (String, String), origin: &str) -> Form {
        let start = [0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20];
        let key = [&start, self.pair.public_key().as_ref()].concat();
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        let site = digest(&SHA256, b"localhost");
        let data = [
            site.as_ref(),
            &[0x45, 0, 0, 0, 0],
            &[0; 16],
            &length,
            self.id.as_bytes(),
            &key,
        ]
        .concat();
        let object = [
            b"\xa1\x68authData\x58",
            &[u8::try_from(data.len()).unwrap()][..],
            &data,
        ]
        .concat();
        vec![
            ("asked", asked),
            ("credential", text(self.id)),
            ("client", text(Self::client("create", &challenge, origin))),
            ("object", text(object)),
        ]
    }

    fn sign(&self, (challenge, asked): (String, String), said: &Said<'_>) -> Form {
        let client = Self::client("get", &challenge, said.origin);
        let site = digest(&SHA256, b"localhost");
        let data = [site.as_ref(), &[said.flags], &said.count.to_be_bytes()].concat();
        let message = [&data[..], digest(&SHA256, client.as_bytes()).as_ref()].concat();
        vec![
            ("asked", asked),
            ("credential", text(self.id)),
            ("client", text(client)),
            ("data", text(data)),
            ("signature", text(self.pair.sign(&message))),
            ("user", text(&self.user)),
        ]
    }
}

async fn post(world: &World, browser: &Browser, path: &str, form: &Form) -> Answer {
    let fields: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    world.post(browser, path, &fields).await
}

/// Adds a passkey as somebody who is signed in.
async fn add(world: &World, operator: &Operator, key: &Key) {
    let (browser, _) = world.signed_in(operator).await;
    let page = world.get(&browser, "/account").await;
    let mut form = key.create(asked(&page, "/account/passkeys"), &world.origin());
    form.push(("passkey-name", "My laptop".to_owned()));
    let added = post(world, &browser, "/account/passkeys", &form).await;
    assert_eq!(added.location(), Some("/account"), "{}", added.text);
}

async fn question(world: &World) -> (String, String) {
    let page = world.get(&Browser::without_session(), "/sign-in").await;
    asked(&page, "/sign-in/passkey")
}

async fn sign_in(world: &World, form: &Form) -> Answer {
    post(world, &Browser::without_session(), "/sign-in/passkey", form).await
}

fn is_refused(answer: &Answer) -> bool {
    answer.text.contains("does not let you in here") && answer.cookie().is_none()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_lets_in_once_for_each_question() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::User]).await;
    let key = Key::new("ada's", &ada);
    add(&world, &ada, &key).await;
    let origin = world.origin();
    let said = Said {
        origin: &origin,
        flags: 0x05,
        count: 1,
    };
    let form = key.sign(question(&world).await, &said);
    let inside = sign_in(&world, &form).await;
    assert_eq!(inside.location(), Some("/"), "{}", inside.text);
    assert_eq!(world.get(&inside.session(), "/account").await.status, 200);
    // The same answer again, a count that was there before, and a question that nobody asked.
    assert!(is_refused(&sign_in(&world, &form).await));
    let form = key.sign(question(&world).await, &said);
    assert!(is_refused(&sign_in(&world, &form).await));
    let said = Said { count: 2, ..said };
    let (challenge, _) = question(&world).await;
    let made_up = key.sign((challenge, "AAAA".to_owned()), &said);
    assert!(is_refused(&sign_in(&world, &made_up).await));
    let late = key.sign(question(&world).await, &said);
    world.later(chrono::TimeDelta::minutes(10));
    assert!(is_refused(&sign_in(&world, &late).await));
    let kept = world.database.passkeys(&ada.id).await.unwrap();
    assert_eq!(kept[0].count, 1);
    assert!(kept[0].used_at.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_an_answer_lets_nobody_in() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::User]).await;
    let eve = world.person("Eve", &[Role::User]).await;
    let key = Key::new("ada's", &ada);
    add(&world, &ada, &key).await;
    let origin = world.origin();
    for (origin, flags) in [
        ("https://localhost", 0x05),
        ("https://evil.example", 0x05),
        // Nobody made sure who was there, and nobody was there.
        (&*origin, 0x01),
        (&*origin, 0x04),
    ] {
        let said = Said {
            origin,
            flags,
            count: 1,
        };
        let form = key.sign(question(&world).await, &said);
        assert!(is_refused(&sign_in(&world, &form).await), "{origin} {flags}");
    }
    let said = Said {
        origin: &origin,
        flags: 0x05,
        count: 1,
    };
    // Another key says that it is Ada's, and hers says that it is somebody else's.
    let forged = Key::new("ada's", &ada).sign(question(&world).await, &said);
    assert!(is_refused(&sign_in(&world, &forged).await));
    let unknown = Key::new("nobody's", &ada).sign(question(&world).await, &said);
    assert!(is_refused(&sign_in(&world, &unknown).await));
    let key = Key {
        user: eve.id.to_string(),
        ..key
    };
    let other = key.sign(question(&world).await, &said);
    assert!(is_refused(&sign_in(&world, &other).await));
    let key = Key {
        user: ada.id.to_string(),
        ..key
    };
    let tests = governance::Actor::command("tests");
    world.person("Grace", &[Role::SuperAdministrator]).await;
    world.office.deactivate(&tests, &ada.id).await.unwrap();
    let form = key.sign(question(&world).await, &said);
    assert!(is_refused(&sign_in(&world, &form).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn as_a_second_factor_it_is_its_own_persons() {
    let world = World::new().await;
    let (ada, eve) = (
        world.person("Ada", &[Role::User]).await,
        world.person("Eve", &[Role::User]).await,
    );
    let (key, other) = (Key::new("ada's", &ada), Key::new("eve's", &eve));
    add(&world, &ada, &key).await;
    add(&world, &eve, &other).await;
    let (half, _) = world.with_session(&ada, SessionScope::AwaitingCode).await;
    let origin = world.origin();
    // Somebody touched it: who they are was shown before.
    let said = Said {
        origin: &origin,
        flags: 0x01,
        count: 1,
    };
    let ask = async || {
        let page = world.get(&half, "/sign-in/code").await;
        asked(&page, "/sign-in/code/passkey")
    };
    let theirs = other.sign(ask().await, &said);
    let refused = post(&world, &half, "/sign-in/code/passkey", &theirs).await;
    assert!(
        refused.text.contains("This passkey is not right"),
        "{}",
        refused.text
    );
    let alone = key.sign(question(&world).await, &said);
    let refused = post(&world, &half, "/sign-in/code/passkey", &alone).await;
    assert!(
        refused.text.contains("This passkey is not right"),
        "{}",
        refused.text
    );
    let own = key.sign(ask().await, &said);
    let inside = post(&world, &half, "/sign-in/code/passkey", &own).await;
    assert_eq!(inside.location(), Some("/"), "{}", inside.text);
    assert_eq!(world.get(&inside.session(), "/account").await.status, 200);
    let failures = world.database.sign_in(&ada.id).await.unwrap().unwrap().failures;
    assert_eq!(failures, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_second_factor_stays() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::User]).await;
    add(&world, &ada, &Key::new("first", &ada)).await;
    add(&world, &ada, &Key::new("second", &ada)).await;
    let (browser, _) = world.signed_in(&ada).await;
    let remove = async |place: usize| {
        let own = world.database.passkeys(&ada.id).await.unwrap();
        let path = format!("/account/passkeys/{}/remove", own[place].id);
        world.post(&browser, &path, &[]).await
    };
    assert_eq!(remove(1).await.location(), Some("/account"));
    let kept = remove(0).await;
    assert_eq!(kept.status, 409);
    assert!(
        kept.text.contains("This is your last second factor"),
        "{}",
        kept.text
    );
    // Nobody takes away what is not theirs.
    let eve = world.person("Eve", &[Role::User]).await;
    let (other, _) = world.signed_in(&eve).await;
    let own = world.database.passkeys(&ada.id).await.unwrap();
    let path = format!("/account/passkeys/{}/remove", own[0].id);
    assert_eq!(world.post(&other, &path, &[]).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_a_password_adds_one_with_it_only() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::User]).await;
    let sign_in = governance::SignIn {
        password: Some(world.hashed("four plain words of mine")),
        ..governance::SignIn::none(ada.id.clone())
    };
    world.write(&[Write::PutSignIn(sign_in)]).await;
    let (browser, _) = world.signed_in(&ada).await;
    let page = world.get(&browser, "/account").await;
    let mut form = Key::new("ada's", &ada).create(asked(&page, "/account/passkeys"), &world.origin());
    form.push(("passkey-name", "My laptop".to_owned()));
    form.push(("passkey-password", "four other words of mine".to_owned()));
    let refused = post(&world, &browser, "/account/passkeys", &form).await;
    assert!(
        refused.text.contains("This is not your password."),
        "{}",
        refused.text
    );
    assert_eq!(world.database.passkeys(&ada.id).await.unwrap(), []);
}
