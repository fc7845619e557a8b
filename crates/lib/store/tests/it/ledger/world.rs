//! Small people, links and letters, and shorthands for writing them.

use governance::repository::{Ledger as _, Write, Written};
use governance::{
    Actor, ApiKey, ApiKeyId, AppId, AppName, AppSource, AppState, AuditAction, AuditDraft, Email, KeyScope,
    Letter, LetterId, LetterState, Link, LinkId, LinkPurpose, Object, Operator, OperatorId, OperatorSource,
    OperatorStatus, Proof, Role, Session, SessionId, SessionScope, TokenHash,
};
use store::Database;

use crate::world::at;

pub(crate) fn operator_id(number: u8) -> OperatorId {
    OperatorId::new(at(0), [number; 16])
}

pub(crate) fn session_id(number: u8) -> SessionId {
    SessionId::new(at(0), [number; 16])
}

/// An active user with every right.
pub(crate) fn operator(number: u8) -> Operator {
    Operator {
        id: operator_id(number),
        email: Email::parse(&format!("user{number}@example.com")).unwrap(),
        name: format!("User {number}"),
        roles: [Role::SuperAdministrator].into_iter().collect(),
        status: OperatorStatus::Active,
        source: OperatorSource::Local,
        created_at: at(0),
    }
}

/// A session of that user, begun in the second of its number.
pub(crate) fn session(number: u8, of: u8) -> Session {
    let begun = at(i64::from(number));
    Session {
        id: session_id(number),
        token: TokenHash([number; 32]),
        operator: operator_id(of),
        created_at: begun,
        seen_at: begun,
        ended_at: None,
        from: None,
        agent: String::new(),
        scope: SessionScope::Full,
        proof: Proof::Password,
    }
}

pub(crate) fn api_key_id(number: u8) -> ApiKeyId {
    ApiKeyId::new(at(0), [number; 16])
}

/// A key of that user, made in the second of its number.
pub(crate) fn api_key(number: u8, of: u8) -> ApiKey {
    let made = at(i64::from(number));
    ApiKey {
        id: api_key_id(number),
        token: TokenHash([number; 32]),
        last_four: "Ab1_".to_owned(),
        name: format!("Key {number}"),
        operator: operator_id(of),
        scope: KeyScope::Everything,
        created_at: made,
        expires_at: made + chrono::TimeDelta::days(90),
        used_at: None,
        revoked_at: None,
    }
}

/// A link to the first start, good until second 100.
pub(crate) fn link(number: u8) -> Link {
    Link {
        id: LinkId::new(at(0), [number; 16]),
        token: TokenHash([number; 32]),
        purpose: LinkPurpose::FirstStart,
        created_at: at(0),
        expires_at: at(100),
        used_at: None,
    }
}

pub(crate) fn app(number: u8) -> governance::App {
    governance::App {
        id: AppId::new(at(0), [number; 16]),
        name: AppName::parse(&format!("App {number}")).unwrap(),
        state: AppState::Managed,
        source: AppSource::ByHand,
        owners: Vec::new(),
        created_at: at(0),
    }
}

/// A letter that may be sent from the second of its number on.
pub(crate) fn letter(number: u8) -> Letter {
    let due = at(i64::from(number));
    Letter {
        id: LetterId::new(at(0), [number; 16]),
        to: Email::parse("ada@example.com").unwrap(),
        subject: format!("Letter {number}"),
        text: String::new(),
        created_at: due,
        tries: 0,
        state: LetterState::Waiting {
            not_before: due,
            last: None,
        },
    }
}

/// An entry that says that a thing of this name was added.
pub(crate) fn entry(name: &str) -> AuditDraft {
    let object = Object::new("app", name, name);
    AuditDraft::new(at(0), &Actor::command("tests"), AuditAction::AppAdded, object)
}

pub(crate) async fn write(database: &Database, writes: &[Write]) {
    assert_eq!(database.commit(writes, &[]).await.unwrap(), Written::Yes);
}

pub(crate) async fn is_outdated(database: &Database, write: Write) -> bool {
    database.commit(&[write], &[]).await.unwrap() == Written::Outdated
}
