//! Tokens with chosen permissions, and what is asked about them.

use cloudflare::{AccountId, Client, Credential};
use cloudflare_sim::state::{Effect, Holder, Token, TokenPermission, TokenPolicy, TokenStatus};
use cloudflare_sim::{Options, Running};
use connector::ConnectorError;
use connector_cloudflare::permissions::{Checklist, Purpose, check};
use serde_json::{Map, Value, json};

use crate::support::{client, simulate, small};

pub(super) const SECRET: &str = "cfut_made-for-this-test0000000000000000000000000";
const TOKEN_ID: &str = "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f";

pub(super) async fn world() -> Running {
    simulate(small()).await
}

/// A token of the account that may do this in the whole account.
pub(super) fn account_token(sim: &Running, permissions: &[&str]) -> Client {
    issue(sim, Holder::Account, &[(permissions, whole(&sim.account_id()))])
}

/// A token of the user that may do this in the whole account.
pub(super) fn user_token(sim: &Running, permissions: &[&str]) -> Client {
    issue(sim, Holder::User, &[(permissions, whole(&sim.account_id()))])
}

/// A token with a policy for each pair of permissions and where they hold.
pub(super) fn issue(sim: &Running, holder: Holder, policies: &[(&[&str], Value)]) -> Client {
    sim.issue(token(policies), holder, SECRET);
    client(sim, SECRET)
}

pub(super) fn key(sim: &Running) -> Client {
    let (email, key) = sim.key();
    let credential = Credential::GlobalKey {
        email,
        key: key.into(),
    };
    let http = http_client::Client::new(http_client::Options::default()).unwrap();
    Client::new(http, sim.base_url().parse().unwrap(), credential).unwrap()
}

pub(super) fn whole(account: &str) -> Value {
    json!({ format!("com.cloudflare.api.account.{account}"): "*" })
}

/// The user behind tokens and the key.
pub(super) fn user() -> Value {
    json!({ "com.cloudflare.api.user.ffffffffffffffffffffffffffffffff": "*" })
}

fn policy((permissions, resources): &(&[&str], Value)) -> TokenPolicy {
    let named = |name: &&str| TokenPermission {
        id: "2e".repeat(16),
        name: (*name).to_owned(),
    };
    TokenPolicy {
        id: "1e".repeat(16),
        effect: Effect::Allow,
        permission_groups: permissions.iter().map(named).collect(),
        resources: resources.clone(),
        extra: Map::new(),
    }
}

fn token(policies: &[(&[&str], Value)]) -> Token {
    Token {
        id: TOKEN_ID.to_owned(),
        name: "access review".to_owned(),
        status: TokenStatus::Active,
        issued_on: "2026-06-01T00:00:00Z".to_owned(),
        modified_on: "2026-06-01T00:00:00Z".to_owned(),
        last_used_on: None,
        not_before: None,
        expires_on: Some("2027-05-31T23:59:59Z".to_owned()),
        policies: policies.iter().map(policy).collect(),
        condition: None,
        creator_email_at_creation: Some("ada@example.com".to_owned()),
        secret_generation: 1,
    }
}

pub(super) async fn ask(
    sim: &Running,
    client: &Client,
    purpose: Purpose,
) -> Result<Checklist, ConnectorError> {
    check(client, &AccountId::new(sim.account_id()), purpose).await
}

/// The checklist as a person reads it, with the calls that it took.
pub(super) async fn shown(sim: &Running, client: &Client, purpose: Purpose) -> String {
    let checklist = ask(sim, client, purpose).await.unwrap();
    format!("{checklist}\n\n{}", calls(sim))
}

pub(super) fn calls(sim: &Running) -> String {
    let calls = sim.journal().calls();
    assert!(
        calls.iter().all(|call| call.method == "GET"),
        "something was written"
    );
    let account = sim.account_id();
    let mut lines: Vec<String> = calls
        .iter()
        .map(|call| format!("{}?{}", call.path, call.query).replace(&account, "HERE"))
        .collect();
    // Those that are made at the same time arrive in any order.
    lines.sort();
    lines.push(format!("{} calls", calls.len()));
    lines.join("\n")
}

/// A simulator that behaves in a way of its own.
pub(super) async fn world_with(options: Options) -> Running {
    crate::support::simulate_with(small(), options).await
}
