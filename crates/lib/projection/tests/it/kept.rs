//! From a file into a database, and from there to a page.

use c1z::ReadOptions;
use governance::access::{
    HolderQuery, LossRules, PageRequest, Projections as _, ResourceKind, ResourceQuery, SnapshotState,
};
use governance::repository::Written;
use model::FixedClock;
use projection::project;
use store::Database;

use crate::world::{Uploaded, at, connector_id, database, demo_account, file, make_current, projected};

async fn candidate(database: &Database, uploaded: &Uploaded) -> governance::access::Snapshot {
    let (options, clock) = (ReadOptions::default(), FixedClock(at(100)));
    let what = projected(&uploaded.sync);
    project(&uploaded.path, &options, what, database, &clock)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_becomes_a_candidate_then_what_everybody_sees() {
    let uploaded = demo_account().await;
    let database = database().await;
    let made = candidate(&database, &uploaded).await;
    assert_eq!((made.state, made.of.taken_at), (SnapshotState::Candidate, at(0)));
    assert_eq!(made.of.sync, uploaded.sync);
    assert_eq!(make_current(&database, made.id, at(200)).await, Written::Yes);

    let content = testkit::canonical(&uploaded.path).unwrap();
    let current = database.current_snapshot(&connector_id()).await.unwrap().unwrap();
    assert_eq!(
        current.resources(),
        content["resources"].as_array().unwrap().len() as u64
    );
    assert_eq!(
        current.grants(),
        content["grants"].as_array().unwrap().len() as u64
    );

    let again = candidate(&database, &uploaded).await;
    let difference = database.difference(again.id, 10).await.unwrap().unwrap();
    assert!(difference.is_empty(), "{difference:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_in_a_group_holds_what_it_holds_and_the_page_says_why() {
    let uploaded = demo_account().await;
    let database = database().await;
    let id = candidate(&database, &uploaded).await.id;
    let page = PageRequest::new(0, 1000);
    let accounts = ResourceQuery {
        kind: Some(ResourceKind::User),
        ..ResourceQuery::default()
    };
    let accounts = database.resources(id, &accounts, page).await.unwrap().unwrap();
    let mut inherited = 0;
    for account in &accounts.rows {
        let held = database
            .holdings(id, &account.resource.id, page)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(held.total, account.holds);
        for holding in held.rows.iter().filter(|one| !one.grant.direct) {
            inherited += 1;
            let kinds: Vec<_> = holding.through.iter().map(|one| one.on.kind).collect();
            assert_eq!(kinds, vec![ResourceKind::Group; kinds.len()]);
            let who = HolderQuery::default();
            let entitlement = &holding.grant.entitlement;
            let holders = database
                .holders(id, entitlement, &who, page)
                .await
                .unwrap()
                .unwrap();
            assert!(holders.rows.iter().any(|one| one.grant == holding.grant));
            assert_eq!(holders.total, holding.entitlement.holders);
        }
    }
    let overview = database.overview(id).await.unwrap().unwrap();
    assert_eq!(overview.inherited_grants, inherited);
    assert!(inherited > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_came_back_empty_is_suspicious() {
    let full = demo_account().await;
    let empty = file(&c1z::SyncKind::Full, |_| {});
    let database = database().await;
    let first = candidate(&database, &full).await;
    make_current(&database, first.id, at(200)).await;
    let next = candidate(&database, &empty).await;
    let difference = database.difference(next.id, 3).await.unwrap().unwrap();
    let losses = difference.losses(&LossRules::default());
    let told: Vec<String> = losses.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|one| one.starts_with("User: all ")), "{told:?}");
    // What everybody sees is as before.
    let current = database.current_snapshot(&connector_id()).await.unwrap().unwrap();
    assert_eq!(current.id, first.id);
}
