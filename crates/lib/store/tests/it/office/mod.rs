//! The domain's office over a real database: what people may do, what becomes of it, and what is written down.

mod believing;
mod bringing;
mod directory;
mod helping;
mod keys;
mod people;
mod sign_on;
mod trail;
mod types;

pub(crate) use believing::*;
pub(crate) use bringing::*;
pub(crate) use directory::*;
pub(crate) use helping::*;
pub(crate) use keys::*;
pub(crate) use people::*;
pub(crate) use sign_on::*;
pub(crate) use trail::*;
pub(crate) use types::*;

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use governance::repository::{AuditFilter, Ledger as _, Letters as _, Write, Written};
use governance::{
    Actor, AuditEntry, Connector, ConnectorKind, ConnectorSettings, Email, Hosting, Mode, NewConnector,
    NewPlace, Operator, OperatorId, Role, Schedule, SealedSecret, SessionId, Via,
};
use model::{Clock, SeededIds};
use store::Database;

use crate::desk::Watch;
use crate::ledger::world::operator;
use crate::world::at;

const ADDRESS: &str = "rollcall.example.com";

/// An office, its clock, and the database that both it and the test look at.
struct Town {
    office: governance::Office,
    watch: Arc<Watch>,
    database: Database,
}

impl Town {
    fn new(database: &Database) -> Self {
        let watch = Arc::new(Watch(Mutex::new(at(0))));
        Self {
            office: governance::Office::new(
                Arc::new(database.clone()),
                Arc::clone(&watch) as Arc<dyn Clock>,
                Arc::new(SeededIds::new(1 << 41)),
            ),
            watch,
            database: database.clone(),
        }
    }

    fn later(&self, time: TimeDelta) {
        *self.watch.0.lock().unwrap() += time;
    }

    /// Somebody with these roles, signed in.
    async fn person(&self, number: u8, name: &str, roles: &[Role]) -> (Operator, Actor) {
        let somebody = Operator {
            name: name.to_owned(),
            email: Email::parse(&format!("{name}@example.com")).unwrap(),
            roles: roles.iter().copied().collect(),
            ..operator(number)
        };
        let write = Write::AddOperator(somebody.clone());
        assert_eq!(self.database.commit(&[write], &[]).await.unwrap(), Written::Yes);
        let actor = Actor {
            name: somebody.name.clone(),
            roles: somebody.roles.clone(),
            via: Via::Session {
                operator: somebody.id.clone(),
                session: SessionId::new(at(0), [number; 16]),
            },
            from: Some("192.0.2.1".to_owned()),
            request: None,
        };
        (somebody, actor)
    }

    /// A hosted connector that these own.
    async fn connector(&self, actor: &Actor, name: &str, owners: &[OperatorId]) -> Connector {
        let new = NewConnector {
            name: name.to_owned(),
            kind: ConnectorKind::Cloudflare,
            hosting: Hosting::Hosted,
            place: NewPlace::NewApp(format!("{name}'s app")),
            owners: owners.to_vec(),
            schedule: Schedule::Never,
        };
        self.office.add_connector(actor, &new, ADDRESS).await.unwrap()
    }

    /// The subjects of all letters and whom they are to, the oldest first.
    async fn letters(&self) -> Vec<String> {
        let mut letters = self.database.letters(100).await.unwrap();
        letters.reverse();
        letters
            .into_iter()
            .map(|letter| format!("{}: {}", letter.to, letter.subject))
            .collect()
    }

    async fn trail(&self) -> Vec<AuditEntry> {
        let (mut newest, _) = self
            .database
            .audit_newest(&AuditFilter::default(), 0, 1000)
            .await
            .unwrap();
        newest.reverse();
        newest
    }
}

fn settings(connector: &Connector, secret: &str, mode: Mode) -> ConnectorSettings {
    ConnectorSettings {
        connector: connector.id.clone(),
        account_id: "0123456789abcdef0123456789abcdef".to_owned(),
        authentication: governance::Authentication::ApiToken,
        secret: SealedSecret(secret.as_bytes().to_vec()),
        last_four: secret.chars().skip(secret.len() - 4).collect(),
        mode,
        saved_at: at(0),
        revision: 0,
        checked: None,
    }
}
