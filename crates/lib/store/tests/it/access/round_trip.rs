//! What is written is read as it was, and nothing else.

use std::collections::BTreeMap;

use governance::access::{
    AccessEntitlement, AccessGrant, AccessResource, EntitlementQuery, Projections as _, ResourceQuery,
};
use store::Database;

use super::company::{Company, all, candidate, company, current, user_id};
use super::strategies;
use crate::strategies::some;

/// How many companies.
const COUNT: usize = 40;

/// The first of each id, by id: what a snapshot of these rows holds.
fn firsts<T: Clone>(rows: &[T], id: impl Fn(&T) -> String) -> BTreeMap<String, T> {
    let mut firsts = BTreeMap::new();
    for row in rows {
        firsts.entry(id(row)).or_insert_with(|| row.clone());
    }
    firsts
}

/// A resource's id in one text that no other has.
fn resource_key(resource: &AccessResource) -> String {
    format!("{:?}", resource.id)
}

/// A grant of one entitlement to one principal can be there under several ids.
fn grant_key(grant: &AccessGrant) -> String {
    format!("{:?} {:?} {:?}", grant.entitlement, grant.principal, grant.id)
}

pub(crate) async fn any_rows_are_read_as_they_were_written(database: &Database) {
    for company in some(&strategies::company(), COUNT) {
        let id = candidate(database, 1, &company).await.id;
        let resources = database.resources(id, &ResourceQuery::default(), all()).await;
        let resources = resources.unwrap().unwrap().rows;
        let resources: Vec<_> = resources.into_iter().map(|row| row.resource).collect();
        assert_eq!(
            firsts(&resources, resource_key),
            firsts(&company.resources, resource_key)
        );
        assert_eq!(resources.len(), firsts(&company.resources, resource_key).len());

        let entitlements = database
            .entitlements(id, &EntitlementQuery::default(), all())
            .await;
        let entitlements = entitlements.unwrap().unwrap().rows;
        let entitlements: Vec<_> = entitlements.into_iter().map(|row| row.entitlement).collect();
        let key = |one: &AccessEntitlement| one.id.to_string();
        assert_eq!(firsts(&entitlements, key), firsts(&company.entitlements, key));

        let grants = held(database, id, &company).await;
        assert_eq!(grants, expected(&company));
    }
}

/// What a grant is on, its entitlement knows better, if that has a record.
fn expected(company: &Company) -> BTreeMap<String, AccessGrant> {
    let known = firsts(&company.entitlements, |one| one.id.to_string());
    let mut on: BTreeMap<String, model::ResourceId> = BTreeMap::new();
    for (id, entitlement) in known {
        on.insert(id, entitlement.resource);
    }
    for grant in &company.grants {
        on.entry(grant.entitlement.to_string())
            .or_insert_with(|| grant.resource.clone());
        for source in grant.sources.keys() {
            let unknown = || model::ResourceId::new("", source.as_str());
            on.entry(source.to_string()).or_insert_with(unknown);
        }
    }
    let mut grants = firsts(&company.grants, grant_key);
    for grant in grants.values_mut() {
        grant.resource = on[grant.entitlement.as_str()].clone();
    }
    grants
}

async fn held(
    database: &Database,
    id: governance::access::SnapshotId,
    company: &Company,
) -> BTreeMap<String, AccessGrant> {
    let mut grants = Vec::new();
    let principals: std::collections::BTreeSet<_> = company.grants.iter().map(|one| &one.principal).collect();
    for principal in principals {
        let page = database.holdings(id, principal, all()).await.unwrap().unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        grants.extend(page.rows.into_iter().map(|row| row.grant));
        let listed = database.resource(id, principal).await.unwrap().unwrap();
        assert_eq!(listed.holds, page.total);
    }
    let by_key = firsts(&grants, grant_key);
    assert_eq!(by_key.len(), grants.len());
    by_key
}

pub(crate) async fn what_no_database_holds_is_replaced(database: &Database) {
    let mut company = company();
    company.resources[0].id = user_id("a\0b");
    company.resources[0].name = "Ada\0".to_owned();
    company.grants[0].principal = user_id("a\0b");
    // Once more on top of itself, so that the numbers are looked up too.
    current(database, 1, &company).await;
    let id = candidate(database, 1, &company).await.id;
    let found = database.resource(id, &user_id("a\0b")).await.unwrap().unwrap();
    assert_eq!(found.resource.id, user_id("a\u{fffd}b"));
    assert_eq!((found.resource.name.as_str(), found.holds), ("Ada\u{fffd}", 1));
    let query = ResourceQuery {
        search: "a\0b".to_owned(),
        ..ResourceQuery::default()
    };
    assert_eq!(super::company::names(database, id, query).await, ["Ada\u{fffd}"]);
    let difference = database.difference(id, 10).await.unwrap().unwrap();
    assert!(difference.is_empty(), "{difference:?}");
}
