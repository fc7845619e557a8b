//! People whom a provider vouches for.

use governance::repository::People as _;
use governance::{Actor, Email, OfficeError, OperatorSource, Role, SignOnRefusal, SingleSignOn, Vouched};
use store::Database;

use super::Town;
use crate::ledger::sign_on::provider;

fn vouched(subject: &str) -> Vouched {
    Vouched {
        issuer: "https://login.example.com".to_owned(),
        subject: subject.to_owned(),
        email: Email::parse("ada@example.com").ok(),
        name: Some("Ada Moreau".to_owned()),
        multi_factor: true,
    }
}

fn stranger() -> Actor {
    Actor::stranger(None, None)
}

async fn offered(town: &Town, by: &Actor, changed: SingleSignOn) {
    town.office.save_single_sign_on(by, changed).await.unwrap();
    town.office.offer_single_sign_on(by, true).await.unwrap();
}

fn refusal<T: std::fmt::Debug>(result: Result<T, OfficeError>) -> SignOnRefusal {
    match result {
        Err(OfficeError::SignOn(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// Somebody opens two windows.
pub(crate) async fn two_first_sign_ins_at_once_make_one_user(database: &Database) {
    let town = Town::new(database);
    let (_, by_ada) = town.person(1, "root", &[Role::SuperAdministrator]).await;
    offered(&town, &by_ada, provider(1)).await;
    let (who, nobody) = (vouched("ada-1"), stranger());
    let (first, second) = tokio::join!(
        town.office.sign_on(&nobody, &who),
        town.office.sign_on(&nobody, &who)
    );
    let (operator, _) = first.unwrap();
    assert_eq!(second.unwrap().0.id, operator.id);
    assert_eq!(database.operators().await.unwrap().len(), 2);
    assert_eq!(database.identities(&operator.id).await.unwrap().len(), 1);
}

pub(crate) async fn who_comes_in_is_decided_each_time(database: &Database) {
    let town = Town::new(database);
    let (_, by_root) = town.person(1, "root", &[Role::SuperAdministrator]).await;
    let (office, nobody) = (&town.office, stranger());
    assert_eq!(
        refusal(office.sign_on(&nobody, &vouched("a")).await),
        SignOnRefusal::Off
    );
    offered(&town, &by_root, provider(1)).await;
    let (operator, _) = office.sign_on(&nobody, &vouched("a")).await.unwrap();
    assert!(matches!(operator.source, OperatorSource::OpenId { .. }));
    for (changed, expected) in [
        (
            Vouched {
                email: None,
                ..vouched("a")
            },
            SignOnRefusal::NotVerified,
        ),
        (
            Vouched {
                email: Email::parse("ada@other.example").ok(),
                ..vouched("a")
            },
            SignOnRefusal::OtherDomain,
        ),
        (
            Vouched {
                issuer: "https://login.example.org".to_owned(),
                ..vouched("a")
            },
            SignOnRefusal::OtherProvider,
        ),
        (vouched(""), SignOnRefusal::NoSubject),
        (vouched("b"), SignOnRefusal::NotLinked),
    ] {
        assert_eq!(refusal(office.sign_on(&nobody, &changed).await), expected);
    }
    office.deactivate(&by_root, &operator.id).await.unwrap();
    assert_eq!(
        refusal(office.sign_on(&nobody, &vouched("a")).await),
        SignOnRefusal::Deactivated
    );
}

/// The directory says who there is, the provider that it is them; the one is not taken away by the other.
pub(crate) async fn whom_a_directory_brought_comes_in_and_is_still_its_own(database: &Database) {
    let town = Town::new(database);
    let (_, by_root) = town.person(1, "root", &[Role::SuperAdministrator]).await;
    let (office, nobody) = (&town.office, stranger());
    let without_unknown = SingleSignOn {
        admits_unknown: false,
        ..provider(1)
    };
    offered(&town, &by_root, without_unknown).await;
    let brought = town.brought(&by_root, 2, 2).await;
    let hers = Vouched {
        email: Some(brought.email.clone()),
        ..vouched("d2")
    };
    let (operator, _) = office.sign_on(&nobody, &hers).await.unwrap();
    assert_eq!((&operator.id, &operator.source), (&brought.id, &brought.source));
    office.let_go(&by_root, &brought.id).await.unwrap();
    assert_eq!(
        refusal(office.sign_on(&nobody, &hers).await),
        SignOnRefusal::Deactivated
    );
}

pub(crate) async fn only_whoever_may_decides_how_people_sign_in(database: &Database) {
    let town = Town::new(database);
    let (_, by_auditor) = town.person(1, "grace", &[Role::Auditor]).await;
    let office = &town.office;
    office.single_sign_on(&by_auditor).await.unwrap_err();
    let saved = office.save_single_sign_on(&by_auditor, provider(1)).await;
    assert!(matches!(saved, Err(OfficeError::Denied(_))), "{saved:?}");
    office.offer_single_sign_on(&by_auditor, true).await.unwrap_err();
    office.remove_single_sign_on(&by_auditor).await.unwrap_err();
    assert_eq!(database.single_sign_on().await.unwrap(), None);
    assert_eq!(town.trail().await, []);
}

/// Another provider is not offered because the one before was; and no entry has the secret.
pub(crate) async fn another_provider_has_to_be_turned_on(database: &Database) {
    let town = Town::new(database);
    let (_, by_root) = town.person(1, "root", &[Role::SuperAdministrator]).await;
    offered(&town, &by_root, provider(1)).await;
    let renamed = SingleSignOn {
        name: "Other name".to_owned(),
        ..provider(1)
    };
    town.office.save_single_sign_on(&by_root, renamed).await.unwrap();
    assert!(town.office.offered_sign_on().await.unwrap().is_some());
    let moved = SingleSignOn {
        issuer: "https://login.example.org".to_owned(),
        ..provider(1)
    };
    town.office.save_single_sign_on(&by_root, moved).await.unwrap();
    assert_eq!(town.office.offered_sign_on().await.unwrap(), None);
    let said: Vec<_> = town
        .trail()
        .await
        .iter()
        .map(|entry| entry.draft.says().to_owned())
        .collect();
    assert_eq!(said, ["saved", "turned on", "saved", "saved"]);
    let trail = format!("{:?}", town.trail().await);
    assert!(
        !trail.contains("[1, 2, 3]") && trail.contains("client secret"),
        "{trail}"
    );
}

/// Whoever is known by it has no password, so they cannot give it up; who has one can.
pub(crate) async fn nobody_gives_up_their_only_way_in(database: &Database) {
    let town = Town::new(database);
    let (_, by_root) = town.person(1, "root", &[Role::SuperAdministrator]).await;
    offered(&town, &by_root, provider(1)).await;
    let (operator, _) = town.office.sign_on(&stranger(), &vouched("a")).await.unwrap();
    let by_ada = Actor {
        via: governance::Via::Session {
            operator: operator.id.clone(),
            session: governance::SessionId::new(crate::world::at(0), [9; 16]),
        },
        ..by_root.clone()
    };
    let unlinked = town
        .office
        .unlink_identity(&by_ada, "https://login.example.com", "a")
        .await;
    assert_eq!(refusal(unlinked), SignOnRefusal::OnlyWay);
    // Nor can somebody else be the same person.
    assert_eq!(
        refusal(town.office.link_identity(&by_root, &vouched("a")).await),
        SignOnRefusal::Taken
    );
}
