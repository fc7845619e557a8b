//! Expansion gives what the definition says, on any graph, interrupted anywhere.

use std::collections::{BTreeMap, BTreeSet};

use model::{Entitlement, EntitlementId, Grant, GrantSource, ResourceId};
use proptest::collection::vec;
use proptest::prelude::*;

use super::super::edge::Edge;
use super::{Book, Held, Holdings, entitlement, expandable, grant};

const GROUPS: usize = 8;
const USERS: usize = 4;

fn group(index: usize) -> String {
    format!("group:g{index}")
}

fn entitlements() -> Vec<Entitlement> {
    let groups = (0..GROUPS).map(|index| entitlement(&group(index), "member"));
    groups.chain([entitlement("role:r", "assigned")]).collect()
}

/// A grant of the membership of a group, or of the role, to a group: with or without expansion.
fn to_group() -> impl Strategy<Value = Grant> {
    let types = prop_oneof![Just(&[][..]), Just(&["user"][..]), Just(&["group"][..])];
    (
        0..=GROUPS,
        0..GROUPS,
        any::<bool>(),
        types,
        prop::bool::weighted(0.9),
    )
        .prop_map(|(on, to, shallow, types, expands)| {
            let plain = if on == GROUPS {
                grant("role:r", "assigned", &group(to))
            } else {
                grant(&group(on), "member", &group(to))
            };
            let source = format!("{}:member", group(to));
            if expands {
                expandable(plain, &source, shallow && to % 2 == 0, types)
            } else {
                plain
            }
        })
}

fn to_user() -> impl Strategy<Value = Grant> {
    (0..=GROUPS, 0..USERS).prop_map(|(on, to)| {
        let user = format!("user:u{to}");
        if on == GROUPS {
            grant("role:r", "assigned", &user)
        } else {
            grant(&group(on), "member", &user)
        }
    })
}

/// At most one grant of each entitlement to each principal, as a file has it.
fn grants() -> impl Strategy<Value = Vec<Grant>> {
    (vec(to_group(), 0..14), vec(to_user(), 0..10)).prop_map(|(groups, users)| {
        let all = groups
            .into_iter()
            .chain(users)
            .map(|grant| (grant.id.clone(), grant));
        all.collect::<BTreeMap<_, _>>().into_values().collect()
    })
}

type Pair = (EntitlementId, ResourceId);

/// The definition, over everything at once.
struct Definition {
    direct: BTreeSet<Pair>,
    edges: Vec<Edge>,
}

impl Definition {
    fn of(grants: &[Grant]) -> Self {
        let direct = grants
            .iter()
            .map(|one| (one.entitlement.clone(), one.principal.clone()));
        Self {
            direct: direct.collect(),
            edges: grants.iter().flat_map(edges_of).collect(),
        }
    }

    /// Whether `who`, holding the source of the edge, gets its target.
    fn lets_through(&self, edge: &Edge, who: &ResourceId) -> bool {
        let right_type = edge.types.is_empty() || edge.types.contains(&who.resource_type);
        right_type && (!edge.shallow || self.is_direct(&edge.source, who))
    }

    fn is_direct(&self, what: &EntitlementId, who: &ResourceId) -> bool {
        self.direct.contains(&(what.clone(), who.clone()))
    }

    /// Who holds what: everything that follows, until nothing more does.
    fn holds(&self) -> BTreeSet<Pair> {
        let mut holds = self.direct.clone();
        loop {
            let all = self
                .edges
                .iter()
                .flat_map(|edge| holds.iter().map(move |pair| (edge, pair)));
            let follows =
                all.filter(|(edge, (what, who))| edge.source == *what && self.lets_through(edge, who));
            let follows: BTreeSet<_> = follows
                .map(|(edge, (_, who))| (edge.target.clone(), who.clone()))
                .collect();
            if follows.is_subset(&holds) {
                return holds;
            }
            holds.extend(follows);
        }
    }

    /// Through which entitlements a pair comes about.
    fn why(&self, (what, who): &Pair, holds: &BTreeSet<Pair>) -> Held {
        let edges = self
            .edges
            .iter()
            .filter(|edge| edge.target == *what && self.lets_through(edge, who));
        let held = edges
            .map(|edge| edge.source.clone())
            .filter(|source| holds.contains(&(source.clone(), who.clone())));
        let mut sources: BTreeMap<_, _> = held
            .map(|source| (source.clone(), self.is_direct(&source, who)))
            .collect();
        let is_direct = self.is_direct(what, who);
        if is_direct && !sources.is_empty() {
            sources.insert(what.clone(), true);
        }
        Held {
            immutable: !is_direct,
            sources,
        }
    }

    fn holdings(&self) -> Holdings {
        let holds = self.holds();
        holds
            .iter()
            .map(|pair| (pair.clone(), self.why(pair, &holds)))
            .collect()
    }
}

fn edges_of(grant: &Grant) -> Vec<Edge> {
    let expandable = grant.expandable.clone().unwrap_or_default();
    let sources = expandable
        .entitlements
        .into_iter()
        .filter(|source| *source != grant.entitlement);
    sources
        .map(|source| Edge {
            source,
            target: grant.entitlement.clone(),
            resource: grant.resource.clone(),
            shallow: expandable.shallow,
            types: expandable.resource_types.clone(),
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn on_any_graph_interrupted_anywhere(
        grants in grants(),
        stretch in prop_oneof![Just(1_usize), Just(7), Just(4_000)],
        interrupted_after in 0..12_usize,
    ) {
        let entitlements = entitlements();
        let mut book = Book::new(&entitlements, &grants);
        book.expand(1, interrupted_after).unwrap();
        book.expand(stretch, usize::MAX).unwrap();
        prop_assert_eq!(book.holdings(&entitlements), Definition::of(&grants).holdings());
    }
}

#[test]
fn a_direct_source_is_told_from_an_indirect_one() {
    let given = Grant {
        sources: [(EntitlementId::from("x"), GrantSource { is_direct: true })].into(),
        ..grant("group:g1", "member", "user:u1")
    };
    let edge = edges_of(&expandable(
        grant("role:r", "assigned", "group:g1"),
        "group:g1:member",
        true,
        &[],
    ))
    .remove(0);
    assert!(!edge.admits(&given), "held through x only");
}
