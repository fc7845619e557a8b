//! Programs that act for people: for how long, how far, and as whom.

use chrono::TimeDelta;
use governance::{
    Action, Actor, ApiKey, AppSource, AppState, KeyLife, KeyScope, NewApiKey, OfficeError, Role, TokenHash,
};
use store::Database;

use super::Town;
use crate::world::at;

const SECRET: TokenHash = TokenHash([7; 32]);

impl Town {
    async fn key(&self, actor: &Actor, scope: KeyScope) -> Result<ApiKey, OfficeError> {
        let new = NewApiKey {
            name: "deploy",
            scope,
            life: KeyLife::Quarter,
        };
        self.office.add_api_key(actor, &new, (SECRET, "Ab1_")).await
    }

    /// Whoever acts with the key, if it is good.
    async fn program(&self) -> Option<Actor> {
        let found = self.office.whose_key(&SECRET).await.unwrap();
        found.map(|holder| holder.actor(Some("192.0.2.9".to_owned()), Some("r1".to_owned())))
    }
}

fn is_unknown<T: std::fmt::Debug>(result: &Result<T, OfficeError>) -> bool {
    matches!(result, Err(OfficeError::Unknown(_)))
}

fn is_denied<T: std::fmt::Debug>(result: &Result<T, OfficeError>) -> bool {
    matches!(result, Err(OfficeError::Denied(_)))
}

pub(crate) async fn a_key_acts_for_its_owner_and_says_so(database: &Database) {
    let town = Town::new(database);
    let (_, by_ada) = town.person(1, "ada", &[Role::SuperAdministrator]).await;
    let (grace, by_grace) = town.person(2, "grace", &[Role::ApplicationAdministrator]).await;
    let key = town.key(&by_grace, KeyScope::Everything).await.unwrap();
    let program = town.program().await.unwrap();
    let office = &town.office;
    let app = async |by: &Actor, name: &str| {
        let added = office.add_app(by, name, AppState::Managed, AppSource::ByHand);
        added.await
    };
    app(&program, "Mail").await.unwrap();
    // It may what its owner may now, not what they might when it was made.
    let auditor = [Role::Auditor].into_iter().collect();
    office.set_roles(&by_ada, &grace.id, &auditor).await.unwrap();
    let program = town.program().await.unwrap();
    assert!(is_denied(&app(&program, "Chat").await));
    assert!(program.may(Action::SeeAudit).is_ok());
    // It makes no other key, and takes none back.
    assert!(is_denied(&town.key(&program, KeyScope::ReadOnly).await));
    assert!(is_denied(&office.revoke_api_key(&program, &key.id).await));
    assert!(is_denied(&office.own_sessions(&program).await));
    office.revoke_api_key(&by_grace, &key.id).await.unwrap();
    assert_eq!(town.program().await, None);
    assert!(is_unknown(&office.revoke_api_key(&by_grace, &key.id).await));

    let trail = town.trail().await;
    let said: Vec<_> = trail
        .iter()
        .map(|entry| {
            let draft = &entry.draft;
            let via = draft.via.replace(key.id.as_str(), "(key)");
            format!("{} via {via} {} {}", draft.actor, draft.says(), draft.object.name)
        })
        .collect();
    assert_eq!(
        said,
        [
            "grace via session made the API key deploy",
            "grace (API key deploy) via api-key:(key) added the app Mail",
            "ada via session changed the user grace",
            "grace via session revoked the API key deploy",
        ]
    );
    assert_eq!(trail[1].draft.actor_id.as_deref(), Some(grace.id.as_str()));
    assert_eq!(trail[1].draft.from.as_deref(), Some("192.0.2.9"));
}

pub(crate) async fn a_key_is_good_until_its_time_is_over(database: &Database) {
    let town = Town::new(database);
    let (_, by_ada) = town.person(1, "ada", &[Role::User]).await;
    let key = town.key(&by_ada, KeyScope::ReadOnly).await.unwrap();
    assert_eq!(key.expires_at, at(0) + TimeDelta::days(90));
    assert!(town.program().await.is_some());
    town.later(TimeDelta::days(90) - TimeDelta::seconds(1));
    assert!(town.program().await.is_some());
    let listed = town.office.own_api_keys(&by_ada).await.unwrap();
    let last_use = key.expires_at - TimeDelta::seconds(1);
    assert_eq!(listed[0].used_at, Some(last_use));
    town.later(TimeDelta::seconds(1));
    assert_eq!(town.program().await, None);
    assert_eq!(town.office.whose_key(&TokenHash([8; 32])).await.unwrap(), None);
}

pub(crate) async fn a_key_of_somebody_who_was_deactivated_is_dead_for_good(database: &Database) {
    let town = Town::new(database);
    let (_, by_ada) = town.person(1, "ada", &[Role::SuperAdministrator]).await;
    let (grace, by_grace) = town.person(2, "grace", &[Role::Auditor]).await;
    town.key(&by_grace, KeyScope::ReadOnly).await.unwrap();
    assert!(town.program().await.is_some());
    town.office.deactivate(&by_ada, &grace.id).await.unwrap();
    assert_eq!(town.program().await, None);
    town.office.reactivate(&by_ada, &grace.id).await.unwrap();
    assert_eq!(town.program().await, None);
    assert_eq!(town.office.own_api_keys(&by_grace).await.unwrap(), []);
}

pub(crate) async fn only_a_super_administrator_has_a_key_for_users(database: &Database) {
    let town = Town::new(database);
    let (_, by_ada) = town.person(1, "ada", &[Role::SuperAdministrator]).await;
    for (number, role) in (2..).zip(Role::ALL.into_iter().skip(1)) {
        let (_, somebody) = town.person(number, role.as_str(), &[role]).await;
        assert!(is_denied(&town.key(&somebody, KeyScope::Users).await), "{role}");
    }
    town.key(&by_ada, KeyScope::Users).await.unwrap();
    let directory = town.program().await.unwrap();
    assert!(directory.may(Action::ManageOperators).is_ok());
    for other in [
        Action::AddApp,
        Action::AddConnector,
        Action::SeeAudit,
        Action::UseApi,
    ] {
        directory.may(other).unwrap_err();
    }
}

pub(crate) async fn keys_of_others_do_not_exist(database: &Database) {
    let town = Town::new(database);
    let office = &town.office;
    let (ada, by_ada) = town.person(1, "ada", &[Role::SuperAdministrator]).await;
    let (_, by_grace) = town.person(2, "grace", &[Role::Auditor]).await;
    let adas = town.key(&by_ada, KeyScope::Everything).await.unwrap();
    assert_eq!(office.own_api_keys(&by_grace).await.unwrap(), []);
    assert!(is_denied(&office.api_keys(&by_grace).await));
    assert!(is_unknown(&office.revoke_api_key(&by_grace, &adas.id).await));
    let all = office.api_keys(&by_ada).await.unwrap();
    assert_eq!(all, [(adas.clone(), ada)]);
    office.revoke_api_key(&by_ada, &adas.id).await.unwrap();
    assert_eq!(office.api_keys(&by_ada).await.unwrap(), []);
}
