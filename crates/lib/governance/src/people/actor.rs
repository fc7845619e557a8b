//! Who does something.

use super::{KeyScope, Role, Roles};
use crate::{ApiKeyId, OperatorId, SessionId};

/// Somebody, or something, that asks for a change; each audit entry names one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// How it is called.
    pub name: String,
    /// What it may do.
    pub roles: Roles,
    /// How it came here.
    pub via: Via,
    /// The address that it came from.
    pub from: Option<String>,
    /// The request that it came with.
    pub request: Option<String>,
}

/// How an actor came here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// Signed in, in a browser.
    Session {
        /// Who.
        operator: OperatorId,
        /// In which session.
        session: SessionId,
    },
    /// By a program, with a key of somebody's.
    Key {
        /// For whom it acts.
        operator: OperatorId,
        /// With which key.
        key: ApiKeyId,
        /// How the key is called.
        name: String,
        /// How far the key reaches.
        scope: KeyScope,
    },
    /// By a command on this machine: who may read the database may do everything anyway.
    Command,
    /// Nobody asked: it had to happen.
    Service,
    /// Not known yet: somebody who signs in, or has a link.
    Stranger,
}

impl Actor {
    /// Whoever runs a command on this machine.
    pub fn command(name: &str) -> Self {
        Self::with_every_right(name, Via::Command)
    }

    /// The service itself.
    pub fn service() -> Self {
        Self::with_every_right("Rollcall", Via::Service)
    }

    /// Somebody who has not shown who they are.
    pub fn stranger(from: Option<String>, request: Option<String>) -> Self {
        Self {
            name: "somebody".to_owned(),
            roles: Roles::default(),
            via: Via::Stranger,
            from,
            request,
        }
    }

    fn with_every_right(name: &str, via: Via) -> Self {
        Self {
            name: name.to_owned(),
            roles: [Role::SuperAdministrator].into_iter().collect(),
            via,
            from: None,
            request: None,
        }
    }

    /// Which person it is, if it is one that is signed in or whose key is used.
    pub fn operator(&self) -> Option<&OperatorId> {
        match &self.via {
            Via::Session { operator, .. } | Via::Key { operator, .. } => Some(operator),
            Via::Command | Via::Service | Via::Stranger => None,
        }
    }
}
