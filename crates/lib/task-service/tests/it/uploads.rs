//! Uploads, as they should be and in every other way.

use std::fmt::Write as _;
use std::time::Duration;

use governance::{Content, End, TaskState};
use proto::baton_service_v1::baton_service_upload_asset_request::{
    Msg, UploadData, UploadEof, UploadMetadata,
};
use proto::baton_service_v1::{BatonServiceUploadAssetRequest, Task};
use sha2::{Digest as _, Sha256};
use task_protocol::CHUNK_BYTES;
use task_service::Settings;
use tonic::Status;

use crate::files::{finished, pebble, unfinished};
use crate::hello::hello;
use crate::tasks::{beat, done, poll, sync};
use crate::world::{Client, Member, World, said};

fn metadata(host: &str, task: &str) -> Msg {
    Msg::Metadata(UploadMetadata {
        host_id: host.to_owned(),
        task_id: task.to_owned(),
        annotations: Vec::new(),
    })
}

fn data(bytes: &[u8]) -> Msg {
    Msg::Data(UploadData {
        data: bytes.to_vec().into(),
    })
}

fn eof(bytes: &[u8]) -> Msg {
    Msg::Eof(UploadEof {
        sha256_checksum: Sha256::digest(bytes).to_vec(),
        annotations: Vec::new(),
    })
}

/// The messages of a well-made upload.
pub(crate) fn whole(task: &str, bytes: &[u8]) -> Vec<Msg> {
    let pieces = bytes.chunks(CHUNK_BYTES).map(data);
    std::iter::once(metadata("one", task))
        .chain(pieces)
        .chain([eof(bytes)])
        .collect()
}

pub(crate) async fn send(client: &mut Client, messages: Vec<Msg>) -> Result<(), Status> {
    let messages = messages
        .into_iter()
        .map(|msg| BatonServiceUploadAssetRequest { msg: Some(msg) });
    client
        .upload_asset(tokio_stream::iter(messages.collect::<Vec<_>>()))
        .await
        .map(|_| ())
}

/// A member that has said hello and has a sync to do.
pub(crate) async fn syncing(world: &World) -> (Member, Client, Task) {
    let member = world.member("Cloudflare").await;
    world.ask(&member, sync()).await;
    let mut client = world.client(&member).await;
    client.hello(hello("one", &["user"])).await.unwrap();
    let task = poll(&mut client, "one").await.unwrap();
    (member, client, task)
}

fn files(world: &World) -> usize {
    walk(&world.folder.path().join("files"))
}

/// What is in the folder for receiving, without its lock.
fn received(world: &World) -> usize {
    walk(&world.folder.path().join("spool")) - 1
}

fn walk(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .map(|path| if path.is_dir() { walk(&path) } else { 1 })
        .sum()
}

#[tokio::test]
async fn a_sync_is_done_when_its_file_is_here() {
    let world = World::new().await;
    let (member, mut client, task) = syncing(&world).await;
    let (bytes, sync) = finished(&["user"]);
    send(&mut client, whole(&task.id, &bytes)).await.unwrap();
    client.finish_task(done("one", &task.id)).await.unwrap();
    let uploads = world
        .desk
        .store()
        .uploads(&member.connector.id, 10)
        .await
        .unwrap();
    assert_eq!(uploads.len(), 1);
    assert_eq!(uploads[0].content, Content::Sync(sync));
    assert_eq!(uploads[0].size, bytes.len() as u64);
    let kept = std::fs::read(world.folder.path().join("files").join(&uploads[0].key)).unwrap();
    assert!(kept == bytes);
    assert_eq!(received(&world), 0);
    assert_eq!(world.label(&member).await, governance::Label::Syncing);
}

#[tokio::test]
async fn a_sync_without_a_file_is_not_done() {
    let world = World::new().await;
    let (member, mut client, task) = syncing(&world).await;
    client.finish_task(done("one", &task.id)).await.unwrap();
    let tasks = world
        .desk
        .store()
        .tasks(&member.connector.id, None, 1)
        .await
        .unwrap();
    let TaskState::Waiting {
        last: Some(failure), ..
    } = &tasks[0].state
    else {
        unreachable!("{tasks:?}")
    };
    insta::assert_snapshot!(failure.message, @"the sync was reported as done, but no file of it was handed over");
}

#[tokio::test]
async fn a_log_may_come_beside_the_file() {
    let world = World::new().await;
    let (member, mut client, task) = syncing(&world).await;
    let (bytes, _) = finished(&["user"]);
    send(&mut client, whole(&task.id, &bytes)).await.unwrap();
    send(&mut client, whole(&task.id, b"{\"level\":\"debug\"}\n"))
        .await
        .unwrap();
    client.finish_task(done("one", &task.id)).await.unwrap();
    let uploads = world
        .desk
        .store()
        .uploads(&member.connector.id, 10)
        .await
        .unwrap();
    assert!(uploads.iter().any(|upload| upload.content == Content::DebugLog));
    assert_eq!(files(&world), 2);
}

