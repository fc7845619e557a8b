//! The messages that change something: their numbers on the wire, and how they are printed.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::fmt::Debug;

use insta::assert_snapshot;
use model::{Annotation, ProfileValue, Resource, ResourceId};
use prost::{Message, Name};
use prost_types::Duration;
use proto::{annotation_to_any, config_v1, connector_v2 as wire, profile_from_struct, profile_to_struct};
use wire::create_account_response::{ActionRequiredResult, Result as AccountResult};

fn show<M: Message + Name>(message: &M) -> String {
    format!("{:#}", proto::json::to_json(message))
}

/// A field with a length: its tag, as it stands on the wire, and what is in it.
fn field(tag: &[u8], content: impl AsRef<[u8]>) -> Vec<u8> {
    let content = content.as_ref();
    [tag, &[u8::try_from(content.len()).unwrap()], content].concat()
}

/// A tag is the field's number times eight, and two when a length follows; from number 16 on it takes two bytes.
const FIELD_1: &[u8] = &[0x0A];
const FIELD_2: &[u8] = &[0x12];
const FIELD_3: &[u8] = &[0x1A];
const FIELD_4: &[u8] = &[0x22];
const FIELD_5: &[u8] = &[0x2A];
const FIELD_6: &[u8] = &[0x32];
const FIELD_7: &[u8] = &[0x3A];
const FIELD_101: &[u8] = &[0xAA, 0x06];
const FIELD_102: &[u8] = &[0xB2, 0x06];

/// Tags of numbers, of which an enum and a flag are two kinds.
const NUMBER_IN_2: u8 = 0x10;
const NUMBER_IN_3: u8 = 0x18;

/// The bytes mean the message, and the message is written as these bytes.
#[track_caller]
fn same<M: Message + Default + PartialEq + Debug>(bytes: &[u8], message: &M) {
    assert_eq!(&M::decode(bytes).unwrap(), message);
    assert_eq!(message.encode_to_vec(), bytes);
}

fn invitation() -> wire::Resource {
    (&Resource::new(ResourceId::new("invitation", "m1"), "ada@example.com")).into()
}

fn annotation(annotation: &Annotation) -> Vec<prost_types::Any> {
    vec![annotation_to_any(annotation)]
}

#[test]
fn a_request_for_an_account() {
    let email = [field(FIELD_1, "ada@example.com"), vec![NUMBER_IN_2, 1]].concat();
    let info = [field(FIELD_1, email), field(FIELD_2, "ada")].concat();
    let options = field(FIELD_102, field(FIELD_1, "idp"));
    let config = [
        field(FIELD_2, "baton/age/v1"),
        field(FIELD_101, field(FIELD_1, "age1...")),
    ]
    .concat();
    let bytes = [
        field(FIELD_1, info),
        field(FIELD_2, options),
        field(FIELD_3, config),
        field(FIELD_4, "user"),
    ]
    .concat();
    same(&bytes, &account_request());
}

fn account_request() -> wire::CreateAccountRequest {
    let email = wire::account_info::Email {
        address: "ada@example.com".to_owned(),
        is_primary: true,
    };
    let sso = wire::credential_options::Sso {
        sso_provider: "idp".to_owned(),
    };
    let recipient = wire::encryption_config::AgeRecipientConfig {
        recipient: "age1...".to_owned(),
    };
    wire::CreateAccountRequest {
        account_info: Some(wire::AccountInfo {
            emails: vec![email],
            login: "ada".to_owned(),
            ..wire::AccountInfo::default()
        }),
        credential_options: Some(wire::CredentialOptions {
            options: Some(wire::credential_options::Options::Sso(sso)),
            ..wire::CredentialOptions::default()
        }),
        encryption_configs: vec![wire::EncryptionConfig {
            provider: "baton/age/v1".to_owned(),
            config: Some(wire::encryption_config::Config::AgeRecipientConfig(recipient)),
            ..wire::EncryptionConfig::default()
        }],
        resource_type_id: "user".to_owned(),
    }
}

fn invited() -> wire::CreateAccountResponse {
    wire::CreateAccountResponse {
        result: Some(AccountResult::ActionRequired(ActionRequiredResult {
            resource: Some(invitation()),
            message: "accept the invitation".to_owned(),
            is_create_account_result: true,
        })),
        ..wire::CreateAccountResponse::default()
    }
}

