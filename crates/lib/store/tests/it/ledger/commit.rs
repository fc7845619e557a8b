//! All of it or nothing.

use governance::repository::{
    Connectors as _, Ledger as _, Letters as _, People as _, Places as _, RepositoryError, Stored, Write,
    Written,
};
use governance::{
    App, CheckOutcome, Checked, ConnectorKind, ConnectorSettings, Email, Hosting, Installation, LinkPurpose,
    Operator, Role, SealedSecret,
};
use store::Database;
use tokio::task::JoinSet;

use super::strategies;
use super::world::{
    app, entry, is_outdated, letter, link, operator, operator_id, session, session_id, write,
};
use crate::strategies::some;
use crate::world::{at, connector, connector_id};

/// That nothing is there of what was to be written.
async fn assert_empty(database: &Database) {
    assert!(!database.is_anybody().await.unwrap());
    assert_eq!(database.apps().await.unwrap(), []);
    assert_eq!(database.connectors().await.unwrap(), []);
    assert_eq!(database.installations().await.unwrap(), []);
    assert_eq!(database.letters(10).await.unwrap(), []);
    assert_eq!(database.audit_after(0, 10).await.unwrap(), []);
}

fn taken(committed: Stored<Written>) -> String {
    match committed {
        Err(RepositoryError::Taken { what }) => what,
        other => panic!("{other:?}"),
    }
}

/// Whatever stops it, and wherever that is among the rest.
pub(crate) async fn what_cannot_be_written_whole_is_not_written(database: &Database) {
    let installation = Installation::new(connector_id(1), ConnectorKind::Cloudflare, Hosting::Hosted);
    let good = [
        Write::AddOperator(operator(1)),
        Write::AddApp(app(1)),
        Write::AddConnector(connector(1), installation.clone()),
        Write::AddLetter(letter(1)),
    ];
    let outdated = governance::repository::Versioned {
        value: app(2),
        version: 0,
    };
    for place in 0..=good.len() {
        let mut writes = good.to_vec();
        writes.insert(place, Write::ReplaceApp(outdated.clone()));
        let committed = database.commit(&writes, &[entry("a"), entry("b")]).await;
        assert_eq!(committed.unwrap(), Written::Outdated);
        assert_empty(database).await;
    }
    let mut twice = good.to_vec();
    twice.push(Write::AddApp(App {
        id: app(2).id,
        ..app(1)
    }));
    let committed = database.commit(&twice, &[entry("a")]).await;
    assert_eq!(taken(committed), "an app called `App 1`");
    assert_empty(database).await;

    let committed = database.commit(&good, &[entry("a")]).await;
    assert_eq!(committed.unwrap(), Written::Yes);
    let entries = database.audit_after(0, 10).await.unwrap();
    // Numbers that were not used are not missing.
    assert_eq!(entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), [1]);
}

pub(crate) async fn the_second_of_two_changes_is_outdated(database: &Database) {
    let installation = Installation::new(connector_id(1), ConnectorKind::Baton, Hosting::SelfHosted);
    write(
        database,
        &[
            Write::AddOperator(operator(1)),
            Write::AddApp(app(1)),
            Write::AddConnector(connector(1), installation),
        ],
    )
    .await;
    let person = database.operator(&operator_id(1)).await.unwrap().unwrap();
    let place = database.app(&app(1).id).await.unwrap().unwrap();
    let belongs = database.installation(&connector_id(1)).await.unwrap().unwrap();
    let kind = database.connector(&connector_id(1)).await.unwrap().unwrap();
    for change in [
        Write::ReplaceOperator(person),
        Write::ReplaceApp(place),
        Write::ReplaceInstallation(belongs),
        Write::ReplaceConnector(kind),
    ] {
        write(database, std::slice::from_ref(&change)).await;
        assert!(is_outdated(database, change).await);
    }
}

