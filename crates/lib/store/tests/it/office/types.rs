//! Which types a connector reads: chosen by whoever may, and asked for in whichever way a sync is.

use std::collections::BTreeSet;

use governance::repository::{Places as _, Tasks as _};
use governance::{
    AuditAction, Connector, Desk, LockKey, Mode, OfficeError, Role, Schedule, TaskKind, TaskRules,
    TypesError, Work,
};
use model::{ResourceTypeId, SeededIds};
use store::Database;

use super::{Town, settings};

fn types(ids: &[&str]) -> BTreeSet<ResourceTypeId> {
    ids.iter().map(|id| ResourceTypeId::from(*id)).collect()
}

fn asked(types: &BTreeSet<ResourceTypeId>) -> Work {
    Work {
        types: types.clone(),
        ..Work::new(TaskKind::Sync, Some(LockKey::sync()), Vec::new())
    }
}

pub(crate) async fn only_who_may_chooses_and_only_what_makes_sense(database: &Database) {
    let town = Town::new(database);
    let office = &town.office;
    let (ada, by_ada) = town.person(1, "ada", &[Role::User]).await;
    let (_, by_grace) = town.person(2, "grace", &[Role::Auditor]).await;
    let (_, admin) = town.person(3, "zoe", &[Role::ConnectorAdministrator]).await;
    let own = town
        .connector(&admin, "Example", std::slice::from_ref(&ada.id))
        .await;
    let (some, none, other) = (types(&["user", "role"]), types(&[]), types(&["user", "zone"]));
    let denied = office.choose_types(&by_grace, &own.id, Some(&some)).await;
    assert!(matches!(denied, Err(OfficeError::Denied(_))), "{denied:?}");
    for (wanted, why) in [
        (&none, TypesError::NoPeople),
        (&other, TypesError::Unknown("zone".into())),
    ] {
        match office.choose_types(&by_ada, &own.id, Some(wanted)).await {
            Err(OfficeError::Types(error)) => assert_eq!(error, why),
            other => panic!("{other:?}"),
        }
    }
    let chosen = async || database.installation(&own.id).await.unwrap().unwrap().value.types;
    assert_eq!(chosen().await, none);
    office.choose_types(&by_ada, &own.id, Some(&some)).await.unwrap();
    assert_eq!(chosen().await, some);
    office.choose_types(&by_ada, &own.id, Some(&some)).await.unwrap();
    office.choose_types(&by_ada, &own.id, None).await.unwrap();
    assert_eq!(chosen().await, none);
    let trail = town.trail().await;
    let told = trail
        .iter()
        .filter(|entry| entry.draft.action == AuditAction::ConnectorChanged.as_str());
    let told = told.flat_map(|entry| &entry.draft.changes);
    let told: Vec<_> = told
        .map(|one| (one.field.as_str(), one.before.as_deref(), one.after.as_deref()))
        .collect();
    let (all, two) = (Some("everything"), Some("role, user"));
    assert_eq!(told, [("what is read", all, two), ("what is read", two, all)]);
}

/// The newest sync is asked for what was chosen; it is called off, so that the next can come.
async fn newest(town: &Town, connector: &Connector) -> BTreeSet<ResourceTypeId> {
    let syncs = town.database.tasks(&connector.id, Some(TaskKind::Sync), 1).await;
    let sync = syncs.unwrap().remove(0);
    assert!(!sync.is_finished());
    let tests = governance::Actor::command("tests");
    town.office.cancel(&tests, &sync.id).await.unwrap();
    town.later(chrono::TimeDelta::seconds(1));
    sync.work.types
}

pub(crate) async fn every_way_to_a_sync_asks_for_what_was_chosen(database: &Database) {
    let town = Town::new(database);
    let office = &town.office;
    let (ada, by_ada) = town.person(1, "ada", &[Role::ConnectorAdministrator]).await;
    let own = town
        .connector(&by_ada, "Example", std::slice::from_ref(&ada.id))
        .await;
    let some = types(&["user", "role"]);
    office.choose_types(&by_ada, &own.id, Some(&some)).await.unwrap();

    let saved = settings(&own, "secret-1111", Mode::Reviews);
    office.save_settings(&by_ada, &saved, asked).await.unwrap();
    assert_eq!(newest(&town, &own).await, some);
    office.sync_now(&by_ada, &own.id, asked).await.unwrap();
    assert_eq!(newest(&town, &own).await, some);
    office.pause(&by_ada, &own.id).await.unwrap();
    office.resume(&by_ada, &own.id, asked).await.unwrap();
    assert_eq!(newest(&town, &own).await, some);
    let hourly = Schedule::every(std::time::Duration::from_hours(1)).unwrap();
    office.reschedule(&by_ada, &own.id, &hourly).await.unwrap();
    town.later(chrono::TimeDelta::hours(2));
    let desk = Desk::new(
        std::sync::Arc::new(database.clone()),
        std::sync::Arc::clone(&town.watch) as std::sync::Arc<dyn model::Clock>,
        std::sync::Arc::new(SeededIds::new(1 << 42)),
        TaskRules::for_heartbeat(std::time::Duration::from_secs(1)),
    );
    assert_eq!(desk.sweep(asked).await.unwrap().due, 1);
    assert_eq!(newest(&town, &own).await, some);
    office.choose_types(&by_ada, &own.id, None).await.unwrap();
    office.sync_now(&by_ada, &own.id, asked).await.unwrap();
    assert_eq!(newest(&town, &own).await, types(&[]));
}
