//! An annotation that the vocabulary cannot say in full is kept as it was read.

use model::{Annotation, UserTrait};
use prost::{Message, Name};
use prost_types::Any;
use proto::connector_v2::{self as wire, user_trait};
use proto::{annotation_from_any, annotation_to_any};

#[track_caller]
fn stays_raw(any: &Any) {
    let read = annotation_from_any(any.clone());
    assert!(matches!(read, Annotation::Other(_)), "{read:?}");
    assert_eq!(annotation_to_any(&read), *any);
}

fn pack<M: Message + Name>(message: &M) -> Any {
    Any {
        type_url: M::type_url(),
        value: message.encode_to_vec(),
    }
}

fn person() -> wire::UserTrait {
    wire::UserTrait::from(&UserTrait {
        emails: vec!["ada@example.com".to_owned(), "ada@mail.example.com".to_owned()],
        ..UserTrait::default()
    })
}

#[test]
fn a_person_is_understood() {
    assert!(matches!(
        annotation_from_any(pack(&person())),
        Annotation::User(_)
    ));
}

#[test]
fn an_account_that_is_no_person_stays_raw() {
    let account_type = user_trait::AccountType::Service.into();
    stays_raw(&pack(&wire::UserTrait {
        account_type,
        ..person()
    }));
}

#[test]
fn fields_that_the_vocabulary_lacks_stay_raw() {
    let employee_ids = vec!["e-17".to_owned()];
    stays_raw(&pack(&wire::UserTrait {
        employee_ids,
        ..person()
    }));
    stays_raw(&pack(&wire::GrantImmutable {
        source_id: "s1".to_owned(),
        metadata: None,
    }));
}

#[test]
fn a_primary_address_that_is_not_the_first_stays_raw() {
    let mut user = person();
    user.emails.reverse();
    stays_raw(&pack(&user));
}

#[test]
fn a_field_of_a_later_version_stays_raw() {
    let later_field = [0x98, 0x06, 0x01];
    let mut any = pack(&wire::V1Identifier {
        id: "user".to_owned(),
    });
    any.value.extend(later_field);
    stays_raw(&any);
    let mut any = pack(&person());
    any.value.extend(later_field);
    stays_raw(&any);
}

#[test]
fn damaged_content_and_unknown_types_stay_raw() {
    let type_url = wire::UserTrait::type_url();
    stays_raw(&Any {
        type_url,
        value: vec![0xff, 0xff],
    });
    let type_url = "type.googleapis.com/com.example.Later".to_owned();
    stays_raw(&Any {
        type_url,
        value: vec![1],
    });
}

#[test]
fn a_time_outside_of_the_calendar_stays_raw() {
    let nanos = prost_types::Timestamp {
        seconds: 0,
        nanos: -1,
    };
    stays_raw(&pack(&wire::SecretTrait {
        expires_at: Some(nanos),
        ..wire::SecretTrait::default()
    }));
}

#[test]
fn the_name_after_the_last_slash_decides() {
    let type_url = "types.example.com/v2/c1.connector.v2.RoleTrait".to_owned();
    assert_eq!(
        annotation_from_any(Any {
            type_url,
            value: Vec::new()
        }),
        Annotation::Role
    );
}
