//! Pages, filters and orders of the listings.

use std::collections::BTreeSet;

use crate::client::{Reply, account, get};
use cloudflare_sim::{
    EmptyGroups, Options, PageSize, ResourceGroupPages, ResultInfoForm, RolesEndpoint, Running, Sim, Spec,
    SuperAdministrator,
    state::{ResourceGroup, ScopeShape},
};
use serde_json::Value;

async fn start(options: Options) -> Running {
    Sim::new(Spec::with_members(123), options).start().await.unwrap()
}

fn ids(reply: &Reply) -> Vec<String> {
    reply
        .list()
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn every_member_is_on_exactly_one_page() {
    let sim = start(Options::default()).await;
    let mut seen = BTreeSet::new();
    let mut counts = Vec::new();
    for page in 1..=4 {
        let reply = account(&sim, &format!("/members?page={page}&per_page=50")).await;
        assert_eq!(reply.json()["result_info"]["total_count"], 123);
        assert_eq!(reply.json()["result_info"]["total_pages"], 3);
        counts.push(reply.list().len());
        seen.extend(ids(&reply));
    }
    assert_eq!(counts, [50, 50, 23, 0]);
    assert_eq!(seen.len(), 123);
}

#[tokio::test]
async fn the_order_is_stable_and_can_be_turned() {
    let sim = start(Options::default()).await;
    let path = "/members?per_page=50&order=user.email";
    let up = account(&sim, path).await.list();
    let emails: Vec<_> = up.iter().filter_map(|m| m["user"]["email"].as_str()).collect();
    assert!(emails.is_sorted());
    let down = account(&sim, &format!("{path}&direction=desc&page=3"))
        .await
        .list();
    assert_eq!(down.last(), up.first());
}

#[tokio::test]
async fn members_are_filtered_by_status() {
    let sim = start(Options::default()).await;
    let pending = account(&sim, "/members?status=pending&per_page=50").await;
    assert_eq!(pending.list().len(), 3);
    assert!(pending.list().iter().all(|member| member["status"] == "pending"));
    assert!(account(&sim, "/members?status=rejected").await.list().is_empty());
}

#[tokio::test]
async fn page_sizes_are_clamped_or_refused() {
    let clamping = start(Options::default()).await;
    for (asked, used) in [("500", 50), ("1", 5), ("7", 7)] {
        let reply = account(&clamping, &format!("/members?per_page={asked}")).await;
        assert_eq!(reply.json()["result_info"]["per_page"], used);
        assert_eq!(reply.list().len(), used);
    }
    let default = account(&clamping, "/members").await;
    assert_eq!(default.list().len(), 20);
    let refusing = start(Options {
        page_size: PageSize::Refuse,
        ..Options::default()
    })
    .await;
    let reply = account(&refusing, "/members?per_page=51").await;
    assert_eq!((reply.status, reply.code()), (400, 1001));
    assert_eq!(account(&refusing, "/members?per_page=50").await.status, 200);
    assert_eq!(account(&refusing, "/members?page=x").await.status, 400);
}

#[tokio::test]
async fn user_groups_come_in_pages_of_five_hundred() {
    let spec = Spec {
        user_groups: 501,
        group_members: 2,
        ..Spec::with_members(10)
    };
    let sim = Sim::new(spec, Options::default()).start().await.unwrap();
    assert_eq!(
        account(&sim, "/iam/user_groups?per_page=500").await.list().len(),
        500
    );
    assert_eq!(
        account(&sim, "/iam/user_groups?per_page=500&page=2")
            .await
            .list()
            .len(),
        1
    );
    assert_eq!(account(&sim, "/iam/user_groups").await.list().len(), 100);
}

#[tokio::test]
async fn empty_group_collections_are_null_or_arrays() {
    for (form, expected) in [
        (EmptyGroups::Null, Value::Null),
        (EmptyGroups::Array, Value::Array(Vec::new())),
    ] {
        let sim = start(Options {
            empty_groups: form,
            ..Options::default()
        })
        .await;
        let groups = account(&sim, "/iam/user_groups").await.list();
        let last = groups.last().unwrap()["id"].as_str().unwrap().to_owned();
        let reply = account(&sim, &format!("/iam/user_groups/{last}/members")).await;
        assert_eq!(reply.json()["result"], expected);
        assert_eq!(
            account(&sim, "/iam/user_groups?name=nobody").await.json()["result"],
            expected
        );
    }
}

#[tokio::test]
async fn result_info_has_three_forms() {
    let sim = start(Options {
        result_info: ResultInfoForm::WithoutTotalPages,
        ..Options::default()
    })
    .await;
    let info = account(&sim, "/members").await.json()["result_info"].clone();
    assert_eq!(info.get("total_pages"), None);
    assert_eq!(info["total_count"], 123);
    let sim = start(Options {
        result_info: ResultInfoForm::AbsentOnIam,
        ..Options::default()
    })
    .await;
    assert_eq!(
        account(&sim, "/iam/permission_groups")
            .await
            .json()
            .get("result_info"),
        None
    );
    assert!(
        account(&sim, "/members")
            .await
            .json()
            .get("result_info")
            .is_some()
    );
}

#[tokio::test]
async fn resource_groups_come_at_once_or_in_pages() {
    let spec = Spec {
        resource_groups: 30,
        ..Spec::with_members(5)
    };
    let single = Sim::new(spec.clone(), Options::default()).start().await.unwrap();
    let reply = account(&single, "/iam/resource_groups?page=1&per_page=5").await;
    assert_eq!(reply.list().len(), 30);
    assert_eq!(reply.json().get("result_info"), None);
    let paged = Options {
        resource_groups: ResourceGroupPages::Paged,
        ..Options::default()
    };
    let paged = Sim::new(spec, paged).start().await.unwrap();
    assert_eq!(
        account(&paged, "/iam/resource_groups?page=2").await.list().len(),
        10
    );
    let key = format!("com.cloudflare.api.account.{}", paged.account_id());
    let named = account(&paged, &format!("/iam/resource_groups?name={key}"))
        .await
        .list();
    assert_eq!(named.len(), 1);
    assert_eq!(named[0]["scope"]["objects"][0]["key"], "*");
}

#[tokio::test]
async fn roles_can_be_gone_and_super_administrator_unlisted() {
    let sim = start(Options::default()).await;
    let roles = account(&sim, "/roles?per_page=50").await;
    assert_eq!(roles.list().len(), 40);
    assert_eq!(roles.list()[0]["id"], "33666b9c79b9a5273fc7344ff42f953d");
    let unlisted = Options {
        super_administrator: SuperAdministrator::Unlisted,
        ..Options::default()
    };
    let roles = account(&start(unlisted).await, "/roles?per_page=50").await;
    assert_eq!(roles.list().len(), 39);
    assert!(!ids(&roles).contains(&"33666b9c79b9a5273fc7344ff42f953d".to_owned()));
    for status in [404, 410] {
        let gone = start(Options {
            roles: RolesEndpoint::Gone(status),
            ..Options::default()
        })
        .await;
        let reply = account(&gone, "/roles").await;
        assert_eq!(
            (reply.status, reply.json()["success"].as_bool()),
            (status, Some(false))
        );
    }
}

#[tokio::test]
async fn expired_tokens_are_listed_on_request() {
    let sim = start(Options::default()).await;
    assert_eq!(account(&sim, "/tokens").await.list().len(), 5);
    let all = account(&sim, "/tokens?include_expired=true").await.list();
    assert_eq!(all.iter().filter(|token| token["status"] == "expired").count(), 1);
    assert!(all.iter().all(|token| token.get("value").is_none()));
}

#[tokio::test]
async fn catalogues_have_the_size_asked_for() {
    let sim = start(Options::default()).await;
    assert_eq!(
        account(&sim, "/iam/permission_groups?per_page=50")
            .await
            .list()
            .len(),
        50
    );
    let spec = Spec {
        roles: 200,
        permission_groups: 0,
        ..Spec::with_members(3)
    };
    let large = Sim::new(spec, Options::default()).start().await.unwrap();
    assert_eq!(
        account(&large, "/roles?per_page=50&page=4").await.list().len(),
        50
    );
    assert_eq!(
        account(&large, "/iam/permission_groups").await.json()["result_info"]["total_count"],
        202
    );
    let one = account(&sim, "/iam/permission_groups?label=all_privileges")
        .await
        .list();
    assert_eq!(one.len(), 1);
    assert_eq!(get(&sim, "/zones").await.list().len(), 6);
}

#[tokio::test]
async fn a_scope_can_have_the_older_form() {
    let sim = start(Options::default()).await;
    sim.change(|state| {
        let mut older = ResourceGroup::clone(&state.resource_groups[0]);
        if let ScopeShape::Object(scope) = older.scope.clone() {
            older.scope = ScopeShape::Array(vec![scope]);
        }
        state.resource_groups[0] = older.into();
    });
    let groups = account(&sim, "/iam/resource_groups").await.list();
    assert_eq!(groups[0]["scope"][0]["objects"][0]["key"], "*");
}
