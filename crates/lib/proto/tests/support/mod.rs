//! Arbitrary values of the vocabulary, as its writers make them.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use model::{
    Annotation, Entitlement, EntitlementId, Expandable, Grant, GrantSource, Lifecycle, Profile, ProfileValue,
    Purpose, RawAnnotation, Resource, ResourceId, ResourceType, ResourceTypeId, SecretTrait, Status, Trait,
    UserTrait,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

pub(crate) fn resource() -> impl Strategy<Value = Resource> {
    let names = (resource_id(), option::of(resource_id()), text(), text());
    let rest = (
        annotations(),
        option::of(profile()),
        option::of(status()),
        option::of(time()),
    );
    (names, rest).prop_map(|(names, rest)| Resource {
        id: names.0,
        parent: names.1,
        display_name: names.2,
        description: names.3,
        annotations: rest.0,
        profile: rest.1,
        status: rest.2,
        created_at: rest.3,
    })
}

pub(crate) fn resource_type() -> impl Strategy<Value = ResourceType> {
    (name(), text(), vec(part(), 0..3), annotations(), text()).prop_map(|parts| ResourceType {
        id: parts.0.into(),
        display_name: parts.1,
        traits: parts.2,
        annotations: parts.3,
        description: parts.4,
    })
}

pub(crate) fn entitlement() -> impl Strategy<Value = Entitlement> {
    let texts = (name(), text(), text(), text());
    let kinds = vec(resource_type().prop_map(Arc::new), 0..3);
    (texts, resource(), kinds, annotations(), purpose()).prop_map(|parts| Entitlement {
        id: parts.0.0.into(),
        resource: Arc::new(parts.1),
        display_name: parts.0.1,
        description: parts.0.2,
        grantable_to: parts.2,
        annotations: parts.3,
        purpose: parts.4,
        slug: parts.0.3,
    })
}

/// A grant without its expansion, which travels apart.
pub(crate) fn grant() -> impl Strategy<Value = Grant> {
    let ids = (name(), entitlement_id(), resource_id());
    let sources = btree_map(
        entitlement_id(),
        any::<bool>().prop_map(|is_direct| GrantSource { is_direct }),
        0..3,
    );
    (ids, resource(), annotations(), sources).prop_map(|parts| Grant {
        id: parts.0.0.into(),
        entitlement: parts.0.1,
        resource: Arc::new(parts.1),
        principal: parts.0.2,
        annotations: parts.2,
        expandable: None,
        sources: parts.3,
    })
}

pub(crate) fn expandable() -> impl Strategy<Value = Expandable> {
    let kinds = vec(name().prop_map(ResourceTypeId::from), 0..3);
    (vec(entitlement_id(), 0..3), any::<bool>(), kinds).prop_map(|parts| Expandable {
        entitlements: parts.0,
        shallow: parts.1,
        resource_types: parts.2,
    })
}

fn annotations() -> impl Strategy<Value = Vec<Annotation>> {
    vec(annotation(), 0..4)
}

fn annotation() -> impl Strategy<Value = Annotation> {
    prop_oneof![
        user().prop_map(Annotation::User),
        secret().prop_map(Annotation::Secret),
        text().prop_map(Annotation::V1Identifier),
        text().prop_map(Annotation::ExternalLink),
        vec(text(), 0..3).prop_map(Annotation::CapabilityPermissions),
        prop::sample::select(vec![
            Annotation::Role,
            Annotation::Group,
            Annotation::SkipEntitlementsAndGrants,
            Annotation::SkipSyncAnomalyDetection,
            Annotation::GrantImmutable,
            Annotation::EntitlementImmutable,
            Annotation::GrantAlreadyExists,
            Annotation::GrantAlreadyRevoked,
            Annotation::ResourceDoesNotExist,
        ]),
        raw().prop_map(Annotation::Other),
    ]
}

fn raw() -> impl Strategy<Value = RawAnnotation> {
    (name(), vec(any::<u8>(), 0..16)).prop_map(|(name, value)| RawAnnotation {
        type_url: format!("type.googleapis.com/com.example.{name}"),
        value,
    })
}

fn user() -> impl Strategy<Value = UserTrait> {
    let times = (option::of(time()), option::of(time()));
    let rest = (
        option::of(status()),
        option::of(profile()),
        option::of(any::<bool>()),
    );
    (vec(text(), 0..3), text(), rest, times).prop_map(|parts| UserTrait {
        emails: parts.0,
        login: parts.1,
        status: parts.2.0,
        profile: parts.2.1,
        has_second_factor: parts.2.2,
        created_at: parts.3.0,
        last_login: parts.3.1,
    })
}

fn secret() -> impl Strategy<Value = SecretTrait> {
    (
        option::of(time()),
        option::of(time()),
        option::of(resource_id()),
        text(),
    )
        .prop_map(|parts| SecretTrait {
            expires_at: parts.0,
            last_used_at: parts.1,
            created_by: parts.2,
            credential_detail: parts.3,
        })
}

fn profile() -> impl Strategy<Value = Profile> {
    btree_map(text(), profile_value(), 0..3)
}

fn profile_value() -> impl Strategy<Value = ProfileValue> {
    let leaf = prop_oneof![
        Just(ProfileValue::Null),
        any::<bool>().prop_map(ProfileValue::Bool),
        prop::num::f64::NORMAL.prop_map(ProfileValue::Number),
        text().prop_map(ProfileValue::Text),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(ProfileValue::List),
            btree_map(text(), inner, 0..3).prop_map(ProfileValue::Map),
        ]
    })
}

fn status() -> impl Strategy<Value = Status> {
    let lifecycle = prop_oneof![
        Just(Lifecycle::Unspecified),
        Just(Lifecycle::Enabled),
        Just(Lifecycle::Disabled),
        Just(Lifecycle::Deleted),
        (100..i32::MAX).prop_map(Lifecycle::Other),
    ];
    (lifecycle, text()).prop_map(|(lifecycle, details)| Status { lifecycle, details })
}

fn part() -> impl Strategy<Value = Trait> {
    prop_oneof![
        Just(Trait::User),
        Just(Trait::Group),
        Just(Trait::Role),
        Just(Trait::App),
        Just(Trait::Secret),
        (6..i32::MAX).prop_map(Trait::Other),
    ]
}

fn purpose() -> impl Strategy<Value = Purpose> {
    prop_oneof![
        Just(Purpose::Unspecified),
        Just(Purpose::Assignment),
        Just(Purpose::Permission),
        Just(Purpose::Ownership),
        (100..i32::MAX).prop_map(Purpose::Other),
    ]
}

fn time() -> impl Strategy<Value = DateTime<Utc>> {
    (-62_135_596_800_i64..253_402_300_799, 0..1_000_000_000_u32)
        .prop_filter_map("in the calendar", |(seconds, nanos)| {
            DateTime::from_timestamp(seconds, nanos)
        })
}

fn resource_id() -> impl Strategy<Value = ResourceId> {
    (name(), name()).prop_map(|(kind, object)| ResourceId::new(kind, object))
}

fn entitlement_id() -> impl Strategy<Value = EntitlementId> {
    name().prop_map(EntitlementId::from)
}

/// Text that may not be empty; it may hold the colons and slashes that ids are joined with.
fn name() -> impl Strategy<Value = String> {
    "[a-zé:/ ]{1,6}"
}

fn text() -> impl Strategy<Value = String> {
    ".{0,6}"
}
