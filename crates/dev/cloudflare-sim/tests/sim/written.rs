//! Answers to writes are those of the samples that the API reference comes with, in shape or to the letter.

use cloudflare_sim::{Options, Running};
use serde_json::{Value, json};

use crate::{
    client::{Reply, account, write},
    shape::Shape,
    shapes::sample,
    world::{member, member_id, policy, retail, role},
};

fn has_shape_of(file: &str, reply: &Reply) {
    let mut shape = Shape::default();
    shape.learn(&sample(file));
    let mut differences = shape.differences(&reply.json());
    // Its areas are data.
    differences.retain(|difference| !difference.contains(".permissions."));
    assert!(differences.is_empty(), "{file}: {differences:#?}");
}

fn group(sim: &Running) -> String {
    let id = sim.read(|state| state.user_groups[1].id.clone());
    format!("/iam/user_groups/{id}")
}

#[tokio::test]
async fn answers_to_writes_have_the_documented_shape() {
    let sim = retail(Options::default()).await;
    let chidi = member(&sim, "chidi.eze");
    let body = json!({ "email": "kim@example.com", "roles": [role(&sim, "DNS")] });
    let invited = write(&sim, "POST", "/members", body).await;
    has_shape_of("member-create-response-without-roles.json", &invited);
    let held = account(&sim, &chidi).await.json()["result"]["policies"].clone();
    let changed = write(&sim, "PUT", &chidi, json!({ "policies": held })).await;
    has_shape_of("member-update-response.json", &changed);
    let members = format!("{}/members", group(&sim));
    let one = json!([{ "id": member_id(&sim, "ruth.goldberg") }]);
    let added = write(&sim, "POST", &members, one).await;
    has_shape_of("iam-user-group-members-add-response.json", &added);
    let one = format!("{members}/{}", member_id(&sim, "ruth.goldberg"));
    let removed = write(&sim, "DELETE", &one, Value::Null).await;
    has_shape_of("iam-user-group-member-remove-response.json", &removed);
    let updated = write(&sim, "PUT", &group(&sim), json!({})).await;
    has_shape_of("iam-user-group-get.json", &updated);
    let token = format!("/tokens/{}", sim.read(|state| state.tokens[1].id.clone()));
    let held = account(&sim, &token).await.json()["result"].clone();
    let replaced = write(&sim, "PUT", &token, held).await;
    assert_eq!(replaced.status, 200);
    let rolled = write(&sim, "PUT", &format!("{token}/value"), json!({})).await;
    has_shape_of("account-token-roll-response.json", &rolled);
    for (file, path) in [
        ("member-delete-response.json", chidi),
        ("iam-user-group-delete-response.json", group(&sim)),
        ("account-token-delete-response.json", token),
    ] {
        has_shape_of(file, &write(&sim, "DELETE", &path, Value::Null).await);
    }
}

#[tokio::test]
async fn refusals_of_writes_are_those_of_the_samples() {
    let sim = retail(Options::default()).await;
    let ruth = member_id(&sim, "ruth.goldberg");
    sim.change(|state| state.member_mut(&ruth).unwrap().lacks_domain_roles = true);
    let members = format!("{}/members", group(&sim));
    let invitation = |more: Value| {
        let mut body = json!({ "email": "kim@example.com", "roles": [role(&sim, "DNS")] });
        let fields = more.as_object().unwrap().clone();
        body.as_object_mut().unwrap().extend(fields);
        body
    };
    let mixed = policy(&sim, "DNS", "Production domains");
    for (file, path, body) in [
        (
            "error-400-automatic-verification.json",
            "/members",
            invitation(json!({ "status": "accepted" })),
        ),
        (
            "error-400-duplicate-member.json",
            "/members",
            invitation(json!({ "email": "ada.moreau@example.com" })),
        ),
        (
            "error-400-invalid-role-assignments.json",
            "/members",
            invitation(json!({ "roles": ["none"] })),
        ),
        (
            "error-400-policy-combination.json",
            "/members",
            invitation(json!({ "policies": [mixed] })),
        ),
        (
            "error-400-user-group-member-without-dsr.json",
            &members,
            json!([{ "id": ruth }]),
        ),
    ] {
        let reply = write(&sim, "POST", path, body).await;
        assert_eq!((reply.status, reply.json()), (400, sample(file)), "{file}");
    }
    let unknown = format!("/members/{}", "0".repeat(32));
    let reply = write(&sim, "DELETE", &unknown, Value::Null).await;
    assert_eq!(
        (reply.status, reply.json()),
        (404, sample("error-404-member.json"))
    );
}
