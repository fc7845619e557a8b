//! Writes to user groups and resource groups.

use cloudflare_sim::{EmptyGroups, Options, PendingInGroups, Running};
use serde_json::{Value, json};

use crate::{
    client::{Reply, account, write},
    world::{member_id, place_id, policy, refusal, retail},
};

const GROUPS: &str = "/iam/user_groups";
const PLACES: &str = "/iam/resource_groups";

/// The path of "Platform admins": Priya and Mei-Ling.
fn admins(sim: &Running) -> String {
    format!("{GROUPS}/{}", sim.read(|state| state.user_groups[1].id.clone()))
}

fn people(sim: &Running, locals: &[&str]) -> Value {
    let ids = locals.iter().map(|local| json!({ "id": member_id(sim, local) }));
    ids.collect()
}

fn emails(reply: &Reply) -> Vec<String> {
    let email = |member: &Value| member["email"].as_str().unwrap().to_owned();
    reply.list().iter().map(email).collect()
}

#[tokio::test]
async fn post_adds_members_and_leaves_the_others() {
    let sim = retail(Options::default()).await;
    let (before, path) = (sim.picture(), format!("{}/members", admins(&sim)));
    let reply = write(
        &sim,
        "POST",
        &path,
        people(&sim, &["ruth.goldberg", "priya.raghavan"]),
    )
    .await;
    assert_eq!(
        emails(&reply),
        ["ruth.goldberg@example.com", "priya.raghavan@example.com"]
    );
    assert_eq!(
        before.difference(&sim.picture()),
        ["+ group Platform admins: has ruth.goldberg@example.com"]
    );
    let ruth = format!("{path}/{}", member_id(&sim, "ruth.goldberg"));
    let joined = account(&sim, &ruth).await.json()["result"]["created_at"].clone();
    assert!(joined.as_str().unwrap().starts_with("2026-10-01T00:"));
}

#[tokio::test]
async fn put_replaces_the_whole_membership() {
    let sim = retail(Options::default()).await;
    let (before, path) = (sim.picture(), format!("{}/members", admins(&sim)));
    let joined = sim.read(|state| state.user_groups[1].members[0].created_at.clone());
    write(
        &sim,
        "PUT",
        &path,
        people(&sim, &["priya.raghavan", "ruth.goldberg"]),
    )
    .await;
    assert_eq!(
        before.difference(&sim.picture()),
        [
            "- group Platform admins: has meiling.chang@example.com",
            "+ group Platform admins: has ruth.goldberg@example.com",
        ]
    );
    assert_eq!(
        sim.read(|state| state.user_groups[1].members[0].created_at.clone()),
        joined
    );
    let emptied = write(&sim, "PUT", &path, json!([])).await;
    assert_eq!((emptied.status, &emptied.json()["result"]), (200, &Value::Null));
    sim.read(|state| assert!(state.user_groups[1].members.is_empty()));
}

#[tokio::test]
async fn an_empty_membership_can_be_a_list() {
    let options = Options {
        empty_groups: EmptyGroups::Array,
        ..Options::default()
    };
    let sim = retail(options).await;
    let path = format!("{}/members", admins(&sim));
    assert_eq!(
        write(&sim, "PUT", &path, json!([])).await.json()["result"],
        json!([])
    );
}

#[tokio::test]
async fn delete_takes_one_member_out() {
    let sim = retail(Options::default()).await;
    let (before, id) = (sim.picture(), member_id(&sim, "priya.raghavan"));
    let path = format!("{}/members/{id}", admins(&sim));
    let removed = write(&sim, "DELETE", &path, Value::Null).await.json()["result"].clone();
    assert_eq!(
        removed,
        json!({ "id": id, "email": "priya.raghavan@example.com", "status": "accepted" })
    );
    assert_eq!(
        before.difference(&sim.picture()),
        ["- group Platform admins: has priya.raghavan@example.com"]
    );
    let again = write(&sim, "DELETE", &path, Value::Null).await;
    assert_eq!(refusal(&again), "404 1003 Member not found");
}

#[tokio::test]
async fn who_cannot_be_in_groups_is_refused() {
    let sim = retail(Options::default()).await;
    let ruth = member_id(&sim, "ruth.goldberg");
    sim.change(|state| state.member_mut(&ruth).unwrap().lacks_domain_roles = true);
    let (before, path) = (sim.picture(), format!("{}/members", admins(&sim)));
    let mixed = |local| people(&sim, &["samir.chowdhury", local]);
    for method in ["POST", "PUT"] {
        for (body, expected) in [
            (mixed("ruth.goldberg"), "400 1000 members do not have DSR enabled"),
            (
                mixed("noor.janssen"),
                "400 1001 Invalid request: pending members cannot be in user groups",
            ),
            (json!([{ "id": "0".repeat(32) }]), "404 1003 Member not found"),
        ] {
            let reply = write(&sim, method, &path, body).await;
            assert_eq!(refusal(&reply), expected);
            assert_eq!(reply.json()["result"], Value::Null);
        }
        let wrapped = write(&sim, method, &path, json!({ "members": [] })).await;
        assert_eq!((wrapped.status, wrapped.code()), (400, 1001));
    }
    assert_eq!(before, sim.picture());
}

#[tokio::test]
async fn pending_members_can_be_let_into_groups() {
    let options = Options {
        pending_in_groups: PendingInGroups::Accept,
        ..Options::default()
    };
    let sim = retail(options).await;
    let path = format!("{}/members", admins(&sim));
    let reply = write(&sim, "POST", &path, people(&sim, &["noor.janssen"])).await;
    assert_eq!(reply.list()[0]["status"], "pending");
}

