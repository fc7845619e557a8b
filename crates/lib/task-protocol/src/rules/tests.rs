use insta::assert_snapshot;
use proto::baton_service_v1::baton_service_finish_task_request::{Error, Success};
use proto::connector_v2::ConnectorMetadata;

use super::*;

const ID: &str = "2abcdefghijklmnopqrstuvwxyZ";

fn some_hello() -> BatonServiceHelloRequest {
    BatonServiceHelloRequest {
        host_id: "host".to_owned(),
        connector_metadata: Some(ConnectorMetadata::default()),
        build_info: Some(BuildInfo::default()),
        os_info: Some(OsInfo::default()),
        ..Default::default()
    }
}

fn some_heartbeat() -> BatonServiceHeartbeatRequest {
    BatonServiceHeartbeatRequest {
        host_id: "ä".repeat(256),
        task_id: ID.to_owned(),
        ..Default::default()
    }
}

fn some_tasks() -> BatonServiceGetTasksRequest {
    BatonServiceGetTasksRequest {
        host_id: "host".to_owned(),
        page_size: 100,
        ..Default::default()
    }
}

fn finish(final_state: Option<FinalState>) -> BatonServiceFinishTaskRequest {
    BatonServiceFinishTaskRequest {
        host_id: "host".to_owned(),
        task_id: ID.to_owned(),
        status: None,
        final_state,
    }
}

fn many() -> Vec<prost_types::Any> {
    vec![prost_types::Any::default(); 17]
}

fn data(bytes: usize) -> BatonServiceUploadAssetRequest {
    let data = UploadData {
        data: vec![0; bytes].into(),
    };
    BatonServiceUploadAssetRequest {
        msg: Some(Msg::Data(data)),
    }
}

fn eof(bytes: usize) -> UploadEof {
    UploadEof {
        sha256_checksum: vec![0; bytes],
        ..Default::default()
    }
}

#[test]
fn good_requests_pass() {
    let with_task = BatonServiceHelloRequest {
        task_id: ID.to_owned(),
        ..some_hello()
    };
    let metadata = UploadMetadata {
        host_id: "h".to_owned(),
        task_id: ID.to_owned(),
        ..Default::default()
    };
    let known = BatonServiceGetTasksRequest {
        known_task_ids: vec![ID.to_owned()],
        ..some_tasks()
    };
    let beats = BatonServiceHeartbeatRequest {
        task_ids: vec![ID.to_owned(); 100],
        ..some_heartbeat()
    };
    let results = [
        hello(&some_hello()),
        hello(&with_task),
        get_task(&BatonServiceGetTaskRequest {
            host_id: "h".to_owned(),
        }),
        get_tasks(&known),
        heartbeat(&beats),
        finish_task(&finish(Some(FinalState::Success(Success::default())))),
        finish_task(&finish(Some(FinalState::Error(Error::default())))),
        upload_metadata(&metadata),
        upload(&data(1)),
        upload(&data(1_048_576)),
        upload_eof(&eof(32)),
    ];
    assert_eq!(results, [Ok(()); 11]);
}

fn words<const N: usize>(results: [Result<(), Broken>; N]) -> String {
    results.map(|result| result.unwrap_err().to_string()).join("\n")
}

#[test]
fn a_hello_that_breaks_a_rule_is_told_which() {
    let told = words([
        hello(&BatonServiceHelloRequest {
            host_id: String::new(),
            ..some_hello()
        }),
        hello(&BatonServiceHelloRequest {
            task_id: "a".repeat(26),
            ..some_hello()
        }),
        hello(&BatonServiceHelloRequest {
            connector_metadata: None,
            ..some_hello()
        }),
        hello(&BatonServiceHelloRequest {
            annotations: many(),
            ..some_hello()
        }),
        hello(&BatonServiceHelloRequest {
            build_info: Some(BuildInfo {
                package: "a".repeat(257),
                ..Default::default()
            }),
            ..some_hello()
        }),
        hello(&BatonServiceHelloRequest {
            os_info: Some(OsInfo {
                kernel_arch: "a".repeat(257),
                ..Default::default()
            }),
            ..some_hello()
        }),
    ]);
    assert_snapshot!(told, @"
    host_id must have 1 to 256 characters
    task_id must be 27 letters and digits
    connector_metadata must be present
    annotations may have 16 entries at most
    build_info.package may have 256 characters at most
    os_info.kernel_arch may have 256 characters at most
    ");
}

#[test]
fn a_poll_or_heartbeat_that_breaks_a_rule_is_told_which() {
    let ids = |id: &str, number| vec![id.to_owned(); number];
    let told = words([
        get_task(&BatonServiceGetTaskRequest {
            host_id: "a".repeat(257),
        }),
        get_tasks(&BatonServiceGetTasksRequest {
            page_size: 0,
            ..some_tasks()
        }),
        get_tasks(&BatonServiceGetTasksRequest {
            page_size: 101,
            ..some_tasks()
        }),
        get_tasks(&BatonServiceGetTasksRequest {
            known_task_ids: ids("a", 1),
            ..some_tasks()
        }),
        heartbeat(&BatonServiceHeartbeatRequest {
            task_id: String::new(),
            ..some_heartbeat()
        }),
        heartbeat(&BatonServiceHeartbeatRequest {
            task_ids: ids(ID, 101),
            ..some_heartbeat()
        }),
        heartbeat(&BatonServiceHeartbeatRequest {
            task_ids: ids(&"ä".repeat(27), 1),
            ..some_heartbeat()
        }),
        heartbeat(&BatonServiceHeartbeatRequest {
            annotations: many(),
            ..some_heartbeat()
        }),
    ]);
    assert_snapshot!(told, @"
    host_id must have 1 to 256 characters
    page_size must be 1 to 100
    page_size must be 1 to 100
    known_task_ids must be 27 letters and digits
    task_id must be 27 letters and digits
    task_ids may have 100 entries at most
    task_ids must be 27 letters and digits
    annotations may have 16 entries at most
    ");
}

#[test]
fn an_end_or_upload_that_breaks_a_rule_is_told_which() {
    let error = Error {
        annotations: many(),
        ..Default::default()
    };
    let success = Success {
        annotations: many(),
        ..Default::default()
    };
    let told = words([
        finish_task(&finish(None)),
        finish_task(&finish(Some(FinalState::Error(error)))),
        finish_task(&finish(Some(FinalState::Success(success)))),
        upload(&BatonServiceUploadAssetRequest::default()),
        upload(&data(0)),
        upload(&data(1_048_577)),
        upload_eof(&eof(31)),
        upload_metadata(&UploadMetadata::default()),
    ]);
    assert_snapshot!(told, @"
    final_state must be present
    annotations may have 16 entries at most
    annotations may have 16 entries at most
    msg must be present
    data must have 1 to 1048576 bytes
    data must have 1 to 1048576 bytes
    sha256_checksum must have 32 bytes
    host_id must have 1 to 256 characters
    ");
}

#[test]
fn a_broken_rule_is_an_invalid_argument() {
    let status = tonic::Status::from(get_task(&BatonServiceGetTaskRequest::default()).unwrap_err());
    assert_eq!(status.code(), tonic::Code::InvalidArgument);
}
