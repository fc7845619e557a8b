//! Sign-ins that fail, and the words for it.

use std::sync::Arc;

use chrono::DateTime;
use model::FixedClock;
use oidc::{Beginning, Error, Provider, Settings};
use testkit::oidc_provider::{Misbehaviour, OidcProvider};

use crate::world::{NOW, Seeded, World, http, settings};

fn told(error: &Error) -> String {
    format!("{}\n{error}\nhint: {}", error.code(), error.hint())
}

#[tokio::test]
async fn what_is_not_to_be_believed_is_not_believed() {
    let world = World::new().await;
    let mut texts = Vec::new();
    for wrong in [
        Misbehaviour::WrongNonce,
        Misbehaviour::Unsigned,
        Misbehaviour::PublicKeyAsSecret,
        Misbehaviour::Expired,
        Misbehaviour::Future,
        Misbehaviour::WrongAudience,
        Misbehaviour::OtherIssuer,
        Misbehaviour::Forged,
        Misbehaviour::UnpublishedKey,
        Misbehaviour::NoIdToken,
        Misbehaviour::Garbage,
    ] {
        world.provider.misbehave(wrong);
        let error = world.sign_in().await.unwrap_err();
        texts.push(format!("# {wrong:?}\n{}", told(&error)));
    }
    insta::assert_snapshot!(texts.join("\n\n"));
    world.provider.misbehave(Misbehaviour::None);
    world.sign_in().await.unwrap();
}

#[tokio::test]
async fn unknown_keys_do_not_make_us_ask_without_end() {
    let world = World::new().await;
    world.provider.misbehave(Misbehaviour::UnpublishedKey);
    world.pass(60);
    for _ in 0..5 {
        assert_eq!(world.sign_in().await.unwrap_err().code(), "oidc-unknown-key");
    }
    assert_eq!(world.provider.calls("/keys"), 2);
}

#[tokio::test]
async fn a_code_works_once_and_only_for_who_began() {
    let world = World::new().await;
    let Beginning { address, flow } = world.begin();
    let (code, _) = world.visit(&address).await;
    let other = world.begin().flow;
    assert_eq!(
        world.us.finish(&other, &code).await.unwrap_err().code(),
        "oidc-code-refused"
    );
    world.us.finish(&flow, &code).await.unwrap();
    let again = world.us.finish(&flow, &code).await.unwrap_err();
    assert_eq!(again.code(), "oidc-code-refused");
}

async fn discover(settings: Settings) -> Result<Provider, Error> {
    let clock = FixedClock(DateTime::from_timestamp(NOW, 0).unwrap());
    Provider::discover(settings, http(), Arc::new(clock)).await
}

#[tokio::test]
async fn a_wrong_secret_is_not_the_persons_fault() {
    let world = World::new().await;
    let settings = settings(&world.provider.issuer()).with_secret("wrong".to_owned().into());
    let us = discover(settings).await.unwrap();
    let Beginning { address, flow } = us.begin(&Seeded::default()).unwrap();
    let (code, _) = world.visit(&address).await;
    insta::assert_snapshot!(told(&us.finish(&flow, &code).await.unwrap_err()), @r"
    oidc-client-refused
    the sign-in provider does not accept our client id and secret: invalid_client: unknown client
    hint: copy the client id and secret from the provider again, and check that the redirect address is registered there
    ");
}

#[tokio::test]
async fn what_is_no_provider_is_told_apart() {
    let provider = OidcProvider::start(testkit::oidc_provider::Algorithm::EdDsa, NOW)
        .await
        .unwrap();
    let issuer = provider.issuer();
    let code = async |issuer: &str| discover(settings(issuer)).await.unwrap_err().code();
    assert_eq!(code("login.example.com").await, "oidc-no-address");
    assert_eq!(code("http://login.example.com").await, "oidc-insecure");
    // The provider writes itself without the slash, and tokens would, too.
    assert_eq!(code(&format!("{issuer}/")).await, "oidc-no-provider");
    assert_eq!(code(&format!("{issuer}/elsewhere")).await, "oidc-no-provider");
    drop(provider);
    assert_eq!(code("http://127.0.0.1:9").await, "http-unreachable");
}