pub(crate) async fn an_address_and_a_name_are_taken_once(database: &Database) {
    write(
        database,
        &[
            Write::AddOperator(operator(1)),
            Write::AddOperator(operator(2)),
            Write::AddApp(app(1)),
            Write::AddApp(app(2)),
        ],
    )
    .await;
    let namesake = Operator {
        id: operator_id(3),
        email: Email::parse("USER1@example.com").unwrap(),
        ..operator(3)
    };
    let added = database.commit(&[Write::AddOperator(namesake)], &[]).await;
    assert_eq!(taken(added), "a user with the address user1@example.com");
    let second = database.operator(&operator_id(2)).await.unwrap().unwrap();
    let renamed = second.with(Operator {
        email: operator(1).email,
        ..operator(2)
    });
    let replaced = database.commit(&[Write::ReplaceOperator(renamed)], &[]).await;
    assert_eq!(taken(replaced), "a user with the address user1@example.com");
    let second = database.app(&app(2).id).await.unwrap().unwrap();
    let renamed = second.with(App {
        name: app(1).name,
        ..app(2)
    });
    let replaced = database.commit(&[Write::ReplaceApp(renamed)], &[]).await;
    assert_eq!(taken(replaced), "an app called `App 1`");
}

/// Somebody else may have the same link, or another one.
pub(crate) async fn of_many_first_users_there_is_one(database: &Database) {
    let mut comers = JoinSet::new();
    for number in 1..=12 {
        let database = database.clone();
        comers.spawn(async move {
            let writes = [Write::OnlyAsFirst, Write::AddOperator(operator(number))];
            database.commit(&writes, &[entry("first")]).await.unwrap()
        });
    }
    let written = comers.join_all().await;
    let first = written.iter().filter(|written| **written == Written::Yes);
    assert_eq!(first.count(), 1);
    assert_eq!(database.operators().await.unwrap().len(), 1);
    assert_eq!(database.audit_after(0, 100).await.unwrap().len(), 1);
}

/// Two who take each other's rights away at once.
pub(crate) async fn somebody_with_every_right_is_left(database: &Database) {
    for number in 1..=6 {
        write(database, &[Write::AddOperator(operator(number))]).await;
    }
    let mut leaving = JoinSet::new();
    for number in 1..=6 {
        let database = database.clone();
        leaving.spawn(async move {
            let found = database.operator(&operator_id(number)).await.unwrap().unwrap();
            let less = found.with(Operator {
                roles: [Role::Auditor].into_iter().collect(),
                ..operator(number)
            });
            let writes = [Write::ReplaceOperator(less), Write::SuperAdministratorLeft];
            database.commit(&writes, &[]).await.unwrap()
        });
    }
    let written = leaving.join_all().await;
    assert_eq!(written.iter().filter(|one| **one == Written::Yes).count(), 5);
    let all = database.operators().await.unwrap();
    let with_every_right = all.iter().filter(|one| one.roles.has(Role::SuperAdministrator));
    assert_eq!(with_every_right.count(), 1);
}

pub(crate) async fn a_link_is_used_once(database: &Database) {
    write(database, &[Write::AddLink(link(1))]).await;
    let mut users = JoinSet::new();
    for _ in 0..12 {
        let database = database.clone();
        users.spawn(async move { is_outdated(&database, Write::UseLink(link(1).id, at(50))).await });
    }
    let outdated = users.join_all().await;
    assert_eq!(outdated.iter().filter(|outdated| !**outdated).count(), 1);
    let used = database.link(&link(1).token).await.unwrap().unwrap();
    assert_eq!(used.used_at, Some(at(50)));
}

pub(crate) async fn a_link_ends_when_its_time_is_over(database: &Database) {
    write(database, &[Write::AddLink(link(1)), Write::AddLink(link(2))]).await;
    assert!(!is_outdated(database, Write::UseLink(link(1).id, at(99))).await);
    assert!(is_outdated(database, Write::UseLink(link(2).id, at(100))).await);
    assert!(is_outdated(database, Write::UseLink(link(3).id, at(1))).await);
}