#[tokio::test]
async fn put_of_a_group_replaces_what_is_sent() {
    let sim = retail(Options::default()).await;
    let (before, path) = (sim.picture(), admins(&sim));
    let held = account(&sim, &path).await.json()["result"]["policies"].clone();
    let body = json!({ "policies": [held[1], policy(&sim, "DNS", "everything")] });
    let changed = write(&sim, "PUT", &path, body).await.json()["result"].clone();
    assert_eq!(
        (&changed["name"], &changed["policies"][0]),
        (&"Platform admins".into(), &held[1])
    );
    assert_eq!(
        before.difference(&sim.picture()),
        [
            "- group Platform admins: allow Administrator",
            "+ group Platform admins: allow DNS",
        ]
    );
    let renamed = write(&sim, "PUT", &path, json!({ "name": "Admins" }))
        .await
        .json();
    assert_eq!(renamed["result"]["policies"], changed["policies"]);
    write(&sim, "PUT", &path, json!({ "policies": [] })).await;
    sim.read(|state| assert!(state.user_groups[1].policies.is_empty()));
    let mixed = json!({ "policies": [policy(&sim, "DNS", "Production domains")] });
    let reply = write(&sim, "PUT", &path, mixed).await;
    assert_eq!(
        (reply.status, reply.code(), &reply.json()["result"]),
        (400, 1006, &Value::Null)
    );
}

#[tokio::test]
async fn groups_are_made_and_deleted() {
    let sim = retail(Options::default()).await;
    let before = sim.picture();
    let body = json!({ "name": "Night shift", "policies": [policy(&sim, "DNS", "everything")] });
    let made = write(&sim, "POST", GROUPS, body).await.json()["result"].clone();
    assert_eq!(
        before.difference(&sim.picture()),
        ["+ group Night shift", "+ group Night shift: allow DNS"]
    );
    let path = format!("{GROUPS}/{}", made["id"].as_str().unwrap());
    assert_eq!(
        write(&sim, "DELETE", &path, Value::Null).await.json()["result"]["id"],
        made["id"]
    );
    assert_eq!(before, sim.picture());
    let nameless = write(&sim, "POST", GROUPS, json!({})).await;
    assert_eq!(
        refusal(&nameless),
        "400 1001 Invalid request: name is missing or empty"
    );
    for method in ["PUT", "DELETE"] {
        let gone = write(&sim, method, &path, json!({})).await;
        assert_eq!(refusal(&gone), "404 1003 User group not found");
    }
}

#[tokio::test]
async fn scim_locks_name_membership_and_deletion_but_not_policies() {
    let sim = retail(Options::default()).await;
    sim.change(|state| state.user_groups[1].managed_by_scim = true);
    let (before, path) = (sim.picture(), admins(&sim));
    let members = format!("{path}/members");
    let one = format!("{members}/{}", member_id(&sim, "priya.raghavan"));
    let ruth = people(&sim, &["ruth.goldberg"]);
    for (method, path, body) in [
        ("PUT", &path, json!({ "name": "Admins" })),
        ("DELETE", &path, Value::Null),
        ("POST", &members, ruth.clone()),
        ("PUT", &members, ruth),
        ("DELETE", &one, Value::Null),
    ] {
        let reply = write(&sim, method, path, body).await;
        assert_eq!(
            refusal(&reply),
            "403 1011 User group is managed by SCIM",
            "{method} {path}"
        );
    }
    assert_eq!(before, sim.picture());
    let body = json!({ "name": "Platform admins", "policies": [] });
    assert_eq!(write(&sim, "PUT", &path, body).await.status, 200);
}

#[tokio::test]
async fn a_resource_group_changes_for_everybody_who_has_it() {
    let sim = retail(Options::default()).await;
    let path = format!("{PLACES}/{}", place_id(&sim, "Staging domains"));
    let mut scope = account(&sim, &path).await.json()["result"]["scope"].clone();
    scope["objects"].as_array_mut().unwrap().truncate(1);
    let reply = write(&sim, "PUT", &path, json!({ "scope": scope })).await;
    assert_eq!(reply.json()["result"]["scope"], scope);
    let ifeoma = format!("/members/{}", member_id(&sim, "ifeoma.nwosu"));
    let seen = account(&sim, &ifeoma).await.json();
    assert_eq!(
        seen["result"]["policies"][0]["resource_groups"][0]["scope"],
        scope
    );
}

#[tokio::test]
async fn resource_groups_are_made_and_deleted_unless_in_use() {
    let sim = retail(Options::default()).await;
    let before = sim.picture();
    let used = format!("{PLACES}/{}", place_id(&sim, "Staging domains"));
    let scope = account(&sim, &used).await.json()["result"]["scope"].clone();
    let body = json!({ "name": "Copy", "scope": scope });
    let made = write(&sim, "POST", PLACES, body).await.json()["result"].clone();
    assert_eq!(before.difference(&sim.picture()).len(), 1);
    let path = format!("{PLACES}/{}", made["id"].as_str().unwrap());
    assert_eq!(write(&sim, "DELETE", &path, Value::Null).await.status, 200);
    let everything = format!("{PLACES}/{}", place_id(&sim, "everything"));
    for (method, path, body, expected) in [
        (
            "DELETE",
            &used,
            json!({}),
            "400 1001 Invalid request: the resource group is in use",
        ),
        (
            "PUT",
            &everything,
            json!({}),
            "400 1001 Invalid request: the resource group is not editable",
        ),
        ("DELETE", &path, json!({}), "404 1003 Resource group not found"),
        (
            "PUT",
            &used,
            json!({ "scope": { "key": "k", "objects": [] } }),
            "400 1001 Invalid request: a scope needs at least one object",
        ),
    ] {
        assert_eq!(refusal(&write(&sim, method, path, body).await), expected);
    }
    assert_eq!(before, sim.picture());
}
