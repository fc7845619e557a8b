//! The start.

use connector::ErrorKind;
use insta::assert_snapshot;
use tonic::{Code, Status};

use super::support::{Account, Office, Plan, grant_task, sync_task, task, usual_rules};
use proto::baton_service_v1::task::{HelloTask, TaskType};

#[tokio::test(start_paused = true)]
async fn a_control_plane_that_is_not_there_yet_is_asked_again() {
    let office = Office::new(Plan {
        hellos: vec![Status::unavailable("starting"); 3].into(),
        ..Plan::default()
    });
    assert_snapshot!(office.conversation(4).await, @"
    0 hello
    1 hello
    2 hello
    3 hello
    3 get task: nothing
    ");
}

#[tokio::test(start_paused = true)]
async fn what_will_not_change_ends_the_process_with_its_code() {
    let codes = [
        Code::PermissionDenied,
        Code::InvalidArgument,
        Code::Unimplemented,
        Code::FailedPrecondition,
        Code::NotFound,
        Code::Unauthenticated,
    ];
    for code in codes {
        let office = Office::new(Plan {
            hellos: vec![Status::new(code, "not you"); 2].into(),
            ..Plan::default()
        });
        let error = office.run(&[60]).await.unwrap_err();
        assert_eq!(i32::from(error.exit_code()), i32::from(code), "{error}");
        assert_eq!(office.plane.count("get task"), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_hello_says_what_the_connector_is() {
    let office = Office::new(Plan::default());
    office.run(&[1]).await.unwrap();
    let mut hello = office.plane.hello().unwrap();
    hello.build_info.as_mut().unwrap().lang_version = "rust".to_owned();
    hello.os_info = None;
    hello.connector_metadata.as_mut().unwrap().capabilities = None;
    assert_snapshot!(format!("{:#}", proto::json::to_json(&hello)), @r#"
    {
      "hostId": "host",
      "buildInfo": {
        "langVersion": "rust",
        "package": "baton-fake",
        "packageVersion": "1"
      },
      "connectorMetadata": {
        "displayName": "Fake",
        "description": "Reads nothing.",
        "accountCreationSchema": {
          "fieldMap": {
            "email": {
              "displayName": "email",
              "order": 1,
              "stringField": {}
            },
            "first_name": {
              "displayName": "first_name",
              "order": 2,
              "stringField": {}
            },
            "roles": {
              "displayName": "roles",
              "order": 3,
              "stringListField": {}
            }
          }
        }
      }
    }
    "#);
}

#[tokio::test(start_paused = true)]
async fn a_service_says_that_it_takes_targets() {
    let office = Office::new(Plan::default());
    office.run(&[1]).await.unwrap();
    let metadata = office.plane.hello().unwrap().connector_metadata.unwrap();
    let capabilities = metadata.capabilities.unwrap();
    let names = &proto::json::to_json(&capabilities)["connectorCapabilities"];
    assert_snapshot!(names.to_string(), @r#"["CAPABILITY_PROVISION","CAPABILITY_SYNC","CAPABILITY_ACCOUNT_PROVISIONING","CAPABILITY_CREDENTIAL_ROTATION","CAPABILITY_RESOURCE_DELETE","CAPABILITY_ACTIONS","CAPABILITY_TARGETED_SYNC","CAPABILITY_SERVICE_MODE_TARGETED_SYNC"]"#);
}

#[tokio::test(start_paused = true)]
async fn a_credential_that_the_source_rejects_is_told_with_every_task() {
    for (kind, code) in [(ErrorKind::Unauthenticated, 16), (ErrorKind::PermissionDenied, 7)] {
        let account = Account {
            rejected: Some(kind),
            ..Account::default()
        };
        let hello = task("hello1", TaskType::Hello(HelloTask::default()));
        let tasks = [sync_task("sync1"), grant_task("grant1"), hello].into();
        let plan = Plan {
            tasks,
            ..Plan::default()
        };
        let office = Office::with(plan, account, usual_rules());
        office.run(&[1]).await.unwrap();
        let reason = "Ada is the last owner; make somebody else an owner first";
        assert_eq!(office.plane.count(&format!("{code} for now: {reason}")), 2);
        assert_eq!(office.plane.count("finish hello1: done"), 1);
        assert_eq!(office.account.reads.all(), 0);
    }
}
