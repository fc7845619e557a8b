//! Files that are handed over.

use std::fs;

use c1z::{ReadOptions, Reader, SyncChoice};
use insta::assert_snapshot;
use proto::baton_service_v1::baton_service_upload_asset_request::UploadMetadata;
use proto::baton_service_v1::task::{SyncFullTask, TaskType};
use tonic::Status;

use super::support::{Account, Office, Plan, sync_task, task, usual_rules};

fn office(uploads: &[Status]) -> Office {
    Office::new(Plan {
        tasks: [sync_task("sync1")].into(),
        next_poll: Some(1000),
        uploads: uploads.to_vec().into(),
        ..Plan::default()
    })
}

#[tokio::test(start_paused = true)]
async fn a_sync_arrives_whole() {
    let office = office(&[]);
    assert_snapshot!(office.conversation(20).await, @"
    0 hello
    0 get task: sync1
    0 heartbeat sync1
    0 upload sync1
    0 finish sync1: done
    ");
    assert_eq!(content(&office), ("full".to_owned(), [2, 1, 1]));
}

#[tokio::test(start_paused = true)]
async fn a_task_says_how_much_is_read() {
    let resources_only = SyncFullTask {
        skip_entitlements_and_grants: true,
        ..SyncFullTask::default()
    };
    let no_grants = SyncFullTask {
        skip_grants: true,
        ..SyncFullTask::default()
    };
    let one_type = SyncFullTask {
        sync_resource_type_ids: vec!["place".to_owned()],
        ..SyncFullTask::default()
    };
    let cases = [
        (resources_only, "resources_only", [2, 0, 0]),
        (no_grants, "full", [2, 1, 0]),
        (one_type, "full", [1, 1, 0]),
    ];
    for (wanted, kind, counts) in cases {
        let office = Office::new(Plan {
            tasks: [task("sync1", TaskType::SyncFull(wanted))].into(),
            ..Plan::default()
        });
        office.run(&[4]).await.unwrap();
        assert_eq!(content(&office), (kind.to_owned(), counts));
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_skips_syncs_hands_over_a_finished_one_without_content() {
    let mut rules = usual_rules();
    rules.sync.skip = true;
    let plan = Plan {
        tasks: [sync_task("sync1")].into(),
        ..Plan::default()
    };
    let office = Office::with(plan, Account::default(), rules);
    office.run(&[20]).await.unwrap();
    assert_eq!(content(&office), ("full".to_owned(), [0, 0, 0]));
    assert_eq!(office.account.reads.all(), 0);
}

/// What the file that arrived holds: its kind, and how many resources, entitlements and grants.
fn content(office: &Office) -> (String, [u64; 3]) {
    let path = office.folder.path().join("arrived.c1z");
    fs::write(&path, &office.plane.files()[0].0).unwrap();
    let reader = Reader::open(&path, &ReadOptions::default()).unwrap();
    let sync = reader.choose(&SyncChoice::Newest).unwrap();
    let stats = reader.stats(&sync.id).unwrap();
    let counts = [stats.resources, stats.entitlements, stats.grants];
    (sync.kind.as_str().to_owned(), counts)
}

#[tokio::test(start_paused = true)]
async fn details_are_a_second_file_of_the_same_task() {
    let mut task = sync_task("sync1");
    task.debug = true;
    let office = Office::new(Plan {
        tasks: [task].into(),
        next_poll: Some(1000),
        ..Plan::default()
    });
    assert_snapshot!(office.conversation(20).await, @"
    0 hello
    0 get task: sync1
    0 heartbeat sync1
    0 upload sync1
    0 upload sync1
    0 finish sync1: done
    ");
    assert_eq!(office.plane.files().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_upload_is_tried_three_times() {
    assert_snapshot!(office(&vec![Status::aborted("upload says ABORTED"); 2]).conversation(20).await, @"
    0 hello
    0 get task: sync1
    0 heartbeat sync1
    0 upload sync1
    0 upload sync1
    1 upload sync1
    1 finish sync1: done
    ");
    assert_snapshot!(office(&vec![Status::aborted("upload says ABORTED"); 3]).conversation(20).await, @"
    0 hello
    0 get task: sync1
    0 heartbeat sync1
    0 upload sync1
    0 upload sync1
    1 upload sync1
    1 finish sync1: 10 for now: the control plane says Aborted: upload says ABORTED
    ");
}

#[tokio::test(start_paused = true)]
async fn an_upload_that_is_not_wanted_is_not_repeated() {
    for status in [
        Status::invalid_argument("not a file"),
        Status::failed_precondition("not yours"),
    ] {
        let office = office(&[status]);
        office.run(&[20]).await.unwrap();
        assert_eq!(
            (
                office.plane.count("upload sync1"),
                office.plane.count("finish sync1")
            ),
            (1, 1)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_file_travels_in_pieces() {
    let office = Office::new(Plan::default());
    for (bytes, pieces) in [
        (0, vec![]),
        (524_288, vec![524_288]),
        (1_288_036, vec![524_288, 524_288, 239_460]),
    ] {
        let file = office.folder.path().join("file");
        let content: Vec<u8> = (0..=255).cycle().take(bytes).collect();
        fs::write(&file, &content).unwrap();
        let metadata = UploadMetadata {
            host_id: "host".to_owned(),
            task_id: "0".repeat(27),
            ..UploadMetadata::default()
        };
        office.service.plane.upload(metadata, &file).await.unwrap();
        assert_eq!(office.plane.files().pop(), Some((content, pieces)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_file_that_is_not_there_is_no_upload() {
    let office = Office::new(Plan::default());
    let metadata = UploadMetadata {
        host_id: "host".to_owned(),
        task_id: "0".repeat(27),
        ..UploadMetadata::default()
    };
    let file = office.folder.path().join("absent");
    let error = office.service.plane.upload(metadata, &file).await.unwrap_err();
    assert!(error.to_string().starts_with("cannot read the file"), "{error}");
    assert_eq!(office.plane.files().len(), 0);
}
