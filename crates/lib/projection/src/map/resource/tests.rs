//! What other writers, and older ones, have in other places.

use prost::{Message, Name};
use prost_types::Any;
use wire::user_trait::{Email, MfaStatus, Status as AccountStatus};

use super::*;

fn annotated<M: Message + Name>(message: &M) -> wire::Resource {
    wire::Resource {
        id: Some(wire::ResourceId {
            resource_type: "account".to_owned(),
            resource: "a1".to_owned(),
            ..wire::ResourceId::default()
        }),
        annotations: vec![Any {
            type_url: M::type_url(),
            value: message.encode_to_vec(),
        }],
        ..wire::Resource::default()
    }
}

fn mapped(resource: &wire::Resource) -> AccessResource {
    map(resource, |_| None).unwrap()
}

fn email(address: &str, is_primary: bool) -> Email {
    Email {
        address: address.to_owned(),
        is_primary,
    }
}

fn seconds(seconds: i64) -> Timestamp {
    Timestamp { seconds, nanos: 0 }
}

#[test]
fn an_account_of_an_older_writer_says_it_all_in_its_trait() {
    let profile = Struct {
        fields: [("team".to_owned(), prost_types::Value::from("Data".to_owned()))].into(),
    };
    let row = mapped(&annotated(&wire::UserTrait {
        emails: vec![email("a@example.com", false), email("b@example.com", true)],
        status: Some(AccountStatus {
            status: 2,
            details: "suspended".to_owned(),
        }),
        profile: Some(profile),
        created_at: Some(seconds(1)),
        last_login: Some(seconds(2)),
        mfa_status: Some(MfaStatus { mfa_enabled: false }),
        // What the vocabulary has no word for does not hide the rest.
        employee_ids: vec!["7".to_owned()],
        ..wire::UserTrait::default()
    }));
    assert_eq!(
        (row.kind, row.email.as_str()),
        (ResourceKind::User, "b@example.com")
    );
    assert_eq!(
        (row.lifecycle, row.status.as_str()),
        (Lifecycle::Disabled, "suspended")
    );
    assert_eq!(row.second_factor, Some(false));
    assert_eq!(row.created_at, DateTime::from_timestamp(1, 0));
    assert_eq!(row.last_used_at, DateTime::from_timestamp(2, 0));
    assert_eq!(row.profile, r#"{"team":"Data"}"#);
    assert_eq!(row.name, "a1");
}

#[test]
fn what_the_resource_says_itself_counts_more() {
    let mut resource = annotated(&wire::UserTrait {
        status: Some(AccountStatus {
            status: 1,
            details: String::new(),
        }),
        ..wire::UserTrait::default()
    });
    resource.status = Some(wire::Status {
        status: 2,
        details: "Rejected".to_owned(),
    });
    let row = mapped(&resource);
    assert_eq!(
        (row.lifecycle, row.status.as_str()),
        (Lifecycle::Disabled, "Rejected")
    );
    assert_eq!((row.second_factor, row.email.as_str()), (None, ""));
}

#[test]
fn a_credential_says_when_it_was_used_and_ends() {
    let row = mapped(&annotated(&wire::SecretTrait {
        created_at: Some(seconds(1)),
        expires_at: Some(seconds(3)),
        last_used_at: Some(seconds(2)),
        ..wire::SecretTrait::default()
    }));
    assert_eq!(row.kind, ResourceKind::Secret);
    let times = [row.created_at, row.last_used_at, row.expires_at];
    assert_eq!(times, [1, 2, 3].map(|second| DateTime::from_timestamp(second, 0)));
}

#[test]
fn without_a_trait_the_type_tells_the_part() {
    let resource = wire::Resource {
        annotations: Vec::new(),
        ..annotated(&wire::UserTrait::default())
    };
    let row = map(&resource, |_| Some(ResourceKind::App)).unwrap();
    assert_eq!(
        (row.kind, row.lifecycle),
        (ResourceKind::App, Lifecycle::Unspecified)
    );
    assert_eq!(mapped(&resource).kind, ResourceKind::Other);
}

#[test]
fn no_moment_is_not_known() {
    let row = mapped(&annotated(&wire::UserTrait {
        last_login: Some(Timestamp {
            seconds: i64::MAX,
            nanos: -1,
        }),
        ..wire::UserTrait::default()
    }));
    assert_eq!(row.last_used_at, None);
}
