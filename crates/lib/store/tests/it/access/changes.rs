//! What runs changed: kept beside their files, found again, gone with them.

use governance::UploadId;
use governance::access::{
    Change, ChangeCounts, ChangeLog as _, ChangeQuery, EntitlementName, PageRequest, ResourceKind,
    ResourceName, RunChange, RunChanges, Subject, Verdict, Way,
};
use governance::repository::{Ledger as _, Uploads as _, Write, Written};
use model::ResourceId;
use store::Database;

use crate::world::{at, connector_id};

fn upload_id(number: u8) -> UploadId {
    UploadId::new(at(0), [number; 16])
}

fn run(number: u8, counts: ChangeCounts) -> RunChanges {
    RunChanges {
        connector: connector_id(1),
        upload: upload_id(number),
        base: (number > 1).then(|| upload_id(number - 1)),
        at: at(i64::from(number)),
        verdict: Verdict::Believed,
        counts,
    }
}

fn account(way: Way, name: &str) -> RunChange {
    RunChange {
        subject: Subject::Account,
        way,
        change: Change {
            resource: ResourceName {
                id: ResourceId::new("user", name.to_lowercase()),
                kind: ResourceKind::User,
                name: name.to_owned(),
            },
            entitlement: None,
            altered: String::new(),
        },
    }
}

fn grant(way: Way, name: &str, right: &str, altered: &str) -> RunChange {
    let held = account(way, name).change;
    RunChange {
        subject: Subject::Grant,
        way,
        change: Change {
            entitlement: Some(EntitlementName {
                id: format!("role:{}:member", right.to_lowercase()).into(),
                name: right.to_owned(),
            }),
            altered: altered.to_owned(),
            ..held
        },
    }
}

fn some() -> Vec<RunChange> {
    vec![
        account(Way::Added, "Grace"),
        account(Way::Removed, "Ada"),
        grant(Way::Added, "Grace", "Billing", ""),
        grant(
            Way::Altered,
            "Zoë",
            "Admin\0istrator",
            "held: directly → through 50 %",
        ),
    ]
}

async fn put(database: &Database, run: RunChanges, items: Vec<RunChange>) {
    let write = Write::PutChanges(run, items);
    assert_eq!(database.commit(&[write], &[]).await.unwrap(), Written::Yes);
}

async fn found(database: &Database, number: u8, query: &ChangeQuery) -> Vec<String> {
    let page = PageRequest::new(0, 100);
    let found = database.changes(&upload_id(number), query, page).await.unwrap();
    assert_eq!(found.total, found.rows.len() as u64);
    let named = found.rows.iter().map(|one| {
        let words = [one.subject.as_str(), one.way.as_str(), &one.change.resource.name];
        words.join(" ")
    });
    named.collect()
}

pub(crate) async fn what_a_run_changed_is_found_by_kind_way_and_text(database: &Database) {
    put(database, run(2, ChangeCounts::default()), some()).await;
    let all = ChangeQuery::default();
    assert_eq!(
        found(database, 2, &all).await,
        [
            "account added Grace",
            "account removed Ada",
            "grant added Grace",
            "grant altered Zoë"
        ]
    );
    assert_eq!(found(database, 1, &all).await, [""; 0]);
    let added = ChangeQuery {
        ways: vec![Way::Added],
        ..all.clone()
    };
    assert_eq!(
        found(database, 2, &added).await,
        ["account added Grace", "grant added Grace"]
    );
    let grants = ChangeQuery {
        subjects: vec![Subject::Grant],
        ..added.clone()
    };
    assert_eq!(found(database, 2, &grants).await, ["grant added Grace"]);
    for (text, names) in [
        ("ADA", &["account removed Ada"][..]),
        ("zoë", &["grant altered Zoë"][..]),
        ("billing:mem", &["grant added Grace"][..]),
        ("%", &[][..]),
    ] {
        let search = ChangeQuery {
            search: text.to_owned(),
            ..all.clone()
        };
        assert_eq!(found(database, 2, &search).await, names, "{text}");
    }
    let second = database
        .changes(&upload_id(2), &all, PageRequest::new(1, 1))
        .await
        .unwrap();
    assert_eq!(
        (second.rows, second.total),
        (vec![account(Way::Removed, "Ada")], 4)
    );
}

pub(crate) async fn how_much_a_run_changed_is_read_as_it_was_written(database: &Database) {
    let counts = ChangeCounts::default()
        .with(Subject::Account, Way::Added, 1_000_000)
        .with(Subject::Grant, Way::Altered, 7);
    put(database, run(1, ChangeCounts::default()), Vec::new()).await;
    put(database, run(2, counts.clone()), some()).await;
    // Again: what was kept before gives way.
    put(database, run(2, counts.clone()), some()).await;
    let mut both = database.run_changes(&[1, 2, 3].map(upload_id)).await.unwrap();
    both.sort_by_key(|run| run.at);
    assert_eq!(both, [run(1, ChangeCounts::default()), run(2, counts.clone())]);
    assert_eq!(counts.to_string(), "1000000 added, 7 altered");

    let held = Write::SetVerdict(upload_id(2), Verdict::Held);
    let of_none = Write::SetVerdict(upload_id(9), Verdict::Held);
    assert_eq!(
        database.commit(&[held, of_none], &[]).await.unwrap(),
        Written::Yes
    );
    let verdict = database.run_changes(&[upload_id(2)]).await.unwrap()[0].verdict;
    assert_eq!(verdict, Verdict::Held);
}

pub(crate) async fn what_a_run_changed_goes_with_its_file(database: &Database) {
    put(database, run(1, ChangeCounts::default()), some()).await;
    put(database, run(2, ChangeCounts::default()), some()).await;
    database.remove_upload(&upload_id(1)).await.unwrap();
    let left = database.run_changes(&[1, 2].map(upload_id)).await.unwrap();
    assert_eq!(left, [run(2, ChangeCounts::default())]);
    let all = ChangeQuery::default();
    assert_eq!(found(database, 1, &all).await, [""; 0]);
    assert_eq!(found(database, 2, &all).await.len(), 4);
}
