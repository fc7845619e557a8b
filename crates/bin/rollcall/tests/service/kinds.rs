//! Every kind of task, through both ends, and what it does to the account.

use governance::{End, Failure, TaskId, Work};
use model::ProfileValue;
use prost::Message as _;
use proto::baton_service_v1::baton_service_finish_task_request::Success;
use proto::baton_service_v1::task::{
    ActionGetSchemaTask, ActionInvokeTask, ActionListSchemasTask, ActionStatusTask, CreateAccountTask,
    CreateResourceTask, DeleteResourceTask, GrantTask, HelloTask, ListEventFeedsTask, RevokeTask,
    SyncFullTask, TaskType,
};
use proto::connector_v2::{
    AccountInfo, CreateAccountResponse, Grant, ListActionSchemasResponse, Resource, account_info,
};
use proto::type_name;

use crate::world::{Account, Credential, Process, World};

/// An account that was read, and a connector that waits for tasks.
struct Company {
    world: World,
    connector: governance::Connector,
    _credential: Credential,
    _one: Process,
    account: Account,
}

impl Company {
    fn new() -> Self {
        let world = World::new();
        let (connector, credential) = world.add_connector("Cloudflare");
        let one = world.connect(&credential, "one");
        let account = world.sync_once("once.c1z");
        Self {
            world,
            connector,
            _credential: credential,
            _one: one,
            account,
        }
    }

    fn ask(&self, asked: TaskType) -> TaskId {
        let work: Work = task_service::work(asked, false).unwrap();
        self.world.ask(&self.connector.id, work)
    }

    fn end(&self, asked: TaskType) -> End {
        let id = self.ask(asked);
        self.world.end_of(&id)
    }

    fn success(&self, asked: TaskType) -> Success {
        match self.end(asked) {
            End::Succeeded(answer) => Success::decode(&*answer).unwrap(),
            other => panic!("{other:?}\n{}", self.world.logs()),
        }
    }

    fn failure(&self, asked: TaskType) -> Failure {
        match self.end(asked) {
            End::Failed(failure) => failure,
            other => panic!("{other:?}\n{}", self.world.logs()),
        }
    }

    fn grant(&self) -> GrantTask {
        self.account.grants_to_make("Billing", 1).remove(0)
    }
}

/// The name of the answer, and its annotations.
fn shown(success: &Success) -> String {
    let answer = success
        .response
        .as_ref()
        .map_or("", |any| type_name(&any.type_url));
    let annotations: Vec<&str> = success
        .annotations
        .iter()
        .map(|any| type_name(&any.type_url))
        .collect();
    format!("{answer} {annotations:?}")
}

