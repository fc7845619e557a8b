//! Single resources.

use connector::{ErrorKind, Found, Syncer};
use connector_cloudflare::types::{API_TOKEN, INVITATION, RESOURCE_GROUP, ROLE, USER, USER_GROUP};
use model::{Resource, ResourceId};

use crate::support::{File, connector, limited, simulate, small, sync};

/// What a whole sync says of one resource.
fn expected(file: &File, resource: Resource) -> Found {
    let rows = file.rows();
    let id = resource.id.clone();
    let entitlements = rows.entitlements.values().filter(|held| held.resource.id == id);
    let grants = rows.grants.values().filter(|grant| grant.resource.id == id);
    Found {
        entitlements: entitlements.cloned().collect(),
        grants: grants.cloned().collect(),
        resource,
    }
}

#[tokio::test]
async fn one_of_each_kind_is_found_as_a_whole_sync_would_write_it() {
    let sim = simulate(small()).await;
    let connector = connector(&sim);
    let file = sync(&connector).await.unwrap();
    for kind in [USER, INVITATION, ROLE, USER_GROUP, RESOURCE_GROUP] {
        for resource in file.of_type(kind).into_iter().take(3) {
            let found = connector.find(&resource.id).await.unwrap().unwrap();
            assert_eq!(found, expected(&file, resource));
        }
    }
}

#[tokio::test]
async fn a_token_is_found_with_its_policies() {
    let sim = simulate(small()).await;
    let connector = connector(&sim);
    let file = sync(&connector).await.unwrap();
    let token = file.of_type(API_TOKEN).remove(0);
    let found = connector.find(&token.id).await.unwrap().unwrap();
    assert_eq!(found.resource.profile, token.profile);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let sim = simulate(small()).await;
    let connector = connector(&sim);
    for kind in [
        USER,
        INVITATION,
        ROLE,
        USER_GROUP,
        RESOURCE_GROUP,
        API_TOKEN,
        "zone",
    ] {
        let id = ResourceId::new(kind, "00000000000000000000000000000abc");
        assert_eq!(connector.find(&id).await.unwrap(), None, "{kind}");
    }
}

#[tokio::test]
async fn not_being_allowed_to_look_is_not_the_same_as_not_being_there() {
    let sim = simulate(small()).await;
    let connector = limited(&sim, &["Account Settings Read"]);
    let id = ResourceId::new(API_TOKEN, "00000000000000000000000000000abc");
    let error = connector.find(&id).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::PermissionDenied);
    assert!(error.hint.contains("Account API Tokens: Read"), "{}", error.hint);
}
