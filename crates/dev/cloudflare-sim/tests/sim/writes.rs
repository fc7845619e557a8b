//! What all writes have in common: methods, permissions, faults before and after, changes in between, the log.

use cloudflare_sim::{
    Endpoint, Fault, Options, Running, When,
    state::{Credential, Grants},
};
use serde_json::{Value, json};

use crate::{
    client::{account, send, write},
    world::{member, refusal, retail, role},
};

/// Gives Chidi the role DNS and nothing else.
async fn give_dns(sim: &Running) -> std::io::Result<crate::client::Reply> {
    let body = json!({ "roles": [{ "id": role(sim, "DNS") }] }).to_string();
    send(sim, "PUT", &member(sim, "chidi.eze"), &sim.token(), &body).await
}

#[tokio::test]
async fn paths_take_their_methods_only() {
    let sim = retail(Options::default()).await;
    for (method, path) in [("DELETE", "/members"), ("PATCH", "/members"), ("POST", "/roles")] {
        let reply = write(&sim, method, path, json!({})).await;
        assert_eq!((reply.status, reply.code()), (404, 7003), "{method} {path}");
    }
    let malformed = send(&sim, "POST", "/members", &sim.token(), "{").await.unwrap();
    assert_eq!(refusal(&malformed), "400 6007 Malformed JSON in request body");
}

#[tokio::test]
async fn a_write_needs_a_permission_to_write() {
    let sim = retail(Options::default()).await;
    let path = member(&sim, "chidi.eze");
    for (permission, status) in [
        ("Account Settings Read", 403),
        ("Account API Tokens Write", 403),
        ("Account Settings Write", 200),
        ("SCIM Provisioning", 200),
    ] {
        let secret = format!("cfut_{}", permission.replace(' ', "_"));
        sim.accept(Credential::user_token(
            &"1".repeat(32),
            &secret,
            Grants::only([permission]),
        ));
        let body = json!({ "roles": [{ "id": role(&sim, "DNS") }] }).to_string();
        let reply = send(&sim, "PUT", &path, &secret, &body).await.unwrap();
        assert_eq!(reply.status, status, "{permission}: {}", reply.body);
        if status == 403 {
            let page = reply.json()["errors"][0]["documentation_url"].clone();
            assert!(
                page.as_str()
                    .unwrap()
                    .ends_with("accounts/subresources/members/methods/update/")
            );
        }
    }
}

#[tokio::test]
async fn a_person_who_is_no_super_administrator_changes_no_members() {
    let sim = retail(Options::default()).await;
    sim.change(|state| {
        let priya = state.members[2].person.clone();
        state.user.id = priya.user_id;
    });
    let reply = give_dns(&sim).await.unwrap();
    assert_eq!((reply.status, reply.code()), (403, 10000));
    let body = json!({ "roles": [{ "id": role(&sim, "DNS") }] }).to_string();
    let chidi = member(&sim, "chidi.eze");
    let reply = send(&sim, "PUT", &chidi, &sim.account_token(), &body).await;
    assert_eq!(reply.unwrap().status, 200);
}

#[tokio::test]
async fn a_fault_keeps_a_write_from_being_done_or_loses_its_answer() {
    for fault in [
        Fault::Reset,
        Fault::status(500),
        Fault::edge(),
        Fault::Garbage,
        Fault::Empty,
    ] {
        let sim = retail(Options::default()).await;
        let before = sim.picture();
        let put = || When::call(1).of("/accounts/*/members/*").method("PUT");
        sim.faults().add(put(), fault.clone());
        let lost = give_dns(&sim).await;
        assert_eq!(lost.is_err(), fault == Fault::Reset);
        assert_eq!(before, sim.picture(), "{fault:?}");
        sim.faults().add_after_effect(put(), fault.clone());
        let lost_again = give_dns(&sim).await;
        assert_eq!(lost_again.is_err(), fault == Fault::Reset);
        assert_eq!(before.difference(&sim.picture()).len(), 3, "{fault:?}");
    }
}

#[tokio::test]
async fn a_truncated_answer_is_that_of_a_write_that_was_done() {
    let sim = retail(Options::default()).await;
    let before = sim.picture();
    sim.faults().add(When::call(1).method("PUT"), Fault::Truncated);
    let reply = give_dns(&sim).await.unwrap();
    assert!(serde_json::from_str::<Value>(&reply.body).is_err());
    assert_ne!(before, sim.picture());
}

#[tokio::test]
async fn rules_and_counts_tell_methods_apart() {
    let sim = retail(Options::default()).await;
    sim.faults().add(When::call(1).method("POST"), Fault::status(500));
    assert_eq!(account(&sim, "/members").await.status, 200);
    assert_eq!(give_dns(&sim).await.unwrap().status, 200);
    assert_eq!(write(&sim, "POST", "/members", json!({})).await.status, 500);
    let journal = sim.journal();
    assert_eq!(journal.count(Endpoint::Members), 2);
    assert_eq!(journal.count_by_method(Endpoint::Members, "POST"), 1);
    let writes: Vec<_> = journal.writes().iter().map(|call| call.method.clone()).collect();
    assert_eq!(writes, ["PUT", "POST"]);
}

#[tokio::test]
async fn the_account_changes_before_or_after_a_call() {
    let sim = retail(Options::default()).await;
    let chidi = member(&sim, "chidi.eze");
    let get = || When::call(1).of("/accounts/*/members/*").method("GET");
    sim.before(get(), |state| state.members[5].person.two_factor = false);
    sim.after(get(), |state| state.members[5].policies.clear());
    let seen = account(&sim, &chidi).await.json()["result"].clone();
    assert_eq!(seen["user"]["two_factor_authentication_enabled"], false);
    assert_eq!(seen["policies"].as_array().unwrap().len(), 2);
    assert_eq!(
        account(&sim, &chidi).await.json()["result"]["policies"],
        json!([])
    );
}

#[tokio::test]
async fn what_is_done_is_logged_and_what_is_refused_is_not() {
    let sim = retail(Options::default()).await;
    let chidi = member(&sim, "chidi.eze");
    write(&sim, "PUT", &chidi, json!({ "roles": [] })).await;
    let body = json!({ "roles": [{ "id": role(&sim, "DNS") }] });
    let done = send(&sim, "PUT", &chidi, &sim.account_token(), &body.to_string())
        .await
        .unwrap();
    let log = account(&sim, "/logs/audit?since=2026-10-01&before=2026-10-02")
        .await
        .list();
    assert_eq!(log.len(), 1);
    let entry = &log[0];
    assert_eq!(entry["action"]["description"], "Update Member");
    let verified = sim.read(|state| state.tokens[0].clone());
    let actor = &entry["actor"];
    assert_eq!(
        (&actor["type"], &actor["token_id"], &actor["token_name"]),
        (&"account".into(), &verified.id.into(), &verified.name.into())
    );
    let raw = &entry["raw"];
    assert_eq!(raw["uri"], format!("/accounts/{}{chidi}", sim.account_id()));
    let ray = done.header("cf-ray").unwrap().split('-').next();
    assert_eq!(raw["cf_ray_id"].as_str(), ray);
    assert_eq!(entry["resource"]["request"], body);
}
