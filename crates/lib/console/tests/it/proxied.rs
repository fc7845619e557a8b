//! Whom a request comes from when there is a proxy in between: for the tries that somebody has, and in the audit trail.

use governance::repository::{AuditFilter, Ledger as _};
use lobby::{Proxies, ProxyHeader};

use crate::world::{Browser, World, answer};

const FIELDS: [(&str, &str); 2] = [("email", "eve@example.com"), ("password", "wrong")];

fn believed(networks: &[&str]) -> Proxies {
    Proxies {
        networks: networks.iter().map(|network| network.parse().unwrap()).collect(),
        header: ProxyHeader::XForwardedFor,
    }
}

/// The status of a try to sign in, with this header.
async fn tried(world: &World, said: &str) -> u16 {
    let nobody = Browser::without_session();
    let form = world.form(&nobody, "/sign-in", &nobody.csrf(), &FIELDS);
    answer(form.header("x-forwarded-for", said)).await.status
}

/// From where the trail says that whoever was refused last came.
async fn from(world: &World) -> Option<String> {
    let (newest, _) = world
        .database
        .audit_newest(&AuditFilter::default(), 0, 1)
        .await
        .unwrap();
    newest.into_iter().next().unwrap().draft.from
}

#[tokio::test(flavor = "multi_thread")]
async fn each_client_behind_a_proxy_has_its_own_tries() {
    let world = World::behind(believed(&["127.0.0.0/8"])).await;
    for _ in 0..20 {
        assert_eq!(tried(&world, "198.51.100.1").await, 200);
    }
    assert_eq!(from(&world).await.as_deref(), Some("198.51.100.1"));
    assert_eq!(tried(&world, "198.51.100.1").await, 429);
    // Whatever stands before what the proxy wrote was written by the sender.
    assert_eq!(tried(&world, "203.0.113.1, 198.51.100.1").await, 429);
    assert_eq!(tried(&world, "198.51.100.2").await, 200);
    assert_eq!(from(&world).await.as_deref(), Some("198.51.100.2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_no_proxy_gets_no_more_tries_by_saying_so() {
    let world = World::behind(believed(&["10.0.0.0/8"])).await;
    for number in 0..20 {
        assert_eq!(tried(&world, &format!("198.51.100.{number}")).await, 200);
    }
    assert_eq!(from(&world).await.as_deref(), Some("127.0.0.1"));
    assert_eq!(tried(&world, "198.51.100.99").await, 429);
}
