//! Lists that somebody brings: nothing is done before it was seen, and then all of it or nothing.

use governance::repository::{Letters as _, People as _, Places as _, Write};
use governance::{App, AppId, AppName, AppSource, AppState, Operator, Role};

use crate::world::{Answer, Browser, World};

const PEOPLE: &str =
    "E-Mail;Name;Role\r\nada@example.com;Ada;Auditor | user\r\njoan@example.com;\"Clarke; Joan\";\r\n";

async fn people(world: &World) -> Vec<(String, String)> {
    let all = world.database.operators().await.unwrap();
    all.into_iter()
        .map(|one| (one.name, one.roles.to_text()))
        .collect()
}

fn pair(name: &str, roles: &str) -> (String, String) {
    (name.to_owned(), roles.to_owned())
}

async fn grace(world: &World) -> (Operator, Browser) {
    let grace = world.person("Grace", &[Role::SuperAdministrator]).await;
    let browser = world.signed_in(&grace).await.0;
    (grace, browser)
}

/// Sees what would happen, and says yes.
async fn confirmed(world: &World, browser: &Browser, path: &str, (list, seal): (&str, &str)) -> Answer {
    let fields = [
        ("list", list),
        ("seal", seal),
        ("do", "confirm"),
        ("invite", "on"),
    ];
    world.post(browser, path, &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn people_come_from_a_list_once_it_was_seen() {
    let world = World::new().await;
    let (_, browser) = grace(&world).await;
    let only_grace = [pair("Grace", "super-administrator")];
    let seen = world.post(&browser, "/users/import", &[("list", PEOPLE)]).await;
    assert!(
        seen.text
            .contains("2 new, 0 changed, 0 there already, 0 refused."),
        "{}",
        seen.text
    );
    assert!(seen.text.contains("Line 3"), "{}", seen.text);
    assert_eq!(people(&world).await, only_grace);
    // What was seen was something else.
    let other = confirmed(&world, &browser, "/users/import", (PEOPLE, "nk")).await;
    assert_eq!((other.status, people(&world).await.len()), (200, 1));
    let done = confirmed(&world, &browser, "/users/import", (PEOPLE, "nn")).await;
    assert_eq!(done.location(), Some("/users"));
    let all = [
        pair("Ada", "auditor,user"),
        pair("Clarke; Joan", "user"),
        pair("Grace", "super-administrator"),
    ];
    assert_eq!(people(&world).await, all);
    assert_eq!(world.database.letters(9).await.unwrap().len(), 2);
    let again = world.post(&browser, "/users/import", &[("list", PEOPLE)]).await;
    assert!(
        again
            .text
            .contains("0 new, 0 changed, 2 there already, 0 refused."),
        "{}",
        again.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_line_that_cannot_be_done_keeps_all_others() {
    let world = World::new().await;
    let (_, browser) = grace(&world).await;
    let list = "name,email,roles\nAda,ada@example.com,king\nEve,nobody,\nJoan,joan@example.com,\nJ,JOAN@example.com,\n,x@example.com,";
    let seen = world.post(&browser, "/users/import", &[("list", list)]).await;
    for why in [
        "there is no such role",
        "give an e-mail address",
        "an earlier line has this address",
        "a person&#39;s name has",
        "1 new, 0 changed, 0 there already, 4 refused.",
    ] {
        assert!(seen.text.contains(why), "{why}: {}", seen.text);
    }
    assert!(!seen.text.contains("Do all of it"));
    let done = confirmed(&world, &browser, "/users/import", (list, "rrnrr")).await;
    assert_eq!((done.status, people(&world).await.len()), (200, 1));
    // The last who may do everything is not changed by a list either.
    let list = "name,email,roles\nGrace,grace@example.com,auditor";
    let done = confirmed(&world, &browser, "/users/import", (list, "c")).await;
    assert_eq!(done.status, 409);
    assert_eq!(people(&world).await, [pair("Grace", "super-administrator")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn apps_come_from_a_list_and_are_managed_together() {
    let world = World::new().await;
    let (grace, browser) = grace(&world).await;
    let list = "Application\tOwners\nMail\tgrace@example.com\nChat\t\nMail\t\nPost\tnobody@example.com";
    let seen = world.post(&browser, "/apps/import", &[("list", list)]).await;
    assert!(
        seen.text
            .contains("2 new, 0 changed, 0 there already, 2 refused."),
        "{}",
        seen.text
    );
    let list = "name,owners\nMail,grace@example.com\nChat,";
    let done = confirmed(&world, &browser, "/apps/import", (list, "nn")).await;
    assert_eq!(done.location(), Some("/apps?state=unmanaged"));
    let apps = world.database.apps().await.unwrap();
    let ids: Vec<_> = apps.iter().map(|app| ("id", app.id.as_str())).collect();
    assert_eq!(ids.len(), 2);
    let asked = world.post(&browser, "/apps/manage", &ids).await;
    assert!(asked.text.contains("Who owns them?"), "{}", asked.text);
    let mut fields = [&ids[..], &[("do", "manage")]].concat();
    let nobody = world.post(&browser, "/apps/manage", &fields).await;
    assert!(
        nobody.text.contains("It needs at least one owner"),
        "{}",
        nobody.text
    );
    fields.push(("owner", grace.id.as_str()));
    assert_eq!(
        world.post(&browser, "/apps/manage", &fields).await.location(),
        Some("/apps")
    );
    let apps = world.database.apps().await.unwrap();
    let is_managed = |app: &App| app.state == AppState::Managed && app.owners == [grace.id.clone()];
    assert!(apps.iter().all(is_managed));
}

/// What a connector found says which one, and can be narrowed down to.
#[tokio::test(flavor = "multi_thread")]
async fn found_apps_say_where_they_come_from() {
    let world = World::new().await;
    let (_, browser) = grace(&world).await;
    let connector = governance::ConnectorId::new(world.now(), [9; 16]);
    for (number, name) in [(1, "Mail"), (2, "Chat")] {
        let source = AppSource::Connector {
            connector: connector.clone(),
            resource: name.to_owned(),
            gone_since: (number == 1).then(|| world.now()),
        };
        let app = App {
            id: AppId::new(world.now(), [number; 16]),
            name: AppName::parse(name).unwrap(),
            state: AppState::Unmanaged,
            source: if number == 1 { source } else { AppSource::List },
            owners: Vec::new(),
            created_at: world.now(),
        };
        world.write(&[Write::AddApp(app)]).await;
    }
    let all = world.get(&browser, "/apps?state=unmanaged").await.text;
    assert!(
        all.contains("Found no more") && all.contains("Mail") && all.contains("Chat"),
        "{all}"
    );
    let own = world
        .get(&browser, &format!("/apps?state=unmanaged&from={connector}"))
        .await
        .text;
    assert!(own.contains("Mail") && !own.contains("Chat"), "{own}");
}
