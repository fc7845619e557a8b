//! Tasks: handed out, kept alive, finished, lost.

use std::time::Duration;

use governance::{End, Failure, Label, TaskState};
use proto::baton_service_v1::baton_service_finish_task_request::{Error, FinalState, Success};
use proto::baton_service_v1::task::{
    ActionInvokeTask, ListEventFeedsTask, RevokeTask, SyncFullTask, TaskType,
};
use proto::baton_service_v1::{
    BatonServiceFinishTaskRequest, BatonServiceGetTaskRequest, BatonServiceGetTasksRequest,
    BatonServiceHeartbeatRequest, StartDebuggingRequest, Task,
};
use proto::connector_v2::{Entitlement, Grant, Resource, ResourceId};
use proto::rpc;

use crate::hello::hello;
use crate::world::{Client, World, said, tester};

pub(crate) fn sync() -> TaskType {
    TaskType::SyncFull(SyncFullTask::default())
}

fn revoke(who: &str) -> TaskType {
    let resource = |kind: &str, id: &str| Resource {
        id: Some(ResourceId {
            resource_type: kind.to_owned(),
            resource: id.to_owned(),
            ..ResourceId::default()
        }),
        ..Resource::default()
    };
    TaskType::Revoke(RevokeTask {
        grant: Some(Grant {
            entitlement: Some(Entitlement {
                resource: Some(resource("role", "billing")),
                ..Entitlement::default()
            }),
            principal: Some(resource("user", who)),
            ..Grant::default()
        }),
        ..RevokeTask::default()
    })
}

fn feeds() -> TaskType {
    TaskType::ListEventFeeds(ListEventFeedsTask::default())
}

pub(crate) async fn poll(client: &mut Client, host: &str) -> Option<Task> {
    let request = BatonServiceGetTaskRequest {
        host_id: host.to_owned(),
    };
    client.get_task(request).await.unwrap().into_inner().task
}

pub(crate) fn beat(host: &str, task: &str) -> BatonServiceHeartbeatRequest {
    BatonServiceHeartbeatRequest {
        host_id: host.to_owned(),
        task_id: task.to_owned(),
        ..BatonServiceHeartbeatRequest::default()
    }
}

pub(crate) fn done(host: &str, task: &str) -> BatonServiceFinishTaskRequest {
    BatonServiceFinishTaskRequest {
        host_id: host.to_owned(),
        task_id: task.to_owned(),
        status: None,
        final_state: Some(FinalState::Success(Success::default())),
    }
}

fn failed(host: &str, task: &str, code: i32, non_retryable: bool) -> BatonServiceFinishTaskRequest {
    BatonServiceFinishTaskRequest {
        status: Some(rpc::Status {
            code,
            message: "it did not work\ntask failed and is non-retryable".to_owned(),
            details: Vec::new(),
        }),
        final_state: Some(FinalState::Error(Error {
            non_retryable,
            ..Error::default()
        })),
        ..done(host, task)
    }
}

#[tokio::test]
async fn nothing_to_do_says_when_to_ask_again() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    let mut client = world.client(&member).await;
    let request = BatonServiceGetTaskRequest {
        host_id: "one".to_owned(),
    };
    let answer = client.get_task(request).await.unwrap().into_inner();
    assert!(answer.task.is_none());
    assert_eq!(answer.next_poll.unwrap().seconds, 5);
    assert_eq!(answer.next_heartbeat.unwrap().seconds, 20);
    assert_eq!(world.label(&member).await, Label::NotConnected);
    client.hello(hello("one", &[])).await.unwrap();
    assert_eq!(world.label(&member).await, Label::Syncing);
}

#[tokio::test]
async fn a_task_is_handed_out_once_and_the_most_urgent_first() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    world.ask(&member, sync()).await;
    world.ask(&member, feeds()).await;
    world.ask(&member, revoke("ada")).await;
    let (mut one, mut two) = (world.client(&member).await, world.client(&member).await);
    let first = poll(&mut one, "one").await.unwrap();
    assert!(matches!(first.task_type, Some(TaskType::Revoke(_))));
    let second = poll(&mut two, "two").await.unwrap();
    assert!(matches!(second.task_type, Some(TaskType::ListEventFeeds(_))));
    let third = poll(&mut one, "one").await.unwrap();
    let Some(TaskType::SyncFull(sync)) = third.task_type else {
        unreachable!("{third:?}")
    };
    assert_eq!(
        sync.storage_engine, "sqlite",
        "current clients would hand over a file that cannot be read"
    );
    assert!(poll(&mut two, "two").await.is_none());
}

