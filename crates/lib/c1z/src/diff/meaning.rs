//! When two records mean the same.

use prost_types::Any;
use proto::connector_v2::{Entitlement, Grant, Resource, ResourceType};
use proto::json::to_json;
use serde_json::Value;

use crate::{GrantRecord, Record};

/// Records that can be compared by what they mean.
pub trait Meaning {
    /// Whether the other record means the same.
    fn means(&self, other: &Self) -> bool;
}

impl Meaning for Record<ResourceType> {
    fn means(&self, other: &Self) -> bool {
        self.message == other.message || plain_type(&self.message) == plain_type(&other.message)
    }
}

impl Meaning for Record<Resource> {
    fn means(&self, other: &Self) -> bool {
        self.message == other.message || plain_resource(&self.message) == plain_resource(&other.message)
    }
}

impl Meaning for Record<Entitlement> {
    fn means(&self, other: &Self) -> bool {
        self.message == other.message || plain_entitlement(&self.message) == plain_entitlement(&other.message)
    }
}

impl Meaning for GrantRecord {
    fn means(&self, other: &Self) -> bool {
        self.expansion == other.expansion
            && (self.message == other.message || plain_grant(&self.message) == plain_grant(&other.message))
    }
}

fn plain_type(message: &ResourceType) -> Value {
    let mut plain = message.clone();
    sort(&mut plain.annotations);
    to_json(&plain)
}

fn plain_resource(message: &Resource) -> Value {
    let mut plain = message.clone();
    sort(&mut plain.annotations);
    to_json(&plain)
}

/// What it is on and who can hold it are records of their own: their ids are enough.
fn plain_entitlement(message: &Entitlement) -> Value {
    let mut plain = message.clone();
    sort(&mut plain.annotations);
    plain.resource = plain.resource.as_ref().map(only_id);
    for kind in &mut plain.grantable_to {
        *kind = ResourceType {
            id: std::mem::take(&mut kind.id),
            ..ResourceType::default()
        };
    }
    plain.grantable_to.sort_by(|one, other| one.id.cmp(&other.id));
    to_json(&plain)
}

fn plain_grant(message: &Grant) -> Value {
    let mut plain = message.clone();
    sort(&mut plain.annotations);
    plain.principal = plain.principal.as_ref().map(only_id);
    plain.entitlement = plain.entitlement.map(|entitlement| Entitlement {
        id: entitlement.id,
        resource: entitlement.resource.as_ref().map(only_id),
        ..Entitlement::default()
    });
    to_json(&plain)
}

fn only_id(resource: &Resource) -> Resource {
    Resource {
        id: resource.id.clone(),
        ..Resource::default()
    }
}

/// The order of annotations of different types says nothing.
fn sort(annotations: &mut [Any]) {
    annotations.sort_by(|one, other| one.type_url.cmp(&other.type_url));
}
