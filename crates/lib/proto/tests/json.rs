//! How messages are printed.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::DateTime;
use model::{
    Annotation, Entitlement, EntitlementId, Grant, GrantSource, Lifecycle, ProfileValue, Purpose,
    RawAnnotation, Resource, ResourceId, ResourceType, SecretTrait, Status, Trait, UserTrait,
};
use prost::{Message, Name};
use prost_types::{Any, Timestamp};
use proto::{c1z_v3, config_v1, connector_v2 as wire, reader_v2, storage_v3};

fn show<M: Message + Name>(message: &M) -> String {
    format!("{:#}", proto::json::to_json(message))
}

fn user_type() -> ResourceType {
    let permissions = vec!["Account Settings: Read".to_owned()];
    ResourceType {
        id: "user".into(),
        display_name: "User".to_owned(),
        traits: vec![Trait::User],
        annotations: vec![
            Annotation::V1Identifier("user".to_owned()),
            Annotation::CapabilityPermissions(permissions),
            Annotation::SkipEntitlementsAndGrants,
        ],
        description: String::new(),
    }
}

fn role() -> Resource {
    Resource::new(ResourceId::new("role", "r1"), "Administrator").with_annotation(Annotation::Role)
}

fn ada() -> Resource {
    let status = Status {
        lifecycle: Lifecycle::Enabled,
        details: "Accepted".to_owned(),
    };
    let user = UserTrait {
        emails: vec!["ada@example.com".to_owned()],
        login: "ada@example.com".to_owned(),
        status: Some(status.clone()),
        has_second_factor: Some(false),
        ..UserTrait::default()
    };
    let profile = BTreeMap::from([
        ("roles".to_owned(), ProfileValue::texts(["r1", "r2"])),
        ("logins".to_owned(), ProfileValue::Number(3.0)),
        ("share".to_owned(), ProfileValue::Number(0.25)),
        ("active".to_owned(), true.into()),
        ("manager".to_owned(), ProfileValue::Null),
    ]);
    Resource {
        status: Some(status),
        created_at: DateTime::from_timestamp(1_704_078_245, 120_000_000),
        ..Resource::new(ResourceId::new("user", "u1"), "Ada").with_annotation(Annotation::User(user))
    }
    .with_profile(profile)
}

#[test]
fn resource_type() {
    insta::assert_snapshot!(show(&wire::ResourceType::from(&user_type())));
}

#[test]
fn user() {
    insta::assert_snapshot!(show(&wire::Resource::from(&ada())));
}

#[test]
fn secret() {
    let secret = SecretTrait {
        expires_at: DateTime::from_timestamp(1_798_859_045, 0),
        created_by: Some(ResourceId::new("user", "u1")),
        credential_detail: "cloudflare.account_api_token".to_owned(),
        last_used_at: None,
    };
    let token = Resource::new(ResourceId::new("api_token", "t1"), "deploy");
    insta::assert_snapshot!(show(&wire::Resource::from(
        &token.with_annotation(Annotation::Secret(secret))
    )));
}

#[test]
fn entitlement() {
    let role = Arc::new(role());
    let entitlement = Entitlement {
        id: EntitlementId::on(&role.id, "member"),
        resource: role,
        display_name: "Administrator Member Role".to_owned(),
        description: "Has the Administrator role".to_owned(),
        grantable_to: vec![Arc::new(user_type())],
        annotations: Vec::new(),
        purpose: Purpose::Assignment,
        slug: "member".to_owned(),
    };
    insta::assert_snapshot!(show(&wire::Entitlement::from(&entitlement)));
}

/// Sources stand before annotations: that is how the message is declared, whatever the numbers.
#[test]
fn grant() {
    let note = Annotation::V1Identifier("grant:membership:r1:m1".to_owned());
    let mut grant =
        Grant::new(Arc::new(role()), "member", ResourceId::new("user", "u1")).with_annotation(note);
    grant
        .sources
        .insert("user_group:g1:member".into(), GrantSource { is_direct: true });
    grant
        .sources
        .insert("user_group:g0:member".into(), GrantSource { is_direct: false });
    insta::assert_snapshot!(show(&wire::Grant::from(&grant)));
}

#[test]
fn capabilities_in_an_any() {
    let capabilities = wire::ConnectorCapabilities {
        resource_type_capabilities: vec![wire::ResourceTypeCapability {
            resource_type: Some((&user_type()).into()),
            capabilities: vec![
                wire::Capability::Sync.into(),
                wire::Capability::AccountProvisioning.into(),
            ],
            permissions: Some(wire::CapabilityPermissions::default()),
            skip_sync_anomaly_detection: true,
            ..wire::ResourceTypeCapability::default()
        }],
        connector_capabilities: vec![wire::Capability::Sync.into()],
        credential_details: Some(wire::CredentialDetails::default()),
    };
    insta::assert_snapshot!(show(&Any::from_msg(&capabilities).unwrap()));
}

