//! Differences as JSON.

use c1z::diff::{Change, Side};
use proto::baton_v1::{C1zDiffOutput, EntitlementDiff, GrantDiff, ResourceDiff};

use crate::error::InspectError;
use crate::json;
use crate::screen::Screen;

/// Records of one kind that were created, deleted or modified; of the last as they are now.
struct Sorted<M> {
    created: Vec<M>,
    deleted: Vec<M>,
    modified: Vec<M>,
}

/// Writes what changed.
pub(super) fn write(old: Side<'_>, new: Side<'_>, screen: &mut Screen<'_>) -> Result<(), InspectError> {
    let resources = sorted(c1z::diff::resources(old, new), |record| record.message)?;
    let entitlements = sorted(c1z::diff::entitlements(old, new), |record| record.message)?;
    let grants = sorted(c1z::diff::grants(old, new), |record| record.message)?;
    let output = C1zDiffOutput {
        resources: Some(ResourceDiff {
            created: resources.created,
            deleted: resources.deleted,
            modified: resources.modified,
        }),
        entitlements: Some(EntitlementDiff {
            created: entitlements.created,
            deleted: entitlements.deleted,
            modified: entitlements.modified,
        }),
        grants: Some(GrantDiff {
            created: grants.created,
            deleted: grants.deleted,
            modified: grants.modified,
        }),
    };
    Ok(json::message(screen.out, &output)?)
}

fn sorted<R, M>(
    changes: impl Iterator<Item = Result<Change<R>, c1z::Error>>,
    message: impl Fn(R) -> M,
) -> Result<Sorted<M>, InspectError> {
    let (mut created, mut deleted, mut modified) = (Vec::new(), Vec::new(), Vec::new());
    for change in changes {
        match change? {
            Change::Created(record) => created.push(message(record)),
            Change::Deleted(record) => deleted.push(message(record)),
            Change::Modified { new, .. } => modified.push(message(new)),
        }
    }
    Ok(Sorted {
        created,
        deleted,
        modified,
    })
}
