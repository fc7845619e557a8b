//! Policies and what they refer to, as answers show them.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::state::{PermissionGroup, Policy};

impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let groups: Vec<_> = self
            .permission_groups
            .iter()
            .map(|group| Embedded::of(group))
            .collect();
        let mut policy = serializer.serialize_map(None)?;
        policy.serialize_entry("id", &self.id)?;
        policy.serialize_entry("access", &self.access)?;
        policy.serialize_entry("permission_groups", &groups)?;
        policy.serialize_entry("resource_groups", &self.resource_groups)?;
        for (field, value) in &self.extra {
            policy.serialize_entry(field, value)?;
        }
        policy.end()
    }
}

/// A permission group inside a policy: without category, status and dates.
#[derive(Debug, Serialize)]
struct Embedded<'a> {
    id: &'a str,
    name: &'a str,
    meta: Meta<'a>,
}

impl<'a> Embedded<'a> {
    fn of(group: &'a PermissionGroup) -> Self {
        Self {
            id: &group.id,
            name: &group.name,
            meta: Meta::of(group),
        }
    }
}

/// `meta` of a permission group: all values are text.
#[derive(Debug, Serialize)]
pub(super) struct Meta<'a> {
    description: &'a str,
    editable: &'static str,
    label: &'a str,
    scopes: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'a str>,
}

impl<'a> Meta<'a> {
    fn of(group: &'a PermissionGroup) -> Self {
        Self {
            description: &group.description,
            editable: "false",
            label: &group.label,
            scopes: &group.scopes,
            category: None,
        }
    }

    /// With the category, as the listing of permission groups shows it.
    pub(super) fn in_list(group: &'a PermissionGroup) -> Self {
        Self {
            category: Some(&group.category),
            ..Self::of(group)
        }
    }
}
