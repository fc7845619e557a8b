//! Policies: what (permission groups), where (resource groups), allowed or denied.

mod decode;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::decode::{filled_text, null_as_default};
use crate::ids::{PermissionGroupId, PolicyId, ResourceGroupId};
use crate::open_enum::open_enum;

open_enum! {
    /// Whether a policy gives or takes away.
    Access {
        /// The policy gives.
        Allow = "allow",
        /// The policy takes away.
        Deny = "deny",
    }
}

/// A policy of a member or of a user group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Policy {
    /// The policy's id, made by Cloudflare. `None` only in old answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<PolicyId>,
    /// Whether it gives or takes away.
    pub access: Access,
    /// What it is about.
    pub permission_groups: Vec<PermissionGroup>,
    /// Where it holds.
    pub resource_groups: Vec<ResourceGroup>,
    /// Fields that this version does not know, kept for a write that has to send them back.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Policy {
    /// A policy that is not there yet: Cloudflare makes its id.
    pub fn new(access: Access, group: PermissionGroup, place: ResourceGroup) -> Self {
        Self {
            id: None,
            access,
            permission_groups: vec![group],
            resource_groups: vec![place],
            other: Map::new(),
        }
    }

    /// The policy as a request sends it: groups by their ids, and all fields that this version does not know.
    pub(crate) fn request(&self) -> Value {
        let mut fields = self.other.clone();
        if let Some(id) = &self.id {
            fields.insert("id".to_owned(), id.as_str().into());
        }
        let groups = self.permission_groups.iter();
        let groups: Value = groups.map(|group| json!({ "id": group.id.as_str() })).collect();
        let places: Value = self.resource_groups.iter().map(ResourceGroup::request).collect();
        fields.insert("access".to_owned(), self.access.as_str().into());
        fields.insert("permission_groups".to_owned(), groups);
        fields.insert("resource_groups".to_owned(), places);
        fields.into()
    }
}

/// A permission group: what a policy permits. `GET /accounts/{account_id}/iam/permission_groups`, and inside
/// policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionGroup {
    /// The group's id.
    pub id: PermissionGroupId,
    /// The name people know the role by. May be absent inside policies.
    #[serde(default, deserialize_with = "filled_text")]
    pub name: Option<String>,
    /// What the catalogue says about the group.
    #[serde(default, deserialize_with = "null_as_default")]
    pub meta: PermissionGroupMeta,
}

/// What the catalogue says about a permission group. All values are text, booleans included.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PermissionGroupMeta {
    /// Stable short name, such as `dns_admin`.
    pub label: Option<String>,
    /// What the group is for, in Cloudflare's words.
    pub description: Option<String>,
    /// What the group may be combined with: `com.cloudflare.api.account`, `com.cloudflare.api.account.zone`, or a
    /// kind of resource.
    pub scopes: Option<String>,
    /// The product area.
    pub category: Option<String>,
    /// Whether Cloudflare is about to withdraw the group.
    pub deprecated: Option<String>,
}

/// A resource group: where a policy holds. `GET /accounts/{account_id}/iam/resource_groups`, and inside policies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResourceGroup {
    /// The group's id. Empty for a scope that was given inline and has none.
    pub id: ResourceGroupId,
    /// The group's name. `None` for groups made by giving a scope inline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the group covers. Cloudflare writes one scope as an object, several as an array.
    pub scope: Vec<Scope>,
    /// Marks such as `editable` and `adhoc`.
    pub meta: Map<String, Value>,
    /// Fields that this version does not know, kept for a write that has to send them back.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl PermissionGroup {
    /// The group of this id, for a request.
    pub fn new(id: PermissionGroupId, name: Option<String>) -> Self {
        Self {
            id,
            name,
            meta: PermissionGroupMeta::default(),
        }
    }
}

impl ResourceGroup {
    /// The group of this id, for a request.
    pub fn new(id: ResourceGroupId, name: Option<String>) -> Self {
        Self {
            id,
            name,
            scope: Vec::new(),
            meta: Map::new(),
            other: Map::new(),
        }
    }

    /// By its id; a scope that was given inline and has none is given inline again.
    fn request(&self) -> Value {
        match (self.id.as_str(), self.scope.as_slice()) {
            ("", [one]) => json!({ "scope": one }),
            ("", several) => json!({ "scope": several }),
            (id, _) => json!({ "id": id }),
        }
    }
}

/// A part of what a resource group covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// `com.cloudflare.api.account.<account_id>`, or in an older form `com.cloudflare.api.account.zone.<zone_id>`.
    pub key: String,
    /// What of it: `*` for all, else for instance `com.cloudflare.api.account.zone.<zone_id>`.
    #[serde(default, deserialize_with = "null_as_default")]
    pub objects: Vec<ScopeObject>,
}

/// One object within a scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeObject {
    /// `*` or the object's key.
    pub key: String,
}
