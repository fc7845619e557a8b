//! Keys that are good for nothing, or for less than somebody hopes.

use chrono::TimeDelta;
use governance::repository::{AuditFilter, Places as _};
use governance::{Actor, KeyScope, Role};
use reqwest::Method;
use serde_json::json;

use crate::routes::{Furnished, Who};
use crate::world::{World, answer, signed_in};

async fn status(world: &World, key: &str) -> u16 {
    world.get(key, "/me").await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_over_is_none() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::SuperAdministrator]).await;
    let grace = world.person("Grace", &[Role::SuperAdministrator]).await;
    let (revoked, revoked_text) = world.key(&ada, KeyScope::Everything).await;
    let (_, deactivated_text) = world.key(&grace, KeyScope::Everything).await;
    let (_, expired_text) = world.key(&ada, KeyScope::Everything).await;
    for key in [&revoked_text, &deactivated_text, &expired_text] {
        assert_eq!(status(&world, key).await, 200);
    }
    let by_ada = signed_in(&ada);
    world.office.revoke_api_key(&by_ada, &revoked.id).await.unwrap();
    world.office.deactivate(&by_ada, &grace.id).await.unwrap();
    assert_eq!(status(&world, &revoked_text).await, 401);
    assert_eq!(status(&world, &deactivated_text).await, 401);
    world.office.reactivate(&by_ada, &grace.id).await.unwrap();
    assert_eq!(status(&world, &deactivated_text).await, 401);
    assert_eq!(status(&world, &expired_text).await, 200);
    world.later(TimeDelta::days(7));
    assert_eq!(status(&world, &expired_text).await, 401);
}

/// A browser that is signed in is nobody here, so no page of anybody's can have it call; nor is a key looked for where
/// logs and histories keep it.
#[tokio::test(flavor = "multi_thread")]
async fn only_the_one_header_shows_who_calls() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::SuperAdministrator]).await;
    let (_, key) = world.key(&ada, KeyScope::Everything).await;
    let session = world.session(&ada).await;
    let bare = key.strip_prefix("rck_").unwrap();
    let cut_off = key.split_at(key.len() - 1).0;
    let get = |path: &str| world.request(Method::GET, path);
    let cookie = format!("__Host-rollcall={session}");
    let none = [
        ("nothing", get("/me")),
        ("a cookie", get("/me").header("cookie", &cookie)),
        ("a session as a key", get("/me").bearer_auth(&session)),
        (
            "a key in a cookie",
            get("/me").header("cookie", format!("__Host-rollcall={key}")),
        ),
        ("in the address", get(&format!("/me?key={key}"))),
        ("as access_token", get(&format!("/me?access_token={key}"))),
        ("as a password", get("/me").basic_auth("ada", Some(&key))),
        ("in another header", get("/me").header("x-api-key", &key)),
        (
            "twice",
            get("/me")
                .bearer_auth(&key)
                .header("authorization", format!("Bearer {key}")),
        ),
        ("cut off", get("/me").bearer_auth(cut_off)),
        ("without its beginning", get("/me").bearer_auth(bare)),
        ("empty", get("/me").bearer_auth("")),
    ];
    for (how, request) in none {
        let found = answer(request).await;
        assert_eq!(
            (found.status, found.code()),
            (401, "not-authenticated".to_owned()),
            "{how}"
        );
        assert_eq!(found.headers["www-authenticate"], "Bearer", "{how}");
        assert!(!found.text.contains(bare), "{how}");
    }
    let both = get("/me").bearer_auth(&key).header("cookie", &cookie);
    let found = answer(both).await;
    assert_eq!(
        (found.status, found.json()["key"]["scope"].clone()),
        (200, json!("everything"))
    );
    assert!(!found.headers.contains_key("set-cookie"));
    assert!(!found.headers.contains_key("access-control-allow-origin"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_for_reading_changes_nothing_and_that_is_written_down() {
    let furnished = Furnished::new(Who::With(Role::SuperAdministrator, KeyScope::ReadOnly)).await;
    let world = &furnished.world;
    let before = world.database.apps().await.unwrap();
    let found = world
        .post(&furnished.key, "/apps", json!({ "name": "Mine" }))
        .await;
    assert_eq!((found.status, found.code()), (403, "not-allowed".to_owned()));
    assert_eq!(
        found.json()["detail"],
        "You may not add an app: a key that is not for reading only can."
    );
    assert_eq!(world.database.apps().await.unwrap(), before);
    let tests = Actor::command("tests");
    let (newest, _) = world
        .office
        .audit(&tests, &AuditFilter::default(), 0, 1)
        .await
        .unwrap();
    let draft = &newest[0].draft;
    assert_eq!(draft.actor, "Ada (API key deploy)");
    assert!(draft.via.starts_with("api-key:"), "{}", draft.via);
    assert_eq!(
        (draft.action.as_str(), draft.object.name.as_str()),
        ("access.refused", "add an app")
    );
    assert_eq!(draft.from.as_deref(), Some("127.0.0.1"));
    assert_eq!(draft.request.as_deref(), found.json()["request"].as_str());
}

/// Whoever stole a key makes no better one of it.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_makes_themselves_more_than_they_are() {
    let furnished = Furnished::new(Who::With(Role::ConnectorAdministrator, KeyScope::Everything)).await;
    let world = &furnished.world;
    let me = world.get(&furnished.key, "/me").await.json();
    let id = me["operator"]["id"].as_str().unwrap().to_owned();
    let path = format!("/operators/{id}");
    let mighty = json!({ "roles": ["super-administrator"] });
    let found = world.send(&furnished.key, Method::PATCH, &path, &mighty).await;
    assert_eq!(found.status, 403);
    // What is no part of a change is refused, not passed over.
    for more in [
        json!({ "guard": { "percent": 10 }, "id": "x" }),
        json!({ "guard": { "percent": 10, "held": null } }),
        json!({ "schedule": { "when": "never", "paused": true } }),
        json!({ "label": "connected" }),
    ] {
        let path = format!("/connectors/{}", furnished.connector.id);
        let found = world.send(&furnished.key, Method::PATCH, &path, &more).await;
        assert_eq!(
            (found.status, found.code()),
            (422, "invalid".to_owned()),
            "{more}"
        );
    }
    for path in ["/keys", "/me/keys", "/operators/me"] {
        assert_eq!(world.post(&furnished.key, path, json!({})).await.status / 100, 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_calls_are_answered_later() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::User]).await;
    let (_, first) = world.key(&ada, KeyScope::ReadOnly).await;
    let (_, second) = world.key(&ada, KeyScope::ReadOnly).await;
    for _ in 0..600 {
        assert_eq!(status(&world, &first).await, 200);
    }
    let found = world.get(&first, "/me").await;
    assert_eq!((found.status, found.code()), (429, "too-many-calls".to_owned()));
    assert_eq!(found.headers["retry-after"], "60");
    // The other key is another program's; but whoever has many keys has one address.
    for _ in 601..1200 {
        assert_eq!(status(&world, &second).await, 200);
    }
    assert_eq!(status(&world, &second).await, 429);
    assert_eq!(status(&world, "none").await, 429);
    world.later(TimeDelta::minutes(1));
    assert_eq!(status(&world, &first).await, 200);
}
