//! Every change has its one entry, with what was before and after, and never a secret.

use governance::{
    AppSource, AppState, AuditEntry, Mode, PublicKey, Role, Schedule, TaskKind, Verifier, Work,
};
use store::Database;

use super::{Town, settings};

fn line(entry: &AuditEntry) -> String {
    let draft = &entry.draft;
    let changes: Vec<_> = draft
        .changes
        .iter()
        .map(|change| {
            let of = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".to_owned());
            format!("{}: {} > {}", change.field, of(&change.before), of(&change.after))
        })
        .collect();
    let said = format!("{} {} {}", draft.actor, draft.says(), draft.object.name);
    let said = format!("{said} [{}]", changes.join("; "));
    draft
        .reason
        .as_ref()
        .map_or(said.clone(), |why| format!("{said} because {why}"))
}

pub(crate) async fn each_change_has_one_entry_and_no_secret(database: &Database) {
    let town = Town::new(database);
    let office = &town.office;
    let (ada, by_ada) = town.person(1, "ada", &[Role::SuperAdministrator]).await;
    let (grace, _) = town.person(2, "grace", &[Role::User]).await;
    let sync = |_: &_| Work::new(TaskKind::Sync, None, Vec::new());
    let own = town
        .connector(&by_ada, "Example", std::slice::from_ref(&ada.id))
        .await;
    let first = settings(&own, "first-secret-1111", Mode::Reviews);
    let second = settings(&own, "second-secret-2222", Mode::ReviewsAndProvisioning);
    office.save_settings(&by_ada, &first, sync).await.unwrap();
    office.save_settings(&by_ada, &second, sync).await.unwrap();
    office.rename(&by_ada, &own.id, "Renamed").await.unwrap();
    let hourly = Schedule::every(std::time::Duration::from_hours(1)).unwrap();
    office.reschedule(&by_ada, &own.id, &hourly).await.unwrap();
    let both = [ada.id.clone(), grace.id.clone()];
    office.set_owners(&by_ada, &own.id, &both).await.unwrap();
    office.set_guard(&by_ada, &own.id, None).await.unwrap();
    let users = ["user".into()].into();
    office.choose_types(&by_ada, &own.id, Some(&users)).await.unwrap();
    office.pause(&by_ada, &own.id).await.unwrap();
    office.resume(&by_ada, &own.id, sync).await.unwrap();
    let key = (PublicKey([7; 32]), None);
    let client_id = |_: &_| "amber-otter-1@example/spc".to_owned();
    let key = office
        .add_credential(&by_ada, &own.id, client_id, key)
        .await
        .unwrap();
    office.revoke_credential(&by_ada, &key.id).await.unwrap();
    let app = office
        .add_app(&by_ada, "Mail", AppState::Unmanaged, AppSource::ByHand)
        .await
        .unwrap();
    office
        .promote_apps(&by_ada, std::slice::from_ref(&app.id), &both)
        .await
        .unwrap();
    let auditor = [Role::Auditor].into_iter().collect();
    office.set_roles(&by_ada, &grace.id, &auditor).await.unwrap();
    office.deactivate(&by_ada, &grace.id).await.unwrap();
    office.reactivate(&by_ada, &grace.id).await.unwrap();
    office.end_sessions_of(&by_ada, &grace.id).await.unwrap();
    office.remove_connector(&by_ada, &own.id).await.unwrap();

    let trail = town.trail().await;
    let mut verifier = Verifier::default();
    for entry in &trail {
        verifier.next(entry).unwrap();
        assert_eq!(entry.draft.actor_id.as_deref(), Some(ada.id.as_str()));
        assert_eq!(entry.draft.from.as_deref(), Some("192.0.2.1"));
        assert!(!entry.to_json().contains("-secret-"), "{entry:?}");
    }
    let lines: Vec<_> = trail.iter().map(line).collect();
    let lines = lines
        .join("\n")
        .replace(ada.id.as_str(), "(ada)")
        .replace(grace.id.as_str(), "(grace)");
    insta::allow_duplicates! { insta::assert_snapshot!("the_trail_of_a_day", lines) }
}

/// What changes nothing is nothing to be written down.
pub(crate) async fn no_change_has_no_entry(database: &Database) {
    let town = Town::new(database);
    let office = &town.office;
    let (ada, by_ada) = town.person(1, "ada", &[Role::SuperAdministrator]).await;
    let own = town
        .connector(&by_ada, "Example", std::slice::from_ref(&ada.id))
        .await;
    let before = town.trail().await;
    office.rename(&by_ada, &own.id, "Example").await.unwrap();
    office
        .reschedule(&by_ada, &own.id, &Schedule::Never)
        .await
        .unwrap();
    office
        .set_owners(&by_ada, &own.id, std::slice::from_ref(&ada.id))
        .await
        .unwrap();
    office.set_roles(&by_ada, &ada.id, &ada.roles).await.unwrap();
    let sync = |_: &_| Work::new(TaskKind::Sync, None, Vec::new());
    office.resume(&by_ada, &own.id, sync).await.unwrap();
    assert_eq!(town.trail().await, before);
}
