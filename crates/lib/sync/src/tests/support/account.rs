//! A small account that has everything: restarts, found feeds, look-ups, notes, nested groups.

use std::sync::Arc;

use connector::{Found, Owned, Record};
use model::{Annotation, Entitlement, EntitlementId, Expandable, Grant, Purpose, Resource, Trait, UserTrait};

use super::scripted::{Act, Scripted};
use super::{feed, id, kind, note};

/// A resource with the trait of its type, from `type:object`.
pub(crate) fn resource(text: &str) -> Resource {
    let id = id(text);
    let carried = match id.resource_type.as_str() {
        "user" => Annotation::User(UserTrait::default()),
        "group" => Annotation::Group,
        _ => Annotation::Role,
    };
    let name = id.object.to_string();
    Resource::new(id, name).with_annotation(carried)
}

/// The entitlement to be in something.
pub(crate) fn entitlement(on: &str) -> Entitlement {
    let resource = Arc::new(resource(on));
    Entitlement {
        id: EntitlementId::on(&resource.id, "member"),
        resource,
        display_name: format!("in {on}"),
        description: String::new(),
        grantable_to: Vec::new(),
        annotations: Vec::new(),
        purpose: Purpose::Assignment,
        slug: "member".to_owned(),
    }
}

/// Somebody is in something; a group brings its members along.
pub(crate) fn grant(on: &str, to: &str) -> Grant {
    let grant = Grant::new(Arc::new(resource(on)), "member", id(to));
    let expandable = to.starts_with("group:").then(|| Expandable {
        entitlements: vec![EntitlementId::on(&id(to), "member")],
        ..Expandable::default()
    });
    Grant { expandable, ..grant }
}

fn whole(names: &[&str]) -> Act {
    let records = names.iter().flat_map(|name| {
        [
            Record::Resource(resource(name)),
            Record::Entitlement(entitlement(name)),
        ]
    });
    Act::Give(records.collect())
}

fn people(names: &[&str]) -> Act {
    Act::Give(
        names
            .iter()
            .map(|name| Record::Resource(resource(name)))
            .collect(),
    )
}

fn grants(pairs: &[(&str, &str)]) -> Act {
    Act::Give(
        pairs
            .iter()
            .map(|(on, to)| Record::Grant(grant(on, to)))
            .collect(),
    )
}

fn members(group: &str) -> connector::Feed {
    feed(
        &format!("members/{group}"),
        &["users"],
        vec![Owned::GrantsOn(id(group))],
    )
}

/// What each feed does.
fn scripts() -> Vec<(&'static str, Vec<Act>)> {
    let first_attempt = [
        people(&["user:u1", "user:gone"]),
        Act::Say(note("taken back")),
        Act::Restart,
    ];
    let second_attempt = [
        people(&["user:u1", "user:u2"]),
        people(&["user:u3"]),
        Act::Say(note("u3 is odd")),
    ];
    let nested = ["group:g1", "group:g2"].map(|group| [whole(&[group]), Act::Follow(members(group))]);
    let of_g1 = grants(&[("group:g1", "user:u1"), ("group:g1", "group:g2")]);
    let of_g2 = ["user:u2", "group:g1"].map(|member| grants(&[("group:g2", member)]));
    let of_people = [
        Act::LookUp("user"),
        grants(&[("role:r2", "user:u3"), ("role:r2", "user:u1")]),
    ];
    let of_groups = [("role:r1", "group:g1"), ("role:r2", "group:g2")].map(|pair| grants(&[pair]));
    vec![
        ("users", first_attempt.into_iter().chain(second_attempt).collect()),
        ("roles", vec![whole(&["role:r1", "role:r2"])]),
        ("groups", nested.concat()),
        ("members/group:g1", vec![of_g1]),
        ("members/group:g2", of_g2.into()),
        ("roles-of-people", of_people.into()),
        ("roles-of-groups", of_groups.into()),
    ]
}

fn plan() -> Vec<connector::Feed> {
    let from_to = |on: &str, to: &str| {
        vec![Owned::Grants {
            on: on.into(),
            to: to.into(),
        }]
    };
    let all_of = |name: &str| vec![Owned::Resources(name.into()), Owned::Entitlements(name.into())];
    vec![
        feed("users", &[], vec![Owned::Resources("user".into())]),
        feed("roles", &[], all_of("role")),
        feed("groups", &[], all_of("group")),
        feed("roles-of-people", &["users", "roles"], from_to("role", "user")),
        feed("roles-of-groups", &["roles"], from_to("role", "group")),
    ]
}

/// The account.
pub(crate) fn account() -> Scripted {
    Scripted {
        source: "scripted/1".into(),
        types: vec![
            kind("user", Trait::User),
            kind("group", Trait::Group),
            kind("role", Trait::Role),
        ],
        plan: plan(),
        scripts: scripts()
            .into_iter()
            .map(|(id, acts)| (id.into(), acts))
            .collect(),
        found: [(id("role:r2"), found())].into(),
        ..Scripted::default()
    }
}

fn found() -> Found {
    Found {
        resource: resource("role:r2"),
        entitlements: vec![entitlement("role:r2")],
        grants: vec![grant("role:r2", "user:u3"), grant("role:r2", "user:u1")],
    }
}
