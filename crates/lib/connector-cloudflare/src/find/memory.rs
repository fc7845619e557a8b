//! What feeds ask for of those before them, kept in memory instead of a file.

use std::collections::HashMap;

use async_trait::async_trait;
use connector::{ConnectorError, Known, RowCursor};
use model::{Profile, Resource, ResourceTypeId};

use crate::types::USER;

/// Resources by type.
#[derive(Debug, Default)]
pub(super) struct Memory {
    resources: HashMap<ResourceTypeId, Vec<Resource>>,
}

impl Memory {
    /// Keeps a resource; of a user only what groups are joined by, since there may be many.
    pub(super) fn keep(&mut self, resource: Resource) {
        let kind = resource.id.resource_type.clone();
        let kept = if kind.as_str() == USER {
            joint(&resource)
        } else {
            resource
        };
        self.resources.entry(kind).or_default().push(kept);
    }
}

fn joint(user: &Resource) -> Resource {
    let member = user.profile_text("member_id").unwrap_or_default();
    let profile = Profile::from([("member_id".to_owned(), member.into())]);
    let mut joint = Resource::new(user.id.clone(), "").with_profile(profile);
    joint.status.clone_from(&user.status);
    joint
}

#[async_trait]
impl Known for Memory {
    async fn resources(
        &self,
        resource_type: &ResourceTypeId,
        _cursor: Option<RowCursor>,
    ) -> Result<(Vec<Resource>, Option<RowCursor>), ConnectorError> {
        let all = self.resources.get(resource_type).cloned();
        Ok((all.unwrap_or_default(), None))
    }
}
