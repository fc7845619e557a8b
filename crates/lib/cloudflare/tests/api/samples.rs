//! Every sample answer that this client asks for decodes, and every sample refusal is of its kind.

use std::fs;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use cloudflare::endpoint::{
    AccessGroups, AccessIdentityProviders, AccountTokens, AuditLogs, GetAccessOrganization, GetAccount,
    GetMember, GetUser, ListAccounts, Members, Memberships, Paged, PermissionGroups, ResourceGroups, Roles,
    UserGroupMembers, UserGroups, VerifyAccountToken, VerifyUserToken, Zones,
};
use cloudflare::types::{
    Access, AccessGroup, AccessRule, AccountToken, IdentityProvider, Member, PermissionGroup, ResourceGroup,
    Role, UserGroup, UserGroupMember,
};
use cloudflare::{AccountId, Client, Error, ErrorKind, MemberId, UserGroupId};
use http::{Request, Response};
use http_client::{Answer, Transport};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Debug, Deserialize)]
struct Index {
    samples: Vec<Sample>,
}

#[derive(Debug, Clone, Deserialize)]
struct Sample {
    file: String,
    kind: String,
    method: String,
    path: String,
    #[serde(default)]
    status: u16,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../fixtures/cloudflare")
}

fn body(file: &str) -> Bytes {
    fs::read(folder().join(file)).unwrap().into()
}

/// Answers everything with one sample.
#[derive(Debug)]
struct Replay(Sample);

impl Transport for Replay {
    fn exchange(&self, _: Request<Bytes>) -> Pin<Box<dyn Future<Output = Answer> + Send + '_>> {
        let response = Response::builder()
            .status(self.0.status)
            .header("retry-after", "0");
        let answer = response.body(body(&self.0.file)).unwrap();
        Box::pin(async { Ok(answer) })
    }
}

fn client(sample: &Sample) -> Client {
    let http = http_client::Client::with_transport(
        Arc::new(Replay(sample.clone())),
        http_client::Options::default(),
    );
    let credential = cloudflare::Credential::ApiToken("x".to_owned().into());
    Client::new(http, cloudflare::DEFAULT_BASE_URL.parse().unwrap(), credential).unwrap()
}

async fn listed<E: Paged>(client: &Client, endpoint: E) -> Result<(), Error> {
    client.page(&endpoint, 1).await.map(drop)
}

fn decodes<T: DeserializeOwned>(sample: &Sample) -> bool {
    #[derive(Deserialize)]
    struct Envelope<T> {
        result: T,
    }
    let envelope: Envelope<T> = serde_json::from_slice(&body(&sample.file)).expect(&sample.file);
    drop(envelope.result);
    true
}

/// Decodes what the client reads only as part of listings. False when the sample is no such thing.
fn decodes_directly(sample: &Sample, path: &str) -> bool {
    match path {
        _ if sample.status != 200 => false,
        "A/members" if sample.method == "POST" => decodes::<Member>(sample),
        "A/tokens" if sample.method == "POST" => decodes::<AccountToken>(sample),
        "A/tokens/{token_id}" => decodes::<AccountToken>(sample),
        "A/roles/{role_id}" => decodes::<Role>(sample),
        "A/iam/permission_groups/{permission_group_id}" => decodes::<PermissionGroup>(sample),
        "A/iam/resource_groups/{resource_group_id}" => decodes::<ResourceGroup>(sample),
        "A/iam/user_groups/{user_group_id}" => decodes::<UserGroup>(sample),
        "A/iam/user_groups/{user_group_id}/members/{member_id}" => decodes::<UserGroupMember>(sample),
        _ => false,
    }
}

/// The path without its query; what is the account's begins with `A`.
fn place(sample: &Sample) -> String {
    let path = sample.path.split('?').next().unwrap_or_default();
    let below = path.strip_prefix("/accounts/{account_id}");
    below.map_or(path.to_owned(), |rest| format!("A{rest}"))
}

/// Asks for what the sample answers. `None` when this client never does.
async fn ask(sample: &Sample) -> Option<Result<(), Error>> {
    let client = client(sample);
    let account = AccountId::new("bd4a016a06b15839978fe790cd939c3e");
    let path = place(sample);
    if decodes_directly(sample, &path) {
        return Some(Ok(()));
    }
    Some(match path.as_str() {
        "A" => client.call(&GetAccount { account }).await.map(drop),
        "/accounts" => listed(&client, ListAccounts).await,
        "A/members" => listed(&client, Members { account }).await,
        "A/members/{member_id}" => client
            .call(&GetMember {
                account,
                member: MemberId::new("m"),
            })
            .await
            .map(drop),
        "A/roles" => listed(&client, Roles { account }).await,
        "A/iam/permission_groups" => listed(&client, PermissionGroups { account }).await,
        "A/iam/resource_groups" => listed(&client, ResourceGroups { account }).await,
        "A/iam/user_groups" | "A/iam/user_groups/{user_group_id}" => {
            listed(&client, UserGroups { account }).await
        }
        "A/iam/user_groups/{user_group_id}/members" => {
            listed(
                &client,
                UserGroupMembers {
                    account,
                    group: UserGroupId::new("g"),
                },
            )
            .await
        }
        "A/tokens" => listed(&client, AccountTokens { account }).await,
        "A/tokens/verify" => client.call(&VerifyAccountToken { account }).await.map(drop),
        "/user/tokens/verify" => client.call(&VerifyUserToken).await.map(drop),
        "/user" => client.call(&GetUser).await.map(drop),
        "/memberships" => listed(&client, Memberships).await,
        "/zones" => listed(&client, Zones { account }).await,
        "A/logs/audit" => {
            let (since, before) = Default::default();
            client
                .audit_log(AuditLogs {
                    account,
                    since,
                    before,
                })
                .next()
                .await
                .map(drop)
        }
        "A/access/organizations" => client.call(&GetAccessOrganization { account }).await.map(drop),
        "A/access/groups" => listed(&client, AccessGroups { account }).await,
        "A/access/identity_providers" => listed(&client, AccessIdentityProviders { account }).await,
        _ => return None,
    })
}

