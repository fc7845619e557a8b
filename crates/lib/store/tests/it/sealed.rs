//! Secrets that are kept sealed.

use governance::repository::{Ledger as _, SealedPlace, SealedValue, SealedValues as _, Write, Written};
use governance::{Authentication, ConnectorSettings, Mode, SealedSecret, SecondFactor, SignIn, SingleSignOn};
use store::Database;

use crate::ledger::world::operator_id;
use crate::world::{at, connector_id};

fn settings() -> ConnectorSettings {
    ConnectorSettings {
        connector: connector_id(1),
        account_id: "a".repeat(32),
        authentication: Authentication::ApiToken,
        secret: SealedSecret(vec![1]),
        last_four: "abcd".to_owned(),
        mode: Mode::Reviews,
        saved_at: at(0),
        revision: 1,
        checked: None,
    }
}

fn sign_in(number: u8, secret: Option<u8>) -> SignIn {
    SignIn {
        second: secret.map(|secret| SecondFactor {
            secret: SealedSecret(vec![secret]),
            last_step: 7,
            recovery: "codes".to_owned(),
            confirmed_at: Some(at(1)),
        }),
        ..SignIn::none(operator_id(number))
    }
}

const ISSUER: &str = "https://login.example.com";

fn sign_on() -> SingleSignOn {
    SingleSignOn {
        issuer: ISSUER.to_owned(),
        client_id: "rollcall".to_owned(),
        secret: Some(SealedSecret(vec![3])),
        name: "Example".to_owned(),
        domains: Vec::new(),
        admits_unknown: false,
        believes_second_factor: false,
        enabled: true,
        saved_at: at(0),
        revision: 1,
    }
}

async fn filled(database: &Database) -> [SealedValue; 3] {
    let writes = [
        Write::SaveSettings(settings()),
        Write::PutSignIn(sign_in(1, Some(2))),
        Write::PutSignIn(sign_in(2, None)),
        Write::SaveSingleSignOn(sign_on()),
    ];
    assert_eq!(database.commit(&writes, &[]).await.unwrap(), Written::Yes);
    let value = |place, secret| SealedValue {
        place,
        secret: SealedSecret(vec![secret]),
    };
    [
        value(SealedPlace::Connector(connector_id(1)), 1),
        value(SealedPlace::SecondFactor(operator_id(1)), 2),
        value(SealedPlace::SignOn(ISSUER.to_owned()), 3),
    ]
}

pub(crate) async fn all_of_them_are_known(database: &Database) {
    let expected = filled(database).await;
    assert_eq!(database.sealed_values().await.unwrap(), expected);
}

pub(crate) async fn one_is_written_over_what_it_was(database: &Database) {
    use governance::repository::{People as _, Places as _};
    for value in filled(database).await {
        let again = SealedSecret(vec![9, 9]);
        let written = database.replace_sealed(&value, &again).await.unwrap();
        assert_eq!(written, Written::Yes);
        // Somebody has saved another one meanwhile.
        let written = database.replace_sealed(&value, &again).await.unwrap();
        assert_eq!(written, Written::Outdated);
    }
    let secret = SealedSecret(vec![9, 9]);
    let found = database.settings(&connector_id(1)).await.unwrap().unwrap();
    assert_eq!(
        found,
        ConnectorSettings {
            secret: secret.clone(),
            ..settings()
        }
    );
    let found = database.sign_in(&operator_id(1)).await.unwrap().unwrap();
    assert_eq!(found.second.unwrap().secret, secret);
    let found = database.single_sign_on().await.unwrap().unwrap();
    assert_eq!(found.secret, Some(secret));
}
