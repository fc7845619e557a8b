//! Kinds of resources.

use model::{ResourceType, Trait};

use super::{from_anys, to_anys};
use crate::ConvertError;
use crate::connector_v2 as wire;
use wire::resource_type::Trait as WireTrait;

impl From<&ResourceType> for wire::ResourceType {
    fn from(kind: &ResourceType) -> Self {
        Self {
            id: kind.id.to_string(),
            display_name: kind.display_name.clone(),
            traits: kind.traits.iter().map(|part| number(*part)).collect(),
            annotations: to_anys(&kind.annotations),
            description: kind.description.clone(),
            sourced_externally: false,
        }
    }
}

impl TryFrom<wire::ResourceType> for ResourceType {
    type Error = ConvertError;

    fn try_from(kind: wire::ResourceType) -> Result<Self, ConvertError> {
        if kind.id.is_empty() {
            return Err(ConvertError::Missing {
                record: "resource type",
                field: "id",
            });
        }
        Ok(Self {
            id: kind.id.into(),
            display_name: kind.display_name,
            traits: kind.traits.into_iter().map(part).collect(),
            annotations: from_anys(kind.annotations),
            description: kind.description,
        })
    }
}

fn number(part: Trait) -> i32 {
    match part {
        Trait::User => WireTrait::User.into(),
        Trait::Group => WireTrait::Group.into(),
        Trait::Role => WireTrait::Role.into(),
        Trait::App => WireTrait::App.into(),
        Trait::Secret => WireTrait::Secret.into(),
        Trait::Other(number) => number,
    }
}

fn part(number: i32) -> Trait {
    match WireTrait::try_from(number) {
        Ok(WireTrait::User) => Trait::User,
        Ok(WireTrait::Group) => Trait::Group,
        Ok(WireTrait::Role) => Trait::Role,
        Ok(WireTrait::App) => Trait::App,
        Ok(WireTrait::Secret) => Trait::Secret,
        _ => Trait::Other(number),
    }
}
