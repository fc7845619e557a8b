//! The kinds of work that a connector can be given.

use std::fmt;

/// What is to be done (`c1.connectorapi.baton.v1.Task`, as far as connectors act on it).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskKind {
    /// Say hello again.
    Hello,
    /// Read the account and hand the file over.
    Sync,
    /// Give an entitlement.
    Grant,
    /// Take an entitlement away.
    Revoke,
    /// Make an account, or invite somebody.
    CreateAccount,
    /// Make a resource.
    CreateResource,
    /// Remove a resource.
    DeleteResource,
    /// Replace a secret.
    RotateCredentials,
    /// Read a page of events.
    ListEvents,
    /// Tell which event feeds there are.
    ListEventFeeds,
    /// Tell which actions there are.
    ListActionSchemas,
    /// Tell what an action takes.
    GetActionSchema,
    /// Run an action.
    InvokeAction,
    /// Tell how a run of an action is.
    ActionStatus,
}

impl TaskKind {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Hello,
        Self::Sync,
        Self::Grant,
        Self::Revoke,
        Self::CreateAccount,
        Self::CreateResource,
        Self::DeleteResource,
        Self::RotateCredentials,
        Self::ListEvents,
        Self::ListEventFeeds,
        Self::ListActionSchemas,
        Self::GetActionSchema,
        Self::InvokeAction,
        Self::ActionStatus,
    ];

    /// Its name, stable: it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hello => "hello",
            Self::Sync => "sync",
            Self::Grant => "grant",
            Self::Revoke => "revoke",
            Self::CreateAccount => "create-account",
            Self::CreateResource => "create-resource",
            Self::DeleteResource => "delete-resource",
            Self::RotateCredentials => "rotate-credentials",
            Self::ListEvents => "list-events",
            Self::ListEventFeeds => "list-event-feeds",
            Self::ListActionSchemas => "list-action-schemas",
            Self::GetActionSchema => "get-action-schema",
            Self::InvokeAction => "invoke-action",
            Self::ActionStatus => "action-status",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether doing it twice is the same as doing it once, so that it may be tried again when nobody knows how a try
    /// ended. Running an action or replacing a secret is not: the first answer would be lost.
    pub fn may_repeat(self) -> bool {
        !matches!(
            self,
            Self::InvokeAction | Self::RotateCredentials | Self::CreateResource
        )
    }

    /// How urgent it is unless somebody says otherwise.
    pub fn urgency(self) -> Urgency {
        match self {
            Self::Revoke | Self::DeleteResource | Self::RotateCredentials => Urgency::Now,
            Self::Sync | Self::ListEvents => Urgency::Background,
            _ => Urgency::Soon,
        }
    }
}

impl fmt::Display for TaskKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which of the tasks that wait goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// When nothing else is to be done.
    Background,
    /// Somebody waits for it.
    Soon,
    /// Access is to end.
    Now,
}

impl Urgency {
    /// As a number, the more urgent the higher; stable: it is stored.
    pub fn level(self) -> i16 {
        match self {
            Self::Background => 0,
            Self::Soon => 10,
            Self::Now => 20,
        }
    }

    /// The urgency of that level.
    pub fn from_level(level: i16) -> Option<Self> {
        [Self::Background, Self::Soon, Self::Now]
            .into_iter()
            .find(|urgency| urgency.level() == level)
    }
}
