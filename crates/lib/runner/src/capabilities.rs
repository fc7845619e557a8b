//! What a connector can do, as control planes read it.

use std::sync::Arc;

use model::{Annotation, ResourceType};
use proto::connector_v2::{
    Capability, CapabilityPermission, CapabilityPermissions, ConnectorCapabilities, CredentialDetails,
    ResourceTypeCapability,
};
use serde_json::{Map, Value};

/// Prints an `Any` with the capabilities: two spaces a level, no final line feed.
pub(crate) fn json(types: Vec<Arc<ResourceType>>) -> String {
    let body = proto::json::to_json(&capabilities(types));
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

fn capabilities(mut types: Vec<Arc<ResourceType>>) -> ConnectorCapabilities {
    types.sort_by(|left, right| left.id.cmp(&right.id));
    ConnectorCapabilities {
        resource_type_capabilities: types.iter().map(|kind| of_type(kind)).collect(),
        connector_capabilities: READING.map(i32::from).to_vec(),
        credential_details: Some(CredentialDetails::default()),
    }
}

fn of_type(kind: &ResourceType) -> ResourceTypeCapability {
    ResourceTypeCapability {
        resource_type: Some(kind.into()),
        capabilities: READING.map(i32::from).to_vec(),
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
