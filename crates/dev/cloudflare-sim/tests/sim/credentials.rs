//! Who may call what, and the refusals as documented.

use cloudflare_sim::{
    Endpoint, Options, Refusal, Running, Sim, Spec,
    state::{Credential, Grants, TokenStatus},
};

use crate::client::{account, bearer, call, get};

const ID: &str = "0123456789abcdef0123456789abcdef";
const SECRET: &str = "cfut_made-for-this-test";

async fn start() -> Running {
    Sim::new(Spec::with_members(10), Options::default())
        .start()
        .await
        .unwrap()
}

/// A simulator that also knows a user token with these permissions only.
async fn with_grants(options: Options, names: &[&str]) -> Running {
    let sim = Sim::new(Spec::with_members(10), options).start().await.unwrap();
    sim.accept(Credential::user_token(
        ID,
        SECRET,
        Grants::only(names.iter().copied()),
    ));
    sim
}

#[tokio::test]
async fn both_kinds_of_credentials_read_members() {
    let sim = start().await;
    let path = format!("/accounts/{}/members", sim.account_id());
    let (email, key) = sim.key();
    let by_key = call(&sim, &path, &[("X-Auth-Email", &email), ("X-Auth-Key", &key)])
        .await
        .unwrap();
    let by_user_token = bearer(&sim, &path, &sim.token()).await;
    let by_account_token = bearer(&sim, &path, &sim.account_token()).await;
    assert_eq!(by_key.list().len(), 10);
    assert_eq!(by_key.body, by_user_token.body);
    assert_eq!(by_key.body, by_account_token.body);
}

#[tokio::test]
async fn malformed_and_unknown_credentials_are_told_apart() {
    let sim = start().await;
    let path = "/user/tokens/verify";
    let malformed = bearer(&sim, path, "not a token").await;
    assert_eq!((malformed.status, malformed.code()), (400, 6003));
    assert_eq!(malformed.json()["errors"][0]["error_chain"][0]["code"], 6111);
    let key_as_bearer = bearer(&sim, path, &sim.key().1).await;
    assert_eq!((key_as_bearer.status, key_as_bearer.code()), (400, 6003));
    let unknown = bearer(&sim, path, &"a1_z".repeat(10)).await;
    assert_eq!((unknown.status, unknown.code()), (401, 1000));
    let nothing = call(&sim, path, &[]).await.unwrap();
    assert_eq!((nothing.status, nothing.code()), (400, 10001));
}

#[tokio::test]
async fn keys_have_a_form_and_an_owner() {
    let sim = start().await;
    let (email, key) = sim.key();
    let with = async |email: &str, key: &str| {
        call(&sim, "/user", &[("X-Auth-Email", email), ("X-Auth-Key", key)])
            .await
            .unwrap()
    };
    let bad = with("nobody", "token-not-key").await.json();
    let chain: Vec<_> = bad["errors"][0]["error_chain"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| &e["code"])
        .collect();
    assert_eq!(chain, [6102, 6103]);
    assert_eq!(with("other@example.com", &key).await.code(), 9103);
    assert_eq!(with(&email, &"0".repeat(37)).await.code(), 9103);
    assert_eq!(with(&email, &key).await.json()["result"]["email"], email);
}

#[tokio::test]
async fn account_owned_tokens_are_refused_where_a_person_is_needed() {
    let sim = start().await;
    let token = sim.account_token();
    for (path, status, code) in [
        ("/accounts", 400, 1001),
        ("/memberships", 400, 9106),
        ("/user", 403, 9109),
        ("/user/tokens", 403, 9109),
        ("/user/tokens/verify", 403, 9109),
    ] {
        let reply = bearer(&sim, path, &token).await;
        assert_eq!((reply.status, reply.code()), (status, code), "{path}");
    }
}

#[tokio::test]
async fn each_kind_of_token_has_its_verify_endpoint() {
    let sim = start().await;
    let own = format!("/accounts/{}/tokens/verify", sim.account_id());
    let verified = bearer(&sim, &own, &sim.account_token()).await.json();
    assert_eq!(verified["result"]["status"], "active");
    assert_eq!(verified["messages"][0]["code"], 10000);
    let listed = account(&sim, "/tokens").await.list();
    assert_eq!(listed[0]["id"], verified["result"]["id"]);
    assert_eq!(
        bearer(&sim, "/user/tokens/verify", &sim.token()).await.status,
        200
    );
    assert_eq!(bearer(&sim, &own, &sim.token()).await.status, 401);
    let (email, key) = sim.key();
    for path in ["/user/tokens/verify", &own] {
        let reply = call(&sim, path, &[("X-Auth-Email", &email), ("X-Auth-Key", &key)])
            .await
            .unwrap();
        assert_eq!((reply.status, reply.code()), (400, 1001));
    }
}

