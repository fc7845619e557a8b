//! What each kind of task is answered.

use std::time::Duration;

use insta::assert_snapshot;
use proto::baton_service_v1::baton_service_finish_task_request::FinalState;
use proto::baton_service_v1::task::TaskType as T;
use proto::baton_service_v1::{BatonServiceFinishTaskRequest, task};
use proto::connector_v2::{AccountInfo, EncryptionConfig, Grant, account_info::Email, encryption_config};
use serde_json::json;

use super::support::{Account, Office, Plan, entitlement, resource, resource_id, usual_rules};
use crate::testing::Fake;

/// How each task ends, one a line.
async fn ends(account: Account, provisioning: bool, kinds: Vec<(&str, T)>) -> String {
    let names: Vec<String> = kinds.iter().map(|(name, _)| (*name).to_owned()).collect();
    let tasks = (10..)
        .zip(kinds)
        .map(|(place, (_, kind))| super::support::task(&place.to_string(), kind));
    let mut rules = usual_rules();
    rules.provisioning = provisioning;
    let plan = Plan {
        tasks: tasks.collect(),
        next_poll: Some(2),
        ..Plan::default()
    };
    let office = Office::with(plan, account, rules);
    office.run(&[500]).await.unwrap();
    let mut finished = office.plane.finished();
    finished.sort_by(|left, right| left.task_id.cmp(&right.task_id));
    assert_eq!(finished.len(), names.len());
    let lines: Vec<String> = names
        .iter()
        .zip(&finished)
        .map(|(name, end)| format!("{name}: {}", told(end)))
        .collect();
    lines.join("\n")
}

fn told(end: &BatonServiceFinishTaskRequest) -> String {
    match (&end.final_state, &end.status) {
        (Some(FinalState::Success(success)), None) => {
            let response = success.response.as_ref().map(proto::json::to_json);
            let notes: Vec<&str> = success
                .annotations
                .iter()
                .map(|any| proto::type_name(&any.type_url))
                .collect();
            json!({"response": response, "annotations": notes}).to_string()
        }
        (Some(FinalState::Error(error)), Some(status)) => {
            let again = if error.non_retryable {
                "for good"
            } else {
                "for now"
            };
            let response = error
                .response
                .as_ref()
                .map(|any| format!(" {}", proto::json::to_json(any)));
            format!(
                "{} {again}: {}{}",
                status.code,
                status.message,
                response.unwrap_or_default()
            )
        }
        _ => "nonsense".to_owned(),
    }
}

fn answering(answer: &str) -> Account {
    Account {
        fake: Fake {
            answer: answer.to_owned(),
        },
        ..Account::default()
    }
}

fn grant() -> T {
    T::Grant(task::GrantTask {
        entitlement: Some(entitlement("role")),
        principal: Some(resource("user", "u1")),
        ..Default::default()
    })
}

fn revoke() -> T {
    let grant = Grant {
        id: "g1".to_owned(),
        entitlement: Some(entitlement("role")),
        principal: Some(resource("user", "u1")),
        ..Default::default()
    };
    T::Revoke(task::RevokeTask {
        grant: Some(grant),
        ..Default::default()
    })
}

fn delete(kind: &str) -> T {
    T::DeleteResource(task::DeleteResourceTask {
        resource_id: Some(resource_id(kind, "x1")),
        ..Default::default()
    })
}

fn create(emails: &[(&str, bool)], login: &str) -> T {
    let email = |(address, primary): &(&str, bool)| Email {
        address: (*address).to_owned(),
        is_primary: *primary,
    };
    let info = AccountInfo {
        emails: emails.iter().map(email).collect(),
        login: login.to_owned(),
        ..Default::default()
    };
    T::CreateAccount(task::CreateAccountTask {
        account_info: Some(info),
        ..Default::default()
    })
}

fn rotate(configs: Vec<encryption_config::Config>) -> T {
    let config = |config| EncryptionConfig {
        config: Some(config),
        ..Default::default()
    };
    T::RotateCredentials(task::RotateCredentialsTask {
        resource_id: Some(resource_id("token", "t1")),
        encryption_configs: configs.into_iter().map(config).collect(),
        ..Default::default()
    })
}

fn age(recipient: &str) -> encryption_config::Config {
    encryption_config::Config::AgeRecipientConfig(encryption_config::AgeRecipientConfig {
        recipient: recipient.to_owned(),
    })
}

