//! Records that another writer made.

use model::{Annotation, EntitlementId, Grant, Lifecycle, Resource, ResourceId};
use prost_types::{Any, Timestamp};
use proto::{ConvertError, connector_v2 as wire};

fn role() -> wire::Resource {
    wire::Resource::from(&ResourceId::new("role", "r1"))
}

fn grant(annotations: Vec<Any>) -> wire::Grant {
    wire::Grant {
        id: "role:r1:member:user:u1".to_owned(),
        entitlement: Some(wire::Entitlement {
            id: "role:r1:member".to_owned(),
            resource: Some(role()),
            ..wire::Entitlement::default()
        }),
        principal: Some((&ResourceId::new("user", "u1")).into()),
        sources: None,
        annotations,
    }
}

#[test]
fn the_expansion_is_taken_out_of_the_annotations() {
    let message = wire::GrantExpandable {
        entitlement_ids: vec!["user_group:g1:member".to_owned()],
        shallow: true,
        resource_type_ids: Vec::new(),
    };
    let note = Any::from_msg(&wire::V1Identifier { id: "old".to_owned() }).unwrap();
    let read = Grant::try_from(grant(vec![Any::from_msg(&message).unwrap(), note])).unwrap();
    assert_eq!(read.annotations, [Annotation::V1Identifier("old".to_owned())]);
    let expandable = read.expandable.unwrap();
    assert_eq!(
        expandable.entitlements,
        [EntitlementId::from("user_group:g1:member")]
    );
    assert!(expandable.shallow);
}

#[test]
fn a_damaged_expansion_stays_an_annotation() {
    let type_url = "type.googleapis.com/c1.connector.v2.GrantExpandable".to_owned();
    let read = Grant::try_from(grant(vec![Any {
        type_url,
        value: vec![0xff],
    }]))
    .unwrap();
    assert_eq!((read.expandable, read.annotations.len()), (None, 1));
}

#[test]
fn a_state_of_a_later_version_keeps_its_number() {
    let status = Some(wire::Status {
        status: 9,
        details: "Paused".to_owned(),
    });
    let read = Resource::try_from(wire::Resource { status, ..role() }).unwrap();
    assert_eq!(read.status.unwrap().lifecycle, Lifecycle::Other(9));
}

#[test]
fn a_record_without_an_identity_says_what_it_lacks() {
    let error = Resource::try_from(wire::Resource::default()).unwrap_err();
    insta::assert_snapshot!(error, @"a resource without its id");
    let error = Resource::try_from(wire::Resource::from(&ResourceId::new("role", ""))).unwrap_err();
    insta::assert_snapshot!(error, @"a resource id without its object");
    let error = Grant::try_from(wire::Grant {
        principal: None,
        ..grant(Vec::new())
    })
    .unwrap_err();
    insta::assert_snapshot!(error, @"a grant without its principal");
    let error = Grant::try_from(wire::Grant {
        id: String::new(),
        ..grant(Vec::new())
    })
    .unwrap_err();
    assert_eq!(
        error,
        ConvertError::Missing {
            record: "grant",
            field: "id"
        }
    );
    assert_eq!(error.code(), "record_incomplete");
}

#[test]
fn a_time_outside_of_the_calendar_is_an_error() {
    let created_at = Some(Timestamp {
        seconds: i64::MAX,
        nanos: 0,
    });
    let error = Resource::try_from(wire::Resource { created_at, ..role() }).unwrap_err();
    assert_eq!(error.code(), "record_time_invalid");
}
