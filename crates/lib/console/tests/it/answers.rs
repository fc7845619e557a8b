//! What browsers are told with every answer.

use governance::Role;
use reqwest::Method;
use reqwest::header::{CACHE_CONTROL, HeaderMap};

use crate::world::{Browser, World, answer};

const TOLD: [&str; 8] = [
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
];

fn told(headers: &HeaderMap) -> String {
    let lines = TOLD.map(|name| {
        let value = headers.get(name).map(|value| value.to_str().unwrap());
        format!("{name}: {}", value.unwrap_or("(nothing)"))
    });
    lines.join("\n")
}

/// Pages, redirects, refusals, mistakes, files and what is asked in an odd way.
#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_every_header() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::User]).await;
    let (browser, _) = world.signed_in(&ada).await;
    let nobody = Browser::without_session();
    let script = ui::assets::url("style.css");
    let mut answers = vec![
        (200, world.get(&browser, "/").await),
        (303, world.get(&nobody, "/").await),
        (200, world.get(&nobody, "/sign-in").await),
        (403, world.get(&browser, "/users").await),
        (404, world.get(&browser, "/nothing").await),
        (404, world.get(&browser, "/connectors/x").await),
        (303, world.post(&nobody, "/sign-out", &[]).await),
        (200, world.get(&nobody, &script).await),
    ];
    answers.push((405, answer(world.request(&browser, Method::DELETE, "/")).await));
    let expected = told(&answers[0].1.headers);
    for (status, found) in &answers {
        assert_eq!((*status, told(&found.headers)), (found.status, expected.clone()));
        assert!(found.headers.contains_key(CACHE_CONTROL), "{}", found.status);
    }
    insta::assert_snapshot!(expected);
}

/// Whatever was on a page is not left in a browser or on the way to it.
#[tokio::test(flavor = "multi_thread")]
async fn no_page_is_kept() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::SuperAdministrator]).await;
    let (browser, _) = world.signed_in(&ada).await;
    for path in [
        "/",
        "/account",
        "/users",
        "/audit",
        "/audit.jsonl",
        "/connectors.csv",
        "/nothing",
    ] {
        let found = world.get(&browser, path).await;
        assert_eq!(found.headers[CACHE_CONTROL], "no-store", "{path}");
        assert!(
            !found.text.contains("<style") && !found.text.contains(" onclick="),
            "{path}"
        );
    }
}