fn jwk(key: &str) -> encryption_config::Config {
    encryption_config::Config::JwkPublicKeyConfig(encryption_config::JwkPublicKeyConfig {
        pub_key: key.as_bytes().to_vec(),
    })
}

fn invoke(name: &str) -> T {
    T::ActionInvoke(task::ActionInvokeTask {
        name: name.to_owned(),
        ..Default::default()
    })
}

const JWK: &str = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;

fn changes() -> Vec<(&'static str, T)> {
    vec![
        ("grant", grant()),
        ("revoke", revoke()),
        ("delete_resource", delete("token")),
        (
            "create_account",
            create(&[("b@example.com", false), ("a@example.com", true)], ""),
        ),
        ("rotate_credentials", rotate(vec![jwk(JWK)])),
        ("action_invoke", invoke("noop")),
    ]
}

#[tokio::test(start_paused = true)]
async fn changes_are_made() {
    assert_snapshot!(ends(Account::default(), true, changes()).await, @r#"
    grant: {"response":{"@type":"type.googleapis.com/c1.connector.v2.GrantManagerServiceGrantResponse"},"annotations":[]}
    revoke: {"response":{"@type":"type.googleapis.com/c1.connector.v2.GrantManagerServiceRevokeResponse"},"annotations":[]}
    delete_resource: {"response":{"@type":"type.googleapis.com/c1.connector.v2.DeleteResourceResponse"},"annotations":[]}
    create_account: {"response":{"@type":"type.googleapis.com/c1.connector.v2.CreateAccountResponse","actionRequired":{"resource":{"id":{"resourceType":"invitation","resource":"i9"},"displayName":"a@example.com"},"message":"the person must accept the invitation","isCreateAccountResult":true}},"annotations":[]}
    rotate_credentials: {"response":{"@type":"type.googleapis.com/c1.connector.v2.RotateCredentialResponse","encryptedData":[{"provider":"baton/age/v1","name":"ci deploy","encryptedBytes":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","keyIds":["k1"]}],"resourceId":{"resourceType":"token","resource":"t1"}},"annotations":[]}
    action_invoke: {"response":{"@type":"type.googleapis.com/c1.connector.v2.InvokeActionResponse","id":"00000000000000000000000000000000","status":"BATON_ACTION_STATUS_COMPLETE","response":{},"name":"noop"},"annotations":[]}
    "#);
}

#[tokio::test(start_paused = true)]
async fn what_is_so_already_is_told_with_an_annotation() {
    assert_snapshot!(ends(answering("already"), true, changes()).await, @r#"
    grant: {"response":{"@type":"type.googleapis.com/c1.connector.v2.GrantManagerServiceGrantResponse","annotations":[{"@type":"type.googleapis.com/c1.connector.v2.GrantAlreadyExists"}]},"annotations":["c1.connector.v2.GrantAlreadyExists"]}
    revoke: {"response":{"@type":"type.googleapis.com/c1.connector.v2.GrantManagerServiceRevokeResponse","annotations":[{"@type":"type.googleapis.com/c1.connector.v2.GrantAlreadyRevoked"}]},"annotations":["c1.connector.v2.GrantAlreadyRevoked"]}
    delete_resource: {"response":{"@type":"type.googleapis.com/c1.connector.v2.DeleteResourceResponse","annotations":[{"@type":"type.googleapis.com/c1.connector.v2.ResourceDoesNotExist"}]},"annotations":["c1.connector.v2.ResourceDoesNotExist"]}
    create_account: {"response":{"@type":"type.googleapis.com/c1.connector.v2.CreateAccountResponse","alreadyExists":{}},"annotations":[]}
    rotate_credentials: {"response":{"@type":"type.googleapis.com/c1.connector.v2.RotateCredentialResponse","encryptedData":[{"provider":"baton/age/v1","name":"ci deploy","encryptedBytes":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","keyIds":["k1"]}],"resourceId":{"resourceType":"token","resource":"t1"}},"annotations":[]}
    action_invoke: {"response":{"@type":"type.googleapis.com/c1.connector.v2.InvokeActionResponse","id":"00000000000000000000000000000000","status":"BATON_ACTION_STATUS_COMPLETE","response":{},"name":"noop"},"annotations":[]}
    "#);
}

#[tokio::test(start_paused = true)]
async fn refusals_say_why_and_what_to_do() {
    assert_snapshot!(ends(answering("refuse"), true, changes()).await, @r#"
    grant: 9 for good: Ada is the last owner; make somebody else an owner first
    revoke: 9 for good: Ada is the last owner; make somebody else an owner first
    delete_resource: 9 for good: Ada is the last owner; make somebody else an owner first
    create_account: 9 for good: Ada is the last owner; make somebody else an owner first
    rotate_credentials: 9 for good: Ada is the last owner; make somebody else an owner first
    action_invoke: 9 for now: invoking action failed: Ada is the last owner; make somebody else an owner first {"@type":"type.googleapis.com/c1.connector.v2.InvokeActionResponse","id":"00000000000000000000000000000000","status":"BATON_ACTION_STATUS_FAILED","response":{"error":"Ada is the last owner"},"name":"noop"}
    "#);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_changed_without_leave() {
    assert_snapshot!(ends(Account::default(), false, changes()).await, @"
    grant: 9 for good: provisioning is not enabled
    revoke: 9 for good: provisioning is not enabled
    delete_resource: 9 for good: provisioning is not enabled
    create_account: 9 for good: provisioning is not enabled
    rotate_credentials: 9 for good: provisioning is not enabled
    action_invoke: 9 for good: provisioning is not enabled
    ");
}

#[tokio::test(start_paused = true)]
async fn malformed_tasks_are_refused() {
    let bare = T::Grant(task::GrantTask {
        entitlement: Some(Default::default()),
        principal: Some(resource("user", "u1")),
        ..Default::default()
    });
    let kinds = vec![
        ("grant of nothing", T::Grant(Default::default())),
        ("grant of an entitlement on nothing", bare),
        ("revoke of nothing", T::Revoke(Default::default())),
        ("delete of nothing", T::DeleteResource(Default::default())),
        ("delete of a role", delete("role")),
        ("account of nobody", T::CreateAccount(Default::default())),
        ("rotate nothing", T::RotateCredentials(Default::default())),
        ("rotate for nobody", rotate(Vec::new())),
        ("rotate for a damaged key", rotate(vec![age("age1x")])),
        (
            "rotate for a private key",
            rotate(vec![jwk(r#"{"kty":"OKP","crv":"Ed25519","d":"x"}"#)]),
        ),
        ("invoke nothing", invoke("")),
        ("invoke what is not there", invoke("nope")),
        ("invoke without arguments", invoke("disable_token")),
    ];
    assert_snapshot!(ends(Account::default(), true, kinds).await, @"
    grant of nothing: 2 for good: malformed grant task
    grant of an entitlement on nothing: 3 for good: a entitlement without its id
    revoke of nothing: 2 for good: malformed revoke task
    delete of nothing: 2 for good: malformed delete resource task
    delete of a role: 12 for good: resource type role does not have resource Delete() configured; it can be done with user, invitation, token
    account of nobody: 2 for good: malformed create account task
    rotate nothing: 2 for good: malformed rotate credentials task
    rotate for nobody: 3 for good: nobody is named to receive the new secret, and it would be lost
    rotate for a damaged key: 3 for good: an encryption config cannot be used: the age recipient is damaged: it is mistyped or cut off; copy the public key again, all of it
    rotate for a private key: 3 for good: an encryption config cannot be used: this is a private key, and only the public one is needed to seal a secret; give the public key; whoever has seen the private one can open everything
    invoke nothing: 2 for now: action name required
    invoke what is not there: 5 for now: invoking action failed: handler for action nope not found; there are disable_token, noop
    invoke without arguments: 3 for now: the arguments do not fit disable_token: id is missing; it takes id (a text, required), quiet (true or false), reasons (a list of texts)
    ");
}

#[tokio::test(start_paused = true)]
async fn what_is_not_there_is_refused() {
    let kinds = vec![
        ("create_resource", T::CreateResource(Default::default())),
        ("issue_credential", T::IssueCredential(Default::default())),
        ("event_feed", T::EventFeed(Default::default())),
        (
            "list_events",
            T::ListEvents(task::ListEventsTask {
                event_feed_id: "none".to_owned(),
                ..Default::default()
            }),
        ),
        ("create_ticket_task", T::CreateTicketTask(Default::default())),
        ("list_ticket_schemas", T::ListTicketSchemas(Default::default())),
        ("get_ticket", T::GetTicket(Default::default())),
        ("bulk_create_tickets", T::BulkCreateTickets(Default::default())),
        ("bulk_get_tickets", T::BulkGetTickets(Default::default())),
        ("create_sync_diff", T::CreateSyncDiff(Default::default())),
        ("compact_syncs", T::CompactSyncs(Default::default())),
    ];
    assert_snapshot!(ends(Account::default(), true, kinds).await, @"
    create_resource: 12 for good: this connector does not have resource Create() configured
    issue_credential: 12 for good: this connector does not have credential issuing configured
    event_feed: 2 for now: unsupported task type
    list_events: 5 for now: this connector has no event feed `none`
    create_ticket_task: 2 for good: ticketing is not enabled
    list_ticket_schemas: 2 for good: ticketing is not enabled
    get_ticket: 2 for good: ticketing is not enabled
    bulk_create_tickets: 2 for good: ticketing is not enabled
    bulk_get_tickets: 2 for good: ticketing is not enabled
    create_sync_diff: 2 for now: unsupported task type
    compact_syncs: 2 for now: unsupported task type
    ");
}

#[tokio::test(start_paused = true)]
async fn events_are_told_from_where_somebody_says() {
    let asked = |change: fn(&mut task::ListEventsTask)| {
        let mut asked = task::ListEventsTask::default();
        change(&mut asked);
        T::ListEvents(asked)
    };
    let start = |asked: &mut task::ListEventsTask| {
        asked.start_at = Some(prost_types::Timestamp {
            seconds: 1_790_000_000,
            nanos: 0,
        });
    };
    let broken = |asked: &mut task::ListEventsTask| {
        asked.start_at = Some(prost_types::Timestamp {
            seconds: 1_790_000_000,
            nanos: -1,
        });
    };
    let kinds = vec![
        ("feeds", T::ListEventFeeds(Default::default())),
        ("now", asked(|_| {})),
        ("from a moment", asked(start)),
        ("from none", asked(broken)),
        ("from a cursor", asked(|asked| asked.cursor = "c1".to_owned())),
        ("so many", asked(|asked| asked.page_size = 5_000)),
    ];
    assert_snapshot!(ends(Account::default(), false, kinds).await, @r#"
    feeds: {"response":{"@type":"type.googleapis.com/c1.connector.v2.ListEventFeedsResponse"},"annotations":[]}
    now: {"response":{"@type":"type.googleapis.com/c1.connector.v2.ListEventsResponse","events":[{"id":"e1","occurredAt":"2026-11-25T07:00:00Z","resourceChangeEvent":{"resourceId":{"resourceType":"user","resource":"ada"}}}],"cursor":"Now 100","hasMore":true},"annotations":[]}
    from a moment: {"response":{"@type":"type.googleapis.com/c1.connector.v2.ListEventsResponse","events":[{"id":"e1","occurredAt":"2026-11-25T07:00:00Z","resourceChangeEvent":{"resourceId":{"resourceType":"user","resource":"ada"}}}],"cursor":"Start(2026-09-21T14:13:20Z) 100","hasMore":true},"annotations":[]}
    from none: 3 for good: start_at is no moment in time
    from a cursor: {"response":{"@type":"type.googleapis.com/c1.connector.v2.ListEventsResponse","events":[{"id":"e1","occurredAt":"2026-11-25T07:00:00Z","resourceChangeEvent":{"resourceId":{"resourceType":"user","resource":"ada"}}}],"cursor":"Cursor(\"c1\") 100","hasMore":true},"annotations":[]}
    so many: {"response":{"@type":"type.googleapis.com/c1.connector.v2.ListEventsResponse","events":[{"id":"e1","occurredAt":"2026-11-25T07:00:00Z","resourceChangeEvent":{"resourceId":{"resourceType":"user","resource":"ada"}}}],"cursor":"Now 1000","hasMore":true},"annotations":[]}
    "#);
}

#[tokio::test(start_paused = true)]
async fn actions_are_described() {
    let of = T::ActionListSchemas(task::ActionListSchemasTask {
        resource_type_id: "user".to_owned(),
        ..Default::default()
    });
    let get = |name: &str| {
        T::ActionGetSchema(task::ActionGetSchemaTask {
            name: name.to_owned(),
            ..Default::default()
        })
    };
    let status = |id: &str| {
        T::ActionStatus(task::ActionStatusTask {
            id: id.to_owned(),
            ..Default::default()
        })
    };
    let kinds = vec![
        ("all", T::ActionListSchemas(Default::default())),
        ("on users", of),
        ("one", get("noop")),
        ("none", get("nope")),
        ("no name", get("")),
        ("no run", status("abc")),
        ("no id", status("")),
    ];
    assert_snapshot!(ends(Account::default(), false, kinds).await, @r#"
    all: {"response":{"@type":"type.googleapis.com/c1.connector.v2.ListActionSchemasResponse","schemas":[{"name":"disable_token","arguments":[{"name":"id","displayName":"id","isRequired":true,"stringField":{}},{"name":"quiet","displayName":"quiet","boolField":{}},{"name":"reasons","displayName":"reasons","stringSliceField":{}}],"returnTypes":[{"name":"done","displayName":"done","boolField":{}}],"displayName":"Disable a token","description":"Makes a token unusable.","actionType":["ACTION_TYPE_RESOURCE_DISABLE"],"resourceTypeId":"token"},{"name":"noop","displayName":"Nothing","description":"Does nothing.","actionType":["ACTION_TYPE_DYNAMIC"]}]},"annotations":[]}
    on users: {"response":{"@type":"type.googleapis.com/c1.connector.v2.ListActionSchemasResponse"},"annotations":[]}
    one: {"response":{"@type":"type.googleapis.com/c1.connector.v2.GetActionSchemaResponse","schema":{"name":"noop","displayName":"Nothing","description":"Does nothing.","actionType":["ACTION_TYPE_DYNAMIC"]}},"annotations":[]}
    none: 5 for now: action nope not found
    no name: 2 for now: action name required
    no run: 5 for now: action id abc not found
    no id: 2 for now: action id required
    "#);
}

#[tokio::test(start_paused = true)]
async fn a_long_action_is_asked_about_later() {
    let first = format!("{:032x}", 0);
    let status = T::ActionStatus(task::ActionStatusTask {
        id: first,
        ..Default::default()
    });
    let account = answering("slow");
    assert_snapshot!(ends(account, true, vec![("invoke", invoke("noop")), ("status", status)]).await, @r#"
    invoke: {"response":{"@type":"type.googleapis.com/c1.connector.v2.InvokeActionResponse","id":"00000000000000000000000000000000","status":"BATON_ACTION_STATUS_RUNNING","name":"noop"},"annotations":[]}
    status: {"response":{"@type":"type.googleapis.com/c1.connector.v2.GetActionStatusResponse","name":"noop","id":"00000000000000000000000000000000","status":"BATON_ACTION_STATUS_RUNNING"},"annotations":[]}
    "#);
}

#[tokio::test(start_paused = true)]
async fn syncs_heed_what_is_wanted() {
    let sync = |wanted: task::SyncFullTask| T::SyncFull(wanted);
    let engine = |engine: &str| {
        sync(task::SyncFullTask {
            storage_engine: engine.to_owned(),
            ..Default::default()
        })
    };
    let types = sync(task::SyncFullTask {
        sync_resource_type_ids: vec!["zz".to_owned()],
        ..Default::default()
    });
    let nameless = sync(task::SyncFullTask {
        targeted_sync_resources: vec![Default::default()],
        ..Default::default()
    });
    let targets = sync(task::SyncFullTask {
        targeted_sync_resources: vec![resource("place", "gone")],
        ..Default::default()
    });
    let kinds = vec![
        ("sqlite", engine("sqlite")),
        ("pebble", engine("pebble")),
        ("bogus", engine("bogus")),
        ("unknown type", types),
        ("nameless target", nameless),
        ("a target that is gone", targets),
    ];
    let account = Account {
        reading: Duration::from_secs(1),
        ..Account::default()
    };
    assert_snapshot!(ends(account, true, kinds).await, @r#"
    sqlite: {"response":null,"annotations":[]}
    pebble: 12 for good: engine not available: pebble; this connector writes v1 (sqlite) files, which programs that read v3 (pebble) files read as well: ask for sqlite, or for none
    bogus: 12 for good: engine not available: bogus; this connector writes v1 (sqlite) files, which programs that read v3 (pebble) files read as well: ask for sqlite, or for none
    unknown type: 3 for now: invalid resource type `zz` in filter; this connector has the types `user`, `invitation`, `role`, `place`, `token`
    nameless target: 3 for good: a resource of a targeted sync has no id
    a target that is gone: {"response":null,"annotations":[]}
    "#);
}
