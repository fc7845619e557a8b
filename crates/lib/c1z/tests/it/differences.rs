//! What changed between two syncs.

use c1z::diff::{Change, Side, entitlements, grants, resource_types, resources};
use model::{Annotation, Resource, SyncId};

use crate::world::{World, read, sync, user, world};

struct Pair {
    old: SyncId,
    new: SyncId,
    reader: c1z::Reader,
}

impl Pair {
    fn of(old: &World, new: &World) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.c1z");
        let (old, new) = (sync(&path, 1, old), sync(&path, 2, new));
        Self {
            old,
            new,
            reader: read(&path),
        }
    }

    fn sides(&self) -> (Side<'_>, Side<'_>) {
        let side = |sync| Side {
            reader: &self.reader,
            sync,
        };
        (side(&self.old), side(&self.new))
    }

    fn resources(&self) -> Vec<String> {
        let (old, new) = self.sides();
        let name = |record: &c1z::Record<proto::connector_v2::Resource>| record.message.display_name.clone();
        resources(old, new)
            .map(|change| match change.unwrap() {
                Change::Created(new) => format!("+{}", name(&new)),
                Change::Deleted(old) => format!("-{}", name(&old)),
                Change::Modified { old, new } => format!("{}>{}", name(&old), name(&new)),
            })
            .collect()
    }

    fn grants(&self) -> Vec<String> {
        let (old, new) = self.sides();
        grants(old, new)
            .map(|change| match change.unwrap() {
                Change::Created(new) => format!("+{}", new.message.id),
                Change::Deleted(old) => format!("-{}", old.message.id),
                Change::Modified { new, .. } => format!("~{}", new.message.id),
            })
            .collect()
    }
}

#[test]
fn equal_syncs_differ_in_nothing() {
    let pair = Pair::of(&world(1100), &world(1100));
    let (old, new) = pair.sides();
    assert_eq!(resource_types(old, new).count(), 0);
    assert_eq!(entitlements(old, new).count(), 0);
    assert_eq!((pair.resources().len(), pair.grants().len()), (0, 0));
}

#[test]
fn creations_deletions_and_changes_are_told_apart() {
    let old = world(4);
    let mut new = world(6);
    new.resources.retain(|one| one.display_name != "User 2");
    new.grants.retain(|one| one.principal != user(2).id);
    new.resources[0].display_name = "Renamed".to_owned();
    let pair = Pair::of(&old, &new);
    assert_eq!(
        pair.resources(),
        ["User 1>Renamed", "-User 2", "+User 5", "+User 6"]
    );
    assert_eq!(
        pair.grants(),
        [
            "-group:g1:member:user:u2",
            "+group:g1:member:user:u5",
            "+group:g1:member:user:u6"
        ]
    );
}

#[test]
fn a_renamed_role_changes_neither_its_grants_nor_its_entitlement() {
    let old = world(2);
    let mut new = old.clone();
    let renamed = std::sync::Arc::new(Resource::new(new.resources[3].id.clone(), "Other name"));
    new.resources[3] = (*renamed).clone();
    for grant in new
        .grants
        .iter_mut()
        .filter(|grant| grant.resource.id == renamed.id)
    {
        grant.resource = renamed.clone();
    }
    new.entitlements[1].resource = renamed;
    let pair = Pair::of(&old, &new);
    assert_eq!(pair.resources(), ["Administrator>Other name"]);
    assert_eq!(pair.grants(), Vec::<String>::new());
    let (old, new) = pair.sides();
    assert_eq!(entitlements(old, new).count(), 0);
}

#[test]
fn the_order_of_annotations_means_nothing_but_an_expansion_does() {
    let mut old = world(1);
    old.resources[0].annotations = vec![Annotation::Role, Annotation::Group];
    let mut new = old.clone();
    new.resources[0].annotations.reverse();
    let expandable = new.grants[2].expandable.as_mut().unwrap();
    expandable.shallow = false;
    let pair = Pair::of(&old, &new);
    assert_eq!(pair.resources(), Vec::<String>::new());
    assert_eq!(pair.grants(), ["~role:r1:member:group:g1"]);
}

#[test]
fn an_unreadable_row_is_an_error_not_a_difference() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let (old, new) = (sync(&path, 1, &world(3)), sync(&path, 2, &world(3)));
    let db = crate::raw::connect(&path, folder.path());
    db.execute(
        "UPDATE v1_resources SET data = x'ff' WHERE external_id = 'user:u2' AND sync_id = ?1",
        [new.as_str()],
    )
    .unwrap();
    drop(db);
    crate::raw::pack(&folder.path().join("unpacked.db"), &path);
    let pair = Pair {
        old,
        new,
        reader: read(&path),
    };
    let (old, new) = pair.sides();
    let changes: Vec<_> = resources(old, new).collect();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert!(matches!(changes[0], Err(c1z::Error::Row { .. })));
}
