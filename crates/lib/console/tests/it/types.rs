//! What a connector reads, as it is chosen on its page.

use std::collections::BTreeSet;

use governance::repository::Places as _;
use governance::{
    Actor, Connector, ConnectorKind, Hosting, NewConnector, NewPlace, Operator, Role, Schedule,
};

use crate::world::{Answer, Browser, World};

async fn connector(world: &World, owner: &Operator, kind: ConnectorKind) -> Connector {
    let new = NewConnector {
        name: "Example".to_owned(),
        kind,
        hosting: Hosting::SelfHosted,
        place: NewPlace::Nowhere,
        owners: vec![owner.id.clone()],
        schedule: Schedule::Never,
    };
    let tests = Actor::command("tests");
    let added = world.office.add_connector(&tests, &new, "localhost").await;
    added.unwrap()
}

/// Sends the form as a browser does, with this choice.
async fn choose(
    world: &World,
    browser: &Browser,
    (connector, owner): (&Connector, &Operator),
    chosen: &[(&str, &str)],
) -> Answer {
    let mut fields = vec![
        ("name", "Example"),
        ("when", "never"),
        ("owner", owner.id.as_str()),
    ];
    fields.extend(chosen);
    world
        .post(browser, &format!("/connectors/{}/change", connector.id), &fields)
        .await
}

async fn stored(world: &World, connector: &Connector) -> Vec<String> {
    let found = world.database.installation(&connector.id).await;
    let types: BTreeSet<_> = found.unwrap().unwrap().value.types;
    types.iter().map(ToString::to_string).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_chooses_what_is_read_and_is_told_why_not_without_users() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::User]).await;
    let (browser, _) = world.signed_in(&ada).await;
    let own = connector(&world, &ada, ConnectorKind::Cloudflare).await;
    let there = format!("/connectors/{}", own.id);
    let form = world.get(&browser, &format!("{there}/change")).await.text;
    assert!(form.contains("What is read"), "{form}");
    assert_eq!(form.matches(r#"name="type""#).count(), 6);

    let only = [("types", "some"), ("type", "user"), ("type", "role")];
    let saved = choose(&world, &browser, (&own, &ada), &only).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    assert_eq!(stored(&world, &own).await, ["role", "user"]);
    let page = world.get(&browser, &there).await.text;
    assert!(page.contains("Users, Roles"), "{page}");

    for (wrong, why) in [
        (
            &[("types", "some"), ("type", "role")][..],
            "users are always needed",
        ),
        (&[("types", "some")], "users are always needed"),
        (
            &[("types", "some"), ("type", "user"), ("type", "zone")],
            "nothing that this connector is known to read",
        ),
    ] {
        let refused = choose(&world, &browser, (&own, &ada), wrong).await;
        assert_eq!(refused.status, 200);
        assert!(refused.text.to_lowercase().contains(why), "{}", refused.text);
        assert_eq!(stored(&world, &own).await, ["role", "user"]);
    }
    // A form that was opened before there was such a choice changes nothing of it.
    choose(&world, &browser, (&own, &ada), &[]).await;
    assert_eq!(stored(&world, &own).await, ["role", "user"]);
    let all = [("types", "everything"), ("type", "user")];
    choose(&world, &browser, (&own, &ada), &all).await;
    assert_eq!(stored(&world, &own).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_others_nothing_can_be_chosen_before_their_first_sync() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::User]).await;
    let (browser, _) = world.signed_in(&ada).await;
    let other = connector(&world, &ada, ConnectorKind::Baton).await;
    let page = format!("/connectors/{}/change", other.id);
    assert!(!world.get(&browser, &page).await.text.contains("What is read"));
}