#[tokio::test]
async fn what_is_no_file_of_this_connector_is_refused_with_the_reason() {
    let world = World::new().await;
    let (_, mut client, task) = syncing(&world).await;
    let mut page = String::new();
    let (bytes, _) = finished(&["user"]);
    let cases: [(&str, Vec<u8>); 6] = [
        ("v3", pebble()),
        ("unfinished", unfinished()),
        ("another connector's", finished(&["user", "repository"]).0),
        ("cut off", bytes[..bytes.len() - 9].to_vec()),
        ("garbage", b"PK\x03\x04 hello".to_vec()),
        ("empty", Vec::new()),
    ];
    for (name, bytes) in cases {
        let status = send(&mut client, whole(&task.id, &bytes)).await.unwrap_err();
        writeln!(page, "{name}: {}", said(&status)).unwrap();
    }
    insta::assert_snapshot!(page, @"
    v3: FailedPrecondition: this is a v3 (Pebble) file, which cannot be read here; update the connector, or start it with `--storage-engine sqlite`
    unfinished: FailedPrecondition: the file holds no finished sync
    another connector's: FailedPrecondition: the file holds resources of type `repository`, which this connector does not say it reads
    cut off: FailedPrecondition: the file cannot be used: it is cut off: its compressed data stops before the end
    garbage: FailedPrecondition: the file cannot be used: it is neither a .c1z file nor a log of JSON lines
    empty: FailedPrecondition: the file cannot be used: it is neither a .c1z file nor a log of JSON lines
    ");
    assert_eq!((files(&world), received(&world)), (0, 0));
}

#[tokio::test]
async fn an_upload_that_breaks_the_order_is_refused() {
    let world = World::new().await;
    let (_, mut client, task) = syncing(&world).await;
    let (bytes, _) = finished(&["user"]);
    let start = || metadata("one", &task.id);
    let cases: [(&str, Vec<Msg>); 9] = [
        ("nothing", vec![]),
        ("no metadata", vec![data(&bytes), eof(&bytes)]),
        ("metadata twice", vec![start(), start()]),
        ("no end", vec![start(), data(&bytes)]),
        (
            "more after the end",
            vec![start(), data(&bytes), eof(&bytes), data(&bytes)],
        ),
        ("another digest", vec![start(), data(&bytes), eof(b"other")]),
        ("an empty piece", vec![start(), data(b""), eof(b"")]),
        (
            "another host",
            vec![metadata("two", &task.id), data(&bytes), eof(&bytes)],
        ),
        (
            "another task",
            vec![metadata("one", &"a".repeat(27)), data(&bytes), eof(&bytes)],
        ),
    ];
    let mut page = String::new();
    for (name, messages) in cases {
        let status = send(&mut client, messages).await.unwrap_err();
        writeln!(page, "{name}: {}", said(&status)).unwrap();
    }
    insta::assert_snapshot!(page, @"
    nothing: InvalidArgument: an upload begins with its metadata
    no metadata: InvalidArgument: an upload begins with its metadata
    metadata twice: InvalidArgument: an upload has its metadata only once, at the beginning
    no end: Aborted: the upload ended before its end message; send it again
    more after the end: InvalidArgument: nothing may follow the end of an upload
    another digest: DataLoss: the file's SHA-256 is not the one that was sent with it; send it again
    an empty piece: InvalidArgument: data must have 1 to 1048576 bytes
    another host: FailedPrecondition: this task was not heard of for too long and is no longer `two`'s to work on
    another task: NotFound: there is no such task
    ");
    assert_eq!((files(&world), received(&world)), (0, 0));
    // After all that, a good one is still taken.
    send(&mut client, whole(&task.id, &bytes)).await.unwrap();
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_while_it_comes() {
    let settings = Settings {
        largest_upload: 1000,
        ..Settings::default()
    };
    let world = World::with(settings).await;
    let (_, mut client, task) = syncing(&world).await;
    let status = send(&mut client, whole(&task.id, &[7; 1001])).await.unwrap_err();
    insta::assert_snapshot!(said(&status), @"ResourceExhausted: the file is larger than 1000 bytes, the most that is taken");
    assert_eq!(received(&world), 0);
}

#[tokio::test]
async fn who_goes_silent_is_not_waited_for() {
    let settings = Settings {
        upload_silence: Duration::from_millis(50),
        ..Settings::default()
    };
    let world = World::with(settings).await;
    let (_, mut client, task) = syncing(&world).await;
    let start = BatonServiceUploadAssetRequest {
        msg: Some(metadata("one", &task.id)),
    };
    let messages = tokio_stream::StreamExt::chain(tokio_stream::iter([start]), tokio_stream::pending());
    let status = client.upload_asset(messages).await.unwrap_err();
    assert_eq!(status.code(), tonic::Code::DeadlineExceeded, "{status}");
    assert_eq!(received(&world), 0);
}

#[tokio::test]
async fn a_late_file_is_refused() {
    let world = World::new().await;
    let (_, mut client, task) = syncing(&world).await;
    world.pass(Duration::from_secs(90));
    world.desk.sweep(task_service::sync_work).await.unwrap();
    let (bytes, _) = finished(&["user"]);
    let status = send(&mut client, whole(&task.id, &bytes)).await.unwrap_err();
    assert_eq!(status.code(), tonic::Code::FailedPrecondition, "{status}");
    assert_eq!(files(&world), 0);
}

#[tokio::test]
async fn files_are_removed_when_their_time_is_over_but_for_the_newest_sync() {
    let world = World::new().await;
    let (member, mut client, task) = syncing(&world).await;
    let (bytes, _) = finished(&["user"]);
    for _ in 0..2 {
        send(&mut client, whole(&task.id, &bytes)).await.unwrap();
        world.pass(Duration::from_secs(1));
    }
    client.heartbeat(beat("one", &task.id)).await.unwrap();
    client.finish_task(done("one", &task.id)).await.unwrap();
    assert!(matches!(
        world
            .desk
            .store()
            .tasks(&member.connector.id, None, 1)
            .await
            .unwrap()[0]
            .state,
        TaskState::Finished {
            end: End::Succeeded(_),
            ..
        }
    ));
    world.pass(Duration::from_hours(24 * 91));
    world.service.janitor().round().await.unwrap();
    let uploads = world
        .desk
        .store()
        .uploads(&member.connector.id, 10)
        .await
        .unwrap();
    assert_eq!((uploads.len(), files(&world)), (1, 1));
}
