//! Annotations as `Any` values. Nothing is lost on the way back: an annotation that the vocabulary
//! cannot say in full stays as it was read.

use model::{Annotation, RawAnnotation};
use prost::{Message, Name};
use prost_types::Any;

use crate::connector_v2 as wire;
use crate::type_name;

pub(crate) fn to_anys(annotations: &[Annotation]) -> Vec<Any> {
    annotations.iter().map(annotation_to_any).collect()
}

pub(crate) fn from_anys(anys: Vec<Any>) -> Vec<Annotation> {
    anys.into_iter().map(annotation_from_any).collect()
}

/// The annotation as it stands in a message.
pub fn annotation_to_any(annotation: &Annotation) -> Any {
    match annotation {
        Annotation::User(user) => pack(&wire::UserTrait::from(user)),
        Annotation::Role => pack(&wire::RoleTrait::default()),
        Annotation::Group => pack(&wire::GroupTrait::default()),
        Annotation::Secret(secret) => pack(&wire::SecretTrait::from(secret)),
        Annotation::V1Identifier(id) => pack(&wire::V1Identifier { id: id.clone() }),
        Annotation::ExternalLink(url) => pack(&wire::ExternalLink { url: url.clone() }),
        Annotation::CapabilityPermissions(names) => pack(&permissions(names)),
        Annotation::SkipEntitlementsAndGrants => pack(&wire::SkipEntitlementsAndGrants {}),
        Annotation::SkipSyncAnomalyDetection => pack(&wire::SkipSyncAnomalyDetection {}),
        Annotation::GrantImmutable => pack(&wire::GrantImmutable::default()),
        Annotation::EntitlementImmutable => pack(&wire::EntitlementImmutable::default()),
        Annotation::GrantAlreadyExists => pack(&wire::GrantAlreadyExists {}),
        Annotation::GrantAlreadyRevoked => pack(&wire::GrantAlreadyRevoked {}),
        Annotation::ResourceDoesNotExist => pack(&wire::ResourceDoesNotExist {}),
        Annotation::Other(raw) => Any {
            type_url: raw.type_url.clone(),
            value: raw.value.clone(),
        },
    }
}

/// The annotation in the vocabulary; [`Annotation::Other`] when that has no words for all of it.
pub fn annotation_from_any(any: Any) -> Annotation {
    typed(&any).unwrap_or(Annotation::Other(RawAnnotation {
        type_url: any.type_url,
        value: any.value,
    }))
}

/// The annotation in our own words, when they say all of it.
fn typed(any: &Any) -> Option<Annotation> {
    let value = any.value.as_slice();
    let marker = |annotation| value.is_empty().then_some(annotation);
    match type_name(&any.type_url).strip_prefix(PACKAGE)? {
        wire::UserTrait::NAME => exact::<wire::UserTrait, _>(value).map(Annotation::User),
        wire::RoleTrait::NAME => marker(Annotation::Role),
        wire::GroupTrait::NAME => marker(Annotation::Group),
        wire::SecretTrait::NAME => exact::<wire::SecretTrait, _>(value).map(Annotation::Secret),
        wire::V1Identifier::NAME => Some(Annotation::V1Identifier(unpack::<wire::V1Identifier>(value)?.id)),
        wire::ExternalLink::NAME => Some(Annotation::ExternalLink(unpack::<wire::ExternalLink>(value)?.url)),
        wire::CapabilityPermissions::NAME => Some(Annotation::CapabilityPermissions(names(unpack(value)?))),
        wire::SkipEntitlementsAndGrants::NAME => marker(Annotation::SkipEntitlementsAndGrants),
        wire::SkipSyncAnomalyDetection::NAME => marker(Annotation::SkipSyncAnomalyDetection),
        wire::GrantImmutable::NAME => marker(Annotation::GrantImmutable),
        wire::EntitlementImmutable::NAME => marker(Annotation::EntitlementImmutable),
        wire::GrantAlreadyExists::NAME => marker(Annotation::GrantAlreadyExists),
        wire::GrantAlreadyRevoked::NAME => marker(Annotation::GrantAlreadyRevoked),
        wire::ResourceDoesNotExist::NAME => marker(Annotation::ResourceDoesNotExist),
        _ => None,
    }
}

/// Where all annotations that the vocabulary knows live, with the dot before the name.
const PACKAGE: &str = "c1.connector.v2.";

fn pack<M: Message + Name>(message: &M) -> Any {
    Any {
        type_url: M::type_url(),
        value: message.encode_to_vec(),
    }
}

/// The message in `value`, when it holds nothing that `M` has no field for (that would make it longer).
fn unpack<M: Message + Default>(value: &[u8]) -> Option<M> {
    M::decode(value)
        .ok()
        .filter(|message| message.encoded_len() == value.len())
}

/// The value in the vocabulary, when it would be written as the same message again.
fn exact<M, V>(value: &[u8]) -> Option<V>
where
    M: Message + Default + Clone + PartialEq + for<'a> From<&'a V>,
    V: TryFrom<M>,
{
    let message = unpack::<M>(value)?;
    let ours = V::try_from(message.clone()).ok()?;
    (M::from(&ours) == message).then_some(ours)
}

fn permissions(names: &[String]) -> wire::CapabilityPermissions {
    let permission = |name: &String| wire::CapabilityPermission {
        permission: name.clone(),
    };
    wire::CapabilityPermissions {
        permissions: names.iter().map(permission).collect(),
    }
}

fn names(message: wire::CapabilityPermissions) -> Vec<String> {
    message
        .permissions
        .into_iter()
        .map(|permission| permission.permission)
        .collect()
}
