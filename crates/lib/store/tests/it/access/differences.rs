//! What changed from one snapshot to the next.

use std::collections::BTreeSet;

use governance::access::{Changed, Fingerprint, LossRules, Projections as _};
use store::Database;

use super::company::{
    Company, candidate, company, crowd, current, entitlement, grant, group, make_current, role, user, user_id,
};
use super::strategies;
use crate::strategies::some;

fn named(changed: &Changed) -> (u64, Vec<&str>) {
    let names = changed.samples.iter().map(|one| one.resource.name.as_str());
    (changed.count, names.collect())
}

pub(crate) async fn nothing_changes_by_itself(database: &Database) {
    current(database, 1, &company()).await;
    let mut turned = company();
    turned.resources.reverse();
    turned.grants.reverse();
    let next = candidate(database, 1, &turned).await;
    let difference = database.difference(next.id, 10).await.unwrap().unwrap();
    assert!(difference.is_empty(), "{difference:?}");
    assert_eq!(difference.grants_before, 4);
    assert_eq!(difference.losses(&LossRules::default()), []);
}

pub(crate) async fn the_first_is_compared_with_nothing(database: &Database) {
    let first = current(database, 1, &company()).await;
    assert_eq!(database.difference(first.id, 10).await.unwrap(), None);
}

pub(crate) async fn what_was_left_out_is_not_counted_among_lost_grants(database: &Database) {
    current(database, 1, &company()).await;
    let next = candidate(database, 1, &company().without_user("u1")).await;
    let lost = async |left_out: &[&str]| {
        let left_out: Vec<_> = left_out.iter().map(|id| (*id).into()).collect();
        let lost = database.grants_lost(next.id, &left_out).await.unwrap().unwrap();
        (lost.before, lost.removed)
    };
    // Ada's role, the group's role, and Grace in the group; Grace's role follows from that.
    assert_eq!(lost(&[]).await, (3, 1));
    assert_eq!(lost(&["user_group"]).await, (1, 1));
    assert_eq!(lost(&["role"]).await, (1, 0));
    assert_eq!(lost(&["user", "role"]).await, (0, 0));
}

pub(crate) async fn what_changed_is_told(database: &Database) {
    current(database, 1, &company()).await;
    let mut next = company().without_user("u1");
    next.resources.push(user("u7", "Alan Turing", "alan@example.com"));
    next.resources[0].name = "Grace Hopper".to_owned();
    next.resources[0].fingerprint = Fingerprint(2);
    next.grants.push(grant(&group(), "member", &user_id("u7")));
    // She has the role herself now.
    let hers = next
        .grants
        .iter_mut()
        .find(|one| !one.sources.is_empty())
        .unwrap();
    *hers = grant(&role(), "member", &user_id("u2"));
    let next = candidate(database, 1, &next).await;

    let difference = database.difference(next.id, 10).await.unwrap().unwrap();
    assert_eq!(named(&difference.resources.added), (1, vec!["Alan Turing"]));
    assert_eq!(named(&difference.resources.removed), (1, vec!["Ada Lovelace"]));
    assert_eq!(named(&difference.resources.altered), (1, vec!["Grace Hopper"]));
    let grants = [
        &difference.grants.added,
        &difference.grants.removed,
        &difference.grants.altered,
    ];
    let told = grants.map(|changed| {
        let [one] = changed.samples.as_slice() else {
            panic!("{changed:?}")
        };
        (
            changed.count,
            one.entitlement.as_ref().unwrap().name.as_str(),
            one.resource.name.as_str(),
            one.altered.as_str(),
        )
    });
    assert_eq!(
        told,
        [
            (1, "Platform Group Member", "Alan Turing", ""),
            (1, "Administrator Member Role", "Ada Lovelace", ""),
            (
                1,
                "Administrator Member Role",
                "Grace Hopper",
                "held: through Platform → directly"
            ),
        ]
    );
    let users = &difference.types[0];
    assert_eq!((users.of.id.as_str(), users.before), ("user", 3));
    assert_eq!((users.added, users.removed, users.altered), (1, 1, 1));
    assert!(
        difference.types[1..]
            .iter()
            .all(|one| one.added + one.removed + one.altered == 0)
    );
}

