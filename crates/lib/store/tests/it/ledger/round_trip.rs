//! What is written is read as it was.

use governance::repository::{
    ApiKeys as _, AuditFilter, Directory as _, Ledger as _, Letters as _, People as _, Places as _, Write,
    Written,
};
use governance::{ConnectorName, LetterState, Verifier};
use store::Database;

use super::strategies;
use super::world::{is_outdated, operator, operator_id, write};
use crate::strategies::{connector, some};

/// How many of each.
const COUNT: usize = 100;

pub(crate) async fn any_operator_is_read_as_it_was_written(database: &Database) {
    for operator in some(&strategies::operator(), COUNT) {
        write(database, &[Write::AddOperator(operator.clone())]).await;
        let found = database.operator(&operator.id).await.unwrap().unwrap();
        assert_eq!(
            Some(&found),
            database.operator_with(&operator.email).await.unwrap().as_ref()
        );
        assert_eq!((found.value, found.version), (operator, 0));
    }
    let all = database.operators().await.unwrap();
    assert_eq!(all.len(), COUNT);
}

/// The second is written over the first.
pub(crate) async fn any_sign_in_is_read_as_it_was_written(database: &Database) {
    for [first, second] in some(&[strategies::sign_in(), strategies::sign_in()], COUNT) {
        let second = governance::SignIn {
            operator: first.operator.clone(),
            ..second
        };
        for sign_in in [first, second] {
            write(database, &[Write::PutSignIn(sign_in.clone())]).await;
            let found = database.sign_in(&sign_in.operator).await.unwrap();
            // A password's hash is not printed, so nor is what differs.
            assert!(found == Some(sign_in));
        }
    }
}

pub(crate) async fn any_session_is_read_as_it_was_written(database: &Database) {
    write(database, &[Write::AddOperator(operator(1))]).await;
    let mut open = Vec::new();
    for session in some(&strategies::session(operator_id(1)), COUNT) {
        write(database, &[Write::AddSession(session.clone())]).await;
        let found = database.session(&session.token).await.unwrap();
        assert_eq!(found, Some((session.clone(), operator(1))));
        open.extend(Some(session).filter(|session| session.ended_at.is_none()));
    }
    open.sort_by_key(|session| std::cmp::Reverse(session.seen_at));
    assert_eq!(database.sessions(&operator_id(1)).await.unwrap(), open);
    assert_eq!(database.sessions(&operator_id(2)).await.unwrap(), []);
}

pub(crate) async fn any_api_key_is_read_as_it_was_written(database: &Database) {
    write(database, &[Write::AddOperator(operator(1))]).await;
    let mut open = Vec::new();
    for key in some(&strategies::api_key(operator_id(1)), COUNT) {
        write(database, &[Write::AddApiKey(key.clone())]).await;
        let found = database.api_key(&key.token).await.unwrap();
        assert_eq!(found, Some((key.clone(), operator(1))));
        assert_eq!(
            database.api_key_with_id(&key.id).await.unwrap(),
            Some(key.clone())
        );
        open.extend(Some(key).filter(|key| key.revoked_at.is_none()));
    }
    open.sort_by_key(|key| std::cmp::Reverse((key.created_at, key.id.clone())));
    assert_eq!(database.api_keys_of(&operator_id(1)).await.unwrap(), open);
    assert_eq!(database.api_keys_of(&operator_id(2)).await.unwrap(), []);
    let everybodys = database.api_keys().await.unwrap();
    assert!(everybodys.iter().all(|(_, owner)| *owner == operator(1)));
    let keys: Vec<_> = everybodys.into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, open);
}

/// With how directories are let in, written over what it was.
pub(crate) async fn any_group_is_read_as_it_was_written(database: &Database) {
    for group in some(&strategies::group(), COUNT) {
        write(database, &[Write::AddGroup(group.clone())]).await;
        let found = database.group(&group.id).await.unwrap().unwrap();
        assert_eq!((&found.value, found.version), (&group, 0));
    }
    assert_eq!(database.groups().await.unwrap().len(), COUNT);
    for provisioning in some(&strategies::provisioning(), COUNT) {
        let before = database.provisioning().await.unwrap();
        write(
            database,
            &[Write::SaveProvisioning(before.with(provisioning.clone()))],
        )
        .await;
        assert_eq!(database.provisioning().await.unwrap().value, provisioning);
        let late = Write::SaveProvisioning(before);
        assert!(is_outdated(database, late).await);
    }
}

