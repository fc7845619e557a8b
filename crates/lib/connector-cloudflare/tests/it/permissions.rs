//! What happens when the credential may not read everything.

use cloudflare_sim::{Endpoint, Fault, Options, RolesEndpoint, Spec, SuperAdministrator, When};
use connector::{ErrorKind, Severity};
use connector_cloudflare::types::{API_TOKEN, RESOURCE_GROUP, ROLE, USER, USER_GROUP};

use crate::support::{EVERYTHING, File, connector, limited, noted, simulate, simulate_with, small, sync};

fn missing(file: &File) -> Vec<String> {
    let notes = noted(&file.rows().notes, "missing-permission");
    assert!(notes.iter().all(|note| note.severity == Severity::Warning));
    notes.into_iter().map(|note| note.message).collect()
}

fn without(file: &File, kind: &str) -> Vec<connector::Record> {
    let rest = |record: &connector::Record| !matches!(record, connector::Record::Resource(resource) if resource.id.resource_type.as_str() == kind);
    file.records().into_iter().filter(rest).collect()
}

#[tokio::test]
async fn with_the_two_permissions_of_go_everything_but_tokens_is_read() {
    let mut account = small().build();
    // Names of zones take a permission of their own.
    account.zones.clear();
    let sim = simulate(account).await;
    let whole = sync(&connector(&sim)).await.unwrap();
    let permissions = [
        "Account Settings Read",
        "Access: Organizations, Identity Providers, and Groups Read",
    ];
    let part = sync(&limited(&sim, &permissions)).await.unwrap();
    assert_eq!(part.of_type(API_TOKEN), []);
    assert!(!whole.of_type(API_TOKEN).is_empty());
    assert_eq!(without(&part, API_TOKEN), without(&whole, API_TOKEN));
    insta::assert_debug_snapshot!(missing(&part));
}

#[tokio::test]
async fn without_zone_read_ids_stand_for_names() {
    let sim = simulate(small()).await;
    let file = sync(&limited(
        &sim,
        &["Account Settings Read", "Account API Tokens Read"],
    ))
    .await
    .unwrap();
    assert_eq!(noted(&file.rows().notes, "zone-names").len(), 1);
    assert_eq!(missing(&file), [""; 0]);
    let zones: Vec<String> = sim.read(|state| state.zones.iter().map(|zone| zone.id.clone()).collect());
    let scopes = file.of_type(RESOURCE_GROUP);
    assert!(scopes.iter().any(|scope| zones.contains(&scope.display_name)));
}

#[tokio::test]
async fn without_account_settings_read_nothing_is_written() {
    let sim = simulate(small()).await;
    let error = sync(&limited(&sim, &["Account API Tokens Read", "Zone Read"]))
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::PermissionDenied, "{error}");
    assert!(error.hint.contains("Account Settings: Read"), "{}", error.hint);
}

#[tokio::test]
async fn members_that_may_not_be_read_are_an_error() {
    let sim = simulate(small()).await;
    // Enough for the account and the catalogue of permission groups, not for the members.
    let error = sync(&limited(&sim, &["Billing Read"])).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::PermissionDenied, "{error}");
    assert!(error.hint.contains("Account Settings: Read"), "{}", error.hint);
}

#[tokio::test]
async fn an_empty_list_of_members_is_a_missing_right() {
    let options = Options {
        empty_lists: [Endpoint::Members].into(),
        ..Options::unlimited()
    };
    let sim = simulate_with(small(), options).await;
    let error = sync(&connector(&sim)).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::PermissionDenied, "{error}");
    assert!(error.hint.contains("Account Settings: Read"), "{}", error.hint);
}

/// Refuses one listing, as a permission that only it needs would.
async fn refusing(path: &str) -> File {
    let sim = simulate(small()).await;
    let fault = Fault::Status {
        status: 403,
        code: 10000,
        message: "Forbidden".to_owned(),
        retry_after: None,
    };
    sim.faults().add(When::every().of(path), fault);
    sync(&limited(&sim, &EVERYTHING)).await.unwrap()
}

#[tokio::test]
async fn each_refused_part_is_named_and_the_rest_is_there() {
    let parts = [
        ("/accounts/*/roles", None),
        ("/accounts/*/iam/permission_groups", None),
        ("/accounts/*/iam/resource_groups", None),
        ("/accounts/*/iam/user_groups", Some(USER_GROUP)),
        ("/accounts/*/iam/user_groups/*/members", None),
        ("/accounts/*/tokens", Some(API_TOKEN)),
    ];
    let mut messages = Vec::new();
    for (path, absent) in parts {
        let file = if path == "/accounts/*/tokens" {
            // The pattern would cover the verification, too.
            let sim = simulate(small()).await;
            sync(&limited(&sim, &["Account Settings Read", "Zone Read"]))
                .await
                .unwrap()
        } else {
            refusing(path).await
        };
        assert!(file.of_type(USER).len() > 50, "{path}");
        assert!(!file.of_type(ROLE).is_empty(), "{path}");
        assert!(absent.is_none_or(|kind| file.of_type(kind).is_empty()), "{path}");
        assert_eq!(file.dangling(), [""; 0], "{path}");
        messages.extend(missing(&file));
    }
    insta::assert_debug_snapshot!(messages);
}

#[tokio::test]
async fn a_list_that_has_vanished_is_an_error_not_an_empty_list() {
    let lists = [
        "members",
        "iam/resource_groups",
        "iam/permission_groups",
        "iam/user_groups",
    ];
    for list in lists {
        let sim = simulate(small()).await;
        let path = format!("/accounts/*/{list}");
        sim.faults().add(When::every().of(&path), Fault::status(404));
        let error = sync(&connector(&sim)).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotFound, "{list}: {error}");
    }
}

#[tokio::test]
async fn roles_have_names_when_their_list_is_gone() {
    for status in [404, 410] {
        let spec = Spec {
            roles: 30,
            permission_groups: 50,
            ..small()
        };
        let before = sync(&connector(&simulate(spec.clone()).await)).await.unwrap();
        let options = Options {
            roles: RolesEndpoint::Gone(status),
            ..Options::unlimited()
        };
        let sim = simulate_with(spec, options).await;
        let after = sync(&connector(&sim)).await.unwrap();
        assert_eq!(noted(&after.rows().notes, "roles-list-gone").len(), 1);
        let grants = |file: &File| -> Vec<_> { file.rows().grants.keys().cloned().collect() };
        assert_eq!(grants(&after), grants(&before));
        let names = |file: &File| -> Vec<_> {
            let roles = file.of_type(ROLE).into_iter();
            roles
                .map(|role| (role.id.object.to_string(), role.display_name))
                .collect()
        };
        let known = names(&before);
        assert!(names(&after).iter().all(|role| known.contains(role)));
        assert!(names(&after).len() > 10);
        assert_eq!(after.dangling(), [""; 0]);
    }
}

#[tokio::test]
async fn the_super_administrator_is_there_when_the_list_leaves_it_out() {
    let options = Options {
        super_administrator: SuperAdministrator::Unlisted,
        ..Options::unlimited()
    };
    let listed = sync(&connector(&simulate(small()).await)).await.unwrap();
    let unlisted = sync(&connector(&simulate_with(small(), options).await))
        .await
        .unwrap();
    let ids = |file: &File| -> Vec<_> { file.of_type(ROLE).into_iter().map(|role| role.id).collect() };
    assert_eq!(ids(&listed), ids(&unlisted));
    let grants = |file: &File| -> Vec<_> { file.rows().grants.keys().cloned().collect() };
    assert_eq!(grants(&listed), grants(&unlisted));
}
