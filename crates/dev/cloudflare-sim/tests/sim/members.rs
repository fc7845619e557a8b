//! `PUT` and `DELETE` of members: everything is replaced, and some things are refused.

use cloudflare_sim::{LastSuperAdministrator, Options, state::SUPER_ADMINISTRATOR};
use serde_json::{Value, json};

use crate::{
    client::{Reply, account, send, write},
    world::{member, member_id, permission_group, place_id, policy, refusal, retail, role},
};

fn policies(reply: &Reply) -> Vec<Value> {
    reply.json()["result"]["policies"].as_array().unwrap().clone()
}

#[tokio::test]
async fn roles_replace_all_policies_and_scopes_are_lost() {
    let sim = retail(Options::default()).await;
    let (before, chidi) = (sim.picture(), member(&sim, "chidi.eze"));
    let held = policies(&account(&sim, &chidi).await);
    let kept = role(&sim, "Administrator Read Only");
    let body = json!({ "roles": [{ "id": kept }], "status": "accepted" });
    let reply = write(&sim, "PUT", &chidi, body).await;
    assert_eq!(
        (reply.status, &reply.json()["result"]["roles"][0]["id"]),
        (200, &kept.into())
    );
    assert_eq!(
        before.difference(&sim.picture()),
        ["- member chidi.eze@example.com: allow Domain DNS @ Production domains"]
    );
    let fresh = policies(&reply)[0]["id"].clone();
    assert!(held.iter().all(|policy| policy["id"] != fresh));
    assert_eq!(
        account(&sim, &chidi).await.json()["result"],
        reply.json()["result"]
    );
}

#[tokio::test]
async fn policies_keep_known_ids_and_unknown_fields() {
    let sim = retail(Options::default()).await;
    let (before, chidi) = (sim.picture(), member(&sim, "chidi.eze"));
    let mut sent = policies(&account(&sim, &chidi).await);
    sent[0]["expires_on"] = "2027-01-01".into();
    sent.push(policy(&sim, "DNS", "everything"));
    sent[2]["id"] = sent[0]["id"].clone();
    let got = policies(&write(&sim, "PUT", &chidi, json!({ "policies": sent })).await);
    assert_eq!(got[..2], sent[..2]);
    assert!(got[2]["id"].as_str().unwrap().len() == 32 && got[2]["id"] != sent[2]["id"]);
    assert_eq!(
        before.difference(&sim.picture()),
        [
            "+ member chidi.eze@example.com: allow DNS",
            "- member chidi.eze@example.com: allow Domain DNS @ Production domains",
            "+ member chidi.eze@example.com: allow Domain DNS @ Production domains with {\"expires_on\":\"2027-01-01\"}",
        ]
    );
    let without = json!({ "policies": [policy(&sim, "DNS", "everything")] });
    write(&sim, "PUT", &chidi, without).await;
    assert_eq!(policies(&account(&sim, &chidi).await).len(), 1);
}

#[tokio::test]
async fn what_is_wrong_with_a_change_is_refused() {
    let sim = retail(Options::default()).await;
    let before = sim.picture();
    let chidi = member(&sim, "chidi.eze");
    let dns = role(&sim, "DNS");
    let assignments = "400 1001 Invalid request: Invalid role assignments found";
    let empty = "400 1001 Invalid request: a member needs at least one role or policy";
    for (body, expected) in [
        (
            json!({ "roles": [dns] }),
            "400 1001 invalid type 'string' for field 'roles'",
        ),
        (
            json!({ "roles": [{ "id": permission_group(&sim, "Domain DNS") }] }),
            assignments,
        ),
        (
            json!({ "roles": [{ "id": permission_group(&sim, "DNS") }] }),
            assignments,
        ),
        (
            json!({ "policies": [policy_of(&"0".repeat(32), &place_id(&sim, "everything"))] }),
            assignments,
        ),
        (
            json!({ "policies": [policy_of(&permission_group(&sim, "DNS"), "gone")] }),
            assignments,
        ),
        (json!({ "roles": [] }), empty),
        (json!({ "policies": [] }), empty),
        (json!({}), empty),
        (
            json!({ "roles": [{ "id": dns }], "status": "pending" }),
            "400 1001 Invalid request: status cannot be changed",
        ),
    ] {
        let reply = write(&sim, "PUT", &chidi, body.clone()).await;
        assert_eq!(refusal(&reply), expected, "{body}");
        assert_eq!(reply.json()["result"], json!([]), "{body}");
    }
    let unknown = write(&sim, "PUT", &format!("/members/{}", "0".repeat(32)), json!({})).await;
    assert_eq!(refusal(&unknown), "404 1003 Member not found");
    assert_eq!(before, sim.picture());
}

