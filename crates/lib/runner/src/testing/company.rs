//! A made-up company, as a sync found it.

use std::path::Path;
use std::sync::Arc;

use c1z::{Draft, DraftOptions, Retention, SyncKind};
use chrono::{DateTime, Utc};
use model::{
    Annotation, Entitlement, EntitlementId, Grant, Purpose, Resource, ResourceId, ResourceType, UserTrait,
};

use super::connector::{kind, types};

/// Minutes after some moment.
fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + 60 * minutes, 0).unwrap()
}

/// Opens the file to add a sync to it; all earlier ones stay.
pub(crate) fn open(file: &Path) -> Draft {
    let options = DraftOptions {
        retention: Retention::KeepAll,
        ..DraftOptions::default()
    };
    Draft::open(file, options).unwrap()
}

/// Adds a finished sync.
pub(crate) fn sync(
    file: &Path,
    (kind, minute): (SyncKind, i64),
    resources: &[Resource],
    entitlements: &[Entitlement],
    grants: &[Grant],
) {
    let mut draft = open(file);
    let id = c1z::new_sync_id(at(minute), [0; 16]);
    draft.start(id, &kind, at(minute)).unwrap();
    let mut batch = draft.batch(at(minute)).unwrap();
    let types: Vec<ResourceType> = types().iter().map(|kind| kind.as_ref().clone()).collect();
    batch.put_resource_types(&types).unwrap();
    batch.put_resources(resources).unwrap();
    batch.put_entitlements(entitlements).unwrap();
    batch.put_grants(grants).unwrap();
    batch.commit().unwrap();
    draft.finish("", at(minute)).unwrap();
    draft.save().unwrap();
}

/// Everything there is.
pub(crate) fn full_sync(file: &Path) {
    let entitlements = entitlements();
    let billing = Arc::clone(&entitlements[0].resource);
    let grants = [Grant::new(billing, "member", ResourceId::new("user", "u1"))];
    sync(file, (SyncKind::Full, 0), &resources(), &entitlements, &grants);
}

fn resources() -> Vec<Resource> {
    vec![
        person("user", "u1", "Ada Lovelace", "ada@example.com"),
        person("user", "u2", "Sam", "sam.one@example.com"),
        person("user", "u3", "Sam", "sam.two@example.com"),
        person("invitation", "i1", "grace@example.com", "grace@example.com"),
        person("user", "u4", "Kim", "kim@example.com"),
        person("invitation", "i4", "kim@example.com", "kim@example.com"),
        plain("role", "r1", "Billing"),
        plain("role", "r2", "Audit"),
        plain("place", "p1", "example.com"),
        plain("place", "p2", "example.org"),
        plain("place", "x1", "spare"),
        plain("token", "t1", "ci deploy"),
        plain("role", "x1", "\u{1b}[31mred"),
    ]
}

pub(crate) fn person(kind: &str, object: &str, name: &str, email: &str) -> Resource {
    let user = UserTrait {
        emails: vec![email.to_owned()],
        login: email.to_owned(),
        ..UserTrait::default()
    };
    Resource::new(ResourceId::new(kind, object), name).with_annotation(Annotation::User(user))
}

fn plain(kind: &str, object: &str, name: &str) -> Resource {
    Resource::new(ResourceId::new(kind, object), name)
}

fn entitlements() -> Vec<Entitlement> {
    let red = "\u{1b}[31mred";
    vec![
        entitlement(("role", "r1", "Billing"), "member", "Billing Member", &[]),
        entitlement(("role", "r2", "Audit"), "member", "Audit Member", &[]),
        entitlement(("place", "p1", "example.com"), "purge", "Cache Purge", &[]),
        entitlement(("place", "p1", "example.com"), "dns", "DNS", &[]),
        entitlement(("place", "p2", "example.org"), "purge", "Cache Purge", &[]),
        entitlement(
            ("place", "p2", "example.org"),
            "rules",
            "Cache Rules on example.org",
            &[],
        ),
        entitlement(
            ("role", "r1", "Billing"),
            "derived",
            "Billing by group",
            &[Annotation::EntitlementImmutable],
        ),
        entitlement(("role", "x1", red), "one", red, &[]),
        entitlement(("role", "x1", red), "two", red, &[]),
    ]
}

pub(crate) fn entitlement(
    (on, object, resource): (&str, &str, &str),
    slug: &str,
    name: &str,
    annotations: &[Annotation],
) -> Entitlement {
    let resource = Arc::new(plain(on, object, resource));
    Entitlement {
        id: EntitlementId::on(&resource.id, slug),
        resource,
        display_name: name.to_owned(),
        description: String::new(),
        grantable_to: vec![kind("user")],
        annotations: annotations.to_vec(),
        purpose: Purpose::Assignment,
        slug: slug.to_owned(),
    }
}