#[test]
fn configuration() {
    let rules = config_v1::Int64Rules {
        gte: Some(1),
        lte: Some(1800),
        ..config_v1::Int64Rules::default()
    };
    let field = config_v1::Field {
        name: "http-timeout-seconds".to_owned(),
        is_ops: true,
        field: Some(config_v1::field::Field::IntField(config_v1::IntField {
            default_value: 300,
            rules: Some(rules),
            suggested_value: 0,
        })),
        ..config_v1::Field::default()
    };
    let configuration = config_v1::Configuration {
        fields: vec![field],
        ..config_v1::Configuration::default()
    };
    insta::assert_snapshot!(show(&configuration));
}

#[test]
fn sync_run() {
    let counts = [("user", 23), ("role", 7), ("api_token", 4)];
    let stats = reader_v2::SyncStats {
        resources: 34,
        resources_by_resource_type: counts.map(|(kind, count)| (kind.to_owned(), count)).into(),
        ..reader_v2::SyncStats::default()
    };
    let run = reader_v2::SyncRun {
        id: "2abc".to_owned(),
        started_at: Some(Timestamp {
            seconds: 1_795_434_000,
            nanos: 962_026_165,
        }),
        sync_type: "full".to_owned(),
        stats: Some(stats),
        ..reader_v2::SyncRun::default()
    };
    insta::assert_snapshot!(show(&run));
}

#[test]
fn header_of_a_version_3_file() {
    let run = c1z_v3::SyncRunSummary {
        sync_id: "2abc".to_owned(),
        r#type: storage_v3::SyncType::Full.into(),
        stats: Some(storage_v3::SyncStatsRecord {
            grants: 29,
            ..storage_v3::SyncStatsRecord::default()
        }),
        ..c1z_v3::SyncRunSummary::default()
    };
    let manifest = c1z_v3::C1zManifestV3 {
        engine: "pebble".to_owned(),
        engine_config: Some(Any::from_msg(&c1z_v3::PebbleEngineConfig::default()).unwrap()),
        payload_encoding: c1z_v3::PayloadEncoding::IndexedZstd.into(),
        sync_runs: vec![run],
        grant_digest_root: Some(c1z_v3::GrantDigestRoot {
            xor_digest: vec![1, 2, 255],
            count: 29,
            abi_version: 1,
        }),
        ..c1z_v3::C1zManifestV3::default()
    };
    insta::assert_snapshot!(show(&manifest));
}

#[test]
fn what_this_version_does_not_know() {
    let later = RawAnnotation {
        type_url: "types.example.com/com.example.Later".to_owned(),
        value: vec![8, 1],
    };
    let damaged = RawAnnotation {
        type_url: wire::UserTrait::type_url(),
        value: vec![255],
    };
    let mut resource = wire::Resource::from(
        &role()
            .with_annotation(Annotation::Other(later))
            .with_annotation(Annotation::Other(damaged)),
    );
    resource.status = Some(wire::Status {
        status: 9,
        details: String::new(),
    });
    resource.created_at = Some(Timestamp {
        seconds: i64::MAX,
        nanos: 7,
    });
    insta::assert_snapshot!(show(&resource));
}

#[test]
fn a_well_known_type_in_an_any_stands_under_value() {
    let any = Any::from_msg(&Timestamp {
        seconds: 0,
        nanos: 500_000_000,
    })
    .unwrap();
    insta::assert_snapshot!(show(&any));
}

/// A hostile record could nest them without end.
#[test]
fn any_values_inside_each_other_are_opened_to_a_bound() {
    let mut any = Any::default();
    for _ in 0..2_000 {
        any = Any {
            type_url: "/google.protobuf.Any".to_owned(),
            value: any.encode_to_vec(),
        };
    }
    let text = proto::json::to_json(&any).to_string();
    assert_eq!(text.matches("@type").count(), 33);
}

#[test]
fn numbers_that_json_lacks_are_words() {
    let floats = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, 1e21, 3.0];
    let items = floats.map(ProfileValue::Number).to_vec();
    let role = role().with_profile(BTreeMap::from([("floats".to_owned(), ProfileValue::List(items))]));
    let printed = proto::json::to_json(&wire::Resource::from(&role));
    insta::assert_snapshot!(printed["profile"]["floats"], @r#"["NaN","Infinity","-Infinity",-0.0,1e+21,3]"#);
}