/// What can be held is compared too, and what is altered is told in words.
pub(crate) async fn what_can_be_held_is_compared_too(database: &Database) {
    current(database, 1, &company()).await;
    let mut next = company();
    next.resources[0].email = "countess@example.com".to_owned();
    next.resources[0].fingerprint = Fingerprint(2);
    next.entitlements[0].name = "Admin".to_owned();
    next.entitlements.remove(1);
    next.entitlements.push(entitlement(&role(), "owner", "Owner"));
    let next = candidate(database, 1, &next).await;
    let difference = database.difference(next.id, 10).await.unwrap().unwrap();
    let changes = &difference.entitlements;
    let told = [&changes.added, &changes.removed, &changes.altered].map(|changed| {
        let named = changed.samples.iter().map(|one| {
            let name = &one.entitlement.as_ref().unwrap().name;
            format!("{name} on {} {}", one.resource.name, one.altered)
        });
        (changed.count, named.collect::<Vec<_>>().join(", "))
    });
    assert_eq!(
        told,
        [
            (1, "Owner on Administrator ".to_owned()),
            (1, "Platform Group Member on Platform ".to_owned()),
            (
                1,
                "Admin on Administrator name: Administrator Member Role → Admin".to_owned()
            ),
        ]
    );
    let altered = &difference.resources.altered.samples[0].altered;
    assert_eq!(altered, "e-mail: ada@example.com → countess@example.com");
}

pub(crate) async fn samples_are_few_counts_are_not(database: &Database) {
    current(database, 1, &crowd(150)).await;
    let mut next = crowd(30);
    next.types.retain(|one| one.id.as_str() != "role");
    next.resources.retain(|one| one.id != role());
    let next = candidate(database, 1, &next).await;
    let difference = database.difference(next.id, 2).await.unwrap().unwrap();
    assert_eq!(
        named(&difference.resources.removed),
        (121, vec!["Administrator", "crowd00030"])
    );
    assert_eq!(difference.grants.removed.count, 120);
    assert_eq!(difference.grants.removed.samples.len(), 2);
    let losses = difference.losses(&LossRules::default());
    let losses: Vec<_> = losses.iter().map(ToString::to_string).collect();
    assert_eq!(
        losses,
        [
            "User: 120 of 150 are gone",
            "Role: all 1 are gone",
            "grants: 120 of 150 are gone"
        ]
    );
    let none = database.difference(next.id, 0).await.unwrap().unwrap();
    assert_eq!(named(&none.resources.removed), (121, vec![]));
}

/// What is there, leaves, and comes back is the same to its neighbours.
pub(crate) async fn what_comes_back_is_new(database: &Database) {
    current(database, 1, &company()).await;
    current(database, 1, &company().without_user("u1")).await;
    let back = candidate(database, 1, &company()).await;
    let difference = database.difference(back.id, 10).await.unwrap().unwrap();
    assert_eq!(named(&difference.resources.added), (1, vec!["Ada Lovelace"]));
    assert_eq!(
        (
            difference.resources.removed.count,
            difference.grants.removed.count
        ),
        (0, 0)
    );
    assert_eq!(difference.grants.added.count, 1);
}

/// Counted in another way, for any two companies.
pub(crate) async fn it_is_what_two_sets_differ_in(database: &Database) {
    let companies = some(&strategies::company(), 20);
    let mut before = Company::default();
    current(database, 1, &before).await;
    for after in companies {
        let next = candidate(database, 1, &after).await;
        let difference = database.difference(next.id, 100).await.unwrap().unwrap();
        let counts = |changed: [&BTreeSet<String>; 2]| changed[0].difference(changed[1]).count() as u64;
        let [old, new] = [&before, &after].map(|one| ids(&one.resources, |row| format!("{:?}", row.id)));
        assert_eq!(difference.resources.added.count, counts([&new, &old]));
        assert_eq!(difference.resources.removed.count, counts([&old, &new]));
        let [old, new] = [&before, &after].map(|one| {
            ids(&one.grants, |row| {
                format!("{:?} {:?} {:?}", row.entitlement, row.principal, row.id)
            })
        });
        assert_eq!(difference.grants.added.count, counts([&new, &old]));
        assert_eq!(difference.grants.removed.count, counts([&old, &new]));
        make_current(database, next.id, crate::world::at(3)).await;
        before = after;
    }
}

fn ids<T>(rows: &[T], id: impl Fn(&T) -> String) -> BTreeSet<String> {
    rows.iter().map(id).collect()
}
