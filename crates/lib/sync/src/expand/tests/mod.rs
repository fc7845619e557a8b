//! Expansion over a real draft.

mod example;
mod like_the_definition;
mod refusals;

use std::collections::BTreeMap;
use std::sync::Arc;

use c1z::{Draft, SyncKind};
use model::{
    Annotation, Entitlement, EntitlementId, Expandable, Grant, Purpose, Resource, ResourceId, ResourceTypeId,
};
use tempfile::TempDir;

use super::gather::{Gathered, gather};
use super::order;
use super::walk::Walk;
use crate::SyncError;
use crate::tests::support::{id, now, open_draft};

/// A draft with a sync under way.
struct Book {
    draft: Draft,
    _folder: TempDir,
}

impl Book {
    fn new(entitlements: &[Entitlement], grants: &[Grant]) -> Self {
        let folder = TempDir::new().unwrap();
        let mut draft = open_draft(folder.path());
        draft.start("a".into(), &SyncKind::Full, now()).unwrap();
        let mut batch = draft.batch(now()).unwrap();
        batch.put_entitlements(entitlements).unwrap();
        batch.put_grants(grants).unwrap();
        batch.commit().unwrap();
        Self {
            draft,
            _folder: folder,
        }
    }

    /// Expands all; with stretches of one grant and a limit on their number, only a part.
    fn expand(&mut self, stretch: usize, limit: usize) -> Result<Gathered, SyncError> {
        let mut gathered = gather(&mut self.draft)?;
        let mut walk = Walk::new(order::groups(std::mem::take(&mut gathered.edges)), stretch);
        for _ in 0..limit {
            if walk.is_over() {
                break;
            }
            walk = walk.on(&mut self.draft, now())?;
        }
        Ok(gathered)
    }

    /// Who holds these entitlements, and why.
    fn holdings(&self, entitlements: &[Entitlement]) -> Holdings {
        let grants = entitlements
            .iter()
            .flat_map(|one| self.draft.grants_of(&one.id, 0, 10_000).unwrap());
        grants
            .map(|(_, grant)| ((grant.entitlement.clone(), grant.principal.clone()), held(&grant)))
            .collect()
    }
}

type Holdings = BTreeMap<(EntitlementId, ResourceId), Held>;

/// Why somebody holds something.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Held {
    immutable: bool,
    sources: BTreeMap<EntitlementId, bool>,
}

fn held(grant: &Grant) -> Held {
    Held {
        immutable: grant.annotations.contains(&Annotation::GrantImmutable),
        sources: grant
            .sources
            .iter()
            .map(|(id, source)| (id.clone(), source.is_direct))
            .collect(),
    }
}

/// The entitlement `slug` on `on`.
fn entitlement(on: &str, slug: &str) -> Entitlement {
    let resource = Arc::new(Resource::new(id(on), on));
    Entitlement {
        id: EntitlementId::on(&resource.id, slug),
        resource,
        display_name: slug.to_owned(),
        description: String::new(),
        grantable_to: Vec::new(),
        annotations: Vec::new(),
        purpose: Purpose::Assignment,
        slug: slug.to_owned(),
    }
}

/// A direct grant.
fn grant(on: &str, slug: &str, to: &str) -> Grant {
    Grant::new(Arc::new(Resource::new(id(on), on)), slug, id(to))
}

/// A grant that those who hold `source` get too.
fn expandable(grant: Grant, source: &str, shallow: bool, types: &[&str]) -> Grant {
    let resource_types = types.iter().map(|kind| ResourceTypeId::from(*kind)).collect();
    let expandable = Expandable {
        entitlements: vec![source.into()],
        shallow,
        resource_types,
    };
    Grant {
        expandable: Some(expandable),
        ..grant
    }
}