/// What the client never asks for.
fn is_out_of_scope(sample: &Sample) -> bool {
    [
        "access/apps",
        "access/policies",
        "access/seats",
        "access/service_tokens",
        "access/users",
        "scim/users",
        "revoke_user",
        "audit_logs",
        "permission_groups",
        "sso_connectors",
        "accounts/not-an-id",
    ]
    .iter()
    .any(|part| sample.path.contains(part))
}

fn kind_of(sample: &Sample) -> ErrorKind {
    let missing = || ErrorKind::NotPermitted { missing: Vec::new() };
    match sample.file.as_str() {
        "accounts-list-account-owned-token-400.json" => ErrorKind::Invalid,
        "memberships-account-owned-token-400.json"
        | "error-400-bad-auth-key-header.json"
        | "error-400-bad-authorization-header.json"
        | "error-401-invalid-token.json" => ErrorKind::BadCredential,
        "error-400-duplicate-member.json" | "error-409-conflict.json" => ErrorKind::AlreadyExists,
        file if file.starts_with("error-400") => ErrorKind::Invalid,
        file if file.starts_with("error-403") => missing(),
        file if file.starts_with("error-404") => ErrorKind::NotFound,
        file if file.starts_with("error-429") => ErrorKind::Throttled,
        file if file.starts_with("error-502") => ErrorKind::Transient,
        file => panic!("no kind known for {file}"),
    }
}

fn without_permission(kind: ErrorKind) -> ErrorKind {
    match kind {
        ErrorKind::NotPermitted { .. } => ErrorKind::NotPermitted { missing: Vec::new() },
        other => other,
    }
}

#[tokio::test(start_paused = true)]
async fn every_sample_is_understood() {
    let index: Index = serde_json::from_slice(&body("index.json")).unwrap();
    let mut understood = 0;
    for sample in index.samples.iter().filter(|sample| sample.kind == "response") {
        if sample.method == "DELETE" || sample.file.contains("roll-response") {
            continue;
        }
        match ask(sample).await {
            Some(answer) if sample.status == 200 => {
                answer.unwrap_or_else(|error| panic!("{}: {error}", sample.file));
            }
            Some(Err(error)) => assert_eq!(
                without_permission(error.kind()),
                kind_of(sample),
                "{}",
                sample.file
            ),
            Some(Ok(())) => panic!("{} is taken for an answer", sample.file),
            None => {
                assert!(is_out_of_scope(sample), "{} is not tried", sample.file);
                continue;
            }
        }
        understood += 1;
    }
    assert!(understood > 60, "{understood}");
}

fn result<T: DeserializeOwned>(file: &str) -> T {
    let body: serde_json::Value = serde_json::from_slice(&body(file)).unwrap();
    serde_json::from_value(body["result"].clone()).unwrap()
}

#[test]
fn policies_keep_what_they_say() {
    let member: Member = result("member-get-deny-policy.json");
    let denied: Vec<_> = member
        .policies
        .iter()
        .filter(|policy| policy.access == Access::Deny)
        .collect();
    assert_eq!(denied.len(), 1);
    let place = &denied[0].resource_groups[0];
    assert_eq!(place.meta["adhoc"], "true");
    assert_eq!(place.scope[0].objects[0].key, "*");

    let unnamed: Member = result("member-get-worker-scoped-policy.json");
    let places: Vec<_> = unnamed
        .policies
        .iter()
        .flat_map(|policy| &policy.resource_groups)
        .collect();
    assert!(places.iter().any(|place| place.name.is_none()));
}

#[test]
fn scopes_may_be_one_or_many() {
    let one: ResourceGroup = result("iam-resource-group-get.json");
    let many: ResourceGroup = result("iam-resource-group-get-scope-array.json");
    assert_eq!(one.scope, many.scope);
}

#[test]
fn rules_of_any_kind_are_kept() {
    let groups: Vec<AccessGroup> = result("access-groups.json");
    let kinds = |rules: &[AccessRule]| {
        rules
            .iter()
            .map(|rule| rule.parts().unwrap().0.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds(&groups[0].include), ["email_domain", "okta"]);
    assert_eq!(kinds(&groups[0].require), ["geo"]);
}

#[test]
fn secrets_are_dropped_while_decoding() {
    let provider: IdentityProvider = serde_json::from_str(
        r#"{"id":"p","name":"Okta","type":"okta","config":{"client_id":"c","client_secret":"s3cret"},
            "scim_config":{"enabled":true,"secret":"s3cret"}}"#,
    )
    .unwrap();
    let member: Member = result("member-get-legacy-shape.json");
    let token: AccountToken = result("account-token-create-response.json");
    let shown = format!("{provider:?} {member:?} {token:?}");
    assert!(
        !shown.contains("s3cret") && !shown.contains("cfat_") && !shown.contains(&"0".repeat(60)),
        "{shown}"
    );
    assert_eq!(provider.config["client_id"], "c");
}
