//! What was changed is told as events.

use chrono::{DateTime, TimeDelta, Utc};
use cloudflare_sim::{Endpoint, Fault, Options, When};
use connector::{
    AccountRequest, ConnectorError, DeleteRequest, ErrorKind, EventFeedId, EventPage, EventSource,
    EventsFrom, EventsRequest, Mode, Provisioner, What,
};
use connector_cloudflare::CloudflareConnector;
use model::{Profile, ProfileValue, ResourceId};

use super::world::World;
use crate::support::{limited, simulate_with, small};

const LOG: &str = "/accounts/*/logs/audit";

/// Grants, revokes, invites, and removes a member.
async fn change_things(world: &World) -> [ResourceId; 3] {
    world.sim.change(|state| state.audit_log.clear());
    let (changed, person) = (world.principal("scoped"), world.principal("roles"));
    world.grant("Billing", "scoped").await.unwrap();
    world.revoke("Billing", "scoped").await.unwrap();
    let roles = ("roles".to_owned(), ProfileValue::texts(["Billing"]));
    let invited = AccountRequest {
        email: "new@example.com".to_owned(),
        login: String::new(),
        profile: Profile::from([roles]),
        mode: Mode::Make,
    };
    let invited = world.connector.create_account(&invited).await.unwrap();
    let connector::AccountOutcome::ActionRequired { resource, .. } = invited.outcome else {
        panic!("{invited:?}")
    };
    let removed = DeleteRequest {
        resource: person.id.clone(),
        mode: Mode::Make,
    };
    world.connector.delete(&removed).await.unwrap();
    [changed.id, resource.id, person.id]
}

/// When the first and the last of what the log has happened.
fn span(world: &World) -> (DateTime<Utc>, DateTime<Utc>) {
    world.sim.read(|state| {
        let times = || state.audit_log.iter().map(|entry| entry.time);
        (
            times().min().unwrap(),
            times().max().unwrap() + TimeDelta::seconds(1),
        )
    })
}

async fn read(
    connector: &CloudflareConnector,
    from: EventsFrom,
    now: DateTime<Utc>,
    at_most: usize,
) -> Result<EventPage, ConnectorError> {
    let request = EventsRequest {
        feed: EventFeedId::new("cloudflare_audit_log"),
        from,
        at_most,
        now,
    };
    connector.read_events(&request).await
}

fn changed(page: &EventPage) -> Vec<ResourceId> {
    let ids = page.events.iter().map(|event| match &event.what {
        What::ResourceChanged(id) => id.clone(),
        other => panic!("{other:?}"),
    });
    ids.collect()
}

#[tokio::test]
async fn whoever_was_changed_is_told_of_also_when_they_are_gone() {
    let world = World::new().await;
    let people = change_things(&world).await;
    let (first, now) = span(&world);
    let page = read(&world.connector, EventsFrom::Start(first), now, 100)
        .await
        .unwrap();
    let told = changed(&page);
    for person in &people {
        assert!(told.contains(person), "{person} is not in {told:?}");
    }
    assert!(
        told.iter().any(|id| id.resource_type.as_str() == "role"),
        "{told:?}"
    );
    assert!(!page.has_more);
    let after = read(&world.connector, EventsFrom::Cursor(page.cursor), now, 100)
        .await
        .unwrap();
    assert_eq!(changed(&after), []);
}

#[tokio::test]
async fn page_after_page_tells_everything_once() {
    let world = World::new().await;
    change_things(&world).await;
    let (first, now) = span(&world);
    let whole = read(&world.connector, EventsFrom::Start(first), now, 100)
        .await
        .unwrap();
    let mut pieces = Vec::new();
    let mut from = EventsFrom::Start(first);
    loop {
        let page = read(&world.connector, from, now, 1).await.unwrap();
        pieces.extend(page.events);
        from = EventsFrom::Cursor(page.cursor);
        if !page.has_more {
            break;
        }
    }
    assert_eq!(pieces, whole.events);
}

#[tokio::test]
async fn from_now_on_is_asked_of_nobody() {
    let world = World::new().await;
    world.sim.journal().clear();
    let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    let page = read(&world.connector, EventsFrom::Now, now, 100).await.unwrap();
    assert_eq!((page.events.len(), page.has_more), (0, false));
    assert_eq!(world.sim.journal().len(), 0);
}

#[tokio::test]
async fn a_page_of_a_quiet_log_is_one_call() {
    let world = World::new().await;
    change_things(&world).await;
    let (_, now) = span(&world);
    let later = now + TimeDelta::hours(1);
    world.sim.journal().clear();
    read(
        &world.connector,
        EventsFrom::Start(later),
        later + TimeDelta::hours(1),
        100,
    )
    .await
    .unwrap();
    assert_eq!(world.sim.journal().count(Endpoint::AuditLog), 1);
    assert_eq!(world.sim.journal().len(), 1);
}

#[tokio::test]
async fn each_refusal_says_what_to_do() {
    let world = World::new().await;
    change_things(&world).await;
    let (_, now) = span(&world);
    let at = |days: i64| EventsFrom::Start(now - TimeDelta::days(days));
    let old = read(&world.connector, at(600), now, 1).await.unwrap_err();
    assert_eq!(
        (old.kind, old.code),
        (ErrorKind::FailedPrecondition, "before-the-log")
    );
    let cursor = read(&world.connector, EventsFrom::Cursor("c1".to_owned()), now, 1)
        .await
        .unwrap_err();
    assert_eq!(
        (cursor.kind, cursor.code),
        (ErrorKind::InvalidArgument, "unknown-cursor")
    );
    let request = EventsRequest {
        feed: EventFeedId::new("other"),
        from: EventsFrom::Now,
        at_most: 1,
        now,
    };
    let feed = world.connector.read_events(&request).await.unwrap_err();
    assert_eq!(
        (feed.kind, feed.code),
        (ErrorKind::NotFound, "no-such-event-feed")
    );

    let sim = simulate_with(small(), Options::unlimited()).await;
    let may_not = limited(&sim, &["Zone Read"]);
    let refused = read(&may_not, at(1), now, 1).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::PermissionDenied);
    insta::assert_snapshot!(format!("{refused}\n{}", refused.hint), @r#"
    the credential may not read the audit log: Forbidden (status 403, code 10000, ray 9f0c1d2e00000001-AMS)
    give the token the permission "Account Settings: Read", which is needed to read the audit log; a user's token or key also needs that user to be an administrator of the account
    "#);
}

/// Nothing is lost when the log cannot be read: the same question is asked again.
#[tokio::test]
async fn a_log_that_fails_is_read_again_from_the_same_place() {
    let world = World::new().await;
    change_things(&world).await;
    let (first, now) = span(&world);
    world.sim.faults().add(When::every().of(LOG), Fault::status(400));
    let failed = read(&world.connector, EventsFrom::Start(first), now, 100).await;
    assert!(failed.is_err());
    world.sim.faults().clear();
    let page = read(&world.connector, EventsFrom::Start(first), now, 100)
        .await
        .unwrap();
    assert!(page.events.len() >= 4, "{:?}", page.events);
}