pub(crate) async fn any_link_is_read_as_it_was_written(database: &Database) {
    for link in some(&strategies::link(), COUNT) {
        write(database, &[Write::AddLink(link.clone())]).await;
        assert_eq!(database.link(&link.token).await.unwrap(), Some(link));
    }
}

pub(crate) async fn any_app_is_read_as_it_was_written(database: &Database) {
    for app in some(&strategies::app(), COUNT) {
        write(database, &[Write::AddApp(app.clone())]).await;
        let found = database.app(&app.id).await.unwrap().unwrap();
        assert_eq!(
            Some(&found),
            database.app_named(&app.name).await.unwrap().as_ref()
        );
        assert_eq!((found.value, found.version), (app, 0));
    }
    assert_eq!(database.apps().await.unwrap().len(), COUNT);
}

pub(crate) async fn any_installation_is_read_as_it_was_written(database: &Database) {
    for (number, connector) in some(&connector(), COUNT).into_iter().enumerate() {
        let name = ConnectorName::parse(&format!("{} {number}", connector.name)).unwrap();
        let connector = governance::Connector { name, ..connector };
        let [first, second] = some(&strategies::installation(connector.id.clone()), 2)
            .try_into()
            .unwrap();
        write(database, &[Write::AddConnector(connector.clone(), first.clone())]).await;
        let found = database.installation(&connector.id).await.unwrap().unwrap();
        assert_eq!((&found.value, found.version), (&first, 0));
        write(
            database,
            &[Write::ReplaceInstallation(found.with(second.clone()))],
        )
        .await;
        let found = database.installation(&connector.id).await.unwrap().unwrap();
        assert_eq!((found.value, found.version), (second, 1));
    }
}

pub(crate) async fn any_settings_are_read_as_they_were_written(database: &Database) {
    for settings in some(&strategies::settings(), COUNT) {
        write(database, &[Write::SaveSettings(settings.clone())]).await;
        let found = database.settings(&settings.connector).await.unwrap();
        assert_eq!(found, Some(settings));
    }
    assert_eq!(database.all_settings().await.unwrap().len(), COUNT);
}

/// What was in one that was sent is not kept: it may have been a link.
pub(crate) async fn any_letter_is_read_as_it_was_written(database: &Database) {
    let mut written = some(&strategies::letter(), COUNT);
    for letter in &mut written {
        write(database, &[Write::AddLetter(letter.clone())]).await;
        if let LetterState::Sent { .. } = letter.state {
            letter.text.clear();
        }
    }
    written.sort_by_key(|letter| std::cmp::Reverse(letter.created_at));
    assert_eq!(database.letters(COUNT as u64).await.unwrap(), written);
    assert_eq!(database.letters(3).await.unwrap(), written[..3]);
    let far_away = chrono::DateTime::from_timestamp(7_258_118_400, 0).unwrap();
    let due = database.letters_due(far_away, 1000).await.unwrap();
    let waiting = |letter: &&governance::Letter| matches!(letter.state, LetterState::Waiting { .. });
    assert_eq!(due.len(), written.iter().filter(waiting).count());
}

/// Signs that no database holds are replaced before anything is sealed, so that what is read is what was sealed.
pub(crate) async fn any_audit_entry_is_read_as_it_was_written(database: &Database) {
    let drafts = some(&strategies::draft(), COUNT);
    for portion in drafts.chunks(7) {
        assert_eq!(database.commit(&[], portion).await.unwrap(), Written::Yes);
    }
    let entries = database.audit_after(0, 1000).await.unwrap();
    let mut verifier = Verifier::default();
    for (draft, entry) in drafts.iter().zip(&entries) {
        verifier.next(entry).unwrap();
        let (written, read) = (format!("{draft:?}"), format!("{:?}", entry.draft));
        assert_eq!(written.replace("\\0", "\u{fffd}"), read);
    }
    assert_eq!(usize::try_from(verifier.head().0), Ok(COUNT));
    let (mut newest, count) = database
        .audit_newest(&AuditFilter::default(), 0, 1000)
        .await
        .unwrap();
    newest.reverse();
    assert_eq!((newest, count), (entries, COUNT as u64));
}