#[test]
fn an_invitation_is_an_account_that_needs_something_done() {
    let result = [
        field(FIELD_1, invitation().encode_to_vec()),
        field(FIELD_2, "accept the invitation"),
        vec![NUMBER_IN_3, 1],
    ]
    .concat();
    same(&field(FIELD_101, result), &invited());
    assert_snapshot!(show(&invited()), @r#"
    {
      "actionRequired": {
        "resource": {
          "id": {
            "resourceType": "invitation",
            "resource": "m1"
          },
          "displayName": "ada@example.com"
        },
        "message": "accept the invitation",
        "isCreateAccountResult": true
      }
    }
    "#);
}

/// The result stands first: that is how the message is declared, whatever the numbers.
#[test]
fn an_account_that_is_there_already() {
    let result = wire::create_account_response::AlreadyExistsResult::default();
    let answer = wire::CreateAccountResponse {
        encrypted_data: vec![wire::EncryptedData::default()],
        result: Some(AccountResult::AlreadyExists(result)),
        ..wire::CreateAccountResponse::default()
    };
    assert_snapshot!(show(&answer), @r#"
    {
      "alreadyExists": {},
      "encryptedData": [
        {}
      ]
    }
    "#);
}

fn sealed() -> wire::EncryptedData {
    wire::EncryptedData {
        provider: "baton/jwk/v1".to_owned(),
        key_id: "90fa".to_owned(),
        name: "api_token".to_owned(),
        description: "the new secret".to_owned(),
        schema: "text".to_owned(),
        encrypted_bytes: b"YWdl".to_vec(),
        key_ids: vec!["90fa".to_owned()],
    }
}

#[test]
fn a_sealed_secret() {
    let bytes = [
        field(FIELD_1, "baton/jwk/v1"),
        field(FIELD_2, "90fa"),
        field(FIELD_3, "api_token"),
        field(FIELD_4, "the new secret"),
        field(FIELD_5, "text"),
        field(FIELD_6, "YWdl"),
        field(FIELD_7, "90fa"),
    ]
    .concat();
    same(&bytes, &sealed());
    let rotated = wire::RotateCredentialResponse {
        encrypted_data: vec![sealed()],
        resource_id: Some((&ResourceId::new("api_token", "t1")).into()),
        annotations: Vec::new(),
    };
    assert_snapshot!(show(&rotated), @r#"
    {
      "encryptedData": [
        {
          "provider": "baton/jwk/v1",
          "keyId": "90fa",
          "name": "api_token",
          "description": "the new secret",
          "schema": "text",
          "encryptedBytes": "WVdkbA==",
          "keyIds": [
            "90fa"
          ]
        }
      ],
      "resourceId": {
        "resourceType": "api_token",
        "resource": "t1"
      }
    }
    "#);
}

fn invocation() -> wire::InvokeActionRequest {
    let arguments = [
        ("confirm".to_owned(), true.into()),
        ("names".to_owned(), ProfileValue::texts(["deploy", "backup"])),
        ("nothing".to_owned(), ProfileValue::Null),
        ("times".to_owned(), ProfileValue::Number(2.0)),
    ];
    wire::InvokeActionRequest {
        name: "disable_token".to_owned(),
        args: Some(profile_to_struct(&arguments.into())),
        annotations: Vec::new(),
        resource_type_id: "api_token".to_owned(),
        inline_wait: Some(Duration {
            seconds: 1,
            nanos: 500_000_000,
        }),
    }
}

#[test]
fn an_invocation() {
    let empty = wire::InvokeActionRequest {
        args: Some(prost_types::Struct::default()),
        ..invocation()
    };
    let bytes = [
        field(FIELD_1, "disable_token"),
        field(FIELD_2, ""),
        field(FIELD_4, "api_token"),
        field(FIELD_5, [0x08, 1, 0x10, 0x80, 0xCA, 0xB5, 0xEE, 0x01]),
    ]
    .concat();
    same(&bytes, &empty);
    assert_snapshot!(show(&invocation()), @r#"
    {
      "name": "disable_token",
      "args": {
        "confirm": true,
        "names": [
          "deploy",
          "backup"
        ],
        "nothing": null,
        "times": 2
      },
      "resourceTypeId": "api_token",
      "inlineWait": "1.500s"
    }
    "#);
}

#[test]
fn arguments_come_back_equal() {
    let arguments = invocation().args.unwrap();
    let profile = profile_from_struct(arguments.clone());
    assert_eq!(profile["names"], ProfileValue::texts(["deploy", "backup"]));
    assert_eq!(profile_to_struct(&profile), arguments);
}

#[test]
fn a_state_that_this_version_does_not_know_survives() {
    let bytes = [field(FIELD_1, "i1"), vec![NUMBER_IN_2, 42]].concat();
    let answer = wire::InvokeActionResponse {
        id: "i1".to_owned(),
        status: 42,
        ..wire::InvokeActionResponse::default()
    };
    same(&bytes, &answer);
    assert_snapshot!(show(&answer), @r#"
    {
      "id": "i1",
      "status": 42
    }
    "#);
}

#[test]
fn how_an_action_ended() {
    let bytes = [
        field(FIELD_1, "disable_token"),
        field(FIELD_2, "i1"),
        vec![NUMBER_IN_3, 4],
    ]
    .concat();
    let ended = wire::GetActionStatusResponse {
        name: "disable_token".to_owned(),
        id: "i1".to_owned(),
        status: wire::BatonActionStatus::Complete.into(),
        ..wire::GetActionStatusResponse::default()
    };
    same(&bytes, &ended);
    let answer = wire::GetActionStatusResponse {
        response: Some(profile_to_struct(&[("success".to_owned(), true.into())].into())),
        ..ended
    };
    assert_snapshot!(show(&answer), @r#"
    {
      "name": "disable_token",
      "id": "i1",
      "status": "BATON_ACTION_STATUS_COMPLETE",
      "response": {
        "success": true
      }
    }
    "#);
}

#[test]
fn what_an_action_is() {
    let token = config_v1::Field {
        name: "token".to_owned(),
        display_name: "Token".to_owned(),
        is_required: true,
        field: Some(config_v1::field::Field::StringField(
            config_v1::StringField::default(),
        )),
        ..config_v1::Field::default()
    };
    let schema = wire::BatonActionSchema {
        name: "disable_token".to_owned(),
        arguments: vec![token],
        display_name: "Disable token".to_owned(),
        action_type: vec![wire::ActionType::ResourceDisable.into(), 99],
        resource_type_id: "api_token".to_owned(),
        ..wire::BatonActionSchema::default()
    };
    let answer = wire::ListActionSchemasResponse {
        schemas: vec![schema],
        annotations: Vec::new(),
    };
    assert_snapshot!(show(&answer), @r#"
    {
      "schemas": [
        {
          "name": "disable_token",
          "arguments": [
            {
              "name": "token",
              "displayName": "Token",
              "isRequired": true,
              "stringField": {}
            }
          ],
          "displayName": "Disable token",
          "actionType": [
            "ACTION_TYPE_RESOURCE_DISABLE",
            99
          ],
          "resourceTypeId": "api_token"
        }
      ]
    }
    "#);
}

#[test]
fn what_was_so_already_is_said_by_an_annotation() {
    let granted = wire::GrantManagerServiceGrantResponse {
        annotations: annotation(&Annotation::GrantAlreadyExists),
        grants: Vec::new(),
    };
    let revoked = wire::GrantManagerServiceRevokeResponse {
        annotations: annotation(&Annotation::GrantAlreadyRevoked),
    };
    let deleted = wire::DeleteResourceResponse {
        annotations: annotation(&Annotation::ResourceDoesNotExist),
    };
    assert_snapshot!(show(&granted), @r#"
    {
      "annotations": [
        {
          "@type": "type.googleapis.com/c1.connector.v2.GrantAlreadyExists"
        }
      ]
    }
    "#);
    assert_snapshot!(show(&revoked), @r#"
    {
      "annotations": [
        {
          "@type": "type.googleapis.com/c1.connector.v2.GrantAlreadyRevoked"
        }
      ]
    }
    "#);
    assert_snapshot!(show(&deleted), @r#"
    {
      "annotations": [
        {
          "@type": "type.googleapis.com/c1.connector.v2.ResourceDoesNotExist"
        }
      ]
    }
    "#);
}

#[test]
fn whom_a_secret_is_for() {
    let key = wire::encryption_config::JwkPublicKeyConfig {
        pub_key: br#"{"kty":"OKP"}"#.to_vec(),
    };
    let config = wire::EncryptionConfig {
        principal: Some(invitation()),
        key_id: "90fa".to_owned(),
        config: Some(wire::encryption_config::Config::JwkPublicKeyConfig(key)),
        ..wire::EncryptionConfig::default()
    };
    let request = wire::RotateCredentialRequest {
        encryption_configs: vec![config],
        ..wire::RotateCredentialRequest::default()
    };
    assert_snapshot!(show(&request), @r#"
    {
      "encryptionConfigs": [
        {
          "principal": {
            "id": {
              "resourceType": "invitation",
              "resource": "m1"
            },
            "displayName": "ada@example.com"
          },
          "keyId": "90fa",
          "jwkPublicKeyConfig": {
            "pubKey": "eyJrdHkiOiJPS1AifQ=="
          }
        }
      ]
    }
    "#);
}
