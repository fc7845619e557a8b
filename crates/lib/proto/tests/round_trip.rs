//! What the vocabulary writes comes back equal.

mod support;

use std::fmt::Display;

use model::{Entitlement, Expandable, Grant, Resource, ResourceType};
use proptest::prelude::*;
use prost::Message;
use proto::connector_v2 as wire;

/// Over the wire and back: value, message, bytes, message, value.
fn travel<M, V>(value: &V) -> Result<V, TestCaseError>
where
    M: Message + Default + for<'a> From<&'a V>,
    V: TryFrom<M, Error: Display>,
{
    let bytes = M::from(value).encode_to_vec();
    let received = M::decode(bytes.as_slice()).map_err(|error| TestCaseError::fail(error.to_string()))?;
    received
        .try_into()
        .map_err(|error: V::Error| TestCaseError::fail(error.to_string()))
}

proptest! {
    #[test]
    fn resources_come_back_equal(resource in support::resource()) {
        prop_assert_eq!(travel::<wire::Resource, Resource>(&resource)?, resource);
    }

    #[test]
    fn resource_types_come_back_equal(kind in support::resource_type()) {
        prop_assert_eq!(travel::<wire::ResourceType, ResourceType>(&kind)?, kind);
    }

    #[test]
    fn entitlements_come_back_equal(entitlement in support::entitlement()) {
        prop_assert_eq!(travel::<wire::Entitlement, Entitlement>(&entitlement)?, entitlement);
    }

    #[test]
    fn grants_come_back_equal(grant in support::grant()) {
        prop_assert_eq!(travel::<wire::Grant, Grant>(&grant)?, grant);
    }

    #[test]
    fn expansions_come_back_equal(expandable in support::expandable()) {
        prop_assert_eq!(travel::<wire::GrantExpandable, Expandable>(&expandable)?, expandable);
    }

    #[test]
    fn any_record_has_a_json_form(grant in support::grant(), entitlement in support::entitlement()) {
        prop_assert!(proto::json::to_json(&wire::Grant::from(&grant)).is_object());
        prop_assert!(proto::json::to_json(&wire::Entitlement::from(&entitlement)).is_object());
    }
}
