//! Introductions.

use std::time::Duration;

use proto::baton_service_v1::baton_service_hello_request::{BuildInfo, OsInfo};
use proto::baton_service_v1::task::{HelloTask, TaskType};
use proto::baton_service_v1::{BatonServiceGetTaskRequest, BatonServiceHelloRequest};
use proto::connector_v2::{ConnectorCapabilities, ConnectorMetadata, ResourceType, ResourceTypeCapability};

use crate::tasks::poll;
use crate::world::{World, said};

/// What a connector says of itself that reads resources of these types.
pub(crate) fn hello(host: &str, types: &[&str]) -> BatonServiceHelloRequest {
    let capability = |id: &&str| ResourceTypeCapability {
        resource_type: Some(ResourceType {
            id: (*id).to_owned(),
            ..ResourceType::default()
        }),
        ..ResourceTypeCapability::default()
    };
    BatonServiceHelloRequest {
        host_id: host.to_owned(),
        build_info: Some(BuildInfo {
            package: "github.com/example/baton-example".to_owned(),
            package_version: "v1.2.3".to_owned(),
            ..BuildInfo::default()
        }),
        os_info: Some(OsInfo {
            platform: "debian".to_owned(),
            platform_version: "12".to_owned(),
            kernel_arch: "x86_64".to_owned(),
            ..OsInfo::default()
        }),
        connector_metadata: Some(ConnectorMetadata {
            capabilities: Some(ConnectorCapabilities {
                resource_type_capabilities: types.iter().map(capability).collect(),
                ..ConnectorCapabilities::default()
            }),
            ..ConnectorMetadata::default()
        }),
        ..BatonServiceHelloRequest::default()
    }
}

#[tokio::test]
async fn who_says_hello_is_known() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    let mut client = world.client(&member).await;
    client.hello(hello("one", &["user", "role"])).await.unwrap();
    let workers = world.desk.store().workers(&member.connector.id).await.unwrap();
    assert_eq!(workers.len(), 1);
    assert_eq!(workers[0].program, "baton-example v1.2.3");
    assert_eq!(workers[0].system, "debian 12 x86_64");
    assert_eq!(workers[0].resource_types, ["user", "role"]);
}

/// Each minute once, with the next round of what nobody asks for.
#[tokio::test]
async fn whoever_asks_for_tasks_is_heard_of() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    let mut client = world.client(&member).await;
    client.hello(hello("one", &["user"])).await.unwrap();
    let mut heard = Vec::new();
    for _ in 0..5 {
        world.pass(Duration::from_secs(25));
        poll(&mut client, "one").await;
        // Nobody of that name has said hello.
        poll(&mut client, "two").await;
        world.service.janitor().round().await.unwrap();
        let workers = world.desk.store().workers(&member.connector.id).await.unwrap();
        assert_eq!(workers.len(), 1);
        heard.push((workers[0].last_seen_at - workers[0].first_seen_at).num_seconds());
    }
    assert_eq!(heard, [25, 25, 25, 100, 100]);
    world.pass(governance::Worker::REMEMBERED.to_std().unwrap());
    world.service.janitor().round().await.unwrap();
    assert_eq!(
        world.desk.store().workers(&member.connector.id).await.unwrap(),
        []
    );
}

#[tokio::test]
async fn a_hello_that_was_asked_for_ends_its_task() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    let id = world.ask(&member, TaskType::Hello(HelloTask::default())).await;
    let mut client = world.client(&member).await;
    let request = BatonServiceGetTaskRequest {
        host_id: "one".to_owned(),
    };
    let task = client.get_task(request).await.unwrap().into_inner().task.unwrap();
    let mut request = hello("one", &[]);
    request.task_id = task.id;
    client.hello(request.clone()).await.unwrap();
    assert!(world.task(&id).await.is_finished());
    // Said again, because the answer was lost.
    client.hello(request).await.unwrap();
}

#[tokio::test]
async fn a_hello_that_breaks_a_rule_is_refused() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    let mut client = world.client(&member).await;
    let mut request = hello("", &[]);
    insta::assert_snapshot!(said(&client.hello(request.clone()).await.unwrap_err()), @"InvalidArgument: host_id must have 1 to 256 characters");
    request.host_id = "one".to_owned();
    request.connector_metadata = None;
    insta::assert_snapshot!(said(&client.hello(request).await.unwrap_err()), @"InvalidArgument: connector_metadata must be present");
    assert!(
        world
            .desk
            .store()
            .workers(&member.connector.id)
            .await
            .unwrap()
            .is_empty()
    );
}
