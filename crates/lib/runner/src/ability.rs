//! Refusing what the connector cannot do, before anything is called.

use connector::{Ability, ConnectorError, ErrorKind};
use model::ResourceTypeId;

use crate::definition::Definition;

/// Whether it can be done with resources of a type.
pub(crate) fn check(
    definition: &Definition,
    kind: &ResourceTypeId,
    ability: Ability,
) -> Result<(), ConnectorError> {
    if (definition.abilities)(kind).contains(&ability) {
        Ok(())
    } else {
        Err(unable(definition, kind.as_str(), ability))
    }
}

/// Whether it can be done with resources of any type.
pub(crate) fn check_any(definition: &Definition, ability: Ability) -> Result<(), ConnectorError> {
    if definition.types_with(ability).is_empty() {
        Err(unable(definition, "", ability))
    } else {
        Ok(())
    }
}

fn unable(definition: &Definition, kind: &str, ability: Ability) -> ConnectorError {
    let text = match ability {
        Ability::Provision => format!("resource type {kind} does not have provisioner configured"),
        Ability::CreateAccount => "this connector does not have account manager configured".to_owned(),
        Ability::Delete => format!("resource type {kind} does not have resource Delete() configured"),
        Ability::RotateCredential => "resource type does not have credential manager configured".to_owned(),
    };
    let able: Vec<String> = definition
        .types_with(ability)
        .iter()
        .map(ToString::to_string)
        .collect();
    let hint = if able.is_empty() {
        "this connector cannot do that with anything".to_owned()
    } else {
        format!("it can be done with {}", able.join(", "))
    };
    ConnectorError::new(ErrorKind::Unimplemented, text)
        .with_code("unimplemented")
        .with_hint(hint)
}
