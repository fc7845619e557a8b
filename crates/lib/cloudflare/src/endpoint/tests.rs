use chrono::DateTime;

use super::*;
use crate::types::{Access, PermissionGroup, Policy, ResourceGroup, TokenStatus};
use crate::{
    AccountId, Credential, MemberId, PermissionGroupId, ResourceGroupId, RoleId, TokenId, UserGroupId,
};

fn account() -> AccountId {
    AccountId::parse("bd4a016a06b15839978fe790cd939c3e").unwrap()
}

fn sent<E: Endpoint>(endpoint: &E, paging: &[(&'static str, String)]) -> String {
    let base = "https://api.example.com/client/v4/".parse().unwrap();
    let request = request(endpoint, &base, paging, &HeaderMap::new()).unwrap();
    format!("{} {}", request.method(), request.uri())
}

#[test]
fn calls_are_where_cloudflare_has_them() {
    let calls = [
        sent(&GetAccount { account: account() }, &[]),
        sent(&ListAccounts, &[]),
        sent(
            &Members { account: account() },
            &[("page", "2".into()), ("per_page", "50".into())],
        ),
        sent(&Roles { account: account() }, &[]),
        sent(&PermissionGroups { account: account() }, &[]),
        sent(&ResourceGroups { account: account() }, &[]),
        sent(&UserGroups { account: account() }, &[]),
        sent(
            &UserGroupMembers {
                account: account(),
                group: UserGroupId::new("c459"),
            },
            &[],
        ),
        sent(&AccountTokens { account: account() }, &[]),
        sent(&VerifyAccountToken { account: account() }, &[]),
        sent(&VerifyUserToken, &[]),
        sent(&GetUser, &[]),
        sent(&Memberships, &[]),
        sent(&Zones { account: account() }, &[]),
        sent(&GetAccessOrganization { account: account() }, &[]),
        sent(&AccessGroups { account: account() }, &[]),
        sent(&AccessIdentityProviders { account: account() }, &[]),
    ];
    let calls = calls
        .join("\n")
        .replace("https://api.example.com/client/v4", "")
        .replace(account().as_str(), "A");
    insta::assert_snapshot!(calls, @r"
    GET /accounts/A
    GET /accounts
    GET /accounts/A/members?order=user.email&page=2&per_page=50
    GET /accounts/A/roles
    GET /accounts/A/iam/permission_groups
    GET /accounts/A/iam/resource_groups
    GET /accounts/A/iam/user_groups
    GET /accounts/A/iam/user_groups/c459/members
    GET /accounts/A/tokens
    GET /accounts/A/tokens/verify
    GET /user/tokens/verify
    GET /user
    GET /memberships
    GET /zones?account.id=A
    GET /accounts/A/access/organizations
    GET /accounts/A/access/groups
    GET /accounts/A/access/identity_providers
    ");
}

#[test]
fn the_audit_log_is_asked_between_two_moments() {
    let moment = |text| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
    let logs = AuditLogs {
        account: account(),
        since: moment("2026-09-30T00:00:00Z"),
        before: moment("2026-10-01T12:30:00.250Z"),
    };
    let query = sent(&logs, &[("cursor", "a+b=".into())]);
    let (_, query) = query.split_once('?').unwrap();
    assert_eq!(
        query,
        "since=2026-09-30T00%3A00%3A00Z&before=2026-10-01T12%3A30%3A00.250Z&limit=1000&cursor=a%2Bb%3D"
    );
}

fn policies() -> MemberAccess {
    let old = serde_json::json!({
        "id": "p1", "access": "deny", "later": {"kept": true},
        "permission_groups": [{"id": "g1", "name": "DNS", "meta": {"label": "dns"}}],
        "resource_groups": [
            {"id": "r1", "name": "Shops", "scope": {"key": "k", "objects": [{"key": "*"}]}},
            {"scope": {"key": "k", "objects": [{"key": "o"}]}},
        ],
    });
    let old = serde_json::from_value(old).unwrap();
    let new = Policy::new(
        Access::Allow,
        PermissionGroup::new(PermissionGroupId::new("g2"), None),
        ResourceGroup::new(ResourceGroupId::new("r2"), None),
    );
    MemberAccess::Policies(vec![old, new])
}

fn change<E: Change>(endpoint: &E) -> String {
    let base = "https://api.example.com".parse().unwrap();
    let request = request(endpoint, &base, &[], &HeaderMap::new()).unwrap();
    let body = String::from_utf8(request.body().to_vec()).unwrap();
    assert_eq!(request.headers().contains_key("content-type"), !body.is_empty());
    let path = request.uri().path().replace(account().as_str(), "A");
    format!("{} {path} {body}", request.method())
        .trim_end()
        .to_owned()
}

#[test]
fn changes_of_members_say_only_what_they_change() {
    let (account, member) = (account(), MemberId::new("m1"));
    let roles = || MemberAccess::Roles(vec![RoleId::new("r1"), RoleId::new("r2")]);
    let invite = |access| {
        let (account, email) = (account.clone(), "ada@example.com".to_owned());
        change(&InviteMember {
            account,
            email,
            access,
        })
    };
    let update = |access| {
        let (account, member) = (account.clone(), member.clone());
        change(&UpdateMember {
            account,
            member,
            access,
        })
    };
    let sent = [
        invite(roles()),
        invite(policies()),
        update(roles()),
        update(policies()),
        change(&RemoveMember {
            account: account.clone(),
            member: member.clone(),
        }),
    ];
    insta::assert_snapshot!(sent.join("\n"), @r#"
    POST /accounts/A/members {"email":"ada@example.com","roles":["r1","r2"],"status":"pending"}
    POST /accounts/A/members {"email":"ada@example.com","policies":[{"later":{"kept":true},"id":"p1","access":"deny","permission_groups":[{"id":"g1"}],"resource_groups":[{"id":"r1"},{"scope":{"key":"k","objects":[{"key":"o"}]}}]},{"access":"allow","permission_groups":[{"id":"g2"}],"resource_groups":[{"id":"r2"}]}],"status":"pending"}
    PUT /accounts/A/members/m1 {"roles":[{"id":"r1"},{"id":"r2"}]}
    PUT /accounts/A/members/m1 {"policies":[{"later":{"kept":true},"id":"p1","access":"deny","permission_groups":[{"id":"g1"}],"resource_groups":[{"id":"r1"},{"scope":{"key":"k","objects":[{"key":"o"}]}}]},{"access":"allow","permission_groups":[{"id":"g2"}],"resource_groups":[{"id":"r2"}]}]}
    DELETE /accounts/A/members/m1
    "#);
}

#[test]
fn changes_of_groups_and_tokens_say_only_what_they_change() {
    let (account, member, group) = (account(), MemberId::new("m1"), UserGroupId::new("c459"));
    let token = r#"{"id":"t1","name":"ci","status":"active","issued_on":"2026-01-02T03:04:05Z","policies":[],
        "condition":{"request_ip":{"in":["192.0.2.0/24"]}},"later":[1],"value":"s3cret"}"#;
    let sent = [
        change(&AddUserGroupMember {
            account: account.clone(),
            group: group.clone(),
            member: member.clone(),
        }),
        change(&RemoveUserGroupMember {
            account: account.clone(),
            group,
            member,
        }),
        change(&UpdateAccountToken {
            account: account.clone(),
            document: serde_json::from_str(token).unwrap(),
            status: TokenStatus::Disabled,
        }),
        change(&RollAccountToken {
            account: account.clone(),
            token: TokenId::new("t1"),
        }),
        change(&DeleteAccountToken {
            account,
            token: TokenId::new("t1"),
        }),
    ];
    insta::assert_snapshot!(sent.join("\n"), @r#"
    POST /accounts/A/iam/user_groups/c459/members [{"id":"m1"}]
    DELETE /accounts/A/iam/user_groups/c459/members/m1
    PUT /accounts/A/tokens/t1 {"name":"ci","status":"disabled","policies":[],"condition":{"request_ip":{"in":["192.0.2.0/24"]}},"later":[1]}
    PUT /accounts/A/tokens/t1/value {}
    DELETE /accounts/A/tokens/t1
    "#);
}

#[test]
fn an_odd_id_cannot_leave_its_place_in_the_path() {
    let odd = UserGroupMembers {
        account: AccountId::new("../x?y#z"),
        group: UserGroupId::new("a/b c%é"),
    };
    assert_eq!(
        odd.path().to_string(),
        "/accounts/..%2Fx%3Fy%23z/iam/user_groups/a%2Fb%20c%25%C3%A9/members"
    );
    let sent = sent(&odd, &[]);
    assert!(sent.contains("/client/v4/accounts/..%2Fx%3Fy%23z/iam/"), "{sent}");
}

#[test]
fn an_id_that_is_a_way_through_the_path_is_never_sent() {
    let base = "https://api.example.com/client/v4".parse().unwrap();
    for odd in ["", ".", ".."] {
        let leave = RemoveUserGroupMember {
            account: account(),
            group: UserGroupId::new("c459"),
            member: MemberId::new(odd),
        };
        assert!(
            request(&leave, &base, &[], &HeaderMap::new()).is_none(),
            "{odd:?}"
        );
    }
}

#[test]
fn credentials_travel_in_their_headers_and_are_not_shown() {
    let token = Credential::ApiToken("s3cret".to_owned().into());
    let key = Credential::GlobalKey {
        email: "ada@example.com".into(),
        key: "s3cret".to_owned().into(),
    };
    let headers = [token.headers().unwrap(), key.headers().unwrap()];
    assert_eq!(headers[0]["authorization"], "Bearer s3cret");
    assert_eq!(headers[1]["x-auth-email"], "ada@example.com");
    assert_eq!(headers[1]["x-auth-key"], "s3cret");
    assert!(!format!("{headers:?} {token:?} {key:?}").contains("s3cret"));
    assert!(
        Credential::ApiToken("two\nlines".to_owned().into())
            .headers()
            .is_none()
    );
}
