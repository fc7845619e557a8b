//! Whom a credential belongs to, told in the fewest calls, and what is wrong with one that does not work.

use cloudflare::{AccountId, Caller, Credential, Verified, VerifyError};
use cloudflare_sim::state::{self, Grants, TokenStatus};
use cloudflare_sim::{Options, Running, Spec};

use crate::setup::{account, client_with, simulator, token};

async fn sim() -> Running {
    simulator(Spec::with_members(3), Options::unlimited()).await
}

async fn verify(sim: &Running, credential: Credential, account: &AccountId) -> Result<Verified, VerifyError> {
    client_with(sim, credential, http_client::Options::default())
        .verify(account)
        .await
}

fn key(email: &str, key: &str) -> Credential {
    Credential::GlobalKey {
        email: email.to_owned(),
        key: key.to_owned().into(),
    }
}

fn shown(error: &VerifyError) -> String {
    format!("{}\n{error}\nhint: {}", error.code(), error.hint())
}

#[tokio::test]
async fn each_kind_of_credential_is_recognised() {
    let sim = sim().await;
    let account = account(&sim);

    let verified = verify(&sim, token(&sim.account_token()), &account).await.unwrap();
    assert!(matches!(verified.caller, Caller::AccountToken(_)), "{verified:?}");
    assert_eq!(verified.account.id, account);
    assert_eq!(sim.journal().len(), 2);

    sim.journal().clear();
    let verified = verify(&sim, token(&sim.token()), &account).await.unwrap();
    assert!(matches!(verified.caller, Caller::UserToken(_)), "{verified:?}");
    assert_eq!(sim.journal().len(), 3);

    sim.journal().clear();
    let (email, secret) = sim.key();
    let verified = verify(&sim, key(&email, &secret), &account).await.unwrap();
    assert!(matches!(verified.caller, Caller::GlobalKey(user) if user.email == email));
    assert_eq!(sim.journal().len(), 2);
}

/// What a person reads about each credential that does not work.
async fn complaints(sim: &Running, cases: Vec<(Credential, &AccountId)>) -> String {
    let mut texts = Vec::new();
    for (credential, account) in cases {
        texts.push(shown(&verify(sim, credential, account).await.unwrap_err()));
    }
    texts.join("\n\n").replace(&sim.account_id(), "HERE")
}

fn elsewhere() -> AccountId {
    AccountId::parse("0123456789abcdef0123456789abcdef").unwrap()
}

#[tokio::test]
async fn what_is_wrong_with_a_token_is_told_apart() {
    let sim = sim().await;
    let (here, elsewhere) = (account(&sim), elsewhere());
    let mut expired = state::Credential::user_token("t1", "cfut_expired", Grants::Everything);
    expired.status = TokenStatus::Expired;
    expired.expires_on = Some("2026-10-31T23:59:59Z".to_owned());
    sim.accept(expired);
    let mut disabled = state::Credential::account_token("t2", "cfat_disabled", Grants::Everything);
    disabled.status = TokenStatus::Disabled;
    sim.accept(disabled);
    sim.accept(state::Credential::account_token(
        "t3",
        "cfat_nothing",
        Grants::only(["Zone Read"]),
    ));
    let (_, key) = sim.key();
    let cases = vec![
        (token("cfut_unknown"), &here),
        (token(&key), &here),
        (token("cfut_expired"), &here),
        (token("cfat_disabled"), &here),
        (token(&sim.token()), &elsewhere),
        (token(&sim.account_token()), &elsewhere),
        (token("cfat_nothing"), &here),
    ];
    insta::assert_snapshot!(complaints(&sim, cases).await, @r#"
    cloudflare-credential-rejected
    Cloudflare does not accept the API token
    hint: copy the token again, whole and without spaces; if it was rolled or deleted, make a new one

    cloudflare-credential-rejected
    Cloudflare does not accept the API token
    hint: this has not the form of an API token: copy it again, whole and without spaces; a global API key is used together with its user's address

    cloudflare-token-expired
    the API token has expired on 2026-10-31
    hint: renew the token in the Cloudflare dashboard, or make a new one

    cloudflare-token-disabled
    the API token is disabled
    hint: enable the token in the Cloudflare dashboard, or make a new one

    cloudflare-other-account
    the API token works, but not for the account 0123456789abcdef0123456789abcdef
    hint: check the account id; if it is right, let the token include this account with the permission "Account Settings: Read"

    cloudflare-other-account
    the API token works, but not for the account 0123456789abcdef0123456789abcdef
    hint: check the account id; if it is right, let the token include this account with the permission "Account Settings: Read"

    cloudflare-permission-missing
    the credential may not read the account: Forbidden (status 403, code 10000, ray 9f0c1d2e00000010-AMS)
    hint: give the token the permission "Account Settings: Read", which is needed to read the account; a user's token or key also needs that user to be an administrator of the account
    "#);
}

#[tokio::test]
async fn what_is_wrong_with_a_key_is_told_apart() {
    let sim = sim().await;
    let (here, elsewhere) = (account(&sim), elsewhere());
    let (email, secret) = sim.key();
    let cases = vec![
        (key(&email, &secret), &elsewhere),
        (key(&email, &"0".repeat(40)), &here),
        (key(&email, &sim.token()), &here),
    ];
    insta::assert_snapshot!(complaints(&sim, cases).await, @r"
    cloudflare-other-account
    the global API key works, but not for the account 0123456789abcdef0123456789abcdef
    hint: check the account id; if it is right, the key's user must become a member of this account

    cloudflare-credential-rejected
    Cloudflare does not accept the global API key
    hint: check that the address and the key belong together; a token is not a key

    cloudflare-credential-rejected
    Cloudflare does not accept the global API key
    hint: check that the address and the key belong together; a token is not a key
    ");
}
