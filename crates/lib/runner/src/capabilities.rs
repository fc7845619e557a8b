//! What a connector can do, as control planes read it.

use connector::Ability;
use model::{Annotation, ResourceType};
use proto::connector_v2::{
    Capability, CapabilityDetailCredentialOption, CapabilityPermission, CapabilityPermissions,
    ConnectorCapabilities, CredentialDetails, CredentialDetailsAccountProvisioning,
    CredentialDetailsCredentialRotation, ResourceTypeCapability,
};
use serde_json::{Map, Value};

use crate::definition::Definition;

/// Prints an `Any` with the capabilities: two spaces a level, no final line feed.
pub(crate) fn json(definition: &Definition) -> String {
    let body = proto::json::to_json(&capabilities(definition));
    let mut object = Map::new();
    object.insert(
        "@type".to_owned(),
        "type.googleapis.com/c1.connector.v2.ConnectorCapabilities".into(),
    );
    if let Value::Object(members) = body {
        object.extend(members);
    }
    format!("{:#}", Value::Object(object))
}

/// Every type can be read whole and one by one; that is what a [`connector::Syncer`] is.
const READING: [Capability; 2] = [Capability::Sync, Capability::TargetedSync];

/// Nobody is told a password: people sign in by their own means, and secrets are sealed.
const CREDENTIAL: CapabilityDetailCredentialOption = CapabilityDetailCredentialOption::NoPassword;

/// What a service says of itself: that single resources can be asked for by a task as well.
pub(crate) fn of_a_service(definition: &Definition) -> ConnectorCapabilities {
    let mut all = capabilities(definition);
    all.connector_capabilities
        .push(Capability::ServiceModeTargetedSync.into());
    all.connector_capabilities.sort_unstable();
    all
}

fn capabilities(definition: &Definition) -> ConnectorCapabilities {
    let mut types = (definition.resource_types)();
    types.sort_by(|left, right| left.id.cmp(&right.id));
    ConnectorCapabilities {
        resource_type_capabilities: types.iter().map(|kind| of_type(definition, kind)).collect(),
        connector_capabilities: of_all(definition).map(i32::from).collect(),
        credential_details: Some(credentials(definition)),
    }
}

/// What it can do with any type, in the order of the numbers.
fn of_all(definition: &Definition) -> impl Iterator<Item = Capability> {
    let abilities = ABILITIES.into_iter().filter(|ability| can(definition, *ability));
    let actions = Some(Capability::Actions).filter(|_| !(definition.actions)().is_empty());
    let events = Some(Capability::EventFeedV2).filter(|_| !(definition.event_feeds)().is_empty());
    let others = actions.into_iter().chain(events).chain(READING);
    let mut all: Vec<Capability> = abilities.map(capability).chain(others).collect();
    all.sort();
    all.into_iter()
}

/// The order in which a type tells them.
const ABILITIES: [Ability; 4] = [
    Ability::Provision,
    Ability::CreateAccount,
    Ability::Delete,
    Ability::RotateCredential,
];

fn capability(ability: Ability) -> Capability {
    match ability {
        Ability::Provision => Capability::Provision,
        Ability::CreateAccount => Capability::AccountProvisioning,
        Ability::Delete => Capability::ResourceDelete,
        Ability::RotateCredential => Capability::CredentialRotation,
    }
}

fn can(definition: &Definition, ability: Ability) -> bool {
    !definition.types_with(ability).is_empty()
}

fn credentials(definition: &Definition) -> CredentialDetails {
    let (supported, preferred) = (vec![CREDENTIAL.into()], CREDENTIAL.into());
    let accounts = CredentialDetailsAccountProvisioning {
        supported_credential_options: supported.clone(),
        preferred_credential_option: preferred,
    };
    let rotation = CredentialDetailsCredentialRotation {
        supported_credential_options: supported,
        preferred_credential_option: preferred,
    };
    CredentialDetails {
        capability_account_provisioning: can(definition, Ability::CreateAccount).then_some(accounts),
        capability_credential_rotation: can(definition, Ability::RotateCredential).then_some(rotation),
    }
}

fn of_type(definition: &Definition, kind: &ResourceType) -> ResourceTypeCapability {
    let has = (definition.abilities)(&kind.id);
    let abilities = ABILITIES.into_iter().filter(|ability| has.contains(ability));
    ResourceTypeCapability {
        resource_type: Some(kind.into()),
        capabilities: READING
            .into_iter()
            .chain(abilities.map(capability))
            .map(i32::from)
            .collect(),
        permissions: Some(permissions(kind)),
        skip_sync_anomaly_detection: kind.annotations.contains(&Annotation::SkipSyncAnomalyDetection),
        ..ResourceTypeCapability::default()
    }
}

fn permissions(kind: &ResourceType) -> CapabilityPermissions {
    let names = kind.annotations.iter().filter_map(|annotation| match annotation {
        Annotation::CapabilityPermissions(names) => Some(names),
        _ => None,
    });
    let permission = |name: &String| CapabilityPermission {
        permission: name.clone(),
    };
    CapabilityPermissions {
        permissions: names.flatten().map(permission).collect(),
    }
}