pub(crate) async fn links_to_the_first_start_end_together(database: &Database) {
    let welcome = governance::Link {
        purpose: LinkPurpose::Welcome(operator_id(1)),
        ..link(3)
    };
    let links = [link(1), link(2), welcome].map(Write::AddLink);
    write(database, &links).await;
    write(database, &[Write::EndFirstStarts(at(10))]).await;
    assert!(is_outdated(database, Write::UseLink(link(1).id, at(11))).await);
    assert!(is_outdated(database, Write::UseLink(link(2).id, at(11))).await);
    assert!(!is_outdated(database, Write::UseLink(link(3).id, at(11))).await);
}

pub(crate) async fn sessions_end_together_but_for_one(database: &Database) {
    write(
        database,
        &[
            Write::AddOperator(operator(1)),
            Write::AddOperator(operator(2)),
            Write::AddSession(session(1, 1)),
            Write::AddSession(session(2, 1)),
            Write::AddSession(session(3, 1)),
            Write::AddSession(session(4, 2)),
        ],
    )
    .await;
    write(database, &[Write::EndSession(session_id(1), at(50))]).await;
    let of_first = |except| Write::EndSessionsOf {
        operator: operator_id(1),
        except,
        at: at(60),
    };
    write(database, &[of_first(Some(session_id(2)))]).await;
    let open = async |of| -> Vec<_> {
        let open = database.sessions(&operator_id(of)).await.unwrap();
        open.into_iter().map(|session| session.id).collect()
    };
    assert_eq!(open(1).await, [session_id(2)]);
    assert_eq!(open(2).await, [session_id(4)]);
    write(database, &[of_first(None)]).await;
    assert_eq!(open(1).await, []);
    assert_eq!(open(2).await, [session_id(4)]);
    // One that was ended before keeps its end, and is not ended again.
    let (first, _) = database.session(&session(1, 1).token).await.unwrap().unwrap();
    assert_eq!(first.ended_at, Some(at(50)));
    assert!(is_outdated(database, Write::EndSession(session_id(1), at(70))).await);
}

fn saved(revision: i64, secret: u8) -> ConnectorSettings {
    let any = some(&strategies::settings(), 1).remove(0);
    ConnectorSettings {
        connector: connector_id(1),
        revision,
        secret: SealedSecret(vec![secret]),
        checked: None,
        ..any
    }
}

pub(crate) async fn settings_are_saved_over_the_revision_before(database: &Database) {
    let save = |revision, secret| Write::SaveSettings(saved(revision, secret));
    assert!(is_outdated(database, save(2, 9)).await);
    assert!(!is_outdated(database, save(1, 1)).await);
    assert!(is_outdated(database, save(1, 9)).await);
    assert!(!is_outdated(database, save(2, 2)).await);
    assert!(is_outdated(database, save(2, 9)).await);
    assert!(is_outdated(database, save(4, 9)).await);
    let found = database.settings(&connector_id(1)).await.unwrap();
    assert_eq!(found, Some(saved(2, 2)));
}

/// A test that takes long says nothing of what was saved meanwhile.
pub(crate) async fn a_check_is_noted_of_the_revision_that_was_checked(database: &Database) {
    write(database, &[Write::SaveSettings(saved(1, 1))]).await;
    write(database, &[Write::SaveSettings(saved(2, 2))]).await;
    let rejected = Checked {
        at: at(5),
        outcome: CheckOutcome::Rejected {
            why: "it was revoked".to_owned(),
        },
    };
    let checked = async || {
        database
            .settings(&connector_id(1))
            .await
            .unwrap()
            .unwrap()
            .checked
    };
    database.note_check(&connector_id(1), 1, &rejected).await.unwrap();
    assert_eq!(checked().await, None);
    database.note_check(&connector_id(1), 2, &rejected).await.unwrap();
    assert_eq!(checked().await, Some(rejected));
}
