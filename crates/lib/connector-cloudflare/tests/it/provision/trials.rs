//! Dry runs as actions, and what the schemas of actions promise.

use std::collections::BTreeSet;

use connector::{Ability, Actions, DeleteRequest, ErrorKind, Mode, Provisioner, RotateRequest};
use model::{Profile, ResourceId};

use super::world::{World, said};

fn arguments(world: &World, title: &str, local: &str) -> Profile {
    let entitlement = world.entitlement(title).id;
    let user = world.principal(local).id.object;
    Profile::from([
        ("entitlement_id".to_owned(), entitlement.as_str().into()),
        ("user_id".to_owned(), user.as_str().into()),
    ])
}

#[tokio::test]
async fn a_trial_says_what_the_change_itself_would_do() {
    let world = World::new().await;
    let place = world
        .sim
        .read(|state| state.resource_groups[1].name.clone().unwrap());
    for title in [
        "Cache Purge",
        &format!("Domain Waiting Room Read on {place}"),
        super::world::GROUP,
    ] {
        let arguments = arguments(&world, title, "both");
        let before = world.picture();
        let trial = world.connector.invoke("dry_run_grant", &arguments).await.unwrap();
        assert_eq!(
            (trial["effect"].as_text(), before),
            (Some("planned"), world.picture())
        );
        let made = world.grant(title, "both").await.unwrap();
        assert_eq!(trial["title"].as_text(), Some(made.change.title.as_str()));
        let trial = world
            .connector
            .invoke("dry_run_revoke", &arguments)
            .await
            .unwrap();
        assert_eq!(trial["effect"].as_text(), Some("planned"));
        assert_eq!(
            world.revoke(title, "both").await.unwrap().change.title,
            trial["title"].as_text().unwrap()
        );
        let trial = world
            .connector
            .invoke("dry_run_revoke", &arguments)
            .await
            .unwrap();
        assert_eq!(trial["effect"].as_text(), Some("already_so"));
    }
}

#[tokio::test]
async fn a_trial_of_nothing_says_so() {
    let world = World::new().await;
    let mut arguments = arguments(&world, "Billing", "roles");
    arguments.insert("entitlement_id".to_owned(), "role:nope:member".into());
    let error = world
        .connector
        .invoke("dry_run_grant", &arguments)
        .await
        .unwrap_err();
    insta::assert_snapshot!(said(&error), @r"
    not-found
    the account has no entitlement role:nope:member
    take the id from the file that a sync writes
    ");
}

#[tokio::test]
async fn actions_give_what_their_schemas_say() {
    let world = World::new().await;
    let given = world
        .connector
        .invoke("dry_run_grant", &arguments(&world, "Cache Purge", "both"))
        .await
        .unwrap();
    let schemas = connector_cloudflare::actions::schemas();
    let names: BTreeSet<&str> = schemas.iter().map(|schema| schema.name).collect();
    assert_eq!(names.len(), schemas.len());
    let schema = schemas
        .iter()
        .find(|schema| schema.name == "dry_run_grant")
        .unwrap();
    let promised: BTreeSet<String> = schema.returns.iter().map(|field| field.name.to_owned()).collect();
    assert_eq!(given.into_keys().collect::<BTreeSet<_>>(), promised);
    for schema in &schemas {
        let error = world
            .connector
            .invoke(schema.name, &Profile::new())
            .await
            .unwrap_err();
        assert_eq!(error.code, "argument-missing", "{}", schema.name);
    }
}

#[tokio::test]
async fn abilities_are_what_is_implemented() {
    let world = World::new().await;
    for kind in connector_cloudflare::types::all() {
        let can = |ability| connector_cloudflare::abilities(&kind.id).contains(&ability);
        let nothing = ResourceId::new(kind.id.clone(), "0".repeat(32));
        let delete = DeleteRequest {
            resource: nothing.clone(),
            mode: Mode::DryRun,
        };
        let rotate = RotateRequest {
            resource: nothing,
            recipients: Vec::new(),
            mode: Mode::DryRun,
        };
        let deleted = world.connector.delete(&delete).await.map(drop);
        let rotated = world.connector.rotate(&rotate).await.map(drop);
        let implemented = |end: Result<(), connector::ConnectorError>| !matches!(end, Err(error) if error.kind == ErrorKind::Unimplemented);
        assert_eq!(implemented(deleted), can(Ability::Delete), "{}", kind.id);
        assert_eq!(
            implemented(rotated),
            can(Ability::RotateCredential),
            "{}",
            kind.id
        );
        assert_eq!(world.grants_on(&kind.id), can(Ability::Provision), "{}", kind.id);
    }
}

impl World {
    /// Whether there is anything to be granted on resources of a type.
    fn grants_on(&self, kind: &model::ResourceTypeId) -> bool {
        let rows = self.file.rows();
        let mut entitlements = rows.entitlements.values();
        entitlements.any(|entitlement| entitlement.resource.id.resource_type == *kind)
    }
}
