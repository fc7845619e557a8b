//! `POST` of members: what an invitation becomes, and what is refused.

use cloudflare_sim::{
    DuplicateMember, Options,
    state::{AddressPlace, PendingForm},
};
use serde_json::{Value, json};

use crate::{
    client::{account, write},
    world::{policy, refusal, retail, role},
};

const KIM: &str = "kim@example.com";

#[tokio::test]
async fn roles_become_one_policy_each_and_the_answer_has_no_roles() {
    let sim = retail(Options::default()).await;
    let before = sim.picture();
    let body = json!({ "email": KIM, "roles": [role(&sim, "DNS"), role(&sim, "Billing")] });
    let reply = write(&sim, "POST", "/members", body).await;
    let member = reply.json()["result"].clone();
    assert_eq!((reply.status, member.get("roles")), (200, None));
    assert_eq!(
        (&member["status"], &member["email"]),
        (&"pending".into(), &KIM.into())
    );
    assert_eq!(
        (&member["user"]["id"], &member["user"]["email"]),
        (&Value::Null, &KIM.into())
    );
    assert_eq!(
        before.difference(&sim.picture()),
        [
            "+ member kim@example.com: allow Billing",
            "+ member kim@example.com: allow DNS",
            "+ member kim@example.com: pending",
        ]
    );
    let id = member["id"].as_str().unwrap();
    let read = account(&sim, &format!("/members/{id}")).await.json();
    assert_eq!(read["result"]["policies"], member["policies"]);
    assert_eq!(read["result"]["roles"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn policies_win_over_roles() {
    let sim = retail(Options::default()).await;
    let before = sim.picture();
    let scoped = policy(&sim, "Domain DNS", "Production domains");
    let body =
        json!({ "email": KIM, "roles": [role(&sim, "DNS")], "policies": [scoped], "status": "pending" });
    assert_eq!(write(&sim, "POST", "/members", body).await.status, 200);
    assert_eq!(
        before.difference(&sim.picture()),
        [
            "+ member kim@example.com: allow Domain DNS @ Production domains",
            "+ member kim@example.com: pending",
        ]
    );
}

#[tokio::test]
async fn an_inline_scope_makes_an_unnamed_resource_group() {
    let sim = retail(Options::default()).await;
    let (zone, group) = sim.read(|state| (state.zones[0].id.clone(), state.account.id.clone()));
    let mut scoped = policy(&sim, "Domain DNS", "Production domains");
    let scope = json!({
        "key": format!("com.cloudflare.api.account.{group}"),
        "objects": [{ "key": format!("com.cloudflare.api.account.zone.{zone}") }],
    });
    scoped["resource_groups"] = json!([{ "scope": scope }]);
    let body = json!({ "email": KIM, "policies": [scoped] });
    let reply = write(&sim, "POST", "/members", body).await.json();
    let made = &reply["result"]["policies"][0]["resource_groups"][0];
    assert_eq!((made.get("name"), &made["scope"]), (None, &scope));
    let listed = account(&sim, "/iam/resource_groups").await.list();
    assert_eq!(listed.last(), Some(made));
}

#[tokio::test]
async fn an_invitation_takes_the_form_that_the_options_say() {
    let options = Options {
        pending_form: PendingForm::Zeros,
        address_place: AddressPlace::User,
        ..Options::default()
    };
    let sim = retail(options).await;
    let body = json!({ "email": KIM, "roles": [role(&sim, "DNS")] });
    let member = write(&sim, "POST", "/members", body).await.json()["result"].clone();
    assert_eq!(
        (member.get("email"), &member["user"]["id"]),
        (None, &"0".repeat(32).into())
    );
}

#[tokio::test]
async fn what_is_wrong_with_an_invitation_is_refused() {
    let sim = retail(Options::default()).await;
    let dns = role(&sim, "DNS");
    let unknown = "0".repeat(32);
    let roles = json!([dns]);
    let invalid = "400 1001 Invalid request:";
    let email = format!("{invalid} email is missing or invalid");
    let assignments = format!("{invalid} Invalid role assignments found");
    let empty = format!("{invalid} a member needs at least one role or policy");
    let before = sim.picture();
    for (body, expected) in [
        (json!({ "roles": roles }), email.as_str()),
        (json!({ "email": "kim", "roles": roles }), &email),
        (
            json!({ "email": format!("{}@example.com", "k".repeat(80)), "roles": roles }),
            &email,
        ),
        (json!({ "email": KIM }), &empty),
        (json!({ "email": KIM, "roles": [] }), &empty),
        (json!({ "email": KIM, "policies": [] }), &empty),
        (json!({ "email": KIM, "roles": [unknown] }), &assignments),
        (
            json!({ "email": KIM, "roles": [{ "id": dns }] }),
            "400 1001 invalid type 'object' for field 'roles'",
        ),
        (
            json!({ "email": KIM, "roles": roles, "status": "accepted" }),
            "400 1001 Invalid request: automatic verification of new members is not allowed",
        ),
        (
            json!({ "email": "ADA.moreau@example.com", "roles": roles }),
            "400 1008 Account member already exists for email address",
        ),
        (
            json!({ "email": "noor.janssen@example.com", "roles": roles }),
            "400 1008 Account member already exists for email address",
        ),
    ] {
        let reply = write(&sim, "POST", "/members", body.clone()).await;
        assert_eq!(refusal(&reply), expected, "{body}");
        assert_eq!(reply.json()["result"], json!([]), "{body}");
    }
    assert_eq!(before, sim.picture());
}

#[tokio::test]
async fn a_second_invitation_can_be_a_conflict() {
    let options = Options {
        duplicate_member: DuplicateMember::Conflict,
        ..Options::default()
    };
    let sim = retail(options).await;
    let body = json!({ "email": "ada.moreau@example.com", "roles": [role(&sim, "DNS")] });
    let reply = write(&sim, "POST", "/members", body).await;
    assert_eq!((reply.status, reply.code()), (409, 1008));
}

#[tokio::test]
async fn an_expired_invitation_is_not_listed_and_still_in_the_way() {
    let sim = retail(Options::default()).await;
    sim.change(|state| state.expired_invitations.insert(KIM.to_owned()));
    let body = json!({ "email": KIM, "roles": [role(&sim, "DNS")] });
    assert_eq!(write(&sim, "POST", "/members", body).await.code(), 1008);
}

#[tokio::test]
async fn the_number_of_open_invitations_can_be_limited() {
    let options = Options {
        invitation_limit: Some(6),
        ..Options::default()
    };
    let sim = retail(options).await;
    let invite = async |email: &str| {
        let body = json!({ "email": email, "roles": [role(&sim, "DNS")] });
        write(&sim, "POST", "/members", body).await
    };
    assert_eq!(invite(KIM).await.status, 200);
    assert_eq!(
        refusal(&invite("lee@example.com").await),
        "400 429 add limit reached"
    );
}
