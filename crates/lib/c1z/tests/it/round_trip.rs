//! Whatever is written is read back equal.

use std::sync::Arc;

use c1z::{EntitlementFilter, GrantFilter, ResourceFilter, SyncKind};
use model::{
    Annotation, Entitlement, EntitlementId, Expandable, Grant, Lifecycle, ProfileValue, Purpose,
    RawAnnotation, Resource, ResourceId, Status,
};
use proptest::prelude::*;

use crate::world::{FINAL, World, at, id, open, put, read, world};

fn resource_id() -> impl Strategy<Value = ResourceId> {
    ("[a-z:]{1,8}", "[ -~äöü:/%]{1,12}").prop_map(|(kind, object)| ResourceId::new(kind, object))
}

fn value() -> impl Strategy<Value = ProfileValue> {
    let leaf = prop_oneof![
        Just(ProfileValue::Null),
        any::<bool>().prop_map(ProfileValue::Bool),
        (-1e9..1e9_f64).prop_map(ProfileValue::Number),
        ".{0,9}".prop_map(ProfileValue::Text),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(ProfileValue::List),
            prop::collection::btree_map(".{0,4}", inner, 0..3).prop_map(ProfileValue::Map),
        ]
    })
}

fn annotation() -> impl Strategy<Value = Annotation> {
    prop_oneof![
        Just(Annotation::Role),
        Just(Annotation::GrantImmutable),
        ".{0,9}".prop_map(Annotation::V1Identifier),
        prop::collection::vec(any::<u8>(), 0..9).prop_map(|value| {
            Annotation::Other(RawAnnotation {
                type_url: "type.googleapis.com/example.Unknown".to_owned(),
                value,
            })
        }),
    ]
}

prop_compose! {
    fn resource()(
        id in resource_id(),
        parent in prop::option::of(resource_id()),
        display_name in ".{0,9}",
        annotations in prop::collection::vec(annotation(), 0..3),
        profile in prop::option::of(prop::collection::btree_map(".{0,4}", value(), 0..4)),
        details in prop::option::of(".{0,9}"),
    ) -> Resource {
        let mut resource = Resource::new(id, display_name);
        resource.parent = parent;
        resource.annotations = annotations;
        resource.profile = profile;
        resource.status = details.map(|details| Status { lifecycle: Lifecycle::Other(77), details });
        resource
    }
}

prop_compose! {
    fn generated()(resources in prop::collection::vec(resource(), 1..20), holders in prop::collection::vec(resource_id(), 0..20), shallow: bool) -> World {
        let on = Arc::new(resources[0].clone());
        let slug = "member";
        let entitlement = Entitlement {
            id: EntitlementId::on(&on.id, slug),
            resource: Arc::clone(&on),
            display_name: "it".to_owned(),
            description: String::new(),
            grantable_to: Vec::new(),
            annotations: vec![Annotation::EntitlementImmutable],
            purpose: Purpose::Other(9),
            slug: slug.to_owned(),
        };
        let grants = holders.into_iter().enumerate().map(|(index, holder)| {
            let mut grant = Grant::new(Arc::clone(&on), slug, holder);
            grant.expandable = (index % 2 == 0).then(|| Expandable {
                entitlements: vec!["some".into()],
                shallow,
                resource_types: vec!["user".into()],
            });
            grant
        }).collect();
        World { types: world(1).types, resources, entitlements: vec![entitlement], grants }
    }
}

/// The last of each id, under its id, as upserts leave it.
fn last<T>(
    items: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> String,
) -> std::collections::BTreeMap<String, T> {
    items.into_iter().map(|item| (key(&item), item)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_written_is_read(world in generated()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.c1z");
        let mut draft = open(&path);
        draft.start(id(1), &SyncKind::Full, at(0)).unwrap();
        put(&mut draft, &world, at(1));
        draft.finish(FINAL, at(2)).unwrap();
        draft.save().unwrap();

        let reader = read(&path);
        let resources = reader.resources(&id(1), &ResourceFilter::default());
        let resources = resources.map(|one| Resource::try_from(one.unwrap().message).unwrap());
        let by_id = |resource: &Resource| resource.id.to_string();
        prop_assert_eq!(last(resources, by_id), last(world.resources, by_id));

        let entitlements = reader.entitlements(&id(1), &EntitlementFilter::default());
        let entitlements: Vec<_> = entitlements.map(|one| Entitlement::try_from(one.unwrap().message).unwrap()).collect();
        prop_assert_eq!(entitlements, world.entitlements);

        let grants = reader.grants(&id(1), &GrantFilter::default()).map(|one| {
            let record = one.unwrap();
            assert!(record.message.annotations.is_empty());
            let mut grant = Grant::try_from(record.message).unwrap();
            grant.expandable = record.expansion.map(Into::into);
            grant
        });
        let by_id = |grant: &Grant| grant.id.to_string();
        prop_assert_eq!(last(grants, by_id), last(world.grants, by_id));
    }
}

#[test]
fn filters_find_what_they_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    crate::world::sync(&path, 1, &world(3));
    let sync = crate::world::sync(&path, 2, &world(1200));
    let reader = read(&path);
    let group = ResourceId::new("group", "g1");
    let member = EntitlementId::on(&group, "member");
    let grants = |filter: GrantFilter| reader.grants(&sync, &filter).map(Result::unwrap).count();

    assert_eq!(grants(GrantFilter::default()), 1202);
    let of_group = GrantFilter {
        entitlement: Some(member.clone()),
        ..GrantFilter::default()
    };
    assert_eq!(grants(of_group), 1200);
    let on_role = GrantFilter {
        resource_type: Some("role".into()),
        ..GrantFilter::default()
    };
    assert_eq!(grants(on_role.clone()), 2);
    let to_group = GrantFilter {
        principal_type: Some("group".into()),
        ..on_role
    };
    assert_eq!(grants(to_group), 1);
    let to_first = GrantFilter {
        principal: Some(ResourceId::new("user", "u1")),
        ..GrantFilter::default()
    };
    assert_eq!(grants(to_first), 2);
    let of_the_group = EntitlementFilter {
        resource: Some(group.clone()),
        ..EntitlementFilter::default()
    };
    assert_eq!(reader.entitlements(&sync, &of_the_group).count(), 1);
    let users = ResourceFilter {
        resource_type: Some("user".into()),
        ..ResourceFilter::default()
    };
    let tenth = reader.resources(&sync, &users).nth(9).unwrap().unwrap();
    let next = reader
        .resources(&sync, &users)
        .after(tenth.row)
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(next.message.display_name, "User 11");
}

#[test]
fn look_ups_find_what_they_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    let sync = crate::world::sync(&path, 1, &world(9));
    let reader = read(&path);
    let group = ResourceId::new("group", "g1");
    let member = EntitlementId::on(&group, "member");
    assert!(reader.resource(&sync, &group).unwrap().is_some());
    assert!(reader.resource_type(&sync, &"role".into()).unwrap().is_some());
    assert!(reader.entitlement(&sync, &member).unwrap().is_some());
    assert!(
        reader
            .grant(&sync, &"group:g1:member:user:u7".into())
            .unwrap()
            .is_some()
    );
    assert!(
        reader
            .grant(&sync, &"group:g1:member:user:u0".into())
            .unwrap()
            .is_none()
    );
}
