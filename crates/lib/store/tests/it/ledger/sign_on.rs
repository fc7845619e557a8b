//! The provider that people may sign in with, and what they are known by there.

use governance::repository::{Ledger as _, People as _, RepositoryError, Write, Written};
use governance::{Identity, SealedSecret, SingleSignOn};
use store::Database;
use tokio::task::JoinSet;

use super::world::{operator_id, write};
use crate::world::at;

pub(crate) fn provider(revision: i64) -> SingleSignOn {
    SingleSignOn {
        issuer: "https://login.example.com".to_owned(),
        client_id: "rollcall".to_owned(),
        secret: Some(SealedSecret(vec![1, 2, 3])),
        name: "Example login".to_owned(),
        domains: vec!["example.com".to_owned(), "example.org".to_owned()],
        admits_unknown: true,
        believes_second_factor: false,
        enabled: revision > 1,
        saved_at: at(revision),
        revision,
    }
}

fn identity(subject: &str, of: u8) -> Identity {
    Identity {
        operator: operator_id(of),
        issuer: "https://login.example.com".to_owned(),
        subject: subject.to_owned(),
        linked_at: at(5),
    }
}

pub(crate) async fn a_provider_is_saved_over_the_revision_before(database: &Database) {
    let save = async |saved: SingleSignOn| {
        let writes = [Write::SaveSingleSignOn(saved)];
        database.commit(&writes, &[]).await.unwrap()
    };
    assert_eq!(database.single_sign_on().await.unwrap(), None);
    assert_eq!(save(provider(2)).await, Written::Outdated);
    assert_eq!(save(provider(1)).await, Written::Yes);
    assert_eq!(database.single_sign_on().await.unwrap(), Some(provider(1)));
    assert_eq!(save(provider(1)).await, Written::Outdated);
    let open = SingleSignOn {
        secret: None,
        domains: Vec::new(),
        ..provider(2)
    };
    assert_eq!(save(open.clone()).await, Written::Yes);
    assert_eq!(database.single_sign_on().await.unwrap(), Some(open));
    let remove = async |revision| {
        let writes = [Write::RemoveSingleSignOn(revision)];
        database.commit(&writes, &[]).await.unwrap()
    };
    assert_eq!(remove(1).await, Written::Outdated);
    assert_eq!(remove(2).await, Written::Yes);
    assert_eq!(database.single_sign_on().await.unwrap(), None);
}

/// Issuer and subject together, as they are written and not otherwise.
pub(crate) async fn somebody_is_known_by_issuer_and_subject(database: &Database) {
    let (ada, grace) = (identity("Ada", 1), identity("ada", 2));
    let writes = [ada.clone(), grace.clone()].map(Write::AddIdentity);
    write(database, &writes).await;
    let known = async |issuer: &str, subject: &str| database.identity(issuer, subject).await.unwrap();
    assert_eq!(known("https://login.example.com", "Ada").await, Some(ada.clone()));
    assert_eq!(
        known("https://login.example.com", "ada").await,
        Some(grace.clone())
    );
    assert_eq!(known("https://login.example.com/", "ada").await, None);
    assert_eq!(
        database.identities(&operator_id(1)).await.unwrap(),
        std::slice::from_ref(&ada)
    );
    assert_eq!(database.identities(&operator_id(3)).await.unwrap(), []);
    let not_hers = Identity {
        operator: operator_id(2),
        ..ada.clone()
    };
    let removed = database.commit(&[Write::RemoveIdentity(not_hers)], &[]).await;
    assert_eq!(removed.unwrap(), Written::Outdated);
    write(database, &[Write::RemoveIdentity(ada)]).await;
    assert_eq!(database.identities(&operator_id(1)).await.unwrap(), []);
}

pub(crate) async fn nobody_is_two_people(database: &Database) {
    let mut tries = JoinSet::new();
    for number in 1..9 {
        let database = database.clone();
        tries.spawn(async move {
            let writes = [Write::AddIdentity(identity("ada", number))];
            match database.commit(&writes, &[]).await {
                Ok(Written::Yes) => true,
                Err(RepositoryError::Taken { what }) => {
                    assert_eq!(what, "somebody who is known by that");
                    false
                }
                other => panic!("{other:?}"),
            }
        });
    }
    let written = tries.join_all().await;
    assert_eq!(written.iter().filter(|written| **written).count(), 1);
}
