//! A colleague is asked to finish a connector.

use chrono::TimeDelta;
use governance::repository::{Letters as _, Places as _};
use governance::{Mode, OfficeError, Role, TaskKind, Work};
use store::Database;

use super::{ADDRESS, Town, settings};

fn sync(_: &std::collections::BTreeSet<model::ResourceTypeId>) -> Work {
    Work::new(TaskKind::Sync, None, Vec::new())
}

fn is_unknown<T: std::fmt::Debug>(result: &Result<T, OfficeError>) -> bool {
    matches!(result, Err(OfficeError::Unknown(_)))
}

/// They are written to, see their connector and no other, and finish it.
pub(crate) async fn a_colleague_finishes_what_they_were_asked_for(database: &Database) {
    let town = Town::new(database);
    let office = &town.office;
    let (ada, by_ada) = town.person(1, "ada", &[Role::ConnectorAdministrator]).await;
    let (grace, by_grace) = town.person(2, "grace", &[Role::User]).await;
    let own = town
        .connector(&by_ada, "Own", std::slice::from_ref(&ada.id))
        .await;
    assert_eq!(town.letters().await, [""; 0]);
    let hers = town
        .connector(&by_ada, "Hers", std::slice::from_ref(&grace.id))
        .await;
    assert_eq!(
        town.letters().await,
        ["grace@example.com: Your help is needed: Hers"]
    );
    let letter = database.letters(1).await.unwrap().remove(0);
    let link = format!("https://{ADDRESS}/connectors/{}\n", hers.id);
    assert!(letter.text.contains(&link), "{}", letter.text);

    let waits = async || {
        let found = database.installation(&hers.id).await.unwrap().unwrap();
        found.value.waiting_for.map(|waiting| waiting.operator)
    };
    assert_eq!(waits().await, Some(grace.id.clone()));
    let seen = office.all_seen(&by_grace).await.unwrap();
    assert_eq!(seen.len(), 1);
    assert!(is_unknown(&office.seen(&by_grace, &own.id).await));
    let of_another = settings(&own, "a secret of theirs", Mode::Reviews);
    assert!(is_unknown(
        &office.save_settings(&by_grace, &of_another, sync).await
    ));
    assert!(is_unknown(&office.sync_now(&by_grace, &own.id, sync).await));
    assert!(is_unknown(&office.remove_connector(&by_grace, &own.id).await));
    // Their own they may configure and not remove.
    let removed = office.remove_connector(&by_grace, &hers.id).await;
    assert!(matches!(removed, Err(OfficeError::Denied(_))), "{removed:?}");
    let saved = settings(&hers, "a secret of hers", Mode::Reviews);
    office.save_settings(&by_grace, &saved, sync).await.unwrap();
    assert_eq!(waits().await, None);
    let first = office.tasks(&by_grace, &hers.id, Some(TaskKind::Sync), 10).await;
    assert_eq!(first.unwrap().len(), 1);
}

pub(crate) async fn asking_again_takes_its_time(database: &Database) {
    let town = Town::new(database);
    let office = &town.office;
    let (_, by_ada) = town.person(1, "ada", &[Role::ConnectorAdministrator]).await;
    let (grace, _) = town.person(2, "grace", &[Role::User]).await;
    let hers = town
        .connector(&by_ada, "Hers", std::slice::from_ref(&grace.id))
        .await;
    let early = office.ask_again(&by_ada, &hers.id, ADDRESS).await;
    assert!(matches!(early, Err(OfficeError::Conflict(_))), "{early:?}");
    assert_eq!(town.letters().await.len(), 1);
    town.later(TimeDelta::hours(1));
    office.ask_again(&by_ada, &hers.id, ADDRESS).await.unwrap();
    assert_eq!(town.letters().await.len(), 2);
    let again = office.ask_again(&by_ada, &hers.id, ADDRESS).await;
    assert!(matches!(again, Err(OfficeError::Conflict(_))), "{again:?}");
}

/// Somebody has to be able to answer for it.
pub(crate) async fn an_owner_can_come_in(database: &Database) {
    let town = Town::new(database);
    let office = &town.office;
    let (ada, by_ada) = town.person(1, "ada", &[Role::SuperAdministrator]).await;
    let (grace, _) = town.person(2, "grace", &[Role::User]).await;
    let own = town
        .connector(&by_ada, "Own", std::slice::from_ref(&ada.id))
        .await;
    office.deactivate(&by_ada, &grace.id).await.unwrap();
    for owners in [&[][..], std::slice::from_ref(&grace.id)] {
        let none = office.set_owners(&by_ada, &own.id, owners).await;
        assert!(matches!(none, Err(OfficeError::NoOwner)), "{none:?}");
    }
    let unknown = crate::ledger::world::operator_id(9);
    assert!(is_unknown(
        &office.set_owners(&by_ada, &own.id, &[ada.id, unknown]).await
    ));
}
