//! Any rows that a file could have.

use governance::access::{
    AccessEntitlement, AccessGrant, AccessResource, AccessType, Fingerprint, ResourceKind,
};
use model::{EntitlementId, GrantId, GrantSource, Lifecycle, Purpose, ResourceId};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::company::Company;
use crate::strategies::{text, time};

/// Few, so that rows meet; some with signs that ids are made of, one longer than an index takes.
fn object() -> impl Strategy<Value = String> {
    let long = "0123456789abcdef+".repeat(400);
    prop_oneof!["[a-d:/ ]{1,3}", "\\PC{1,20}", Just(long)]
}

fn resource_id() -> impl Strategy<Value = ResourceId> {
    (select(&["user", "role", "ro:le", ""]), object())
        .prop_map(|(kind, object)| ResourceId::new(kind, object))
}

fn kind() -> impl Strategy<Value = ResourceKind> {
    use ResourceKind::{App, Group, Other, Role, Secret, User};
    select(&[User, Group, Role, App, Secret, Other])
}

fn lifecycle() -> impl Strategy<Value = Lifecycle> {
    use Lifecycle::{Deleted, Disabled, Enabled, Unspecified};
    prop_oneof![
        select(&[Unspecified, Enabled, Disabled, Deleted]),
        (4..i32::MAX).prop_map(Lifecycle::Other),
    ]
}

fn purpose() -> impl Strategy<Value = Purpose> {
    use Purpose::{Assignment, Ownership, Permission, Unspecified};
    prop_oneof![
        select(&[Unspecified, Assignment, Permission, Ownership]),
        (4..i32::MAX).prop_map(Purpose::Other),
    ]
}

fn access_type() -> impl Strategy<Value = AccessType> {
    ("[a-z]{1,6}", text(), kind(), any::<bool>()).prop_map(|(id, name, kind, volatile)| AccessType {
        id: id.into(),
        name,
        kind,
        volatile,
    })
}

fn resource() -> impl Strategy<Value = AccessResource> {
    let identity = (resource_id(), option::of(resource_id()), kind());
    let words = (text(), text(), text(), text(), text());
    let state = (lifecycle(), option::of(any::<bool>()), any::<i64>());
    let times = (option::of(time()), option::of(time()), option::of(time()));
    (identity, words, state, times).prop_map(|((id, parent, kind), words, state, times)| {
        let (name, description, email, status, profile) = words;
        let (lifecycle, second_factor, fingerprint) = state;
        let (last_used_at, created_at, expires_at) = times;
        AccessResource {
            id,
            parent,
            kind,
            name,
            description,
            email,
            lifecycle,
            status,
            second_factor,
            last_used_at,
            created_at,
            expires_at,
            profile,
            fingerprint: Fingerprint(fingerprint),
        }
    })
}

fn entitlement() -> impl Strategy<Value = AccessEntitlement> {
    let words = (text(), text(), text());
    (object(), resource_id(), words, purpose(), any::<bool>()).prop_map(
        |(id, resource, (slug, name, description), purpose, immutable)| AccessEntitlement {
            id: id.into(),
            resource,
            slug,
            name,
            description,
            purpose,
            immutable,
        },
    )
}

fn grant() -> impl Strategy<Value = AccessGrant> {
    let source = any::<bool>().prop_map(|is_direct| GrantSource { is_direct });
    let sources = btree_map(object().prop_map(EntitlementId::from), source, 0..3);
    let what = (object(), resource_id(), resource_id());
    let flags = (any::<bool>(), any::<bool>());
    (what, option::weighted(0.2, object()), flags, sources).prop_map(
        |((entitlement, resource, principal), odd, (direct, immutable), sources)| {
            let usual = || format!("{entitlement}:{principal}");
            AccessGrant {
                id: GrantId::new(odd.unwrap_or_else(usual)),
                entitlement: entitlement.into(),
                resource,
                principal,
                direct,
                immutable,
                sources,
            }
        },
    )
}

pub(crate) fn company() -> impl Strategy<Value = Company> {
    let types = vec(access_type(), 0..4);
    let rows = (
        vec(resource(), 0..20),
        vec(entitlement(), 0..10),
        vec(grant(), 0..30),
    );
    (types, rows).prop_map(|(types, (resources, entitlements, grants))| Company {
        types,
        resources,
        entitlements,
        grants,
    })
}
