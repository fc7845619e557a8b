//! Decoders that keep the fields they do not know.
//!
//! They do what `serde(flatten)` would, without holding every value in an intermediate form first: every member
//! has several policies, and decoding them would take half as long again.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Map;

use super::{Policy, ResourceGroup, Scope};
use crate::ids::ResourceGroupId;

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum PolicyField {
    Id,
    Access,
    PermissionGroups,
    ResourceGroups,
    Other(String),
}

struct PolicyVisitor;

impl<'de> Visitor<'de> for PolicyVisitor {
    type Value = Policy;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a policy")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Policy, A::Error> {
        let (mut id, mut access, mut other) = (None, None, Map::new());
        let (mut permission_groups, mut resource_groups) = (None, None);
        while let Some(field) = map.next_key()? {
            match field {
                PolicyField::Id => id = map.next_value()?,
                PolicyField::Access => access = map.next_value()?,
                PolicyField::PermissionGroups => permission_groups = map.next_value()?,
                PolicyField::ResourceGroups => resource_groups = map.next_value()?,
                PolicyField::Other(name) => drop(other.insert(name, map.next_value()?)),
            }
        }
        Ok(Policy {
            id,
            access: access.ok_or_else(|| A::Error::missing_field("access"))?,
            permission_groups: permission_groups.unwrap_or_default(),
            resource_groups: resource_groups.unwrap_or_default(),
            other,
        })
    }
}

impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PolicyVisitor)
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum ResourceGroupField {
    Id,
    Name,
    Scope,
    Meta,
    Other(String),
}

struct ResourceGroupVisitor;

impl<'de> Visitor<'de> for ResourceGroupVisitor {
    type Value = ResourceGroup;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a resource group")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ResourceGroup, A::Error> {
        let (mut id, mut name, mut meta, mut other) = (None, None::<String>, None, Map::new());
        let mut scope = Scopes::default();
        while let Some(field) = map.next_key()? {
            match field {
                ResourceGroupField::Id => id = map.next_value()?,
                ResourceGroupField::Name => name = map.next_value()?,
                ResourceGroupField::Scope => scope = map.next_value()?,
                ResourceGroupField::Meta => meta = map.next_value()?,
                ResourceGroupField::Other(name) => drop(other.insert(name, map.next_value()?)),
            }
        }
        Ok(ResourceGroup {
            // A single scope without one must not make a page of members unreadable.
            id: id.unwrap_or_else(|| ResourceGroupId::new("")),
            name: name.filter(|name| !name.is_empty()),
            scope: scope.0,
            meta: meta.unwrap_or_default(),
            other,
        })
    }
}

impl<'de> Deserialize<'de> for ResourceGroup {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ResourceGroupVisitor)
    }
}

/// One scope, an array of them, or none.
#[derive(Default)]
struct Scopes(Vec<Scope>);

struct ScopesVisitor;

impl<'de> Visitor<'de> for ScopesVisitor {
    type Value = Scopes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a scope or an array of scopes")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Scopes, A::Error> {
        Ok(Scopes(vec![Scope::deserialize(MapAccessDeserializer::new(map))?]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Scopes, A::Error> {
        let mut scopes = Vec::new();
        while let Some(scope) = sequence.next_element()? {
            scopes.push(scope);
        }
        Ok(Scopes(scopes))
    }

    fn visit_unit<E>(self) -> Result<Scopes, E> {
        Ok(Scopes::default())
    }
}

impl<'de> Deserialize<'de> for Scopes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScopesVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = r#"{"id":"p","access":"allow","permission_groups":[],"resource_groups":
        [{"id":"r","name":"n","scope":[],"meta":{},"later":1}],"soon":{"a":[null]}}"#;

    #[test]
    fn unknown_fields_go_and_come_back() {
        let policy: Policy = serde_json::from_str(POLICY).unwrap();
        assert_eq!(policy.resource_groups[0].other["later"], 1);
        let sent: serde_json::Value = serde_json::to_value(&policy).unwrap();
        assert_eq!(sent, serde_json::from_str::<serde_json::Value>(POLICY).unwrap());
    }

    #[test]
    fn what_is_missing_is_empty_unless_it_is_needed() {
        let bare: Policy = serde_json::from_str(
            r#"{"access":"deny","permission_groups":null,"resource_groups":[{"id":"r"}]}"#,
        )
        .unwrap();
        assert_eq!(bare.id, None);
        assert_eq!(bare.resource_groups[0].scope, []);
        let null_scope: ResourceGroup =
            serde_json::from_str(r#"{"id":"r","name":"","scope":null,"meta":null}"#).unwrap();
        assert_eq!((null_scope.name, null_scope.scope.len()), (None, 0));
        assert!(serde_json::from_str::<Policy>("{}").is_err());
        assert_eq!(
            serde_json::from_str::<ResourceGroup>("{}").unwrap().id.as_str(),
            ""
        );
    }
}