#[test]
fn a_grant_and_its_revoke_change_the_account() {
    let company = Company::new();
    let before = company.world.sim.picture();
    let grant = company.grant();
    insta::assert_snapshot!(shown(&company.success(TaskType::Grant(grant.clone()))), @"c1.connector.v2.GrantManagerServiceGrantResponse []");
    let granted = company.world.sim.picture();
    assert_eq!(
        before.difference(&granted).len(),
        1,
        "{:?}",
        before.difference(&granted)
    );
    insta::assert_snapshot!(shown(&company.success(TaskType::Grant(grant.clone()))), @r#"c1.connector.v2.GrantManagerServiceGrantResponse ["c1.connector.v2.GrantAlreadyExists"]"#);

    let revoke = RevokeTask {
        grant: Some(Grant {
            id: String::new(),
            entitlement: grant.entitlement,
            principal: grant.principal,
            ..Grant::default()
        }),
        ..RevokeTask::default()
    };
    insta::assert_snapshot!(shown(&company.success(TaskType::Revoke(revoke.clone()))), @"c1.connector.v2.GrantManagerServiceRevokeResponse []");
    assert!(before.difference(&company.world.sim.picture()).is_empty());
    insta::assert_snapshot!(shown(&company.success(TaskType::Revoke(revoke))), @r#"c1.connector.v2.GrantManagerServiceRevokeResponse ["c1.connector.v2.GrantAlreadyRevoked"]"#);
}

#[test]
fn an_invitation_is_made_and_taken_back() {
    let company = Company::new();
    let invite = || {
        TaskType::CreateAccount(CreateAccountTask {
            account_info: Some(AccountInfo {
                emails: vec![account_info::Email {
                    address: "new.person@example.com".to_owned(),
                    is_primary: true,
                }],
                profile: Some(proto::profile_to_struct(
                    &[("roles".to_owned(), ProfileValue::from("Billing"))].into(),
                )),
                ..AccountInfo::default()
            }),
            ..CreateAccountTask::default()
        })
    };
    let made = company.success(invite());
    let answer: CreateAccountResponse = made.response.unwrap().to_msg().unwrap();
    let Some(proto::connector_v2::create_account_response::Result::ActionRequired(required)) = answer.result
    else {
        panic!("{answer:?}")
    };
    insta::assert_snapshot!(required.message, @"Cloudflare has sent an invitation by mail. Access begins when the person accepts it.");
    insta::assert_snapshot!(shown(&company.success(invite())), @"c1.connector.v2.CreateAccountResponse []");
    let invitation = required.resource.unwrap().id;
    let delete = || {
        TaskType::DeleteResource(DeleteResourceTask {
            resource_id: invitation.clone(),
            parent_resource_id: None,
        })
    };
    insta::assert_snapshot!(shown(&company.success(delete())), @"c1.connector.v2.DeleteResourceResponse []");
    insta::assert_snapshot!(shown(&company.success(delete())), @r#"c1.connector.v2.DeleteResourceResponse ["c1.connector.v2.ResourceDoesNotExist"]"#);
}

#[test]
fn actions_are_listed_described_run_and_asked_about() {
    let company = Company::new();
    let listed = company.success(TaskType::ActionListSchemas(ActionListSchemasTask::default()));
    let listed: ListActionSchemasResponse = listed.response.unwrap().to_msg().unwrap();
    assert!(
        listed.schemas.iter().any(|schema| schema.name == "disable_token"),
        "{listed:?}"
    );
    let described = company.success(TaskType::ActionGetSchema(ActionGetSchemaTask {
        name: "disable_token".to_owned(),
        ..ActionGetSchemaTask::default()
    }));
    insta::assert_snapshot!(shown(&described), @"c1.connector.v2.GetActionSchemaResponse []");
    let unknown = |name: &str| {
        company.failure(TaskType::ActionInvoke(ActionInvokeTask {
            name: name.to_owned(),
            ..ActionInvokeTask::default()
        }))
    };
    insta::assert_debug_snapshot!(unknown("no_such_action"), @r#"
    Failure {
        code: 5,
        message: "invoking action failed: handler for action no_such_action not found; there are reinvite, disable_token, enable_token, roll_token, dry_run_grant, dry_run_revoke",
        retryable: true,
    }
    "#);
    let status = company.failure(TaskType::ActionStatus(ActionStatusTask {
        id: "no-such-run".to_owned(),
        ..ActionStatusTask::default()
    }));
    assert_eq!(status.code, 5, "{status:?}");
}

#[test]
fn what_cannot_be_done_is_refused_once_and_with_the_reason() {
    let company = Company::new();
    let nobody = GrantTask {
        principal: Some(Resource {
            id: Some(proto::connector_v2::ResourceId {
                resource_type: "user".to_owned(),
                resource: "0".repeat(32),
                ..Default::default()
            }),
            ..Resource::default()
        }),
        ..company.grant()
    };
    insta::assert_debug_snapshot!(company.failure(TaskType::Grant(nobody)), @r#"
    Failure {
        code: 5,
        message: "00000000000000000000000000000000 is not a member of the account (any more); invite the person, or read the account again",
        retryable: false,
    }
    "#);
    let role = CreateResourceTask { resource: None };
    insta::assert_debug_snapshot!(company.failure(TaskType::CreateResource(role)), @r#"
    Failure {
        code: 12,
        message: "this connector does not have resource Create() configured",
        retryable: false,
    }
    "#);
}

#[test]
fn hello_is_said_again_and_feeds_are_listed() {
    let company = Company::new();
    assert!(matches!(
        company.end(TaskType::Hello(HelloTask::default())),
        End::Succeeded(_)
    ));
    insta::assert_snapshot!(shown(&company.success(TaskType::ListEventFeeds(ListEventFeedsTask::default()))), @"c1.connector.v2.ListEventFeedsResponse []");
}

#[test]
fn a_sync_can_be_of_some_types_only() {
    let company = Company::new();
    let asked = SyncFullTask {
        sync_resource_type_ids: vec!["role".to_owned()],
        ..SyncFullTask::default()
    };
    assert!(matches!(
        company.end(TaskType::SyncFull(asked)),
        End::Succeeded(_)
    ));
    company
        .world
        .say(&["files", "get", "Cloudflare", "--out", "roles.c1z"]);
    let roles = testkit::canonical(&company.world.path("roles.c1z")).unwrap();
    let kinds = roles["resourceTypes"].as_array().unwrap();
    assert_eq!(kinds.len(), 1, "{kinds:?}");
}
