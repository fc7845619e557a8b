//! Files that somebody uploads: a form of ours, with a file in it that is what it should be.

use governance::repository::{Ledger as _, Uploads as _, Write};
use governance::{
    Connector, ConnectorId, ConnectorKind, ConnectorName, Hosting, Installation, Operator, Role, Schedule,
};
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, ORIGIN};

use crate::world::{Answer, Browser, World, answer};

/// A connector for files.
async fn archive(world: &World, owner: &Operator) -> ConnectorId {
    let id = ConnectorId::new(world.now(), [9; 16]);
    let name = ConnectorName::parse("Archive").unwrap();
    let connector = Connector::new(id.clone(), name, Schedule::Never, world.now());
    let installation = Installation {
        owners: vec![owner.id.clone()],
        ..Installation::new(id.clone(), ConnectorKind::File, Hosting::ByHand)
    };
    let write = Write::AddConnector(connector, installation);
    world.database.commit(&[write], &[]).await.unwrap();
    id
}

/// A part of a form.
fn part(name: &str, value: &str) -> String {
    format!("--between\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"f\"\r\n\r\n{value}\r\n")
}

async fn send(world: &World, browser: &Browser, id: &ConnectorId, parts: &[String]) -> Answer {
    let request = world
        .request(browser, Method::POST, &format!("/connectors/{id}/file"))
        .header(CONTENT_TYPE, "multipart/form-data; boundary=between")
        .header(ORIGIN, world.origin())
        .body(format!("{}--between--\r\n", parts.concat()));
    answer(request).await
}

async fn kept(world: &World, id: &ConnectorId) -> usize {
    world.database.uploads(id, 10).await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_uploads_a_file_and_is_told_what_is_wrong_with_another() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::User]).await;
    let (browser, _) = world.signed_in(&ada).await;
    let id = archive(&world, &ada).await;
    let csrf = part(ui::CSRF_FIELD, &browser.csrf());
    let wrong = send(&world, &browser, &id, &[csrf.clone(), part("file", "hello")]).await;
    assert_eq!(wrong.status, 200);
    assert!(wrong.text.contains("It is no .c1z file"), "{}", wrong.text);
    assert_eq!(kept(&world, &id).await, 0);
    let right = send(&world, &browser, &id, &[csrf, part("file", "C1Z…")]).await;
    assert_eq!(
        (right.status, right.location()),
        (303, Some(format!("/connectors/{id}").as_str()))
    );
    assert_eq!(kept(&world, &id).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_elses_page_uploads_a_file() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::User]).await;
    let (browser, _) = world.signed_in(&ada).await;
    let (other, _) = world.signed_in(&ada).await;
    let id = archive(&world, &ada).await;
    let file = part("file", "C1Z…");
    let token = |of: &Browser| part(ui::CSRF_FIELD, &of.csrf());
    for parts in [
        vec![file.clone()],
        vec![part(ui::CSRF_FIELD, "x"), file.clone()],
        vec![part(ui::CSRF_FIELD, &"x".repeat(5000)), file.clone()],
        vec![token(&other), file.clone()],
        // What comes before the token is not looked at.
        vec![file.clone(), token(&browser)],
        vec![token(&browser)],
        vec![token(&browser), part("else", "C1Z…")],
    ] {
        let refused = send(&world, &browser, &id, &parts).await;
        assert_eq!(refused.status, 403, "{parts:?}");
    }
    // Nor does a form of ours that was sent from somewhere else.
    let request = world
        .request(&browser, Method::POST, &format!("/connectors/{id}/file"))
        .header(CONTENT_TYPE, "multipart/form-data; boundary=between")
        .header(ORIGIN, "https://example.com")
        .body(format!("{}{file}--between--\r\n", token(&browser)));
    assert_eq!(answer(request).await.status, 403);
    assert_eq!(kept(&world, &id).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_looks_uploads_nothing() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::User]).await;
    let ben = world.person("Ben", &[Role::Auditor]).await;
    let (browser, _) = world.signed_in(&ben).await;
    let id = archive(&world, &ada).await;
    let parts = [part(ui::CSRF_FIELD, &browser.csrf()), part("file", "C1Z…")];
    assert_eq!(send(&world, &browser, &id, &parts).await.status, 403);
    let page = world.get(&browser, &format!("/connectors/{id}/file")).await;
    assert_eq!(page.status, 403);
    assert_eq!(kept(&world, &id).await, 0);
}