#[tokio::test]
async fn a_disabled_token_verifies_as_such_and_reads_nothing() {
    let sim = start().await;
    let mut credential = Credential::user_token(ID, SECRET, Grants::Everything);
    credential.status = TokenStatus::Disabled;
    sim.accept(credential);
    let verified = bearer(&sim, "/user/tokens/verify", SECRET).await;
    assert_eq!(
        (verified.status, verified.json()["result"]["status"].as_str()),
        (200, Some("disabled"))
    );
    assert_eq!(bearer(&sim, "/user", SECRET).await.status, 401);
}

/// The path of an endpoint with the account's id, and made-up ids below it.
fn path_of(sim: &Running, endpoint: Endpoint) -> String {
    let path = endpoint.path().replace("{account_id}", &sim.account_id());
    let segments = path
        .split('/')
        .map(|segment| if segment.starts_with('{') { ID } else { segment });
    segments.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn each_permission_opens_its_endpoints_and_no_others() {
    let sim = start().await;
    for permission in [
        "Account Settings Read",
        "Account API Tokens Write",
        "Billing Read",
        "Zone Read",
    ] {
        let secret = format!("cfut_{}", permission.replace(' ', "_"));
        sim.accept(Credential::user_token(ID, &secret, Grants::only([permission])));
        for endpoint in Endpoint::ALL.into_iter().filter(|e| e.methods().contains(&"GET")) {
            let reply = bearer(&sim, &path_of(&sim, endpoint), &secret).await;
            let needed = endpoint.permissions("GET");
            let may = needed.is_empty() || needed.contains(&permission);
            let empty = matches!(endpoint, Endpoint::Accounts | Endpoint::Zones);
            assert_eq!(
                reply.status == 403,
                !may && !empty,
                "{endpoint:?} with {permission}: {reply:?}"
            );
        }
    }
}

#[tokio::test]
async fn refusals_name_the_operation_or_do_not() {
    for (refusal, message) in [
        (Refusal::Documented, "Forbidden"),
        (Refusal::Bare, "Authentication error"),
    ] {
        let sim = with_grants(
            Options {
                refusal,
                ..Options::default()
            },
            &["Zone Read"],
        )
        .await;
        let reply = bearer(&sim, &path_of(&sim, Endpoint::Members), SECRET).await;
        let error = reply.json()["errors"][0].clone();
        assert_eq!(
            (reply.status, &error["code"], &error["message"]),
            (403, &10000.into(), &message.into())
        );
        let url = error.get("documentation_url").and_then(|url| url.as_str());
        assert_eq!(
            url.is_some_and(|url| url.contains("members/methods/list")),
            refusal == Refusal::Documented
        );
    }
}

#[tokio::test]
async fn some_listings_are_empty_without_the_permission() {
    let sim = with_grants(Options::default(), &["Account API Tokens Read"]).await;
    for path in ["/accounts", "/zones"] {
        let reply = bearer(&sim, path, SECRET).await;
        assert_eq!((reply.status, reply.list().len()), (200, 0), "{path}");
    }
    let blind = Options {
        empty_lists: [Endpoint::Members].into(),
        ..Options::default()
    };
    let sim = Sim::new(Spec::with_members(10), blind).start().await.unwrap();
    let members = account(&sim, "/members").await;
    assert_eq!((members.status, members.list().len()), (200, 0));
    assert_eq!(account(&sim, "/roles").await.list().len(), 20);
}

#[tokio::test]
async fn other_accounts_and_malformed_ids_are_refused() {
    let sim = start().await;
    let foreign = get(&sim, &format!("/accounts/{ID}/members")).await;
    assert_eq!((foreign.status, foreign.code()), (403, 10000));
    for path in [
        "/accounts/not-an-id/members",
        "/accounts//members",
        "/no/such/thing",
    ] {
        let reply = get(&sim, path).await;
        assert_eq!((reply.status, reply.code()), (404, 7003), "{path}");
        assert_eq!(reply.json()["errors"][1]["code"], 7000);
    }
    let unknown = account(&sim, &format!("/members/{ID}")).await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn debug_output_hides_secrets() {
    let sim = start().await;
    let shown = format!("{sim:?}");
    for secret in [sim.token(), sim.account_token(), sim.key().1] {
        assert!(!shown.contains(&secret));
    }
}