#[tokio::test]
async fn what_shares_a_lock_is_done_one_after_the_other() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    for who in ["ada", "ada", "bo"] {
        world.ask(&member, revoke(who)).await;
    }
    world.ask(&member, sync()).await;
    world.ask(&member, sync()).await;
    let mut client = world.client(&member).await;
    let request = BatonServiceGetTasksRequest {
        host_id: "one".to_owned(),
        page_size: 10,
        ..BatonServiceGetTasksRequest::default()
    };
    let taken = client.get_tasks(request.clone()).await.unwrap().into_inner();
    assert_eq!(taken.tasks.len(), 3, "one revoke for each person, and one sync");
    assert_eq!(taken.next_poll.unwrap(), prost_types::Duration::default());
    assert!(
        client
            .get_tasks(request.clone())
            .await
            .unwrap()
            .into_inner()
            .tasks
            .is_empty()
    );
    let ada = &taken.tasks[0].id;
    client.finish_task(done("one", ada)).await.unwrap();
    assert_eq!(
        client.get_tasks(request).await.unwrap().into_inner().tasks.len(),
        1
    );
}

#[tokio::test]
async fn one_connector_knows_nothing_of_another() {
    let world = World::new().await;
    let (member, other) = (world.member("Cloudflare").await, world.member("Another").await);
    world.ask(&member, feeds()).await;
    let (mut mine, mut theirs) = (world.client(&member).await, world.client(&other).await);
    assert!(poll(&mut theirs, "one").await.is_none());
    let task = poll(&mut mine, "one").await.unwrap();
    let status = theirs.finish_task(done("one", &task.id)).await.unwrap_err();
    insta::assert_snapshot!(said(&status), @"NotFound: there is no such task");
    assert_eq!(
        theirs.heartbeat(beat("one", &task.id)).await.unwrap_err().code(),
        tonic::Code::NotFound
    );
    mine.finish_task(done("one", &task.id)).await.unwrap();
}

#[tokio::test]
async fn who_is_not_heard_of_loses_the_task_and_is_told_so() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    let id = world.ask(&member, sync()).await;
    let mut client = world.client(&member).await;
    let first = poll(&mut client, "one").await.unwrap();
    for _ in 0..3 {
        world.pass(Duration::from_secs(50));
        let answer = client
            .heartbeat(beat("one", &first.id))
            .await
            .unwrap()
            .into_inner();
        assert!(!answer.cancelled);
        assert_eq!(
            world.desk.sweep(task_service::sync_work).await.unwrap().expired,
            0
        );
    }
    world.pass(Duration::from_secs(90));
    assert_eq!(
        world.desk.sweep(task_service::sync_work).await.unwrap().expired,
        1
    );
    world.pass(Duration::from_secs(10));
    let mut client = world.client(&member).await;
    let second = poll(&mut client, "two").await.unwrap();
    assert_ne!(first.id, second.id);
    let status = client.finish_task(done("one", &first.id)).await.unwrap_err();
    insta::assert_snapshot!(said(&status), @"FailedPrecondition: this task was not heard of for too long and is no longer `one`'s to work on");
    assert_eq!(
        client.heartbeat(beat("one", &first.id)).await.unwrap_err().code(),
        tonic::Code::FailedPrecondition
    );
    let attempt = world.task(&id).await.attempt().unwrap().clone();
    assert_eq!(attempt.id.as_str(), second.id);
}

#[tokio::test]
async fn a_result_counts_once_and_may_be_said_twice() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    let id = world.ask(&member, feeds()).await;
    let mut client = world.client(&member).await;
    let task = poll(&mut client, "one").await.unwrap();
    client.finish_task(done("one", &task.id)).await.unwrap();
    let end = world.task(&id).await.state;
    client.finish_task(done("one", &task.id)).await.unwrap();
    client
        .finish_task(failed("one", &task.id, 13, true))
        .await
        .unwrap();
    assert_eq!(world.task(&id).await.state, end, "the first word counts");
    assert!(matches!(
        end,
        TaskState::Finished {
            end: End::Succeeded(_),
            ..
        }
    ));
}

#[tokio::test]
async fn what_failed_is_tried_again_unless_that_would_not_help() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    let id = world.ask(&member, feeds()).await;
    let mut client = world.client(&member).await;
    let task = poll(&mut client, "one").await.unwrap();
    client
        .finish_task(failed("one", &task.id, 14, false))
        .await
        .unwrap();
    assert!(poll(&mut client, "one").await.is_none(), "not at once");
    world.pass(Duration::from_secs(10));
    let task = poll(&mut client, "one").await.unwrap();
    client
        .finish_task(failed("one", &task.id, 9, true))
        .await
        .unwrap();
    let TaskState::Finished { end, .. } = world.task(&id).await.state else {
        unreachable!()
    };
    let failure = Failure {
        code: 9,
        message: "it did not work".to_owned(),
        retryable: false,
    };
    assert_eq!(end, End::Failed(failure));
}

