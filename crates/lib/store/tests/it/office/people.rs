//! Who may come in, and who decides it.

use chrono::TimeDelta;
use governance::repository::People as _;
use governance::{Actor, LinkPurpose, NewSession, OfficeError, Proof, Role, SessionScope, TokenHash};
use store::Database;

use super::Town;

fn is_last<T: std::fmt::Debug>(result: &Result<T, OfficeError>) -> bool {
    matches!(result, Err(OfficeError::LastSuperAdministrator))
}

pub(crate) async fn the_last_super_administrator_stays_one(database: &Database) {
    let town = Town::new(database);
    let (ada, by_ada) = town.person(1, "ada", &[Role::SuperAdministrator]).await;
    let auditor = [Role::Auditor].into_iter().collect();
    let office = &town.office;
    assert!(is_last(&office.deactivate(&by_ada, &ada.id).await));
    assert!(is_last(&office.set_roles(&by_ada, &ada.id, &auditor).await));
    assert_eq!(town.trail().await, []);
    // One who may not come in does not count.
    let (grace, _) = town.person(2, "grace", &[Role::SuperAdministrator]).await;
    office.deactivate(&by_ada, &grace.id).await.unwrap();
    assert!(is_last(&office.deactivate(&by_ada, &ada.id).await));
    office.reactivate(&by_ada, &grace.id).await.unwrap();
    office.deactivate(&by_ada, &ada.id).await.unwrap();
}

/// Each takes the other's rights away at the same moment.
pub(crate) async fn two_super_administrators_do_not_leave_together(database: &Database) {
    let town = Town::new(database);
    let (ada, by_ada) = town.person(1, "ada", &[Role::SuperAdministrator]).await;
    let (grace, by_grace) = town.person(2, "grace", &[Role::SuperAdministrator]).await;
    let (first, second) = tokio::join!(
        town.office.deactivate(&by_ada, &grace.id),
        town.office.deactivate(&by_grace, &ada.id)
    );
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    assert!(is_last(&first) || is_last(&second));
    let all = database.operators().await.unwrap();
    assert_eq!(all.iter().filter(|one| one.is_active()).count(), 1);
}

pub(crate) async fn who_is_deactivated_has_no_session_any_more(database: &Database) {
    let town = Town::new(database);
    let (_, by_ada) = town.person(1, "ada", &[Role::SuperAdministrator]).await;
    let (grace, _) = town.person(2, "grace", &[Role::User]).await;
    let new = NewSession {
        token: TokenHash([1; 32]),
        scope: SessionScope::Full,
        proof: Proof::Password,
        agent: "",
    };
    let stranger = Actor::stranger(None, None);
    let office = &town.office;
    office.begin_session(&stranger, &grace, new).await.unwrap();
    assert!(office.whose(&TokenHash([1; 32])).await.unwrap().is_some());
    office.deactivate(&by_ada, &grace.id).await.unwrap();
    assert_eq!(office.whose(&TokenHash([1; 32])).await.unwrap(), None);
    office.reactivate(&by_ada, &grace.id).await.unwrap();
    assert_eq!(office.whose(&TokenHash([1; 32])).await.unwrap(), None);
}

/// Whoever has the link of the first start, and no other link, is the first; there is no second.
pub(crate) async fn the_first_start_is_once(database: &Database) {
    let town = Town::new(database);
    let office = &town.office;
    let stranger = Actor::stranger(None, None);
    let set_up = async |token: u8| {
        let who = ("Ada", "ada@example.com");
        let token = TokenHash([token; 32]);
        let made = office.set_up(&stranger, &token, who, "hash".to_owned()).await;
        made.map(|operator| operator.roles.to_string())
    };
    assert!(office.is_new().await.unwrap());
    assert!(office.offer_first_start(TokenHash([1; 32])).await.unwrap());
    assert!(office.offer_first_start(TokenHash([2; 32])).await.unwrap());
    // The one before is over with the next.
    set_up(1).await.unwrap_err();
    set_up(3).await.unwrap_err();
    assert_eq!(set_up(2).await.unwrap(), "Super Administrator");
    set_up(2).await.unwrap_err();
    assert!(!office.offer_first_start(TokenHash([4; 32])).await.unwrap());
    assert_eq!(office.good_link(&TokenHash([4; 32])).await.unwrap(), None);
}

pub(crate) async fn whoever_was_added_comes_in_by_their_letter(database: &Database) {
    let town = Town::new(database);
    let (_, by_ada) = town.person(1, "ada", &[Role::SuperAdministrator]).await;
    let office = &town.office;
    let roles = [Role::Auditor].into_iter().collect();
    let token = TokenHash([5; 32]);
    let added = office
        .add_operator(
            &by_ada,
            ("Grace", "grace@example.com"),
            roles,
            (token, "https://rollcall.example.com/welcome/x"),
        )
        .await
        .unwrap();
    assert!(!added.is_active());
    assert_eq!(town.letters().await, ["grace@example.com: Welcome to Rollcall"]);
    let link = office.good_link(&token).await.unwrap().unwrap();
    assert_eq!(link.purpose, LinkPurpose::Welcome(added.id.clone()));
    let stranger = Actor::stranger(None, None);
    // It is no link to anything else.
    office.enter_demo(&token).await.unwrap_err();
    let chosen = office.choose_password(&stranger, &token, "hash".to_owned()).await;
    assert!(chosen.unwrap().is_active());
    office
        .choose_password(&stranger, &token, "other".to_owned())
        .await
        .unwrap_err();
    town.later(TimeDelta::days(4));
    assert_eq!(office.good_link(&token).await.unwrap(), None);
}
