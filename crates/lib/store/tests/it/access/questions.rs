//! What pages ask.

use governance::access::{
    EntitlementOrder, EntitlementQuery, HolderQuery, PageRequest, Projections as _, ResourceKind,
    ResourceOrder, ResourceQuery, SecondFactor,
};
use model::{EntitlementId, Lifecycle, ResourceId};
use store::Database;

use super::company::{all, company, crowd, current, group, names, role, user_id};

fn accounts() -> ResourceQuery {
    ResourceQuery {
        kind: Some(ResourceKind::User),
        ..ResourceQuery::default()
    }
}

pub(crate) async fn accounts_come_by_name_in_capitals_or_not(database: &Database) {
    let id = current(database, 1, &company()).await.id;
    assert_eq!(
        names(database, id, accounts()).await,
        ["Ada Lovelace", "grace hopper", "late@example.com", "Zoë Ångström"]
    );
    let descending = ResourceQuery {
        descending: true,
        ..accounts()
    };
    assert_eq!(
        names(database, id, descending).await,
        ["Zoë Ångström", "late@example.com", "grace hopper", "Ada Lovelace"]
    );
}

pub(crate) async fn filters_narrow(database: &Database) {
    let id = current(database, 1, &company()).await.id;
    let of_type = ResourceQuery {
        resource_type: Some("invitation".into()),
        ..ResourceQuery::default()
    };
    assert_eq!(names(database, id, of_type).await, ["late@example.com"]);
    let disabled = ResourceQuery {
        lifecycle: Some(Lifecycle::Disabled),
        ..ResourceQuery::default()
    };
    assert_eq!(names(database, id, disabled).await, ["Zoë Ångström"]);
    for (second_factor, expected) in [
        (SecondFactor::On, vec!["Ada Lovelace", "grace hopper"]),
        (SecondFactor::Off, vec!["Zoë Ångström"]),
        (SecondFactor::Unknown, vec!["late@example.com"]),
    ] {
        let query = ResourceQuery {
            second_factor: Some(second_factor),
            ..accounts()
        };
        assert_eq!(names(database, id, query).await, expected);
    }
}

pub(crate) async fn a_search_finds_names_addresses_and_ids(database: &Database) {
    let id = current(database, 1, &company()).await.id;
    let found = async |search: &str| {
        let query = ResourceQuery {
            search: search.to_owned(),
            ..accounts()
        };
        names(database, id, query).await
    };
    assert_eq!(found("LOVE").await, ["Ada Lovelace"]);
    assert_eq!(found(" ångSTRÖM ").await, ["Zoë Ångström"]);
    assert_eq!(found("grace@").await, ["grace hopper"]);
    assert_eq!(found("U3").await, ["Zoë Ångström"]);
    assert_eq!(found("  ").await.len(), 4);
    // Signs that mean something to a database mean nothing here.
    for nothing in ["%", "_", "\\", "a%a", "'"] {
        assert_eq!(found(nothing).await, [""; 0], "{nothing}");
    }
}

pub(crate) async fn what_has_no_value_comes_last(database: &Database) {
    let mut company = company();
    company.resources[1].last_used_at = Some(crate::world::at(-500));
    company.resources[2].last_used_at = Some(crate::world::at(-100));
    let id = current(database, 1, &company).await.id;
    for (descending, expected) in [
        (
            false,
            ["grace hopper", "Zoë Ångström", "Ada Lovelace", "late@example.com"],
        ),
        (
            true,
            ["Zoë Ångström", "grace hopper", "Ada Lovelace", "late@example.com"],
        ),
    ] {
        let query = ResourceQuery {
            order: ResourceOrder::LastUsed,
            descending,
            ..accounts()
        };
        assert_eq!(names(database, id, query).await, expected);
    }
}

pub(crate) async fn every_order_has_all_of_them(database: &Database) {
    use ResourceOrder::{Created, Email, Expires, Holds, LastUsed, Name, SecondFactor, Status, Type};
    let id = current(database, 1, &company()).await.id;
    let mut firsts = Vec::new();
    for order in [
        Name,
        Email,
        Type,
        Status,
        SecondFactor,
        LastUsed,
        Created,
        Expires,
        Holds,
    ] {
        let query = ResourceQuery {
            order,
            descending: true,
            ..accounts()
        };
        let names = names(database, id, query).await;
        assert_eq!(names.len(), 4);
        firsts.push(names[0].clone());
    }
    let [ada, grace, zoe] = ["Ada Lovelace", "grace hopper", "Zoë Ångström"];
    assert_eq!(firsts, [zoe, zoe, ada, zoe, ada, ada, ada, ada, grace]);
}

pub(crate) async fn pages_follow_each_other(database: &Database) {
    let id = current(database, 1, &crowd(250)).await.id;
    let mut seen = Vec::new();
    for skip in [0, 100, 200, 300] {
        let page = database
            .resources(id, &accounts(), PageRequest::new(skip, 100))
            .await;
        let page = page.unwrap().unwrap();
        assert_eq!(page.total, 250);
        seen.extend(page.rows.into_iter().map(|row| row.resource.name));
    }
    let expected: Vec<String> = (0..250).map(|number| format!("crowd{number:05}")).collect();
    assert_eq!(seen, expected);
}