#[tokio::test]
async fn what_may_not_be_repeated_fails_when_it_is_lost() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    let action = ActionInvokeTask {
        name: "roll".to_owned(),
        ..ActionInvokeTask::default()
    };
    let id = world.ask(&member, TaskType::ActionInvoke(action)).await;
    let mut client = world.client(&member).await;
    poll(&mut client, "one").await.unwrap();
    world.pass(Duration::from_mins(10));
    world.desk.sweep(task_service::sync_work).await.unwrap();
    let TaskState::Finished {
        end: End::Failed(failure),
        ..
    } = world.task(&id).await.state
    else {
        unreachable!()
    };
    insta::assert_snapshot!(failure.message, @"`one` took this at 2026-10-01 08:00:00 UTC and was not heard of again");
}

#[tokio::test]
async fn whoever_works_on_what_is_cancelled_is_told() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    let id = world.ask(&member, sync()).await;
    let mut client = world.client(&member).await;
    let task = poll(&mut client, "one").await.unwrap();
    world.office.cancel(&tester(), &id).await.unwrap();
    assert!(
        client
            .heartbeat(beat("one", &task.id))
            .await
            .unwrap()
            .into_inner()
            .cancelled
    );
    client
        .finish_task(failed("one", &task.id, 1, false))
        .await
        .unwrap();
    assert!(matches!(
        world.task(&id).await.state,
        TaskState::Finished {
            end: End::Cancelled,
            ..
        }
    ));
}

#[tokio::test]
async fn a_heartbeat_can_be_for_several() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    world.ask(&member, feeds()).await;
    let cancelled = world.ask(&member, feeds()).await;
    let mut client = world.client(&member).await;
    let (first, second) = (
        poll(&mut client, "one").await.unwrap(),
        poll(&mut client, "one").await.unwrap(),
    );
    world.office.cancel(&tester(), &cancelled).await.unwrap();
    let gone = "0".repeat(27);
    let mut request = beat("one", &first.id);
    request.task_ids = vec![second.id.clone(), gone.clone()];
    let answer = client.heartbeat(request).await.unwrap().into_inner();
    assert!(!answer.cancelled);
    assert_eq!(answer.cancelled_task_ids, [second.id, gone]);
}

#[tokio::test]
async fn a_paused_connector_is_given_nothing_new() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    world.ask(&member, feeds()).await;
    world.ask(&member, feeds()).await;
    let mut client = world.client(&member).await;
    let running = poll(&mut client, "one").await.unwrap();
    let id = &member.connector.id;
    world.office.pause(&tester(), id).await.unwrap();
    assert!(poll(&mut client, "one").await.is_none());
    client.finish_task(done("one", &running.id)).await.unwrap();
    let sync = task_service::sync_work;
    world.office.resume(&tester(), id, sync).await.unwrap();
    assert!(poll(&mut client, "one").await.is_some());
}

#[tokio::test]
async fn requests_that_break_a_rule_are_refused() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    let mut client = world.client(&member).await;
    let mut page = Vec::new();
    let long = BatonServiceGetTaskRequest {
        host_id: "a".repeat(257),
    };
    page.push(client.get_task(long).await.unwrap_err());
    page.push(client.heartbeat(beat("one", "short")).await.unwrap_err());
    let many = BatonServiceGetTasksRequest {
        host_id: "one".to_owned(),
        page_size: 101,
        ..BatonServiceGetTasksRequest::default()
    };
    page.push(client.get_tasks(many).await.unwrap_err());
    let mut neither = done("one", &"a".repeat(27));
    neither.final_state = None;
    page.push(client.finish_task(neither).await.unwrap_err());
    page.push(
        client
            .finish_task(done("one", &"a".repeat(27)))
            .await
            .unwrap_err(),
    );
    let page: Vec<String> = page.iter().map(said).collect();
    insta::assert_snapshot!(page.join("\n"), @"
    InvalidArgument: host_id must have 1 to 256 characters
    InvalidArgument: task_id must be 27 letters and digits
    InvalidArgument: page_size must be 1 to 100
    InvalidArgument: final_state must be present
    NotFound: there is no such task
    ");
    let debugging = client.start_debugging(StartDebuggingRequest {}).await.unwrap();
    assert!(!debugging.into_inner().status);
}