fn policy_of(group: &str, place: &str) -> Value {
    json!({
        "access": "allow",
        "permission_groups": [{ "id": group }],
        "resource_groups": [{ "id": place }],
    })
}

#[tokio::test]
async fn permission_groups_go_with_their_kind_of_resource_only() {
    let sim = retail(Options::default()).await;
    let chidi = member(&sim, "chidi.eze");
    let shop = sim.read(|state| state.resource_groups[3].name.clone().unwrap());
    for group in ["DNS", "Domain DNS", "Editor"] {
        for place in ["everything", "Production domains", &shop, "worker"] {
            let fits = match group {
                "DNS" => place == "everything",
                "Editor" => place == "worker",
                _ => place == "Production domains" || place == shop,
            };
            let body = json!({ "policies": [policy(&sim, group, place)] });
            let reply = write(&sim, "PUT", &chidi, body).await;
            assert_eq!(reply.status == 200, fits, "{group} @ {place}");
            if !fits {
                assert_eq!(
                    refusal(&reply),
                    "400 1006 Unknown error when processing member, please try again. Error: invalid \
                     permission group and resource group combination"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_removed_member_is_gone_from_account_and_groups() {
    let sim = retail(Options::default()).await;
    let (before, priya) = (sim.picture(), member(&sim, "priya.raghavan"));
    let reply = write(&sim, "DELETE", &priya, Value::Null).await;
    assert_eq!(
        format!("/members/{}", reply.json()["result"]["id"].as_str().unwrap()),
        priya
    );
    assert_eq!(
        before.difference(&sim.picture()),
        [
            "- group Platform admins: has priya.raghavan@example.com",
            "- member priya.raghavan@example.com: accepted",
            "- member priya.raghavan@example.com: allow Administrator",
        ]
    );
    for method in ["GET", "PUT", "DELETE"] {
        let again = write(&sim, method, &priya, json!({})).await;
        assert_eq!(refusal(&again), "404 1003 Member not found", "{method}");
    }
    let invited = member(&sim, "noor.janssen");
    assert_eq!(write(&sim, "DELETE", &invited, Value::Null).await.status, 200);
}

#[tokio::test]
async fn a_member_pushed_by_scim_is_changed_but_not_removed() {
    let sim = retail(Options::default()).await;
    let id = member_id(&sim, "priya.raghavan");
    sim.change(|state| state.member_mut(&id).unwrap().managed_by_scim = true);
    let path = format!("/members/{id}");
    let reply = write(&sim, "DELETE", &path, Value::Null).await;
    assert_eq!(refusal(&reply), "403 1011 Member is managed by SCIM");
    let body = json!({ "roles": [{ "id": role(&sim, "DNS") }] });
    assert_eq!(write(&sim, "PUT", &path, body).await.status, 200);
}

#[tokio::test]
async fn the_last_super_administrator_stays_unless_told_otherwise() {
    for option in [LastSuperAdministrator::Refuse, LastSuperAdministrator::Allow] {
        let options = Options {
            last_super_administrator: option,
            ..Options::default()
        };
        let sim = retail(options).await;
        let (ada, tomas) = (member(&sim, "ada.moreau"), member(&sim, "tomas.herrera"));
        assert_eq!(write(&sim, "DELETE", &tomas, Value::Null).await.status, 200);
        let demoted = json!({ "roles": [{ "id": role(&sim, "DNS") }] });
        let kept = json!({ "roles": [{ "id": role(&sim, "DNS") }, { "id": SUPER_ADMINISTRATOR }] });
        assert_eq!(write(&sim, "PUT", &ada, kept).await.status, 200);
        // The invited one does not count.
        for (method, body) in [("PUT", demoted), ("DELETE", Value::Null)] {
            let reply = send(&sim, method, &ada, &sim.account_token(), &body.to_string()).await;
            let reply = reply.unwrap();
            assert_eq!(
                reply.status == 200,
                option == LastSuperAdministrator::Allow,
                "{}",
                reply.body
            );
        }
    }
}

#[tokio::test]
async fn a_super_administrator_by_group_counts() {
    let sim = retail(Options::default()).await;
    let ada = member(&sim, "ada.moreau");
    write(&sim, "DELETE", &member(&sim, "tomas.herrera"), Value::Null).await;
    sim.change(|state| {
        let powerful = state.members[0].policies.clone();
        state.user_groups[1].policies = powerful;
    });
    assert_eq!(write(&sim, "DELETE", &ada, Value::Null).await.status, 200);
    assert_eq!(sim.read(|state| state.super_administrators().len()), 2);
}