pub(crate) async fn entitlements_tell_how_many_hold_them(database: &Database) {
    let id = current(database, 1, &company()).await.id;
    let most = EntitlementQuery {
        order: EntitlementOrder::Holders,
        descending: true,
        ..EntitlementQuery::default()
    };
    let page = database.entitlements(id, &most, all()).await.unwrap().unwrap();
    let told = page.rows.iter().map(|row| {
        let name = &row.entitlement.name;
        (
            name.as_str(),
            row.on.name.as_str(),
            row.holders,
            row.direct_holders,
        )
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            ("Administrator Member Role", "Administrator", 3, 2),
            ("Platform Group Member", "Platform", 1, 1)
        ]
    );
}

pub(crate) async fn entitlements_are_narrowed_too(database: &Database) {
    let id = current(database, 1, &company()).await.id;
    let found = async |query: EntitlementQuery| {
        let page = database.entitlements(id, &query, all()).await.unwrap().unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.total
    };
    for (resource, expected) in [
        (Some(group()), 1),
        (Some(user_id("u1")), 0),
        (Some(user_id("u9")), 0),
        (None, 2),
    ] {
        let query = EntitlementQuery {
            resource,
            ..EntitlementQuery::default()
        };
        assert_eq!(found(query).await, expected);
    }
    let search = EntitlementQuery {
        search: "GROUP".to_owned(),
        ..EntitlementQuery::default()
    };
    let of_type = EntitlementQuery {
        resource_type: Some("role".into()),
        ..EntitlementQuery::default()
    };
    assert_eq!((found(search).await, found(of_type).await), (1, 1));
}

pub(crate) async fn holdings_tell_through_what(database: &Database) {
    let id = current(database, 1, &company()).await.id;
    let page = database
        .holdings(id, &user_id("u2"), all())
        .await
        .unwrap()
        .unwrap();
    let told: Vec<_> = page
        .rows
        .iter()
        .map(|row| {
            let through: Vec<_> = row.through.iter().map(|one| one.on.name.as_str()).collect();
            (row.entitlement.on.name.as_str(), row.grant.direct, through)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Administrator", false, vec!["Platform"]),
            ("Platform", true, vec![])
        ]
    );
    assert_eq!(page.rows[0].grant, company().grants[3]);
    let nobody = database
        .holdings(id, &user_id("u9"), all())
        .await
        .unwrap()
        .unwrap();
    assert_eq!((nobody.total, nobody.rows.len()), (0, 0));
}

pub(crate) async fn holders_are_searched_and_told_apart(database: &Database) {
    let id = current(database, 1, &company()).await.id;
    let administrator = EntitlementId::on(&role(), "member");
    let found = async |search: &str, direct| {
        let query = HolderQuery {
            search: search.to_owned(),
            direct,
        };
        let page = database
            .holders(id, &administrator, &query, all())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        let names = page.rows.into_iter().map(|row| row.principal.resource.name);
        names.collect::<Vec<_>>()
    };
    assert_eq!(
        found("", None).await,
        ["Ada Lovelace", "grace hopper", "Platform"]
    );
    assert_eq!(found("", Some(false)).await, ["grace hopper"]);
    assert_eq!(found("", Some(true)).await, ["Ada Lovelace", "Platform"]);
    assert_eq!(found("HOPPER", None).await, ["grace hopper"]);
}

pub(crate) async fn what_is_only_named_is_told_as_such(database: &Database) {
    let mut company = company();
    company.resources.retain(|one| one.id != role());
    company.entitlements.retain(|one| one.resource != role());
    let id = current(database, 1, &company).await.id;
    let held = database
        .holdings(id, &user_id("u1"), all())
        .await
        .unwrap()
        .unwrap();
    let [held] = held.rows.try_into().unwrap();
    assert_eq!(held.grant, company.grants[0]);
    assert!(!held.entitlement.known);
    assert_eq!(
        (
            held.entitlement.entitlement.name.as_str(),
            held.entitlement.on.name.as_str()
        ),
        ("member", "r1")
    );
    assert!(!database.resource(id, &role()).await.unwrap().unwrap().known);
    // It is in no list.
    let roles = ResourceQuery {
        resource_type: Some("role".into()),
        ..ResourceQuery::default()
    };
    assert_eq!(names(database, id, roles).await, [""; 0]);
}

pub(crate) async fn an_overview_counts(database: &Database) {
    let snapshot = current(database, 1, &company()).await;
    let overview = database.overview(snapshot.id).await.unwrap().unwrap();
    assert_eq!(overview.types, snapshot.types);
    assert_eq!((overview.direct_grants, overview.inherited_grants), (3, 1));
    assert_eq!((snapshot.resources(), snapshot.grants()), (6, 4));
    let types: Vec<_> = overview
        .types
        .iter()
        .map(|one| (one.of.id.as_str(), one.resources, one.entitlements, one.grants))
        .collect();
    assert_eq!(
        types,
        [
            ("user", 3, 0, 0),
            ("invitation", 1, 0, 0),
            ("role", 1, 1, 3),
            ("user_group", 1, 1, 1)
        ]
    );
    let accounts: Vec<_> = overview
        .accounts
        .iter()
        .map(|one| {
            (
                one.resource_type.as_str(),
                one.lifecycle,
                one.second_factor,
                one.accounts,
            )
        })
        .collect();
    assert_eq!(
        accounts,
        [
            ("invitation", Lifecycle::Enabled, None, 1),
            ("user", Lifecycle::Enabled, Some(true), 2),
            ("user", Lifecycle::Disabled, Some(false), 1),
        ]
    );
    let missing = ResourceId::new("user", "u9");
    assert_eq!(database.resource(snapshot.id, &missing).await.unwrap(), None);
}
