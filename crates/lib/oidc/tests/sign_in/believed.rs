//! Sign-ins that succeed.

use secrecy::ExposeSecret;
use testkit::oidc_provider::{Algorithm, Misbehaviour, Person};

use crate::world::World;

#[tokio::test]
async fn a_person_is_known_by_issuer_and_subject() {
    let world = World::new().await;
    let ada = world.sign_in().await.unwrap();
    assert_eq!(ada.key(), (world.provider.issuer().as_str(), "ada-1815"));
    insta::assert_debug_snapshot!((&ada.email, ada.email_verified, &ada.name, ada.authenticated_at, &ada.methods), @r#"
    (
        Some(
            "ada@example.com",
        ),
        true,
        Some(
            "Ada Moreau",
        ),
        Some(
            2026-09-30T23:59:00Z,
        ),
        [
            "pwd",
            "otp",
        ],
    )
    "#);
    world.provider.admit(Person {
        subject: "mallory-1".to_owned(),
        email_verified: false,
        ..testkit::oidc_provider::ada()
    });
    let mallory = world.sign_in().await.unwrap();
    assert_eq!(mallory.email, ada.email);
    assert_ne!(mallory.key(), ada.key());
    assert!(!mallory.email_verified);
}

#[tokio::test]
async fn every_accepted_signature_is_checked() {
    for algorithm in Algorithm::ALL {
        let world = World::signing(algorithm).await;
        assert_eq!(
            world.sign_in().await.unwrap().subject,
            "ada-1815",
            "{algorithm:?}"
        );
        world.provider.misbehave(Misbehaviour::Forged);
        let error = world.sign_in().await.unwrap_err();
        assert_eq!(error.code(), "oidc-wrong-signature", "{algorithm:?}: {error}");
    }
}

#[tokio::test]
async fn the_browser_takes_no_secret_along() {
    let world = World::new().await;
    let (one, other) = (world.begin(), world.begin());
    assert_ne!(one.flow.state, other.flow.state);
    let address = one.address.as_str();
    assert_eq!(one.flow.verifier.expose_secret().len(), 43);
    assert!(!address.contains(one.flow.verifier.expose_secret()));
    let fields: Vec<String> = one
        .address
        .query_pairs()
        .map(|(key, _)| key.into_owned())
        .collect();
    assert_eq!(
        fields,
        [
            "response_type",
            "client_id",
            "state",
            "code_challenge",
            "code_challenge_method",
            "redirect_uri",
            "scope",
            "nonce",
        ]
    );
    assert!(!format!("{:?}", one.flow).contains(one.flow.nonce.expose_secret()));
}

#[tokio::test]
async fn keys_are_read_once_and_again_when_they_change() {
    let world = World::new().await;
    world.sign_in().await.unwrap();
    world.sign_in().await.unwrap();
    assert_eq!(world.provider.calls("/keys"), 1);
    world.provider.rotate();
    world.pass(60);
    world.sign_in().await.unwrap();
    world.sign_in().await.unwrap();
    assert_eq!(world.provider.calls("/keys"), 2);
}
