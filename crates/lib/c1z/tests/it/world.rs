//! A small company, and shorthands for writing and reading it.

use std::path::Path;
use std::sync::Arc;

use c1z::{Draft, DraftOptions, Reader, Retention, SyncKind};
use chrono::{DateTime, TimeDelta, Utc};
use model::{
    Annotation, Entitlement, EntitlementId, Expandable, Grant, Purpose, Resource, ResourceId, ResourceType,
    SyncId, Trait,
};

/// A checkpoint of ours.
pub(crate) const CHECKPOINT: &str = r#"{"version":1,"rollcall":{"phase":"read"}}"#;
/// A final token of ours.
pub(crate) const FINAL: &str = r#"{"version":1,"rollcall":{"notes":[]}}"#;

pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_444_777, 962_026_165).unwrap() + TimeDelta::seconds(seconds)
}

pub(crate) fn id(number: u8) -> SyncId {
    c1z::new_sync_id(at(i64::from(number)), [number; 16])
}

#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) types: Vec<ResourceType>,
    pub(crate) resources: Vec<Resource>,
    pub(crate) entitlements: Vec<Entitlement>,
    pub(crate) grants: Vec<Grant>,
}

fn kind(id: &str, role: Trait) -> ResourceType {
    ResourceType {
        id: id.into(),
        display_name: id.to_uppercase(),
        traits: vec![role],
        annotations: vec![Annotation::V1Identifier(id.to_owned())],
        description: String::new(),
    }
}

pub(crate) fn user(number: usize) -> Resource {
    Resource::new(
        ResourceId::new("user", format!("u{number}")),
        format!("User {number}"),
    )
    .with_profile([("email".to_owned(), format!("user{number}@example.com").into())].into())
}

/// Users, of whom every one is in the group and the first holds the role; the group holds it too.
pub(crate) fn world(users: usize) -> World {
    let types = vec![
        kind("user", Trait::User),
        kind("group", Trait::Group),
        kind("role", Trait::Role),
    ];
    let group = Arc::new(Resource::new(ResourceId::new("group", "g1"), "Everyone"));
    let role = Arc::new(Resource::new(ResourceId::new("role", "r1"), "Administrator"));
    let mut resources: Vec<_> = (1..=users).map(user).collect();
    let mut grants: Vec<_> = resources
        .iter()
        .map(|user| Grant::new(Arc::clone(&group), "member", user.id.clone()))
        .collect();
    let first = resources[0].id.clone();
    grants.push(
        Grant::new(Arc::clone(&role), "member", first).with_annotation(Annotation::V1Identifier("x".into())),
    );
    let mut through_group = Grant::new(Arc::clone(&role), "member", group.id.clone());
    through_group.expandable = Some(Expandable {
        entitlements: vec![EntitlementId::on(&group.id, "member")],
        shallow: true,
        resource_types: vec!["user".into()],
    });
    grants.push(through_group);
    let entitlements = [&group, &role]
        .map(|on| Entitlement {
            id: EntitlementId::on(&on.id, "member"),
            resource: Arc::clone(on),
            display_name: format!("{} member", on.display_name),
            description: String::new(),
            grantable_to: vec![Arc::new(types[0].clone())],
            annotations: Vec::new(),
            purpose: Purpose::Assignment,
            slug: "member".to_owned(),
        })
        .to_vec();
    resources.extend([(*group).clone(), (*role).clone()]);
    World {
        types,
        resources,
        entitlements,
        grants,
    }
}

pub(crate) fn keeping(count: usize) -> DraftOptions {
    DraftOptions {
        retention: Retention::Keep(count),
        ..DraftOptions::default()
    }
}

pub(crate) fn open(path: &Path) -> Draft {
    Draft::open(path, DraftOptions::default()).unwrap()
}

pub(crate) fn put(draft: &mut Draft, world: &World, now: DateTime<Utc>) {
    let mut batch = draft.batch(now).unwrap();
    batch.put_resource_types(&world.types).unwrap();
    batch.put_resources(&world.resources).unwrap();
    batch.put_entitlements(&world.entitlements).unwrap();
    batch.put_grants(&world.grants).unwrap();
    batch.set_checkpoint(CHECKPOINT).unwrap();
    batch.commit().unwrap();
}

/// One whole full sync, begun at second `10 * number`, with its file saved.
pub(crate) fn sync(path: &Path, number: u8, world: &World) -> SyncId {
    sync_as(path, number, &SyncKind::Full, world, 2)
}

pub(crate) fn sync_as(path: &Path, number: u8, kind: &SyncKind, world: &World, keep: usize) -> SyncId {
    let start = i64::from(number) * 10;
    let mut draft = Draft::open(path, keeping(keep)).unwrap();
    draft.start(id(number), kind, at(start)).unwrap();
    put(&mut draft, world, at(start + 1));
    draft.finish(FINAL, at(start + 2)).unwrap();
    draft.save().unwrap();
    id(number)
}

pub(crate) fn read(path: &Path) -> Reader {
    Reader::open(path, &c1z::ReadOptions::default()).unwrap()
}

/// The names in a folder, in order.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
